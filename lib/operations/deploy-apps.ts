import type { DeployOutcome } from '../org/org';
import type { Phase } from '../plan/phases';
import type { AppPlan } from '../plan/plan';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { type AppsOutcome, type DeployingApps, deployLearning, type RealNames } from './deploy-learning';
import { openLater } from './open-later';
import { isTakenPolicy, type TakenPolicy } from './policy-names';

/**
 * Deploys the apps, all or nothing, whatever the org calls their policies (D4). An org that names the policies of a new
 * app itself refuses ours and tells its names: the same deploy goes out again under those. Where it takes no policies
 * with a new app at all, the app is made closed and opened together with its policies.
 */
export async function deployApps(phase: Phase, deploying: DeployingApps): Promise<AppsOutcome> {
  const { stop, checkOnly, created } = deploying;
  const names: RealNames = new Map();
  const first = await deployLearning(phase, names, deploying);
  const late = new Set(first.taken.map(({ app }) => app).filter((app) => created.has(app)));
  if (first.ended !== undefined || late.size === 0) return first;
  const others = otherFailures(first.outcome);
  if (others) return { ...first, outcome: others };
  if (stop?.aborted) return { ...first, ended: 'stopped' };
  if (checkOnly === true) return validateWithoutPolicies(phase, first.taken, names, deploying);
  return openLater({ phase, apps: late, names }, deploying);
}

/** API names of the apps that a plan creates. */
export const createdApps = (apps: readonly AppPlan[]): ReadonlySet<string> =>
  new Set(apps.filter(({ action }) => action === 'create').map(({ api_name: name }) => name));

/** What someone has to correct; the names of policies are not part of it. */
function otherFailures(outcome: DeployOutcome): DeployOutcome | undefined {
  if (outcome.status !== 'failed') return undefined;
  const failures = outcome.failures.filter((failure) => !isTakenPolicy(failure));
  return failures.length > 0 ? { ...outcome, failures } : undefined;
}

/** An org that takes no policies with a new app can judge everything but them. */
async function validateWithoutPolicies(
  phase: Phase,
  taken: readonly TakenPolicy[],
  names: RealNames,
  deploying: DeployingApps,
): Promise<AppsOutcome> {
  for (const { write } of taken) names.set(write, undefined);
  const rest = await deployLearning(phase, names, deploying);
  const { org } = deploying.manifest;
  const remark: Diagnostic = diagnose('policies-not-validated', { path: org.path }, { apps: appsOf(taken) });
  return { ...rest, remarks: [...rest.remarks, remark] };
}

const appsOf = (taken: readonly TakenPolicy[]): string => [...new Set(taken.map(({ app }) => app))].join(', ');
