import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Where the demo runs, and with which variables. */
export interface Stage {
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
}

/** One command of the story: how a reader would type it, what is really run, and how it must end. */
export interface Step {
  readonly title: string;
  readonly typed: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly exitCode: number;
}

/** Runs the step with its output in plain sight. @throws Error where it ends otherwise than it must. */
export async function runStep(step: Step, { cwd, environment }: Stage): Promise<void> {
  console.log(`\n=== ${step.title}\n$ ${step.typed}\n`);
  const child = spawn(process.execPath, [step.script, ...step.args], {
    cwd,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  console.log(`\n(exit code ${String(code)})`);
  if (code !== step.exitCode) throw new Error(`"${step.typed}" ended with ${String(code)} instead of ${step.exitCode}`);
}

/** An emulated org in a process of its own. */
export interface RunningOrg {
  /** SF_INSTANCE_URL and SF_ACCESS_TOKEN, as it printed them. */
  readonly variables: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** @throws Error where it does not come up. */
export async function startOrg(
  script: string,
  args: readonly string[],
  { cwd, environment }: Stage,
): Promise<RunningOrg> {
  const child = spawn(process.execPath, [script, 'emulate', ...args], {
    cwd,
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const variables: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = /^(SF_\w+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) variables[name] = value;
    if ('SF_INSTANCE_URL' in variables && 'SF_ACCESS_TOKEN' in variables) {
      return { variables, stop: () => ended(child) };
    }
  }
  throw new Error('the emulated org did not start');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
}
