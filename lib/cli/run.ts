import { CommanderError } from 'commander';

import { EXIT, type ExitCode } from './exit-code';
import type { Io } from './io';
import { buildProgram } from './program';
import { reportError } from './report-error';

/**
 * Runs one command line to its end and gives the exit code. Never throws and never ends the process.
 * @param argv Arguments after the name of the program.
 */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = buildProgram(io, async (work) => {
    code = await work();
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    // Help and version come as errors, too; commander has printed what there is to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.error;
    return reportError(error, io);
  }
}
