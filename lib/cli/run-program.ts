import { type ChildProcess, spawn } from 'node:child_process';

import type { Io } from './io';

/** How a program ended. */
export type ProgramEnd =
  | { readonly kind: 'ended'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'not-started'; readonly reason: string };

const STILL_RUNNING_MS = 30_000;
/** What the program started may hold its output open, a build server for example. */
const LAST_WORDS_MS = 500;

/**
 * Runs a command line in the shell, as cdktf runs the app. All it prints goes to standard error at once, so that
 * standard output stays with us and no output is too long. The first interrupt asks it to end, the second ends it.
 */
export function runProgram(
  io: Io,
  command: string,
  { cwd, environment }: { readonly cwd: string; readonly environment: NodeJS.ProcessEnv },
): Promise<ProgramEnd> {
  // A process group of its own: the shell, npm and the program are ended together, whoever sent the signal.
  const ownGroup = process.platform !== 'win32';
  const child = spawn(command, {
    cwd,
    env: environment,
    shell: true,
    detached: ownGroup,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => io.stderr.write(text));
  }
  return new Promise((resolve) => {
    let interrupts = 0;
    let seconds = 0;
    const still = setInterval(() => {
      seconds += STILL_RUNNING_MS / 1000;
      io.stderr.write(`${command} is still running (${seconds} s)\n`);
    }, STILL_RUNNING_MS);
    const release = io.onInterrupt(() => {
      interrupts += 1;
      end(child, interrupts > 1 ? 'SIGKILL' : 'SIGINT', ownGroup);
    });
    const settle = (ended: ProgramEnd): void => {
      clearInterval(still);
      release();
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(interrupts > 0 ? { kind: 'interrupted' } : ended);
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
