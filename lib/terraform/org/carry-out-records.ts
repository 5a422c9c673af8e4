import { deployPhase, deployProblems } from '../../operations/deploy-phase';
import { readOrg, type OrgReading } from '../../operations/read-org';
import type { Org } from '../../org/org';
import { planPhases } from '../../plan/phases';
import { findRecord, planRecord, type RecordDraft } from '../../plan/plan-record';
import { isError, type Diagnostic } from '../../values/diagnostic';
import type { ProviderConfig } from './provider-config';
import type { RecordOperation, RecordResult } from './record-operation';
import { manifestOf, situationOf } from './situation';
import { moved } from './stale';

interface Prepared {
  readonly operation: RecordOperation;
  readonly draft: RecordDraft;
}

/** Reads the org, refuses what was not reviewed, deploys the rest in one go and reads back. */
export async function carryOutRecords(
  operations: readonly RecordOperation[],
  { org, config, today }: { readonly org: Org; readonly config: ProviderConfig; readonly today: string },
): Promise<{ readonly results: readonly RecordResult[]; readonly reading: OrgReading }> {
  const manifest = { ...manifestOf(config, []), records: operations.map(({ record }) => record) };
  const situation = situationOf(manifest, await readOrg(org, manifest, {}), today, {});
  const failed = new Map<RecordOperation, readonly Diagnostic[]>();
  let prepared = operations.map((operation): Prepared => {
    const draft = planRecord(operation.record, situation);
    const problems = refusals(operation, draft);
    if (problems.length > 0) failed.set(operation, problems);
    return { operation, draft };
  });
  for (;;) {
    prepared = prepared.filter(({ operation }) => !failed.has(operation));
    const [phase] = planPhases(
      [],
      [],
      [],
      prepared.map(({ draft }) => draft),
    );
    if (!phase) break;
    const outcome = await deployPhase(phase, { org, manifest });
    if (outcome.status === 'succeeded') break;
    const all = deployProblems(outcome, phase.writes, manifest);
    const culprits = prepared.filter(({ operation: { record } }) => all.some(({ path }) => path === record.path));
    // Where Salesforce names none of them, nothing of the deploy was kept and all have failed.
    for (const { operation } of culprits.length > 0 ? culprits : prepared) {
      const own = all.filter(({ path }) => path === operation.record.path);
      failed.set(operation, own.length > 0 ? own : all);
    }
  }
  const reading = await readOrg(org, { ...manifest, records: [] }, {});
  const after = { ...situation, ...reading };
  const results = operations.map((operation): RecordResult => {
    const diagnostics = failed.get(operation);
    if (diagnostics) return { status: 'failed', diagnostics };
    return { status: 'done', observed: findRecord(operation.record, after) };
  });
  return { results, reading };
}

function refusals({ record, reviewed }: RecordOperation, draft: RecordDraft): readonly Diagnostic[] {
  const stale = reviewed ? moved(record.path, draft.plan.changes, reviewed) : [];
  return [...draft.diagnostics.filter(isError), ...stale];
}
