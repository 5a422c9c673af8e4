import { isOrgError, type OrgError } from '../org/org-error';
import type { Phase } from '../plan/phases';
import { ClientAppsError, type ClientAppsErrorCode, type Diagnostic, isClientAppsError } from '../values/diagnostic';
import { orgProblem } from '../values/org-problem';
import { openingStays, stoppedBefore } from './apply-remarks';
import { deployApps } from './deploy-apps';
import type { DeployingApps } from './deploy-learning';
import { deployProblems } from './deploy-phase';
import { takeBack } from './take-back';
import type { PhaseState } from './types';

/** A deploy and what became of it. */
export interface PhaseOutcome {
  readonly phase: Phase;
  readonly state: PhaseState;
}

/** What became of all deploys of an apply: what it says afterward is said from this, and from a reading. */
export interface Outcome {
  readonly phases: readonly PhaseOutcome[];
  /** Why something was not done, what is in doubt, and what was put back. */
  readonly problems: readonly Diagnostic[];
}

export interface DeployingPhases extends DeployingApps {
  /** What an apply that was cut off has opened for the apps of this one, as if it had been done just now. */
  readonly openedBefore?: Phase | undefined;
}

/** A phase that was not done. */
interface Unfinished {
  readonly state: Exclude<PhaseState, 'done' | 'put-back'>;
  readonly problems: readonly Diagnostic[];
  /** What to throw where nothing was written. */
  readonly error: OrgError | ClientAppsErrorCode;
}

/**
 * Deploys the phases in order, up to the first that fails, is in doubt or is stopped. What was opened for apps that
 * then were not written is put back.
 * @throws OrgError or ClientAppsError where the org is as it was before, and nothing is in doubt.
 */
export async function deployPhases(
  phases: readonly Phase[],
  { openedBefore, ...deploying }: DeployingPhases,
): Promise<Outcome> {
  const done: Phase[] = openedBefore && phases.some(isAppsPhase) ? [openedBefore] : [];
  for (const [index, phase] of phases.entries()) {
    const unfinished = await attempt(phase, phases.slice(index), deploying);
    if (unfinished) return conclude({ done, phase, rest: phases.slice(index + 1), unfinished }, deploying);
    done.push(phase);
  }
  return { phases: done.map((phase) => ({ phase, state: 'done' })), problems: [] };
}

/** Undefined where the phase was done. */
async function attempt(
  phase: Phase,
  left: readonly Phase[],
  deploying: DeployingApps,
): Promise<Unfinished | undefined> {
  const { manifest } = deploying;
  const { path } = manifest.org;
  const stopped: Unfinished = { state: 'not-begun', problems: [stoppedBefore(path, left)], error: 'ABORTED' };
  if (deploying.stop?.aborted) return stopped;
  try {
    const { outcome, remarks, ended } = await deployApps(phase, deploying);
    if (outcome.status === 'succeeded') return undefined;
    if (ended === 'stopped') return stopped;
    if (ended === 'stale') return { state: 'failed', problems: remarks, error: 'STALE_PLAN' };
    const problems = [...deployProblems(outcome, phase, manifest), ...remarks];
    return { state: 'failed', problems, error: 'DEPLOY_FAILED' };
  } catch (error) {
    // The journal cannot be kept, so that this deploy was not sent.
    if (isClientAppsError(error)) return { state: 'not-begun', problems: error.diagnostics, error: error.code };
    if (!isOrgError(error)) throw error;
    return { state: error.inDoubt ? 'in-doubt' : 'not-begun', problems: [orgProblem(error, path)], error };
  }
}

interface Ending {
  readonly done: readonly Phase[];
  readonly phase: Phase;
  readonly rest: readonly Phase[];
  readonly unfinished: Unfinished;
}

async function conclude({ done, phase, rest, unfinished }: Ending, deploying: DeployingApps): Promise<Outcome> {
  const { path } = deploying.manifest.org;
  const { state, error } = unfinished;
  const problems = [...unfinished.problems];
  const before: PhaseOutcome[] = [];
  const needed = done.some(isAppsPhase);
  for (const each of done) {
    let became: PhaseState = 'done';
    if (each.plan.name === 'enable' && !needed) {
      // Apps that may have been written may need what was opened.
      if (state === 'in-doubt') problems.push(openingStays(path, each, true));
      else {
        const back = await takeBack(each, deploying);
        problems.push(...back.remarks);
        became = back.state;
      }
    }
    before.push({ phase: each, state: became });
  }
  if (state === 'in-doubt' && phase.plan.name === 'enable') problems.push(openingStays(path, phase, false));
  const untouched = state !== 'in-doubt' && before.every((each) => each.state === 'put-back');
  if (untouched) {
    await deploying.journal?.undone();
    throw nothingWritten(error, problems);
  }
  return {
    phases: [...before, { phase, state }, ...rest.map((each) => ({ phase: each, state: 'not-begun' as const }))],
    problems,
  };
}

const isAppsPhase = ({ plan }: Phase): boolean => plan.name === 'apps';

/** The org's own error as it came, unless there is more to tell. */
function nothingWritten(error: Unfinished['error'], problems: readonly Diagnostic[]): Error {
  if (typeof error === 'string') return new ClientAppsError(error, problems);
  return problems.length === 1 ? error : new ClientAppsError(codeOf(error), problems, { cause: error });
}

function codeOf({ kind }: OrgError): ClientAppsErrorCode {
  switch (kind) {
    case 'login':
      return 'LOGIN_FAILED';
    case 'unreachable':
      return 'ORG_UNREACHABLE';
    case 'aborted':
      return 'ABORTED';
    case 'refused':
    case 'answer':
      return 'DEPLOY_FAILED';
  }
}
