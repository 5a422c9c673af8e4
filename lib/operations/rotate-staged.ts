import type { ObservedApp } from '../metadata/observed';
import { liveValue } from '../metadata/live-app';
import type { Consumer, Consumers, KeyAndSecret, StagedSet } from '../org/consumers';
import type { CallOptions, Org } from '../org/org';
import { isOrgError, OrgError } from '../org/org-error';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic, reasonOf } from '../values/diagnostic';
import { fail, ok, type Result } from '../values/result';

/** What happens to new or present credentials outside of the org. */
export interface Receiver {
  /** Gives why they did not arrive; undefined where they did. */
  readonly handOver: (credentials: KeyAndSecret) => Promise<string | undefined>;
  /** Asked where no login could prove the credentials. */
  readonly acceptUnproved: (reason: string) => Promise<boolean>;
  /** Called before each step that changes something. */
  readonly onStep: (step: RotationStep) => void;
  readonly onWaiting: () => void;
}

export interface RotationStep {
  readonly state: 'staging' | 'staged' | 'handed over' | 'rotated' | 'rolled back' | 'ended';
  readonly formerKey: string;
  readonly newKey?: string;
}

export interface Rotation {
  readonly org: Org;
  readonly app: ObservedApp;
  /** Through which this login came, where that is known. */
  readonly clientId?: string | undefined;
  readonly signal: AbortSignal;
  /** Nothing more is begun from then on. */
  readonly stop: AbortSignal;
}

export interface RotationResult {
  readonly formerKey: string;
  readonly newKey: string;
  /** True, or why nothing proved the credentials. */
  readonly proved: true | string;
}

export interface Ended {
  /** What the app has now. */
  readonly consumer: Consumer;
  readonly staged: StagedSet;
}

/** Deletes the credentials beside those in use: former ones (`Rotated`), or new ones that nobody took in use. */
export async function endStaged(rotation: Rotation, wanted: 'Rotated' | 'Active'): Promise<Ended> {
  const { api, id, consumer, staged } = await found(rotation);
  const { apiName } = rotation.app;
  if (staged === undefined) throw refused(apiName, 'it has no credentials beside those in use');
  if ((staged.state === 'Active') !== (wanted === 'Active')) {
    throw refused(apiName, `the credentials beside those in use are ${staged.state}, not ${wanted}`);
  }
  if (rotation.clientId === staged.key) throw refused(apiName, 'this very login uses the credentials that would end');
  await api.discard(id, consumer.id, staged.id, { signal: rotation.signal });
  return { consumer, staged };
}

/** Puts staged credentials in use that were handed over before. */
export async function promoteStaged(rotation: Rotation): Promise<RotationResult> {
  const { api, id, consumer, staged } = await found(rotation);
  if (staged?.state !== 'Active') throw refused(rotation.app.apiName, 'it has no staged credentials');
  await promoted(rotation, { api, id, consumer, staged });
  return { formerKey: consumer.key, newKey: staged.key, proved: 'they were not tried' };
}

/** Hands over the credentials that the app has: nothing changes in the app. */
export async function handOverCurrent(rotation: Rotation, receiver: Receiver): Promise<RotationResult> {
  const { api, id, consumer } = await found(rotation);
  const current = await api.current(id, consumer.id, { signal: rotation.signal });
  const given = await give(rotation, { ...current, id: consumer.id, state: '' }, receiver);
  if (!given.ok) throw refused(rotation.app.apiName, given.error);
  return { formerKey: consumer.key, newKey: current.key, proved: given.value };
}

/**
 * New credentials: staged, proved by a login, handed over, taken in use. Up to the last step the present ones stay as
 * they are, and what fails deletes the new ones again.
 */
export async function rotateStaged(rotation: Rotation, receiver: Receiver): Promise<RotationResult> {
  const { api, id, consumer, staged: before } = await found(rotation);
  const { apiName } = rotation.app;
  if (rotation.clientId !== undefined && [consumer.key, before?.key].includes(rotation.clientId)) {
    throw refused(apiName, 'this very login came through it', 'rotate it with a login through another app');
  }
  if (before) throw refused(apiName, inTheWay(before), remedyFor(before, apiName));
  const step = { formerKey: consumer.key };
  receiver.onStep({ ...step, state: 'staging' });
  const staged = await api.stage(id, consumer.id, { signal: rotation.signal }).catch((error: unknown) => {
    if (!isOrgError(error) || !error.inDoubt) throw error;
    const reason = `whether it has new credentials beside the present ones, which stay valid, is not known: ${error.message}`;
    throw unknownOutcome(unfinished(apiName, reason, `client-apps rotate ${apiName} --discard deletes them`), error);
  });
  const newStep = { ...step, newKey: staged.key };
  receiver.onStep({ ...newStep, state: 'staged' });
  const given = await give(rotation, staged, receiver).catch((error: unknown) => failed(reasonOf(error)));
  if (!given.ok || rotation.stop.aborted) {
    const reason = given.ok ? 'stopped on request' : given.error;
    await rollBack({ api, id, consumer, staged }, apiName, reason);
    receiver.onStep({ ...newStep, state: 'rolled back' });
    throw new ClientAppsError('REFUSED', [diagnose('rotate-rolled-back', { path: apiName }, { app: apiName, reason })]);
  }
  receiver.onStep({ ...newStep, state: 'handed over' });
  await promoted(rotation, { api, id, consumer, staged });
  receiver.onStep({ ...newStep, state: 'rotated' });
  return { ...newStep, proved: given.value };
}

interface Found {
  readonly api: Consumers;
  readonly id: string;
  readonly consumer: Consumer;
  readonly staged: StagedSet | undefined;
}

async function found({ org, app, signal }: Rotation): Promise<Found> {
  const { apiName, platform } = app;
  if (platform !== 'external-client-app') {
    throw refused(apiName, 'it is a Connected App, and no API rotates its secret', 'rotate it by hand in Setup');
  }
  const id = app.id ?? apiName;
  const [consumer, ...others] = await org.consumers.list(id, { signal });
  if (!consumer || others.length > 0) throw refused(apiName, `it has ${consumer ? 'several' : 'no'} consumers`);
  const [staged] = await org.consumers.staged(id, consumer.id, { signal });
  return { api: org.consumers, id, consumer, staged };
}

const inTheWay = ({ state, expires }: StagedSet): string =>
  state === 'Active'
    ? 'somebody has staged credentials for it already'
    : `its former credentials still stand beside the present ones${expires === undefined ? '' : ` until ${expires}`}`;

const remedyFor = ({ state }: StagedSet, app: string): string =>
  state === 'Active'
    ? `ask who did; then client-apps rotate ${app} --discard, or --promote where its clients have them`
    : `once every client has the present ones: client-apps rotate ${app} --end-former`;

/** Proves credentials by a login, and hands them over: in this order, so that nobody receives any that open nothing. */
async function give(
  { org, app, signal, stop }: Rotation,
  { key, secret }: StagedSet,
  receiver: Receiver,
): Promise<Result<true | string, string>> {
  if (!secret) return fail('the org does not show the secret');
  const credentials = { key, secret };
  const open = liveValue(app, 'clientCredentials') === true && liveValue(app, 'clientCredentialsPolicy') === true;
  const tried = open
    ? await org.consumers.prove(credentials, { signal, onWaiting: receiver.onWaiting })
    : { undecided: 'the app does not allow the client credentials flow, and no other login can be made here' };
  if ('refused' in tried) return fail(`a login with them was refused: ${tried.refused}`);
  const proved = 'proved' in tried ? true : tried.undecided;
  if (proved !== true && !(await receiver.acceptUnproved(proved))) return fail(`they are not proved: ${proved}`);
  if (stop.aborted) return fail('stopped on request');
  const lost = await receiver.handOver(credentials);
  return lost === undefined ? ok(proved) : fail(lost);
}

const failed = (reason: string): Result<true | string, string> => fail(reason);

/** Where the answer gets lost, the key that is in use afterwards tells. */
async function promoted({ signal, app }: Rotation, { api, id, consumer, staged }: Found & { staged: StagedSet }) {
  const options: CallOptions = { signal };
  try {
    await api.promote(id, consumer.id, staged.id, options);
  } catch (error) {
    const now = await api.list(id).catch(() => undefined);
    if (now?.some(({ key }) => key === staged.key)) return;
    const { apiName } = app;
    const how = now ? 'they are not in use yet' : 'whether they are in use could not be read';
    const reason = `its new credentials are staged and handed over, and open it beside the former ones; ${how}: ${reasonOf(error)}`;
    const problem = unfinished(apiName, reason);
    throw now ? new ClientAppsError('REFUSED', [problem]) : unknownOutcome(problem, error);
  }
}

async function rollBack({ api, id, consumer, staged }: Found & { staged: StagedSet }, app: string, why: string) {
  try {
    await api.discard(id, consumer.id, staged.id);
  } catch (error) {
    const left = await api.staged(id, consumer.id).catch(() => undefined);
    if (left && !left.some((each) => each.id === staged.id)) return;
    const how = left ? 'could not be deleted' : 'may still be there, which could not be read';
    const reason = `${why}; the staged credentials ${how}: ${reasonOf(error)}`;
    const remedy = `delete them: client-apps rotate ${app} --discard`;
    const problem = unfinished(app, reason, remedy);
    throw left ? new ClientAppsError('REFUSED', [problem]) : unknownOutcome(problem, error);
  }
}

const unfinished = (app: string, reason: string, remedy?: string): Diagnostic =>
  diagnose('rotate-unfinished', { path: app, ...(remedy !== undefined && { remedy }) }, { app, reason });

/** Something was sent, and neither its answer nor a reading says what came of it. */
function unknownOutcome({ code, problem, remedy }: Diagnostic, cause: unknown): OrgError {
  const kind = isOrgError(cause) ? cause.kind : 'answer';
  return new OrgError(kind, problem, remedy, { errorCode: code, inDoubt: true, cause });
}

function refused(app: string, reason: string, remedy?: string): ClientAppsError {
  const place = { path: app, ...(remedy !== undefined && { remedy }) };
  return new ClientAppsError('REFUSED', [diagnose('rotate-refused', place, { app, reason })]);
}
