import type { PlanInput } from './plan-org';
import { planOrg } from './plan-org';
import { RECEIPT_FORMAT_VERSION, type OrgDrift } from './types';
import { beside, type OrgPlan } from '../plan/plan';

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

/** An app somebody stopped is not as declared, though apply will not start it again; one no longer declared is no drift. */
function isInSync(plan: OrgPlan): boolean {
  const asDeclared = plan.apps.every(({ action, stopped }) => (action === 'none' || action === 'orphaned') && !stopped);
  return asDeclared && beside(plan).every(({ action }) => action === 'none');
}
