import { checkOrgId } from '../../operations/read-org';
import { waitForDeploys } from '../../operations/resume';
import { rotationRefused } from '../../operations/rotate-staged';
import { isCutOff, mayLackSecret, rotateArgument, type RotationRecord } from '../../operations/rotation-record';
import { opensWithoutConsent, readsSecrets, SECRET_SWITCH, withSecretAccess } from '../../operations/secret-access';
import { findStopTarget, isNoSuchApp } from '../../operations/stop-target';
import type { Org } from '../../org/org';
import { diagnose } from '../../values/diagnose';
import { ClientAppsError, type Diagnostic } from '../../values/diagnostic';
import { visible, visibleLines } from '../../values/visible';
import { confirmed, requireTerminal } from '../confirm';
import { apiVersionOf, eachOrg, type OrgTarget } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput } from '../files';
import type { RotateFlags } from '../flags';
import { type Io, isoNow } from '../io';
import { report } from '../report-error';
import { closing, remembers, settleGone } from '../rotate-gone';
import { overlapMs } from '../rotate-overlap';
import { goesOn, perform, type RotateMode } from '../rotate-perform';
import { namesSink, type SecretSink, sinkOf } from '../rotate-sinks';
import { rotationMemory } from '../rotation-file';
import { lockRotation } from '../rotation-lock';
import { chooseOneOrg } from '../stop-orgs';
import { writeFitted } from '../style';
import { type Run, withRun } from '../with-run';

/** Gives an External Client App new credentials without a moment in which its clients have none that work. */
export async function rotate(io: Io, text: string, flags: RotateFlags): Promise<ExitCode> {
  const mode = modeOf(flags);
  const hands = mode === 'rotate' || mode === 'first' || (mode === 'resume' && namesSink(flags));
  const sink = hands ? sinkOf(io, flags) : undefined;
  const overlap = flags.overlap === undefined && mode === 'resume' ? undefined : overlapMs(flags.overlap);
  requireTerminal(io, 'rotate', [flags.autoApprove]);
  const { app, names, targets } = chooseOneOrg(io, text, flags, 'rotate');
  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targets, (target, org) =>
      inOrg({ run, flags, target, org, app, mode, sink, overlap }),
    );
    return worst([...codes, ...results]);
  });
}

function modeOf(flags: RotateFlags): RotateMode {
  const modes = (['first', 'promote', 'endFormer', 'discard', 'resume'] as const).filter(
    (mode) => flags[mode] === true,
  );
  if (modes.length < 2) return modes[0] ?? 'rotate';
  const reason = 'only one of --first, --resume, --promote, --end-former and --discard can be done at a time';
  throw invalidInput(diagnose('rotate-option-wrong', { path: 'rotate' }, { reason }));
}

/** What goes on with something, or ends it, and has nothing to do once the app is gone. */
const FINISHES: readonly RotateMode[] = ['resume', 'discard', 'endFormer'];

interface Work {
  readonly run: Run;
  readonly flags: RotateFlags;
  readonly target: OrgTarget;
  readonly org: Org;
  readonly app: string;
  readonly mode: RotateMode;
  readonly sink: SecretSink | undefined;
  /** Milliseconds; absent: as the rotation that was cut off had it. */
  readonly overlap: number | undefined;
}

const QUESTIONS: Readonly<Record<RotateMode, string>> = {
  rotate: 'Give {app} a new consumer key and secret?',
  resume: 'Resume the interrupted rotation of {app}?',
  first: 'Read the consumer secret of {app} and hand it over?',
  promote: 'Put the staged credentials of {app} into use?',
  endFormer: 'End the former credentials of {app}? Clients that still use them will be refused.',
  discard: 'Delete the staged credentials of {app}?',
};

async function inOrg(work: Work): Promise<ExitCode> {
  const { run, flags, target, org, mode, sink } = work;
  const { io, interrupts, progress } = run;
  const { signal, stop } = interrupts;
  const apiVersion = apiVersionOf(target.manifest);
  const identity = await org.identify({ signal });
  const { orgId, clientId } = identity;
  if (target.manifest) checkOrgId(target.manifest, identity);
  const memory = rotationMemory(io, flags, { org: target.org, orgId });
  const found = await findStopTarget(org, work.app, apiVersion, { signal }).catch((error: unknown) => {
    if (isNoSuchApp(error) && FINISHES.includes(mode) && remembers(memory, work.app)) return undefined;
    throw error;
  });
  if (!found) return settleGone({ run, flags, target, org, app: work.app, memory });
  const { app } = found;
  const { apiName } = app;
  const file = memory.of(apiName);
  const note = memory.access(apiName);
  const record = file.read();
  const begun = isoNow(io);
  const argument = rotateArgument(target.org, apiName);
  const asked = { app: apiName, argument, now: begun, mode, flags, hasSink: sink !== undefined };
  refuseByRecord(record, note.read() !== undefined, asked);
  if (mode === 'resume' && record && !goesOn(record, begun) && note.read() === undefined) {
    progress.clear();
    const words = `Nothing to resume: the last rotation of ${apiName} is recorded as "${record.state}". Nothing was changed.`;
    writeFitted(io.stdout, visibleLines([words]));
    return EXIT.ok;
  }
  const access = { org, apiVersion, app: apiName, signal };
  const opens = !(await readsSecrets(access));
  progress.clear();
  if (mode !== 'first' && clientId === undefined) {
    report([diagnose('rotate-own-login-unknown', { path: apiName }, { app: apiName })], io);
  }
  if (!(await approved(work, apiName, opens))) return EXIT.error;
  const { manifest, path } = target;
  const takeOver = mode === 'resume' || mode === 'discard';
  const release = lockRotation(io, flags, { path, org: target.org, lock: memory.lock, manifest, takeOver });
  try {
    if (JSON.stringify(file.read()) !== JSON.stringify(record)) {
      throw new ClientAppsError('REFUSED', [diagnose('rotation-meanwhile', { path: apiName }, { app: apiName })]);
    }
    // One of them may be that of a rotation that was cut off, which switches the access on, or of an apply elsewhere.
    await waitForDeploys({ org, apiVersion, onEvent: progress.onEvent, signal });
    interrupts.beginWriting();
    let code: ExitCode = EXIT.ok;
    const failed = (problem: Diagnostic): void => {
      progress.clear();
      report([problem], io);
      code = EXIT.error;
    };
    const overlap = work.overlap ?? overlapOf(record);
    const rotation = { org, app, argument, clientId, signal, stop };
    const leftOpen = note.read() !== undefined;
    await withSecretAccess(access, {
      agreed: opens,
      leftOpen,
      work: (opened) => perform({ run, flags, mode, sink, overlap, file, record, rotation, opened, leftOpen, failed }),
      onOpening: () => {
        note.keep({ setting: SECRET_SWITCH, begun });
        io.stderr.write(`Switching ${SECRET_SWITCH} on for the whole org; it will be switched off again at the end.\n`);
      },
      ...closing(note, target.org, failed),
    });
    return code;
  } finally {
    release();
  }
}

const overlapOf = (record: RotationRecord | undefined): number =>
  record?.overlap_seconds === undefined ? overlapMs() : record.overlap_seconds * 1000;

interface Asked {
  readonly app: string;
  /** As it is typed: ORG/APP. */
  readonly argument: string;
  readonly now: string;
  readonly mode: RotateMode;
  readonly flags: RotateFlags;
  readonly hasSink: boolean;
}

/** Former credentials stay for the overlap that was agreed on, and a rotation that was cut off is finished first. */
function refuseByRecord(record: RotationRecord | undefined, isOpen: boolean, asked: Asked): void {
  const { app, argument, now, mode, flags, hasSink } = asked;
  const place = { path: app };
  const until = record?.keep_former_until;
  if (mode === 'endFormer' && flags.now !== true && until !== undefined && until > now) {
    throw rotationRefused(diagnose('rotate-refused/overlap', place, { app, until }));
  }
  if (mode === 'rotate' && record && isCutOff(record)) {
    const { begun = 'earlier', state } = record;
    throw rotationRefused(diagnose('rotate-refused/cut-off', place, { app, begun, state, argument }));
  }
  if (mode === 'resume' && !isOpen && !record) {
    throw rotationRefused(diagnose('rotate-refused/nothing-to-resume', place, { app, argument }));
  }
  if (mode === 'resume' && !hasSink && record && mayLackSecret(record)) {
    throw rotationRefused(diagnose('rotate-refused/no-receiver', place, { app }));
  }
}

async function approved({ run, flags, mode }: Work, app: string, opens: boolean): Promise<boolean> {
  if (flags.autoApprove === true) {
    if (!opens || flags.openSecretAccess === true) return true;
    throw opensWithoutConsent(app);
  }
  const opening = opens ? ` This switches ${SECRET_SWITCH} on for the whole org, and off again at the end.` : '';
  return confirmed(run, `${QUESTIONS[mode].replace('{app}', visible(app))}${opening}`, 'nothing was written');
}
