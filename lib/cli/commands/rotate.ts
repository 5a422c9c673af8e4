import { checkOrgId } from '../../operations/read-org';
import {
  endStaged,
  handOverCurrent,
  promoteStaged,
  type Receiver,
  rotateStaged,
  type Rotation,
  type RotationResult,
  type RotationStep,
} from '../../operations/rotate-staged';
import { opensWithoutConsent, readsSecrets, SECRET_SWITCH, withSecretAccess } from '../../operations/secret-access';
import { findStopTarget } from '../../operations/stop-target';
import type { Org } from '../../org/org';
import { diagnose } from '../../values/diagnose';
import { ClientAppsError, type Diagnostic, reasonOf } from '../../values/diagnostic';
import { visible } from '../../values/visible';
import { confirmed, requireTerminal } from '../confirm';
import { apiVersionOf, eachOrg, type OrgTarget } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput } from '../files';
import type { RotateFlags } from '../flags';
import { type Io, isoNow } from '../io';
import { report } from '../report-error';
import { overlapMs } from '../rotate-overlap';
import { type SecretSink, sinkOf } from '../rotate-sinks';
import { type RotationFile, rotationFile, type RotationRecord } from '../rotation-file';
import { chooseOneOrg } from '../stop-orgs';
import { type Run, withRun } from '../with-run';

type Mode = 'rotate' | 'first' | 'promote' | 'endFormer' | 'discard';

/** Gives an External Client App new credentials without a moment in which its clients have none that work. */
export async function rotate(io: Io, text: string, flags: RotateFlags): Promise<ExitCode> {
  const mode = modeOf(flags);
  const sink = mode === 'rotate' || mode === 'first' ? sinkOf(io, flags) : undefined;
  const overlap = overlapMs(flags.overlap);
  requireTerminal(
    io,
    'rotate',
    [flags.autoApprove],
    'pass --auto-approve, and --open-secret-access where it is asked for',
  );
  const { app, names, targets } = chooseOneOrg(io, text, flags, 'rotate');
  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targets, (target, org) =>
      inOrg({ run, flags, target, org, app, mode, sink, overlap }),
    );
    return worst([...codes, ...results]);
  });
}

function modeOf(flags: RotateFlags): Mode {
  const modes = (['first', 'promote', 'endFormer', 'discard'] as const).filter((mode) => flags[mode] === true);
  if (modes.length < 2) return modes[0] ?? 'rotate';
  const reason = 'only one of --first, --promote, --end-former and --discard can be done at a time';
  throw invalidInput(diagnose('rotate-option-wrong', { path: 'rotate' }, { reason }));
}

interface Work {
  readonly run: Run;
  readonly flags: RotateFlags;
  readonly target: OrgTarget;
  readonly org: Org;
  readonly app: string;
  readonly mode: Mode;
  readonly sink: SecretSink | undefined;
  readonly overlap: number;
}

const QUESTIONS: Readonly<Record<Mode, string>> = {
  rotate: 'Give {app} a new consumer key and secret?',
  first: 'Read the consumer secret of {app} and hand it over?',
  promote: 'Put the staged credentials of {app} in use?',
  endFormer: 'End the former credentials of {app}? Clients that still use them are refused from then on.',
  discard: 'Delete the staged credentials of {app}?',
};

async function inOrg(work: Work): Promise<ExitCode> {
  const { run, flags, target, org, mode } = work;
  const { io, interrupts, progress } = run;
  const { signal, stop } = interrupts;
  const apiVersion = apiVersionOf(target.manifest);
  const identity = await org.identify({ signal });
  if (target.manifest) checkOrgId(target.manifest, identity);
  const { app } = await findStopTarget(org, work.app, apiVersion, { signal });
  const file = rotationFile(io, flags, { org: target.org, orgId: identity.orgId, app: app.apiName });
  if (mode === 'endFormer') refuseEarly(file.read(), app.apiName, isoNow(io), flags);
  const access = { org, apiVersion, app: app.apiName, signal };
  const opens = !(await readsSecrets(access));
  progress.clear();
  if (mode !== 'first' && identity.clientId === undefined) {
    report([diagnose('rotate-own-login-unknown', { path: app.apiName }, { app: app.apiName })], io);
  }
  if (!(await approved(work, app.apiName, opens))) return EXIT.error;
  interrupts.beginWriting();
  let code: ExitCode = EXIT.ok;
  const failed = (problem: Diagnostic): void => {
    report([problem], io);
    code = EXIT.error;
  };
  const rotation: Rotation = { org, app, clientId: identity.clientId, signal, stop };
  await withSecretAccess(access, {
    agreed: opens,
    work: (opened) => perform(work, rotation, steps(file, opened, failed)),
    onOpening: () =>
      io.stderr.write(`Switching ${SECRET_SWITCH} on for the whole org; it is switched off again at the end.\n`),
    onLeftOpen: (reason) =>
      failed(diagnose('secret-access-left-open', { path: target.org }, { setting: SECRET_SWITCH, reason })),
  });
  return code;
}

/** Former credentials stay for the overlap that was agreed on. */
function refuseEarly(record: RotationRecord | undefined, app: string, now: string, { now: early }: RotateFlags): void {
  const until = record?.keep_former_until;
  if (early === true || until === undefined || until <= now) return;
  const reason = `its former credentials are to stay until ${until}`;
  const remedy = 'wait until then, or pass --now';
  throw new ClientAppsError('REFUSED', [diagnose('rotate-refused', { path: app, remedy }, { app, reason })]);
}

async function approved({ run, flags, mode }: Work, app: string, opens: boolean): Promise<boolean> {
  if (flags.autoApprove === true) {
    if (!opens || flags.openSecretAccess === true) return true;
    throw opensWithoutConsent(app);
  }
  const opening = opens ? ` For that, ${SECRET_SWITCH} of the whole org is switched on, and off again at the end.` : '';
  return confirmed(run, `${QUESTIONS[mode].replace('{app}', visible(app))}${opening}`, 'nothing was written');
}

/** The record of a rotation, step by step. */
interface Steps {
  readonly path: string;
  readonly keep: (step: RotationStep, keepUntil: string) => void;
}

/** Without a record nothing is begun. Later the credentials matter more: they are not left half-way for a full disk. */
const steps = ({ path, keep }: RotationFile, opened: boolean, failed: (problem: Diagnostic) => void): Steps => ({
  path,
  keep: ({ state, formerKey, newKey }, keepUntil) => {
    try {
      keep({
        state,
        opened_secret_access: opened,
        former_key: formerKey,
        ...(newKey !== undefined && { new_key: newKey }),
        ...(state === 'rotated' && { keep_former_until: keepUntil }),
      });
    } catch (error) {
      if (state === 'staging') throw error;
      failed(diagnose('rotation-not-recorded', { path }, { state, reason: reasonOf(error) }));
    }
  },
});

async function perform(work: Work, rotation: Rotation, file: Steps): Promise<void> {
  const { run, mode, overlap } = work;
  const { io } = run;
  const { apiName } = rotation.app;
  const say = (text: string): void => {
    run.progress.clear();
    io.stdout.write(`${text}\n`);
  };
  const keepUntil = new Date(Date.parse(isoNow(io)) + overlap).toISOString();
  const receiver = receiverOf(work, (step) => file.keep(step, keepUntil));
  if (mode === 'endFormer' || mode === 'discard') {
    const ending = mode === 'endFormer';
    const { consumer, staged } = await endStaged(rotation, ending ? 'Rotated' : 'Active');
    const { key, state } = staged;
    const [formerKey, newKey] = ending ? [key, consumer.key] : [consumer.key, key];
    receiver.onStep({ formerKey, newKey, state: ending ? 'ended' : 'rolled back' });
    say(`Deleted the credentials of ${apiName} with the consumer key ${key}, which were ${state}.`);
    return;
  }
  if (mode === 'first') {
    const result = await handOverCurrent(rotation, receiver);
    say(`Handed the consumer secret of ${apiName} to ${work.sink?.words ?? ''}; ${provedWords(result)}.`);
    return;
  }
  const result = mode === 'promote' ? await promoteStaged(rotation) : await rotateStaged(rotation, receiver);
  if (mode === 'promote') receiver.onStep({ ...result, state: 'rotated' });
  say(`${apiName} has the new consumer key ${result.newKey}; ${provedWords(result)}.`);
  if (mode === 'rotate') say(`Handed to ${work.sink?.words ?? ''}.`);
  if (overlap === 0) {
    await endStaged(rotation, 'Rotated');
    receiver.onStep({ ...result, state: 'ended' });
    say(`The former ones (${result.formerKey}) were ended at once.`);
    return;
  }
  say(`The former ones (${result.formerKey}) stay valid, also for logins by JWT with that key, until they are ended:`);
  say(`from ${keepUntil} on, run client-apps rotate ${apiName} --end-former. Salesforce ends them after 30 days.`);
  say(`Record: ${file.path}`);
}

const provedWords = ({ proved }: RotationResult): string =>
  proved === true ? 'proved by a login with client credentials' : `not proved: ${proved}`;

function receiverOf(work: Work, onStep: Receiver['onStep']): Receiver {
  const { run, sink, flags } = work;
  const { interrupts, progress } = run;
  return {
    handOver: async (credentials) => sink?.handOver(credentials, interrupts.signal),
    acceptUnproved: async (reason) => {
      if (flags.acceptUnproved === true) return true;
      progress.clear();
      return confirmed(
        run,
        `Not proved: ${visible(reason)}. Go on all the same?`,
        'the credentials are not handed over',
      );
    },
    onWaiting: () =>
      progress.onEvent({
        kind: 'step',
        message: 'waiting until Salesforce knows the new credentials (up to 10 minutes)',
      }),
    onStep,
  };
}
