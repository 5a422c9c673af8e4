import type { Org } from '../org/org';
import { attribute, hasUnexplained, type OrgAttributions } from '../plan/attribution';
import type { OrgPlan } from '../plan/plan';
import { gapWords } from '../usage/of-app';
import { timeSince } from './usage-question';
import type { Run } from './with-run';

/** Salesforce keeps the trail for so long. */
const TRAIL = '180d';

/** Who may have changed what is not as declared: three calls, and none where all is. */
export async function whoChanged(run: Run, org: Org, plan: OrgPlan): Promise<OrgAttributions> {
  const since = timeSince('--who', TRAIL, run.io.today());
  if (!hasUnexplained(plan)) return { org: plan.org, since, apps: [] };
  const found = await org.setupChanges(since, { signal: run.interrupts.signal });
  const [gap] = found.notEvaluated;
  return {
    org: plan.org,
    since,
    ...(found.login !== undefined && { login: found.login }),
    apps: attribute(plan, found, gap && gapWords(gap)),
  };
}
