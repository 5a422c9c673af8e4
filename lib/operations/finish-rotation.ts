import type { StagedSet } from '../org/consumers';
import { diagnose } from '../values/diagnose';
import type { ClientAppsError } from '../values/diagnostic';
import {
  credentialsOf,
  deleteBeside,
  giveAndTakeInUse,
  type Place,
  promoted,
  type Receiver,
  refused,
  refuseOwnLogin,
  rolledBack,
  type Rotation,
  rotationRefused,
  type RotationResult,
  stageAndGoOn,
} from './rotate-staged';
import { isCutOff, nextStep, type RotationRecord } from './rotation-record';

/** What a step that ends something came to: the keys in use and gone, and the state that what was deleted had. */
export interface Ended {
  readonly formerKey: string;
  readonly newKey: string;
  /** Absent where the org had nothing left to delete. */
  readonly deleted?: { readonly key: string; readonly state: string };
}

/** What is known of the last rotation. */
interface CutOff {
  /** It may have staged credentials, or not. */
  readonly cutOff: RotationRecord | undefined;
  /** Something was cut off that had the access to secrets open: it may have been no rotation. */
  readonly leftOpen: boolean;
  /** Its staged credentials are on record as deleted. */
  readonly isOver: boolean;
}

/** True where the credentials in use are those that a rotation on record made. */
const isLast = (record: RotationRecord | undefined, { consumer }: Place): record is RotationRecord =>
  record !== undefined && record.new_key === consumer.key;

/** Ends the former credentials. Where a record says that they are the last rotation's, and they are gone, that is their end. */
export async function endFormer(rotation: Rotation, record: RotationRecord | undefined): Promise<Ended> {
  const place = await credentialsOf(rotation);
  const { consumer, staged } = place;
  if (staged === undefined && isLast(record, place) && (record.state === 'rotated' || record.state === 'ended')) {
    return { formerKey: record.former_key, newKey: consumer.key };
  }
  const { key, state } = await endBeside(rotation, place, 'Rotated');
  return { formerKey: key, newKey: consumer.key, deleted: { key, state } };
}

/**
 * Deletes staged credentials that no one took in use; undefined where there are none to delete after what was cut off, or
 * they were deleted before.
 */
export async function discardStaged(
  rotation: Rotation,
  { cutOff, leftOpen, isOver }: CutOff,
): Promise<Ended | undefined> {
  const place = await credentialsOf(rotation);
  const { consumer, staged } = place;
  const nothing = cutOff ? staged === undefined && consumer.key === cutOff.former_key : staged?.state !== 'Active';
  if (nothing && (cutOff || leftOpen || (isOver && staged === undefined))) return undefined;
  const { key, state } = await endBeside(rotation, place, 'Active');
  return { formerKey: consumer.key, newKey: key, deleted: { key, state } };
}

async function endBeside(rotation: Rotation, place: Place, wanted: 'Rotated' | 'Active'): Promise<StagedSet> {
  const { staged } = place;
  const { apiName } = rotation.app;
  if (staged === undefined) throw refused(apiName, 'it has no credentials other than those in use');
  if ((staged.state === 'Active') !== (wanted === 'Active')) {
    const option = wanted === 'Active' ? '--end-former' : '--discard';
    const facts = { app: apiName, state: staged.state, wanted, argument: rotation.argument, option };
    throw rotationRefused(diagnose('rotate-refused/other-state', { path: apiName }, facts));
  }
  if (rotation.clientId === staged.key) throw refused(apiName, 'this login uses the credentials that would end');
  const why = `the credentials with the consumer key ${staged.key}`;
  await deleteBeside(rotation, { ...place, staged }, { why, entry: 'rotate-unfinished/ending' });
  return staged;
}

const NOT_TRIED = 'they were not tried again';

/** Puts staged credentials in use that were handed over before; one that was cut off after that is noted. */
export async function promoteStaged(
  rotation: Rotation,
  record: RotationRecord | undefined,
  onStep: Receiver['onStep'],
): Promise<RotationResult & { readonly already: boolean }> {
  const place = await credentialsOf(rotation);
  const { consumer, staged } = place;
  if (staged?.state === 'Active') {
    const keys = { formerKey: consumer.key, newKey: staged.key };
    onStep({ ...keys, state: 'handed over' });
    await promoted(rotation, { ...place, staged });
    onStep({ ...keys, state: 'rotated' });
    return { ...keys, proved: NOT_TRIED, already: false };
  }
  if (!isLast(record, place)) throw refused(rotation.app.apiName, 'it has no staged credentials');
  const keys = { formerKey: record.former_key, newKey: consumer.key };
  const already = !isCutOff(record);
  if (!already) onStep({ ...keys, state: 'rotated' });
  return { ...keys, proved: NOT_TRIED, already };
}

/** `ended`: the former credentials are gone, too. */
export interface Resumed extends RotationResult {
  readonly ended: boolean;
}

/**
 * Goes on with a rotation that was cut off, by what the org has: it reads the secret of the staged credentials again, so
 * that none is lost, and hands it over once more where it may not have arrived.
 */
export async function resumeRotation(rotation: Rotation, record: RotationRecord, receiver: Receiver): Promise<Resumed> {
  const place = await credentialsOf(rotation);
  const { consumer, staged } = place;
  refuseOwnLogin(rotation, place);
  const { apiName } = rotation.app;
  const { former_key: formerKey, new_key: newKey = staged?.key ?? '' } = record;
  const keys = { formerKey, newKey };
  const note = (state: 'rotated' | 'ended'): Resumed => {
    receiver.onStep({ ...keys, state });
    return { ...keys, proved: NOT_TRIED, ended: state === 'ended' };
  };
  switch (nextStep(record, consumer, staged)) {
    case 'stage':
      return { ...(await stageAndGoOn(rotation, place, receiver)), ended: false };
    case 'hand over':
      return { ...(await giveAndTakeInUse(rotation, withStaged(place, apiName), receiver)), ended: false };
    case 'promote':
      await promoted(rotation, withStaged(place, apiName));
      return note('rotated');
    case 'note ended':
      return note('ended');
    case 'note rotated':
      return note('rotated');
    case 'end former':
      await endFormer(rotation, record);
      return note('ended');
    case 'gone':
      receiver.onStep({ ...keys, state: 'rolled back' });
      throw rolledBack(apiName, 'someone has deleted them since the rotation was interrupted');
    case 'unrecorded':
      throw rotationRefused(
        diagnose('rotate-refused/unrecorded', { path: apiName }, { app: apiName, argument: rotation.argument }),
      );
    case 'foreign':
      throw foreign(apiName);
  }
}

/** What the next step goes on with, which it has looked at. */
function withStaged(place: Place, app: string): Place & { readonly staged: StagedSet } {
  const { staged } = place;
  if (!staged) throw foreign(app);
  return { ...place, staged };
}

const foreign = (app: string): ClientAppsError =>
  rotationRefused(diagnose('rotate-refused/foreign', { path: app }, { app }));
