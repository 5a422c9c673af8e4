import type { DeployOutcome, DeployRequest, Org } from '../org/org';
import { ClientAppsError, type Diagnostic } from '../values/diagnostic';

/**
 * One deploy outside of a plan.
 * @param refused What to say where Salesforce refuses it, given its reason.
 * @throws ClientAppsError DEPLOY_FAILED; OrgError, in doubt where the answer got lost.
 */
export async function deployNow(
  org: Org,
  request: Omit<DeployRequest, 'checkOnly'>,
  options: Parameters<Org['deploy']>[1],
  refused: (reason: string) => Diagnostic,
): Promise<Extract<DeployOutcome, { status: 'succeeded' }>> {
  const outcome = await org.deploy({ ...request, checkOnly: false }, options);
  if (outcome.status === 'succeeded') return outcome;
  const reason = [outcome.message, ...outcome.failures.map(({ problem }) => problem)].filter(Boolean).join('; ');
  throw new ClientAppsError('DEPLOY_FAILED', [refused(reason)]);
}
