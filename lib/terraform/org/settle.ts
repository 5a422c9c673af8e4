import { waitForDeploys } from '../../operations/resume';
import type { Org } from '../../org/org';
import { isOrgError } from '../../org/org-error';

/** How long a plan waits for deploys that run in the org, in milliseconds. An apply waits for their end. */
const PATIENCE_MS = 120_000;

/**
 * Waits until no deploy runs in the org, whoever sent it: that of an apply that was killed is among them, and what is read
 * before its end is not what the org will have. An org that does not tell what runs is not waited for.
 * @returns Ids of the deploys that still run when the time is over.
 * @throws OrgError
 */
export async function settle(org: Org, apiVersion: number, patienceMs = PATIENCE_MS): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(patienceMs);
  try {
    await waitForDeploys({ org, apiVersion, signal });
    return [];
  } catch (error) {
    if (!isOrgError(error) || !signal.aborted) throw error;
    const left = await org.runningDeploys(apiVersion);
    return 'ids' in left ? left.ids : [];
  }
}
