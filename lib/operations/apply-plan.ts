import type { Org } from '../org/org';
import type { OrgPlan } from '../plan/plan';
import type { OnEvent, OrgReceipt } from './types';

export interface ApplyInput {
  readonly org: Org;
  readonly plan: OrgPlan;
  readonly today: string;
  readonly receipt?: OrgReceipt;
  readonly onEvent?: OnEvent;
  readonly signal?: AbortSignal;
}

/**
 * Does exactly what the plan says, or refuses: reads the org again, refuses if a touched field moved (STALE_PLAN),
 * merges preserved fields from the live record, deploys phase by phase, reads back.
 * @throws ClientAppsError STALE_PLAN, REFUSED, DEPLOY_FAILED; OrgError.
 */
export async function applyPlan(input: ApplyInput): Promise<OrgReceipt> {
  throw new Error(`being written: ${input.plan.org}`);
}
