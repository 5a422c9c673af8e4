import { type Command, CommanderError } from 'commander';

import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { EXIT, type ExitCode } from './exit-code';
import type { CommonFlags } from './flags';
import type { Io } from './io';
import { loadCommand } from './load-command';
import { withMeantChoice } from './meant-choice';
import { orgsJson } from './orgs-json';
import { buildProgram } from './program';
import { reportError } from './report-error';

/** Version of the document that stands on standard output where JSON was asked for and there is no result. */
const FAILURE_FORMAT_VERSION = '1.0';

/**
 * Runs one command line to its end and gives the exit code. Never throws and never ends the process.
 * @param argv Arguments after the name of the program.
 */
export async function run(argv: readonly string[], given: Io): Promise<ExitCode> {
  const errors: Diagnostic[] = [];
  let answered = false;
  const stdout = {
    isTerminal: given.stdout.isTerminal,
    get columns() {
      return given.stdout.columns;
    },
    write: (text: string): void => {
      answered = true;
      given.stdout.write(text);
    },
  };
  const io: Settable = { ...given, stdout, onProblem: (problem) => void errors.push(problem), failed: [] };
  let interruptedQuestion = false;
  const { ask } = given;
  if (ask)
    io.ask = async (question, signal) => {
      const answer = await ask(question, signal);
      interruptedQuestion ||= signal.aborted;
      return answer;
    };
  const ended = await runCommand(argv, io);
  const code = interruptedQuestion && ended === EXIT.error ? EXIT.interrupted : ended;
  // A program that reads the answer finds one, whatever happened.
  if (code !== EXIT.ok && !answered && wantsJson(parted(argv)[0])) {
    given.stdout.write(orgsJson(io, { format_version: FAILURE_FORMAT_VERSION, exit_code: code, errors }));
  }
  return code;
}

const wantsJson = (argv: readonly string[]): boolean =>
  argv.includes('--json') || / --format[ =]json /.test(` ${argv.join(' ')} `);

/** Options of every command decide it before the command begins. */
type Settable = { -readonly [Field in keyof Io]: Io[Field] };

/** What is ours, and, from `--` on, what belongs to another program. */
function parted(argv: readonly string[]): readonly [own: readonly string[], others: readonly string[]] {
  const end = argv.indexOf('--');
  return end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end)];
}

/** Options of every command may stand behind its name. */
function commonFirst(argv: readonly string[], { options }: Command): string[] {
  const [own, others] = parted(argv);
  const common = options.filter((option) => option.attributeName() !== 'version').map(({ long }) => long);
  const isCommon = (word: string): boolean => common.includes(word);
  return [...own.filter(isCommon), ...own.filter((word) => !isCommon(word)), ...others];
}

async function runCommand(argv: readonly string[], io: Settable): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = buildProgram(io, async (work) => {
    code = await work();
  });
  program.hook('preAction', (_, command) => {
    const { color, quiet, debug } = program.opts<CommonFlags>();
    if (!color) io.environment = { ...io.environment, NO_COLOR: '1' };
    if (quiet) io.quiet = true;
    if (debug) io.debug = true;
    if (command.options.some(({ long }) => long === '--config')) loadCommand.applySettings()(io, command);
  });
  try {
    await program.parseAsync(commonFirst(argv, program), { from: 'user' });
    return code;
  } catch (error) {
    // Help and version come as errors, too; commander has printed what there is to say.
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return EXIT.ok;
      const problem = withMeantChoice(error.message)
        .replace(/^error: /, '')
        .replace(/\s+/g, ' ');
      io.onProblem?.(diagnose('command-line-wrong', { path: 'client-apps' }, { problem }));
      return EXIT.error;
    }
    return reportError(error, io);
  }
}
