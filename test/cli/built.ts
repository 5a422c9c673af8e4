import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const DIST = join(__dirname, '../../dist');
export const MAIN = join(DIST, 'lib/cli/main.js');

/**
 * Suites that need the program as a process of its own. `npm test` builds it first; without it they are skipped, and
 * that is said.
 */
export const describeBuilt: jest.Describe = existsSync(MAIN) ? describe : skipped();

function skipped(): jest.Describe {
  console.warn('SKIPPED: dist/lib/cli/main.js is missing; run `npm run build` to test the program as a process.');
  return describe.skip;
}

/** A child process and what it said so far. */
export interface Child {
  readonly process: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Exit code or signal. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Resolves as soon as standard output matches. */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
}

export function start(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Child {
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SF_')));
  const child = spawn(command, args, { env: { ...kept, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  const says = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (let waited = 0; waited < 20_000; waited += 50) {
      const match = pattern.exec(stdout);
      if (match) return match;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`never said ${String(pattern)}: ${stdout}${stderr}`);
  };
  return { process: child, stdout: () => stdout, stderr: () => stderr, ended, says };
}

/** True while a process of that id runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until the condition holds, at most ten seconds. */
export async function until(condition: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < 10_000; waited += 100) {
    if (condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
