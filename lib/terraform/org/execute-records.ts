import { stillDiffers } from '../../operations/apply-remarks';
import type { OrgReading } from '../../operations/read-org';
import type { Org } from '../../org/org';
import { NO_WORK } from '../../plan/phases';
import { findRecord, planItem } from '../../plan/plan-item';
import { isError } from '../../values/diagnostic';
import { executeBatch } from './execute-batch';
import type { ProviderConfig } from './provider-config';
import type { RecordOperation, RecordResult } from './record-operation';
import { manifestOf, situationOf } from './situation';
import { moved } from './stale';

/** Writes custom scopes and token exchange handlers, all in one deploy. */
export async function executeRecords(
  operations: readonly RecordOperation[],
  { org, config, today }: { readonly org: Org; readonly config: ProviderConfig; readonly today: string },
): Promise<{ readonly results: readonly RecordResult[]; readonly reading: OrgReading | undefined }> {
  const manifest = { ...manifestOf(config, []), records: operations.map(({ record }) => record) };
  const draftOf = ({ record }: RecordOperation, reading: OrgReading) =>
    planItem(record, situationOf(manifest, reading, today, {}));
  const { after, failed, remarks } = await executeBatch({ org, manifest, today }, (before) => {
    const drafts = operations.map((operation) => ({ operation, draft: draftOf(operation, before) }));
    const refused = drafts.flatMap(({ operation: { record, reviewed }, draft }) => {
      const stale = reviewed ? moved(record.path, draft.plan.changes, reviewed) : [];
      const problems = [...draft.diagnostics.filter(isError), ...stale];
      return problems.length > 0 ? [[record.path, problems] as const] : [];
    });
    const paths = new Set(refused.map(([path]) => path));
    const items = drafts.map(({ draft }) => draft).filter(({ plan }) => !paths.has(plan.path));
    return { work: { ...NO_WORK, items }, refused: new Map(refused) };
  });
  const results = operations.map((operation): RecordResult => {
    const { record } = operation;
    const problems = failed(record.path);
    if (problems) return { status: 'failed', diagnostics: problems };
    const differing = after ? stillDiffers(record.path, draftOf(operation, after).plan.changes) : [];
    const diagnostics = [...remarks(record.path), ...differing];
    return { status: 'done', observed: after && findRecord(record, after), diagnostics };
  });
  return { results, reading: after };
}
