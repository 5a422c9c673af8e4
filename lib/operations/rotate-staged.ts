import { liveValue } from '../metadata/live-app';
import type { ObservedApp } from '../metadata/observed';
import type { Consumer, Consumers, KeyAndSecret, StagedSet } from '../org/consumers';
import type { Org } from '../org/org';
import { isOrgError, OrgError } from '../org/org-error';
import type { EntryName } from '../values/catalog';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic, reasonOf } from '../values/diagnostic';
import { fail, ok, type Result } from '../values/result';
import type { RotationState } from './rotation-record';

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
  readonly state: RotationState;
  readonly formerKey: string;
  readonly newKey?: string;
}

export interface Rotation {
  readonly org: Org;
  readonly app: ObservedApp;
  /** What the command `rotate` is given for it: ORG/APP. */
  readonly argument: string;
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

/** Hands over the credentials that the app has: nothing changes in the app. */
export async function handOverCurrent(rotation: Rotation, receiver: Receiver): Promise<RotationResult> {
  const { api, id, consumer } = await credentialsOf(rotation);
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
  return stageAndGoOn(rotation, await freePlace(rotation), receiver);
}

/**
 * New credentials beside the present ones, proved by a login and handed over, and not in use yet: someone takes them in
 * use once they have arrived where they are to go. What fails deletes them again.
 */
export async function stageOnly(rotation: Rotation, receiver: Receiver): Promise<RotationResult> {
  const place = await staged(rotation, await freePlace(rotation), receiver);
  return { ...keysOf(place), proved: await giveOrRollBack(rotation, place, receiver) };
}

/** An app beside whose credentials there are no others, and through which this login did not come. @throws ClientAppsError */
async function freePlace(rotation: Rotation): Promise<Place> {
  const place = await credentialsOf(rotation);
  refuseOwnLogin(rotation, place);
  const { apiName } = rotation.app;
  if (place.staged) throw rotationRefused(inTheWay(apiName, place.staged, rotation.argument));
  return place;
}

/** The login that rotates must not depend on what is rotated. @throws ClientAppsError */
export function refuseOwnLogin({ app, clientId }: Rotation, { consumer, staged }: Place): void {
  if (clientId === undefined || ![consumer.key, staged?.key].includes(clientId)) return;
  throw rotationRefused(diagnose('rotate-refused/own-login', { path: app.apiName }, { app: app.apiName }));
}

/** From nothing beside the present credentials to new ones in their place. */
export const stageAndGoOn = async (rotation: Rotation, place: Place, receiver: Receiver): Promise<RotationResult> =>
  giveAndTakeInUse(rotation, await staged(rotation, place, receiver), receiver);

async function staged(rotation: Rotation, place: Place, receiver: Receiver): Promise<WithStaged> {
  const { api, id, consumer } = place;
  const step = { formerKey: consumer.key };
  receiver.onStep({ ...step, state: 'staging' });
  const made = await api.stage(id, consumer.id, { signal: rotation.signal }).catch((error: unknown) => {
    if (!isOrgError(error) || !error.inDoubt) {
      receiver.onStep({ ...step, state: 'rolled back' });
      throw error;
    }
    const reason = `it is not known whether it has new credentials in addition to the current ones, which stay valid: ${error.message}`;
    throw unknownOutcome(unfinished(rotation, reason), error);
  });
  receiver.onStep({ ...step, newKey: made.key, state: 'staged' });
  return { ...place, staged: made };
}

/** From staged credentials, which no one may have yet, to those in use. */
export async function giveAndTakeInUse(
  rotation: Rotation,
  place: WithStaged,
  receiver: Receiver,
): Promise<RotationResult> {
  const step = keysOf(place);
  const proved = await giveOrRollBack(rotation, place, receiver);
  await promoted(rotation, place);
  receiver.onStep({ ...step, state: 'rotated' });
  return { ...step, proved };
}

/** Gives what proved the credentials. @throws ClientAppsError once they are deleted again */
async function giveOrRollBack(rotation: Rotation, place: WithStaged, receiver: Receiver): Promise<true | string> {
  const { apiName } = rotation.app;
  const step = keysOf(place);
  const given = await give(rotation, place.staged, receiver).catch((error: unknown) => failed(reasonOf(error)));
  if (!given.ok || rotation.stop.aborted) {
    const reason = given.ok ? 'stopped on request' : given.error;
    await rollBack(rotation, place, reason);
    receiver.onStep({ ...step, state: 'rolled back' });
    throw rolledBack(apiName, reason);
  }
  receiver.onStep({ ...step, state: 'handed over' });
  return given.value;
}

type WithStaged = Place & { readonly staged: StagedSet };

const keysOf = (place: WithStaged) => ({ formerKey: place.consumer.key, newKey: place.staged.key });

/** The credentials of an app: those in use, and those beside them. */
export interface Place {
  readonly api: Consumers;
  readonly id: string;
  readonly consumer: Consumer;
  readonly staged: StagedSet | undefined;
}

export async function credentialsOf({ org, app, signal }: Rotation): Promise<Place> {
  const { apiName, platform } = app;
  if (platform !== 'external-client-app') {
    throw rotationRefused(diagnose('rotate-refused/connected-app', { path: apiName }, { app: apiName }));
  }
  const id = app.id ?? apiName;
  const [consumer, ...others] = await org.consumers.list(id, { signal });
  if (!consumer || others.length > 0) throw refused(apiName, `it has ${consumer ? 'several' : 'no'} consumers`);
  const [staged] = await org.consumers.staged(id, consumer.id, { signal });
  return { api: org.consumers, id, consumer, staged };
}

function inTheWay(app: string, { state, expires }: StagedSet, argument: string): Diagnostic {
  if (state === 'Active') return diagnose('rotate-refused/staged', { path: app }, { app, argument });
  const until = expires === undefined ? '' : ` until ${expires}`;
  return diagnose('rotate-refused/former', { path: app }, { app, argument, until });
}

/** Proves credentials by a login, and hands them over: in this order, so that no one receives any that open nothing. */
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

/** Takes staged credentials in use. Whatever the answer says, the key that is in use afterward tells. */
export async function promoted(
  rotation: Pick<Rotation, 'signal' | 'app' | 'argument'>,
  { api, id, consumer, staged }: Place & { readonly staged: StagedSet },
): Promise<void> {
  let failure: unknown;
  await api
    .promote(id, consumer.id, staged.id, { signal: rotation.signal })
    .catch((error: unknown) => (failure = error));
  const now = await api.list(id).catch(() => undefined);
  if (now?.some(({ key }) => key === staged.key)) return;
  const how = now ? 'they are not in use yet' : 'whether they are in use could not be read';
  const reason = `its new credentials are staged and handed over, and work in addition to the former ones; ${how}${because(failure)}`;
  throw notDone(unfinished(rotation, reason), now !== undefined, failure);
}

/** Deletes the credentials beside those in use, and looks whether they are gone. @param why Completes "not finished: …". */
export async function deleteBeside(
  rotation: Pick<Rotation, 'app' | 'argument'>,
  { api, id, consumer, staged }: Place & { readonly staged: StagedSet },
  { why, entry }: { readonly why: string; readonly entry: Unfinished },
): Promise<void> {
  let failure: unknown;
  await api.discard(id, consumer.id, staged.id).catch((error: unknown) => (failure = error));
  const left = await api.staged(id, consumer.id).catch(() => undefined);
  // What the org said it deleted is gone, also where it could not be asked again.
  if (left ? !left.some((each) => each.id === staged.id) : failure === undefined) return;
  const how = left ? 'could not be deleted' : 'might still be there, which could not be read';
  throw notDone(unfinished(rotation, `${why} ${how}${because(failure)}`, entry), left !== undefined, failure);
}

const because = (failure: unknown): string => (failure === undefined ? '' : `: ${reasonOf(failure)}`);

const rollBack = (rotation: Rotation, place: Place & { readonly staged: StagedSet }, why: string): Promise<void> =>
  deleteBeside(rotation, place, {
    why: `${why}; the staged credentials`,
    entry: 'rotate-unfinished/discard',
  });

/** @param isKnown The org was read afterward. */
const notDone = (problem: Diagnostic, isKnown: boolean, cause: unknown): Error =>
  isKnown ? new ClientAppsError('REFUSED', [problem]) : unknownOutcome(problem, cause);

const unfinished = (
  { app: { apiName: app }, argument }: Pick<Rotation, 'app' | 'argument'>,
  reason: string,
  entry: Unfinished = 'rotate-unfinished',
): Diagnostic => diagnose(entry, { path: app }, { app, reason, argument });

type Unfinished = Extract<EntryName, `rotate-unfinished${string}`>;

/** Something was sent, and neither its answer nor a reading says what came of it. */
function unknownOutcome({ code, problem, remedy }: Diagnostic, cause: unknown): OrgError {
  const kind = isOrgError(cause) ? cause.kind : 'answer';
  return new OrgError(kind, problem, remedy, { errorCode: code, inDoubt: true, cause });
}

export const rolledBack = (app: string, reason: string): ClientAppsError =>
  new ClientAppsError('REFUSED', [diagnose('rotate-rolled-back', { path: app }, { app, reason })]);

export const rotationRefused = (why: Diagnostic): ClientAppsError => new ClientAppsError('REFUSED', [why]);

export const refused = (app: string, reason: string): ClientAppsError =>
  rotationRefused(diagnose('rotate-refused', { path: app }, { app, reason }));
