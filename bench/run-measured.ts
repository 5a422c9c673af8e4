import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Measured {
  readonly milliseconds: number;
  /** The command itself and every Node process below it. Shells in between are not counted. */
  readonly processes: number;
  /** Of the largest Node process. */
  readonly nodeMegabytes: number;
  /** CPU time of all Node processes together. */
  readonly cpuMilliseconds: number;
  /** Of the command itself, where it is no Node process and the system tells; else undefined. */
  readonly ownMegabytes: number | undefined;
}

/** Runs a command and everything it starts. Does not block: this process may be the one that answers it. */
export async function runMeasured(
  command: string,
  given: readonly string[],
  options: { readonly cwd: string; readonly environment: NodeJS.ProcessEnv },
): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-bench-log-'));
  const log = join(folder, 'processes');
  const env = {
    ...options.environment,
    NODE_OPTIONS: `--require ${join(__dirname, 'count-process.js')}`,
    CLIENT_APPS_BENCH_LOG: log,
  };
  try {
    const started = performance.now();
    const child = spawn(command, given, { cwd: options.cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    let own: number | undefined;
    const watch = setInterval(() => (own = peakOf(child.pid) ?? own), 20);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const milliseconds = performance.now() - started;
    clearInterval(watch);
    if (code !== 0) throw new Error(`${command} ${given.join(' ')}: ${output}`);
    const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : [];
    const values = (word: string): number[] =>
      lines.flatMap((line) => (line.startsWith(`${word} `) ? [Number(line.slice(word.length + 1))] : []));
    const isNode = lines.includes(`start ${child.pid ?? 0}`);
    return {
      milliseconds,
      processes: lines.filter((line) => line.startsWith('start ')).length + (isNode ? 0 : 1),
      nodeMegabytes: Math.max(0, ...values('peak')),
      cpuMilliseconds: values('cpu').reduce((sum, each) => sum + each, 0),
      ownMegabytes: isNode ? undefined : own,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The peak memory of a process so far, in megabytes; undefined on systems without /proc. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid ?? 0}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
