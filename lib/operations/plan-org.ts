import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import type { Consents, OrgPlan } from '../plan/plan';
import type { OnEvent, OrgReceipt } from './types';

export interface PlanInput {
  readonly org: Org;
  readonly manifest: Manifest;
  readonly consents: Consents;
  /** ISO date; justifications are judged against it. */
  readonly today: string;
  /** The last receipt of this manifest, where one was kept. */
  readonly receipt?: OrgReceipt;
  readonly onEvent?: OnEvent;
  readonly signal?: AbortSignal;
}

/**
 * Compares what the manifest declares with what the org has, and runs the guards. Writes nothing.
 * @throws OrgError where the org cannot be read completely; ClientAppsError (REFUSED) for the wrong org.
 */
export async function planOrg(input: PlanInput): Promise<OrgPlan> {
  throw new Error(`being written: ${input.manifest.id}`);
}
