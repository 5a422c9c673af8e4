import type { OrgPlan } from '../plan/plan';
import { isInSync } from '../plan/standing';
import type { PlanInput } from './plan-org';
import { planOrg } from './plan-org';
import { type OrgDrift, RECEIPT_FORMAT_VERSION } from './types';

/** Reads, compares, reports: the same diff as plan, asked the other way round. */
export async function detectDrift(input: PlanInput): Promise<OrgDrift> {
  return driftOf(await planOrg(input));
}

/** A plan, read the other way round. */
export const driftOf = (plan: OrgPlan): OrgDrift => ({
  format_version: RECEIPT_FORMAT_VERSION,
  org: plan.org,
  org_id: plan.org_id,
  in_sync: isInSync(plan),
  plan,
});
