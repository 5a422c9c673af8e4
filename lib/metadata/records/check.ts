import type { ClientApp } from '../../options/client-app';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { RECORD_KINDS } from '.';
import type { RecordDeclaration } from './kind';

/** What must hold between the records beside the apps and the apps of one org. */
export const checkRecords = (
  records: readonly RecordDeclaration[],
  apps: readonly ClientApp[],
): readonly Diagnostic[] => [
  ...sameName(records),
  ...RECORD_KINDS.flatMap((kind) =>
    kind.check(
      records.filter((record) => record.kind === kind),
      apps,
    ),
  ),
];

/** Salesforce compares developer names without regard to case. */
function sameName(records: readonly RecordDeclaration[]): readonly Diagnostic[] {
  const first = new Map<string, RecordDeclaration>();
  return records.flatMap((record): readonly Diagnostic[] => {
    const key = `${record.kind.type.name} ${record.apiName.toLowerCase()}`;
    const other = first.get(key);
    if (!other) {
      first.set(key, record);
      return [];
    }
    const place = { path: record.path, field: 'apiName', value: JSON.stringify(record.apiName) };
    return [diagnose('duplicate-api-name/record', place, { other: other.path })];
  });
}
