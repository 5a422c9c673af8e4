import { discardStaged, type Ended, endFormer, promoteStaged, resumeRotation } from '../operations/finish-rotation';
import {
  handOverCurrent,
  type Receiver,
  rotateStaged,
  type Rotation,
  type RotationResult,
  type RotationStep,
} from '../operations/rotate-staged';
import { isCutOff, isDue, type RotationRecord } from '../operations/rotation-record';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, reasonOf } from '../values/diagnostic';
import { visible } from '../values/visible';
import { confirmed } from './confirm';
import type { RotateFlags } from './flags';
import { isoNow } from './io';
import type { SecretSink } from './rotate-sinks';
import type { RotationFile } from './rotation-file';
import { writeFitted } from './style';
import type { Run } from './with-run';

export type RotateMode = 'rotate' | 'first' | 'promote' | 'endFormer' | 'discard' | 'resume';

export interface Performance {
  readonly run: Run;
  readonly flags: RotateFlags;
  readonly mode: RotateMode;
  readonly rotation: Rotation;
  /** Where the mode hands something over. */
  readonly sink: SecretSink | undefined;
  /** Milliseconds that former credentials stay. */
  readonly overlap: number;
  readonly file: RotationFile;
  /** As it was when the work began. */
  readonly record: RotationRecord | undefined;
  readonly opened: boolean;
  /** An earlier run left the access to secrets open, as far as is known. */
  readonly leftOpen: boolean;
  /** A problem that does not keep the work from going on. */
  readonly failed: (problem: Diagnostic) => void;
}

/** Does what was asked and agreed to, keeps the record of it, and says what happened. */
export async function perform(work: Performance): Promise<void> {
  const { run, mode, overlap, rotation, record, sink } = work;
  const { apiName } = rotation.app;
  const say = (text: string): void => {
    run.progress.clear();
    writeFitted(run.io.stdout, `${text}\n`);
  };
  const keepUntil = new Date(Date.parse(isoNow(run.io)) + overlap).toISOString();
  const onStep = keeper(work, keepUntil);
  const receiver = receiverOf(work, onStep);
  const isOver = ({ formerKey, newKey, deleted }: Ended, state: 'ended' | 'rolled back'): void => {
    onStep({ formerKey, newKey, state });
    say(
      deleted
        ? `Deleted the credentials of ${apiName} with the consumer key ${deleted.key}, which were ${deleted.state}.`
        : `The former credentials of ${apiName} are already gone.`,
    );
  };
  switch (mode) {
    case 'endFormer':
      isOver(await endFormer(rotation, record), 'ended');
      return;
    case 'discard':
      await discard(work, isOver, say, onStep);
      return;
    case 'first': {
      const result = await handOverCurrent(rotation, receiver);
      say(`Handed the consumer secret of ${apiName} to ${sink?.words ?? ''}; ${provedWords(result)}.`);
      return;
    }
    case 'resume':
      if (!record || !goesOn(record, isoNow(run.io))) {
        say(`Nothing is left to do for ${apiName}.`);
        return;
      }
      break;
    case 'rotate':
    case 'promote':
  }
  const result = await newInUse(work, receiver);
  if (result.already === true) {
    say(`${apiName} already uses the consumer key ${result.newKey}; nothing was changed.`);
    return;
  }
  say(`${apiName} has the new consumer key ${result.newKey}; ${provedWords(result)}.`);
  if (result.handedOver && sink) say(`Handed to ${sink.words}.`);
  if (result.ended) {
    say(`The former credentials (${result.formerKey}) no longer work.`);
  } else if (overlap === 0) {
    await endFormer(rotation, undefined);
    onStep({ formerKey: result.formerKey, newKey: result.newKey, state: 'ended' });
    say(`The former credentials (${result.formerKey}) were ended immediately.`);
  } else {
    say(
      `The former credentials (${result.formerKey}) stay valid, including for JWT logins with that key, until they are ended:`,
    );
    say(
      `from ${keepUntil} on, run client-apps rotate ${rotation.argument} --end-former. Salesforce ends them after 30 days.`,
    );
    say(`Record: ${work.file.path}`);
  }
}

/** True where the record is of a rotation that did not come to its end. */
export const goesOn = (record: RotationRecord, now: string): boolean =>
  isCutOff(record) || (isDue(record, now) && record.overlap_seconds === 0);

type InUse = RotationResult & { readonly ended: boolean; readonly handedOver: boolean; readonly already?: boolean };

async function newInUse({ mode, rotation, record }: Performance, receiver: Receiver): Promise<InUse> {
  if (mode === 'promote') {
    const result = await promoteStaged(rotation, record, receiver.onStep);
    return { ...result, ended: false, handedOver: false };
  }
  let handedOver = false;
  const noting: Receiver = {
    ...receiver,
    onStep: (step) => {
      handedOver ||= step.state === 'handed over';
      receiver.onStep(step);
    },
  };
  const result =
    mode === 'resume' && record
      ? await resumeRotation(rotation, record, noting)
      : { ...(await rotateStaged(rotation, noting)), ended: false };
  return { ...result, handedOver };
}

async function discard(
  { rotation, record, leftOpen }: Performance,
  isOver: (ended: Ended, state: 'rolled back') => void,
  say: (text: string) => void,
  onStep: Receiver['onStep'],
): Promise<void> {
  const cutOff = record && isCutOff(record) ? record : undefined;
  const ended = await discardStaged(rotation, { cutOff, leftOpen, isOver: record?.state === 'rolled back' });
  if (ended) {
    isOver(ended, 'rolled back');
    return;
  }
  if (cutOff) onStep({ formerKey: cutOff.former_key, state: 'rolled back' });
  say(`${rotation.app.apiName} has no staged credentials; those in use are unchanged.`);
}

/** Without a record nothing is begun. Later the credentials matter more: they are not left half-way for a full disk. */
function keeper(
  { run, file, record, opened, overlap, mode, failed }: Performance,
  keepUntil: string,
): Receiver['onStep'] {
  const goesOnWith = mode === 'rotate' ? undefined : record;
  const begun = goesOnWith?.begun ?? isoNow(run.io);
  return ({ state, formerKey, newKey }: RotationStep) => {
    try {
      file.keep({
        state,
        opened_secret_access: opened,
        former_key: formerKey,
        ...(newKey !== undefined && { new_key: newKey }),
        begun,
        overlap_seconds: overlap / 1000,
        ...(state === 'rotated' && { keep_former_until: keepUntil }),
      });
    } catch (error) {
      if (state === 'staging') throw error;
      failed(diagnose('rotation-not-recorded', { path: file.path }, { state, reason: reasonOf(error) }));
    }
  };
}

const provedWords = ({ proved }: RotationResult): string =>
  proved === true ? 'proved by a login with client credentials' : `not proved: ${proved}`;

function receiverOf({ run, sink, flags }: Performance, onStep: Receiver['onStep']): Receiver {
  const { interrupts, progress } = run;
  return {
    handOver: async (credentials) =>
      sink
        ? sink.handOver(credentials, interrupts.signal)
        : 'no target was specified: --to-command, --to-file, --to-env-file or --to-github-output',
    acceptUnproved: async (reason) => {
      if (flags.acceptUnproved === true) return true;
      progress.clear();
      return confirmed(run, `Not proved: ${visible(reason)}. Continue anyway?`, 'the credentials are not handed over');
    },
    onWaiting: () =>
      progress.onEvent({
        kind: 'step',
        message: 'waiting for Salesforce to recognize the new credentials (up to 10 minutes)',
      }),
    onStep,
  };
}
