import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';

import type { World } from './fault-world';
import { type Ended, switchPkceOff } from './support';

/** A command that changes the org, and how its change is taken back for the next try. */
export interface Writer {
  /** @param n Counts the tries: what cannot be taken back has to be about something else each time. */
  readonly command: (n: number) => string;
  readonly undo?: string;
  /** Before each try. */
  readonly prepare?: (work: World) => Promise<unknown>;
  /** What finishes it. Default: the same command. */
  readonly finish?: string;
  /** It takes several deploys, between which the org may stay; that is said, too. */
  readonly phases?: true;
}

const APPLY_AGAIN = 'apply --auto-approve --allow-recreate Portal --allow-recreate Mobile';

export const WRITERS: Readonly<Record<string, Writer>> = {
  revoke: { command: (n) => `revoke Ticket${n} --auto-approve` },
  'stop with tokens': { command: (n) => `stop Ticket${n} --revoke` },
  destroy: { command: () => 'destroy --auto-approve --all', undo: APPLY_AGAIN },
  apply: { prepare: ({ salesforce }) => switchPkceOff(salesforce), command: () => 'apply --auto-approve' },
  'apply of a saved plan': {
    prepare: async ({ salesforce, run }) => {
      await switchPkceOff(salesforce);
      await run('plan --out plan.json');
    },
    command: () => 'apply plan.json',
    // The plan is stale once it was carried out.
    finish: 'apply --auto-approve',
  },
};

/** Those that switch one app off or on. */
export const SWITCHES: Readonly<Record<string, Writer>> = {
  stop: { command: () => 'stop Portal', undo: 'start Portal --auto-approve' },
  'stop of a Connected App': { command: () => 'stop Old', undo: 'start Old --auto-approve' },
  'migrate stop': { command: () => 'migrate stop Old', undo: 'start Old --auto-approve' },
  start: { prepare: ({ run }) => run('stop Portal'), command: () => 'start Portal --auto-approve' },
};

/** In an org without an app. */
export const FIRST_WRITERS: Readonly<Record<string, Writer>> = {
  'first apply, in three deploys': {
    prepare: (work) => work.renew(),
    command: () => 'apply --auto-approve',
    phases: true,
  },
};

/** A command that only reads, and what its output says where it ends as if nothing had gone wrong. */
export interface Reader {
  readonly command: string;
  /** Before each try. */
  readonly prepare?: (work: World) => void;
  readonly says: RegExp;
  /** What it may say instead, where a fault kept it from reading that. */
  readonly unread?: RegExp;
}

export const READERS: Readonly<Record<string, Reader>> = {
  drift: { command: 'drift', says: /Mobile[^]*isPkceRequired/ },
  status: { command: 'status', says: /Mobile +drift/ },
  audit: { command: 'audit', says: /Audit of prod/ },
  outputs: { command: 'outputs', says: /Portal[^]*3MVG9/ },
  usage: { command: 'usage --app Ticket0', says: /Ticket0/ },
  plan: { command: 'plan', says: /Mobile[^]*isPkceRequired/ },
  'plan with validation': { command: 'plan --validate', says: /Mobile[^]*isPkceRequired/ },
  'plan with usage': { command: 'plan --with-usage --org prod', says: /Mobile[^]*isPkceRequired/ },
  'drift with unknown apps': { command: 'drift --unknown-apps', says: /Mobile[^]*isPkceRequired/ },
  'audit with usage': { command: 'audit --with-usage', says: /Audit of prod/ },
  doctor: { command: 'doctor', says: /Clock/ },
  'dry run of a stop': { command: 'stop Old --dry-run', says: /would be locked out/ },
  'dry run of a destroy': { command: 'destroy --dry-run', says: /Portal will be deleted/ },
  'dry run of an incident': {
    command: 'incident Portal --plan',
    says: /^(?![^]*Not evaluated: apps that are installed)[^]*Stop: switch it off/,
    unread: /Not evaluated: apps that are installed[^]*Stop: not known/,
  },
  migration: { command: 'migrate Old', says: /State: in progress/ },
  'state of a migration': { command: 'migrate status Old', says: /State: in progress/ },
  import: {
    prepare: ({ here }) => rmSync(here.path('imported'), { recursive: true, force: true }),
    command: 'import prod --out imported',
    says: /Wrote 1 app of prod/,
  },
  'dry run of a revocation': { command: 'revoke Ticket0 --dry-run', says: /2 tokens/ },
};

/** What no command may do, whatever happens: die of it, or print the token. */
export function expectDecent({ salesforce }: World, { code, stdout, stderr }: Ended): void {
  expect([0, 1, 2, 3, 4, 5, 6, 130]).toContain(code);
  if (code === 130) expect(stderr).toMatch(/Interrupted: nothing was written|No longer waiting/);
  expect(stdout + stderr).not.toMatch(/bug in client-apps|\bundefined\b|\[object Object\]/);
  expect(stdout + stderr).not.toContain(salesforce.accessToken);
}

const underWay = ({ here }: World): boolean =>
  existsSync(here.path('.client-apps/stops')) &&
  readdirSync(here.path('.client-apps/stops')).some((name) =>
    readFileSync(here.path('.client-apps/stops', name), 'utf8').includes('"under_way"'),
  );

/** Words that tell of something done, or perhaps done, by a command that did not end well. */
export const SAYS_IT =
  /not certain|could not be read back|The remaining tokens were not read|still lists|might still be running in the org|not known|Stopped early|could not be read after the deploys|the org was not read|Applied in part|No longer waiting/;

/**
 * After a command that went wrong: the org is before or after, or between and said; the next plan tells the truth, and the
 * same command finishes.
 */
export async function expectFinishable(
  work: World,
  writer: Writer,
  n: number,
  fail: (command: string) => Promise<Ended>,
): Promise<{ readonly ended: Ended; readonly changed: boolean }> {
  const { state, run } = work;
  const command = writer.command(n);
  await writer.prepare?.(work);
  const before = state();
  const ended = await fail(command);
  expectDecent(work, ended);
  const between = state();
  const plan = await run('plan');
  // A deploy that an administrator cancels runs until the org has taken it back: until then no plan passes for the truth.
  const isRunning = plan.stdout.includes('[deploy-running]');
  expect([plan.code, plan.stderr]).toEqual([isRunning ? 1 : 0, expect.any(String)]);
  if (isRunning) expect(plan.stdout).toMatch(/0Af\w+ is still running in the org/);
  const unfinished = /(apply|switch|revocation)-unfinished/.test(plan.stdout);
  if (underWay(work)) expect(unfinished).toBe(true);

  const finish = await run(writer.finish ?? command);
  // An app without a record can be let in again, which is told with 2.
  const usual = command.includes('--revoke') ? 2 : 0;
  expect([finish.code, finish.stdout + finish.stderr]).toEqual([usual, expect.any(String)]);
  const after = state();
  const isWhole = between === before || between === after;
  if (!isWhole && !writer.phases) expect(countOf(between)).toBeGreaterThan(countOf(after));
  // Nothing is made anew that was made already: no client has to be given another consumer key.
  if (command.startsWith('apply')) expect(keysOf(between).filter((key) => !after.includes(key))).toEqual([]);
  if (ended.code === 0) expectSame(between, after);
  const changed = between !== before;
  if (ended.stderr.includes('nothing was written')) expectSame(before, between);
  // What was done and is not called done is said: by the command itself, or by the next plan.
  if (changed && ![0, 2].includes(ended.code)) {
    expect(unfinished || SAYS_IT.test(ended.stdout + ended.stderr)).toBe(true);
  }
  const settled = await run('plan --detailed-exitcode');
  expect(settled.stdout).not.toMatch(/-unfinished/);
  if (command.startsWith('apply')) expect([settled.code, settled.stdout]).toEqual([0, expect.any(String)]);
  if (writer.undo !== undefined) {
    const undone = await run(writer.undo);
    expect([undone.code, undone.stderr]).toEqual([0, expect.any(String)]);
  }
  return { ended, changed };
}

/** The lines that differ: the whole of an org is no message. */
function expectSame(one: string, other: string): void {
  const lines = (state: string, than: string): readonly string[] => {
    const others = new Set(than.split('\n'));
    return state.split('\n').filter((line) => !others.has(line));
  };
  expect([lines(one, other), lines(other, one), one === other]).toEqual([[], [], true]);
}

const keysOf = (state: string): readonly string[] => state.match(/ key: .+/g) ?? [];

const countOf = (state: string): number => Number(/tokens: (\d+)$/.exec(state)?.[1] ?? 0);
