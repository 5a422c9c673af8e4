import { waitForDeploys } from '../operations/resume';
import { isCutOff } from '../operations/rotation-record';
import { readsSecrets, SECRET_SWITCH, withSecretAccess } from '../operations/secret-access';
import type { Org } from '../org/org';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, reasonOf } from '../values/diagnostic';
import { visibleLines } from '../values/visible';
import { apiVersionOf, type OrgTarget } from './each-org';
import { EXIT, type ExitCode } from './exit-code';
import type { RotateFlags } from './flags';
import { report } from './report-error';
import type { RotationMemory } from './rotation-file';
import { lockRotation } from './rotation-lock';
import { writeFitted } from './style';
import type { Run } from './with-run';

/** What becomes of the note that the access to secrets is open. */
export const closing = (
  note: ReturnType<RotationMemory['access']>,
  org: string,
  failed: (problem: Diagnostic) => void,
) => ({
  onClosed: (): void => {
    try {
      note.remove();
    } catch (error) {
      const facts = { state: `${SECRET_SWITCH} is off`, reason: reasonOf(error) };
      failed(diagnose('rotation-not-recorded', { path: note.path }, facts));
    }
  },
  onLeftOpen: (reason: string): void =>
    failed(diagnose('secret-access-left-open', { path: org }, { setting: SECRET_SWITCH, reason })),
});

/** Whether something of a rotation of that app is on record here. */
export const remembers = (memory: RotationMemory, app: string): boolean =>
  memory.of(app).read() !== undefined || memory.access(app).read()?.app === app;

interface Gone {
  readonly run: Run;
  readonly flags: RotateFlags;
  readonly target: OrgTarget;
  readonly org: Org;
  /** API name. */
  readonly app: string;
  readonly memory: RotationMemory;
}

/** The app was deleted, and its credentials with it. What is left are the record, and the access to secrets if it is open. */
export async function settleGone({ run, flags, target, org, app, memory }: Gone): Promise<ExitCode> {
  const { io, interrupts, progress } = run;
  const { signal } = interrupts;
  const { manifest, path } = target;
  const apiVersion = apiVersionOf(manifest);
  const note = memory.access(app);
  const file = memory.of(app);
  let code: ExitCode = EXIT.ok;
  const failed = (problem: Diagnostic): void => {
    progress.clear();
    report([problem], io);
    code = EXIT.error;
  };
  const release = lockRotation(io, flags, { path, org: target.org, lock: memory.lock, manifest, takeOver: true });
  try {
    // The one that switches the access on may be among them.
    await waitForDeploys({ org, apiVersion, onEvent: progress.onEvent, signal });
    if (note.read()) {
      interrupts.beginWriting();
      const access = { org, apiVersion, app, signal };
      const port = closing(note, target.org, failed);
      if (!(await readsSecrets(access))) port.onClosed();
      else {
        const nothing = { agreed: true, leftOpen: true, onOpening: () => undefined, work: () => Promise.resolve() };
        await withSecretAccess(access, { ...nothing, ...port });
      }
    }
    const record = file.read();
    if (record) file.keep({ ...record, state: isCutOff(record) ? 'rolled back' : 'ended' });
  } finally {
    release();
  }
  progress.clear();
  writeFitted(io.stdout, visibleLines([`${app} is no longer in the org, and its credentials were deleted with it.`]));
  return code;
}
