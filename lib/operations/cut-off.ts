import type { Manifest } from '../metadata/manifest';
import type { CallOptions, Org, OrgIdentity } from '../org/org';
import { isOrgError } from '../org/org-error';
import type { Incident, IncidentStep, StepName } from '../usage/incident';
import { isClientAppsError } from '../values/diagnostic';
import { orgProblem } from '../values/org-problem';
import { plural } from '../values/plural';
import { refuseOwnTokens } from './own-lockout';
import { isCut } from './revocation';
import { executeRevocation, planTokens, readTokensOf, type RevokePlan, type RevokeRun } from './revoke-tokens';
import { rotateSecret } from './rotate-secret';
import { stopApp, type StopInput } from './stop-app';
import type { OnEvent } from './types';

export interface CutOffInput
  extends CallOptions, Pick<StopInput, 'earlier' | 'keep' | 'begun' | 'onUnfinished' | 'acceptLockout'> {
  readonly org: Org;
  readonly identity: OrgIdentity;
  readonly apiVersion: number;
  /** ISO time, now. */
  readonly now: () => string;
  /** Keeps the journal, before each step and after it. */
  readonly save: (incident: Incident) => void;
  /** Where the tokens are announced before they end. Default: nowhere but in the journal of the incident. */
  readonly keepRevocation?: (plan: RevokePlan) => Pick<RevokeRun, 'keep' | 'begun'>;
  readonly onEvent?: OnEvent;
  /** Called before a step changes the org. */
  readonly onWriting?: () => void;
  /** Of this org: what the program declares, as far as there is one. */
  readonly manifest?: Manifest;
  /** Whether the app gets a new secret. Default: it does. */
  readonly rotate?: boolean;
  /** Ends orderly: no step begins from then on. */
  readonly stop?: AbortSignal;
}

/** What a step came to. */
interface Came {
  readonly state: IncidentStep['state'];
  readonly notes: readonly string[];
  readonly change?: Partial<Pick<Incident, 'tokens_left' | 'open'>>;
}

type Work = (incident: Incident, input: CutOffInput) => Promise<Came>;

/**
 * Stops the app, ends its tokens, gives it a new secret, and looks whether it is so. What is done is not done again; what
 * failed, or was begun by a process that died, is. A step that fails does not keep the next from its work.
 */
export async function cutOff(begun: Incident, input: CutOffInput): Promise<Incident> {
  let incident = begun;
  for (const [name, work] of [
    ['stop', stopIt],
    ['revoke', revokeThem],
    // After the stop, as clients fail from then on: who holds the former secret cannot come back when the app is started.
    ['rotate', rotateIt],
  ] as const) {
    // A stop that left something open is looked at anew: it may have been a reading that failed, or someone closed it since.
    const isLeft = name === 'stop' && incident.open.length > 0;
    if (incident.steps[name].state === 'done' && !isLeft) continue;
    incident = await runStep(incident, name, input, work);
    if (input.stop?.aborted || input.signal?.aborted) return incident;
  }
  const checked = await runStep(incident, 'check', input, check);
  if (checked.tokens_left === undefined || checked.tokens_left === 0) return checked;
  // Users let the app in again meanwhile, or the list was cut: the next run ends those, too.
  const again = { ...checked.steps.revoke, state: 'failed' } as const;
  const open = { ...checked, steps: { ...checked.steps, revoke: again } };
  input.save(open);
  return open;
}

/** Announces a step in the journal, does it, and writes down what came of it. */
async function runStep(before: Incident, name: StepName, input: CutOffInput, work: Work): Promise<Incident> {
  const announced = input.now();
  const withStep = (incident: Incident, step: IncidentStep): Incident => ({
    ...incident,
    api_calls: before.api_calls + input.org.calls - calls,
    steps: { ...incident.steps, [name]: step },
  });
  const calls = input.org.calls;
  const begun = withStep(before, { state: 'announced', announced, notes: [] });
  input.save(begun);
  const { state, notes, change } = await work(begun, input).catch(failed);
  const after = withStep({ ...begun, ...change }, { state, announced, ended: input.now(), notes: [...notes] });
  input.save(after);
  return after;
}

/** An app that no deploy may write (one of a package, one without OAuth) is left to a person. */
function orByHand(error: unknown): Came {
  const came = failed(error);
  const byHand =
    isClientAppsError(error) &&
    error.code === 'REFUSED' &&
    error.diagnostics.every(({ code }) => code !== 'several-apps-to-stop');
  return byHand ? { ...came, state: 'by hand' } : came;
}

/** A defect of ours is no outcome: it ends the process, and the step stays announced. */
function failed(error: unknown): Came {
  if (isOrgError(error)) {
    const { problem, remedy } = orgProblem(error, 'org');
    return { state: error.inDoubt ? 'in doubt' : 'failed', notes: [`${problem}; ${remedy ?? ''}`] };
  }
  if (isClientAppsError(error)) {
    const notes = error.diagnostics.map(({ problem, allowed, remedy }) =>
      [
        problem,
        ...(allowed === undefined ? [] : [`it requires ${allowed}`]),
        ...(remedy === undefined ? [] : [remedy]),
      ].join('; '),
    );
    return { state: 'failed', notes };
  }
  throw error;
}

const stopIt: Work = (incident, input) => stopNow(incident, input).catch(orByHand);

/** What the org calls the app. */
const nameOf = ({ found, app }: Incident): string => found?.api_name ?? found?.label ?? app;

/** Nothing of the app is in this org that a deploy could write. */
const hasNoRecord = ({ found }: Incident): boolean =>
  found?.platform === undefined && found?.standing !== 'not-evaluated';

const stopNow: Work = async (incident, input) => {
  const { org, identity, apiVersion, onEvent, onWriting, signal, stop, earlier, keep, acceptLockout } = input;
  const { begun, onUnfinished } = input;
  const [name, { found }] = [nameOf(incident), incident];
  if (hasNoRecord(incident)) {
    return {
      state: 'by hand',
      notes: [`${name} has no record in this org: there is nothing that a deploy could switch off`],
    };
  }
  const which = { org, identity, apiName: name, apiVersion, ...(acceptLockout && { acceptLockout }) };
  if (found?.platform === 'connected-app') {
    const would = await stopApp({ ...which, dryRun: true, ...(signal && { signal }) });
    if (would.platform !== 'connected-app') {
      const other = `an External Client App is also called ${name} and would be stopped instead`;
      return { state: 'by hand', notes: [other] };
    }
  }
  const stopped = await stopApp({
    ...which,
    ...(onEvent && { onEvent }),
    ...(onWriting && { onWriting }),
    ...(signal && { signal }),
    ...(stop && { stop }),
    ...(earlier && { earlier }),
    ...(keep && { keep }),
    ...(begun !== undefined && { begun }),
    ...(onUnfinished && { onUnfinished }),
  });
  const { platform, state, connectedAppBeside: beside, open } = stopped;
  const how = platform === 'connected-app' ? 'restricted to a permission set that no user has' : 'switched off';
  const other = `the Connected App ${name} of the same name was not touched; block it in Setup > Connected Apps OAuth Usage`;
  return {
    state: 'done',
    notes: [`${stopped.app} ${state === 'already-stopped' ? 'was already stopped' : `was ${how}`}`],
    change: { open: [...open, ...(beside ? [other] : [])] },
  };
};

const questionOf = (incident: Incident) => ({
  app: nameOf(incident),
  inactiveUsers: false,
  // An app without a record stays one: someone may install another of its name meanwhile.
  unknown: incident.unknown || incident.found?.standing === 'unknown',
  ...(incident.found?.platform && { platform: incident.found.platform }),
});

const revokeThem: Work = async (incident, input) => {
  const { org, identity, onWriting, onEvent, signal } = input;
  const options = signal ? { signal } : {};
  const question = questionOf(incident);
  onEvent?.({ kind: 'step', message: 'reading its tokens' });
  const plan = planTokens(await readTokensOf(org, question.app, options), question, identity);
  if ('candidates' in plan) {
    if (plan.candidates === 0) return { state: 'done', notes: ['the org lists no token of it'] };
    return { state: 'failed', notes: [`${plan.candidates} apps have the name: ${plan.allowed}`] };
  }
  const { tokens } = plan.chosen;
  if (tokens.length === 0) return { state: 'done', notes: ['the org lists no token of it'] };
  await refuseOwnTokens(org, plan, input, options);
  onWriting?.();
  const receipt = await executeRevocation(org, incident.org, plan, {
    ...options,
    ...input.keepRevocation?.(plan),
    onEnded: (count) => onEvent?.({ kind: 'step', message: `revoked ${count} of ${tokens.length}` }),
  });
  const { revoked, failed: not, broken, left } = receipt;
  return {
    state: broken !== undefined ? 'in doubt' : left === 0 && !plan.cut ? 'done' : 'failed',
    notes: [
      `${revoked.toLocaleString('en-US')} of ${plural(tokens.length, 'token')} revoked`,
      ...not.map(({ user, why }) => `not revoked, of ${user}: ${why}`),
      ...(broken === undefined ? [] : [`interrupted: ${broken}`]),
      ...(plan.cut ? ['the list of tokens is incomplete: the app might have more'] : []),
    ],
  };
};

const rotateIt: Work = (incident, input) => rotateNow(incident, input).catch(orByHand);

/**
 * Not idempotent: once more makes another secret. That keeps the former one out all the same, so a rotation that is not
 * known to be done is simply repeated.
 */
const rotateNow: Work = async (incident, input) => {
  const { org, identity, apiVersion, rotate, manifest, onEvent, onWriting, signal, stop, acceptLockout } = input;
  if (rotate === false) return { state: 'by hand', notes: ['left out with --no-rotate'] };
  const name = nameOf(incident);
  if (incident.found?.platform === 'connected-app') {
    return { state: 'by hand', notes: ['no API rotates the secret of a Connected App'] };
  }
  if (hasNoRecord(incident)) {
    return { state: 'by hand', notes: [`${name} has no record in this org: its secret is kept elsewhere`] };
  }
  onEvent?.({ kind: 'step', message: `rotating the secret of ${name}` });
  const rotated = await rotateSecret({
    ...{ org, identity, apiName: name, apiVersion },
    ...(acceptLockout && { acceptLockout }),
    ...(manifest && { manifest }),
    ...(onWriting && { onWriting }),
    ...(signal && { signal }),
    ...(stop && { stop }),
  });
  if (!rotated.ok) return { state: 'by hand', notes: [rotated.error] };
  const { deployId, warnings } = rotated.value;
  return {
    state: 'done',
    notes: [
      `${rotated.value.apiName} has a new consumer secret, which replaces the former one immediately`,
      // What they say is not repeated: it could hold a secret that is new, so that nothing here knows it.
      ...(warnings > 1
        ? [`Salesforce had ${warnings} warnings, one for the rotation: Setup > Deployment Status > ${deployId}`]
        : []),
    ],
  };
};

/** Reads again: nothing that was done is taken for granted. */
const check: Work = async (incident, { org, identity, apiVersion, signal, onEvent }) => {
  const options = signal ? { signal } : {};
  const question = questionOf(incident);
  onEvent?.({ kind: 'step', message: 'reading again' });
  const facts = await readTokensOf(org, question.app, options);
  const cut = isCut(facts);
  const plan = planTokens(facts, question, identity);
  if ('candidates' in plan && plan.candidates > 1) {
    return { state: 'failed', notes: [`${plan.candidates} apps have the name: ${plan.allowed}`] };
  }
  const left = 'candidates' in plan ? 0 : plan.chosen.tokens.length;
  const tokens = `the org lists ${left === 0 ? 'no token' : plural(left, 'token')} of it`;
  const off = incident.steps.stop.state === 'by hand' ? undefined : await isOff(org, question.app, apiVersion, options);
  return {
    state: left === 0 && !cut && off !== false ? 'done' : 'failed',
    notes: [
      tokens,
      ...(cut ? ['the list of tokens is incomplete: the app might have more'] : []),
      ...(off === undefined ? [] : [off ? 'the app is stopped' : 'the app is not stopped']),
    ],
    change: { tokens_left: left },
  };
};

async function isOff(org: Org, apiName: string, apiVersion: number, options: CallOptions): Promise<boolean> {
  const { state } = await stopApp({
    org,
    apiName,
    acceptLockout: [apiName],
    apiVersion,
    dryRun: true,
    ...options,
  });
  return state === 'already-stopped';
}
