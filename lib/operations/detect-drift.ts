import type { PlanInput } from './plan-org';
import { planOrg } from './plan-org';
import { RECEIPT_FORMAT_VERSION, type OrgDrift } from './types';
import { hasChanges } from '../plan/plan';

/** Reads, compares, reports: the same diff as plan, asked the other way round. */
export async function detectDrift(input: PlanInput): Promise<OrgDrift> {
  const plan = await planOrg(input);
  return {
    format_version: RECEIPT_FORMAT_VERSION,
    org: plan.org,
    org_id: plan.org_id,
    in_sync: !hasChanges(plan) && plan.apps.every((app) => app.action === 'none'),
    plan,
  };
}
