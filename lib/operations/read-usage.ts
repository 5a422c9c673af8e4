import type { Manifest } from '../metadata/manifest';
import type { CallOptions, Org } from '../org/org';
import type { UsageFacts } from '../org/usage/facts';
import type { Reading } from '../policy/reading';
import type { Rehearsal } from '../policy/usage-facts';
import { assessUsage, type UsageQuestion } from '../usage/assess';
import { rehearse } from '../usage/rehearse';
import type { UsageReport } from '../usage/report';
import { checkOrgId } from './read-org';

export type UsageInput = Omit<UsageQuestion, 'orgId' | 'apiCalls'> & {
  /** Of an org that was asked for it before, and found to be the right one. */
  readonly orgId?: string;
  readonly signal?: AbortSignal;
  /** Usernames whose logins to the user interface are looked for. */
  readonly interactiveOf?: readonly string[];
};

/** Who uses the org through which app. Reads, and writes nothing. */
export async function readUsage(org: Org, input: UsageInput): Promise<UsageReport> {
  return (await readUsageFacts(org, input)).report;
}

/** A report, and what it was made from. */
export interface UsageReading {
  readonly report: UsageReport;
  readonly facts: UsageFacts;
  readonly rehearsal: Reading<Rehearsal>;
}

/** The same, with what it was made from. */
export async function readUsageFacts(
  org: Org,
  { signal, orgId: known, interactiveOf, ...question }: UsageInput,
): Promise<UsageReading> {
  const options = signal ? { signal } : {};
  const orgId = known ?? (await identified(org, question.manifest, options));
  const facts = await org.usage({ since: question.since, ...(interactiveOf && { interactiveOf }) }, options);
  const rehearsal = rehearse(facts);
  const report = assessUsage(facts, { ...question, orgId, apiCalls: org.calls });
  const rehearsed =
    rehearsal.state === 'value'
      ? rehearsal.value
      : { not_evaluated: rehearsal.state === 'unreadable' ? rehearsal.reason : 'it was not read' };
  return { report: { ...report, rehearsal: rehearsed }, facts, rehearsal };
}

/** @throws ClientAppsError REFUSED where it is another org than the program means. */
async function identified(org: Org, manifest: Manifest | undefined, options: CallOptions): Promise<string> {
  const identity = await org.identify({ ...options, user: false });
  if (manifest) checkOrgId(manifest, identity);
  return identity.orgId;
}
