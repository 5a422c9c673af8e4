import { CommanderError } from 'commander';

import { EXIT, type ExitCode } from './exit-codes';
import type { Io } from './io';
import { lazy } from './lazy';
import { type Actions, buildProgram } from './program';
import { packageVersion } from './version';

/**
 * Runs one command line. Never throws and never ends the process: the result is the exit code.
 * @param argv Arguments without the names of Node and of the script.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const streams = {
    writeOut: (text: string) => io.stdout.write(text),
    writeErr: (text: string) => io.stderr.write(text),
  };
  const program = buildProgram(actionsOf(io), streams, (ended) => (code = ended));
  program.on('option:version', () => {
    io.stdout.write(`${packageVersion()}\n`);
    throw new CommanderError(EXIT.ok, 'client-apps.version', 'version');
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Commander has printed its message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.error;
    const { errorText, failureOf } = lazy.reportError();
    io.stderr.write(errorText(error, undefined, lazy.colours().renderOptions(io, io.stderr)));
    return failureOf(error).exit_code;
  }
}

const actionsOf = (io: Io): Actions => ({
  plan: (options) => lazy.plan().plan(options, io),
  apply: (planFile, options) => lazy.apply().apply(planFile, options, io),
  drift: (options) => lazy.drift().drift(options, io),
  outputs: (options) => lazy.outputs().outputs(options, io),
  stop: (app, options) => lazy.stop().stop(app, options, io),
  emulate: (options) => lazy.emulate().emulate(options, io),
});
