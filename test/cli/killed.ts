import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { between } from './between';
import { MAIN } from './built';
import { deploys, type Ended, fastOrg, login, type Project, project, threeDeploys } from './support';

/** When the process dies: before the org gets the n-th request, or after it did what was asked and before the answer. */
export interface AtRequest {
  readonly request: number;
  readonly when: 'before' | 'after';
}

/** Or around the n-th change of a file below the project. */
export interface AtWrite {
  readonly write: number;
  readonly when: 'before' | 'after';
}

export const nameOf = (at: AtRequest | AtWrite): string =>
  'request' in at ? `${at.when} request ${at.request}` : `${at.when} write ${at.write}`;

/**
 * Loaded before the program: kills its own process around the n-th change of a file in the project. Pauses between two
 * questions to the org are short, since the org answers at once; time limits stay.
 */
const KILLER = `
const realTimeout = globalThis.setTimeout;
globalThis.setTimeout = (work, ms, ...rest) => realTimeout(work, ms <= 5000 ? Math.min(ms, 5) : ms, ...rest);
const fs = require('node:fs');
const at = JSON.parse(process.env.KILL_AT ?? '{}');
let count = 0;
for (const name of ['writeFileSync', 'appendFileSync', 'renameSync', 'linkSync', 'rmSync', 'mkdirSync']) {
  const real = fs[name];
  fs[name] = (...given) => {
    if (!given.some((each) => typeof each === 'string' && each.startsWith(process.env.KILL_IN))) return real(...given);
    count += 1;
    if (process.env.KILL_COUNT) real.call(fs, process.env.KILL_COUNT, '');
    const isIt = count === at.write;
    if (isIt && at.when === 'before') process.kill(process.pid, 'SIGKILL');
    const result = real(...given);
    if (isIt) process.kill(process.pid, 'SIGKILL');
    return result;
  };
}
process.once('exit', () => console.error('writes: ' + count));
`;

/** How a process ended, and how much it asked and wrote. */
export interface Killed {
  readonly end: number | NodeJS.Signals | null;
  readonly requests: number;
  readonly writes: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Killer {
  /** Runs the program as a process of its own, and kills it there. */
  readonly run: (words: readonly string[], at?: AtRequest | AtWrite) => Promise<Killed>;
  readonly close: () => void;
}

/** A place for the killer of processes that work in a project and on an org. */
export function killer(here: Project, salesforce: Emulator): Killer {
  const tools = mkdtempSync(join(tmpdir(), 'client-apps-killer-'));
  const script = join(tools, 'killer.cjs');
  writeFileSync(script, KILLER);
  return {
    close: () => rmSync(tools, { recursive: true, force: true }),
    run: async (words, at) => {
      const running: ChildProcess[] = [];
      const killAt = (when: AtRequest['when']) => (n: number) =>
        at !== undefined &&
        'request' in at &&
        at.when === when &&
        n === at.request &&
        running.map((process) => process.kill('SIGKILL')).length > 0;
      const proxy = await between(salesforce, { before: killAt('before'), after: killAt('after') });
      const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SF_')));
      const child = spawn(process.execPath, ['--require', script, MAIN, ...words], {
        cwd: here.folder,
        env: {
          ...kept,
          ...login(salesforce),
          SF_INSTANCE_URL: proxy.url,
          KILL_IN: here.folder,
          ...(at && 'write' in at && { KILL_AT: JSON.stringify(at) }),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.push(child);
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
      const end = await new Promise<number | NodeJS.Signals | null>((resolve) => {
        child.once('close', (code, signal) => resolve(code ?? signal));
      });
      proxy.close();
      const writes = Number(/writes: (\d+)/.exec(stderr)?.[1] ?? 0);
      return { end, requests: proxy.count(), writes, stdout, stderr };
    },
  };
}

/** Every place where a process can die that does as much as this one did: around each request, and each change of a file. */
export const deathsOf = ({ requests, writes }: Killed): readonly (AtRequest | AtWrite)[] => [
  ...Array.from({ length: requests }, (_, n) => n + 1).flatMap((request) =>
    (['before', 'after'] as const).map((when) => ({ request, when })),
  ),
  // Before the next change of a file is after this one.
  ...(writes > 0 ? [{ write: 1, when: 'before' as const }] : []),
  ...Array.from({ length: writes }, (_, n) => ({ write: n + 1, when: 'after' as const })),
];

/** A project and its org that are put back to where they were, as often as a test needs it. */
export interface Repeated {
  readonly here: Project;
  /** The org as it runs now: with another address each time. */
  readonly salesforce: () => Emulator;
  readonly run: (line: string) => Promise<Ended>;
  /** The state of the org, as the emulator keeps it: no reading of ours is asked. */
  readonly state: () => string;
  /** Runs the program as a process of its own, and kills it there. */
  readonly killed: (words: readonly string[], at?: AtRequest | AtWrite) => Promise<Killed>;
  /** Remembers org and project as they are now. */
  readonly keep: () => void;
  /** Puts both back to what was kept. */
  readonly putBack: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const ORG = 'org-state.json';

/** @param options Of the org, without a state file. */
export async function repeated(here: Project, options: EmulatorOptions): Promise<Repeated> {
  const kept = mkdtempSync(join(tmpdir(), 'client-apps-kept-'));
  const start = () => fastOrg({ ...options, stateFile: here.path(ORG) });
  let salesforce = await start();
  let killing = killer(here, salesforce);
  return {
    here,
    salesforce: () => salesforce,
    run: (line) => here.run(line, { environment: login(salesforce) }),
    state: () => here.read(ORG),
    killed: (words, at) => killing.run(words, at),
    keep: () => {
      rmSync(kept, { recursive: true, force: true });
      cpSync(here.folder, kept, { recursive: true });
    },
    putBack: async () => {
      await salesforce.close();
      for (const name of readdirSync(here.folder)) rmSync(here.path(name), { recursive: true, force: true });
      cpSync(kept, here.folder, { recursive: true });
      salesforce = await start();
      killing.close();
      killing = killer(here, salesforce);
    },
    close: async () => {
      await salesforce.close();
      killing.close();
      here.remove();
      rmSync(kept, { recursive: true, force: true });
    },
  };
}

/** All text below the project's own memory. */
export function memoryOf(here: Project): string {
  try {
    return readdirSync(here.path('.client-apps'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .join('\n');
  } catch {
    return '';
  }
}

/** A project with three deploys, its org, and a place for the killer. */
export interface Scene {
  readonly here: Project;
  readonly salesforce: Emulator;
  readonly environment: Readonly<Record<string, string>>;
  /** Runs an apply as a process of its own and kills it there. */
  readonly apply: (at?: AtRequest | AtWrite) => Promise<Killed>;
  readonly deploys: () => number;
  readonly memory: () => string;
  readonly close: () => Promise<void>;
}

export async function scene(): Promise<Scene> {
  const here = project();
  here.synth(threeDeploys);
  const salesforce = await fastOrg();
  const killing = killer(here, salesforce);
  const manifest = here.path('cdktf.out/stacks/identity/client-apps/prod/manifest.json');
  return {
    here,
    salesforce,
    environment: login(salesforce),
    apply: (at) => killing.run(['apply', '--auto-approve', '--manifest', manifest], at),
    deploys: () => deploys(salesforce),
    memory: () => memoryOf(here),
    close: async () => {
      await salesforce.close();
      here.remove();
      killing.close();
    },
  };
}
