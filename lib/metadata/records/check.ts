import type { ClientApp } from '../../options/client-app';
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
    return [
      {
        code: 'duplicate-api-name',
        severity: 'error',
        path: record.path,
        field: 'apiName',
        problem: `${other.path} has the same name; upper and lower case make no difference`,
        value: JSON.stringify(record.apiName),
        allowed: 'a name that no other record of its type has',
        remedy: 'set apiName of one of the two',
      },
    ];
  });
}
