import { mkdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';

import { withoutCredentials } from '../credentials-environment';
import { diagnose } from '../values/diagnose';
import { EXIT, type ExitCode } from './exit-code';
import { invalidInput } from './files';
import type { OrgFlags } from './flags';
import type { Io } from './io';
import { loadManifestFilesIfThere } from './manifests';
import { configuredApp, outputFolder, projectFolder } from './project';
import { type ProgramEnd, runProgram } from './run-program';
import { writeFitted } from './style';
import { ageText } from './synth-age';

/** Set for the program that we run: a client-apps in its own command line works on what is there. */
const INSIDE = 'CLIENT_APPS_RUNS_THE_PROGRAM';

/**
 * Does the work on what the program declares now, not at some earlier time: runs the `app` command of cdktf.json first,
 * as `cdktf diff` does. Not with --no-synth or --manifest, nor where no command is configured; then it says how old
 * the manifests are.
 */
export async function onDeclared(io: Io, flags: OrgFlags, work: () => Promise<ExitCode>): Promise<ExitCode> {
  const command = commandToRun(io, flags);
  if (command === undefined) {
    writeFitted(io.stderr, ageText(io, loadManifestFilesIfThere(io, flags)));
    return work();
  }
  return (await synthesize(io, command)) === 'interrupted' ? EXIT.interrupted : work();
}

function commandToRun(io: Io, flags: OrgFlags): string | undefined {
  if (flags.manifest || flags.synth === false || (io.environment[INSIDE] ?? '') !== '') return undefined;
  return configuredApp(io.cwd);
}

async function synthesize(io: Io, command: string): Promise<'done' | 'interrupted'> {
  const cwd = projectFolder(io.cwd);
  const folder = outputFolder(io);
  const before = writtenAt(folder);
  mkdirSync(dirname(folder), { recursive: true });
  writeFitted(io.stderr, `Running the program: ${command}\n`);
  const ended = await runProgram(io, command, { cwd, environment: environmentFor(io, cwd, folder) });
  if (ended.kind === 'interrupted') {
    writeFitted(io.stderr, 'Interrupted while the program ran: no org was read or written.\n');
    return 'interrupted';
  }
  if (ended.kind !== 'ended' || ended.code !== 0) throw failed(command, ended);
  if (writtenAt(folder) === before) throw nothingWritten(command, folder);
  return 'done';
}

function environmentFor({ environment }: Io, cwd: string, folder: string): NodeJS.ProcessEnv {
  // Relative as cdktf gives it, so that nothing in the output depends on where the project lies.
  const inside = relative(cwd, folder);
  const outdir = inside.startsWith('..') || isAbsolute(inside) ? folder : inside;
  return { ...withoutCredentials(environment), CDKTF_OUTDIR: outdir, [INSIDE]: '1' };
}

/** cdktf writes this file last; its time tells one synth from the next. */
function writtenAt(folder: string): number | undefined {
  return statSync(join(folder, 'manifest.json'), { throwIfNoEntry: false })?.mtimeMs;
}

function failed(command: string, ended: ProgramEnd): Error {
  const how =
    ended.kind === 'ended'
      ? `ended with exit code ${ended.code}`
      : ended.kind === 'killed'
        ? `was terminated by ${ended.signal}`
        : ended.kind === 'not-started'
          ? `could not be started: ${ended.reason}`
          : 'was interrupted';
  return invalidInput(diagnose('program-failed', { path: command }, { how }));
}

const nothingWritten = (command: string, folder: string): Error =>
  invalidInput(diagnose('program-wrote-nothing', { path: command }, { folder }));
