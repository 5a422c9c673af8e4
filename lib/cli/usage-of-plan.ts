import { readUsage, type UsageInput } from '../operations/read-usage';
import type { Org } from '../org/org';
import type { OrgPlan } from '../plan/plan';
import type { UsageReport } from '../usage/report';
import type { KnownApp } from '../values/known-app';
import { loginsSince } from './usage-question';
import type { Run } from './with-run';

/** Who uses the org of a plan. @param known The allow-list of the configuration. */
export const usageOfPlan = (
  run: Run,
  org: Org,
  { known = [], plan }: { readonly known?: readonly KnownApp[]; readonly plan: OrgPlan },
): Promise<UsageReport> => usageOf(run, org, { org: plan.org, orgId: plan.org_id, known, manifest: plan.manifest });

/** Who uses an org, with the logins of the usual time. */
export function usageOf(
  run: Run,
  org: Org,
  question: Pick<UsageInput, 'org' | 'orgId' | 'known' | 'manifest'>,
): Promise<UsageReport> {
  const today = run.io.today();
  return readUsage(org, { ...question, today, since: loginsSince(undefined, today), signal: run.interrupts.signal });
}
