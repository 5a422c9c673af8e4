import { readUsage } from '../operations/read-usage';
import type { Org } from '../org/org';
import type { OrgPlan } from '../plan/plan';
import type { UsageReport } from '../usage/report';
import type { KnownApp } from '../values/known-app';
import { DEFAULT_DAYS, timeSince } from './usage-question';
import type { Run } from './with-run';

/** Who uses the org of a plan. @param known The allow-list of the configuration. */
export function usageOfPlan(
  run: Run,
  org: Org,
  { known = [], plan }: { readonly known?: readonly KnownApp[]; readonly plan: OrgPlan },
): Promise<UsageReport> {
  const today = run.io.today();
  return readUsage(org, {
    org: plan.org,
    orgId: plan.org_id,
    today,
    since: timeSince('--since', `${DEFAULT_DAYS}d`, today),
    known,
    manifest: plan.manifest,
    signal: run.interrupts.signal,
  });
}
