import { type ChildProcess, spawn } from 'node:child_process';

import type { Io } from './io';

/** How a program ended. */
export type ProgramEnd =
  | { readonly kind: 'ended'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'timed-out'; readonly seconds: number }
  | { readonly kind: 'not-started'; readonly reason: string };

export interface ProgramOptions {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Takes all that is printed. Default: standard error. */
  readonly output?: (text: string) => void;
  /** After so many seconds the program is ended. Default: never. */
  readonly timeout?: number;
}

const STILL_RUNNING_MS = 30_000;
/** What the program started may hold its output open, a build server for example. */
const LAST_WORDS_MS = 500;

/**
 * Runs a command line in the shell, as cdktf runs the app, or a program with its arguments as they are. All it prints goes
 * to standard error at once, so that standard output stays with us and no output is too long. The first interrupt asks it
 * to end, the second ends it.
 */
export function runProgram(
  io: Io,
  command: string | readonly [program: string, ...args: string[]],
  { cwd, environment, output = (text) => io.stderr.write(text), timeout }: ProgramOptions,
): Promise<ProgramEnd> {
  const [program, ...args] = typeof command === 'string' ? [command] : command;
  // A process group of its own: the shell, npm and the program are ended together, whoever sent the signal.
  const ownGroup = process.platform !== 'win32';
  const child = spawn(program, args, {
    cwd,
    env: environment,
    shell: typeof command === 'string',
    detached: ownGroup,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', output);
  }
  return new Promise((resolve) => {
    let interrupts = 0;
    let seconds = 0;
    let late = false;
    const still = setInterval(() => {
      seconds += STILL_RUNNING_MS / 1000;
      io.stderr.write(`${program} is still running (${seconds} s)\n`);
    }, STILL_RUNNING_MS);
    const limit =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            end(child, 'SIGKILL', ownGroup);
          }, timeout * 1000);
    const release = io.onInterrupt(() => {
      interrupts += 1;
      end(child, interrupts > 1 ? 'SIGKILL' : 'SIGINT', ownGroup);
    });
    const settle = (ended: ProgramEnd): void => {
      clearInterval(still);
      clearTimeout(limit);
      release();
      child.stdout.destroy();
      child.stderr.destroy();
      if (interrupts > 0) resolve({ kind: 'interrupted' });
      else resolve(late ? { kind: 'timed-out', seconds: timeout ?? 0 } : ended);
    };
    child.once('error', ({ message }) => settle({ kind: 'not-started', reason: message }));
    child.once('exit', (code, signal) => {
      const ended: ProgramEnd = code === null ? { kind: 'killed', signal: signal ?? '' } : { kind: 'ended', code };
      const patience = setTimeout(() => settle(ended), LAST_WORDS_MS);
      child.once('close', () => {
        clearTimeout(patience);
        settle(ended);
      });
    });
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals, group: boolean): void {
  if (child.pid === undefined) return;
  try {
    if (group) process.kill(-child.pid, signal);
    else spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
  } catch {
    // It has just ended by itself.
  }
}
