import { existsSync, readdirSync } from 'node:fs';

import { sampled } from '../deep';
import { describeBuilt } from './built';
import {
  type AtRequest,
  type AtWrite,
  deathsOf,
  type Killed,
  memoryOf,
  nameOf,
  type Repeated,
  repeated,
} from './killed';
import { CANARY, writeSeed } from './messy-support';
import { project, twoApps } from './support';
import { FILES, standingOf } from './switch-world';

interface Victim {
  readonly command: string;
  readonly app: string;
  /** Done before it, and not killed. */
  readonly before?: string;
  /** What goes on with it. Default: the same command. */
  readonly again?: (here: Repeated) => string;
  /** The exit code of a run that comes to its end. Default: 0. */
  readonly code?: number;
}

const INCIDENT = 'incident Order_Feed --auto-approve';
/** The folders of incidents that have a journal. */
const begun = ({ here }: Repeated): readonly string[] => {
  const folder = here.path('.client-apps/incidents');
  return existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(`${folder}/${name}/incident.json`)) : [];
};
const VICTIMS: readonly Victim[] = [
  { command: 'stop Order_Feed --revoke', app: 'Order_Feed' },
  { command: 'stop Legacy_Portal', app: 'Legacy_Portal' },
  // Anybody can let it in again.
  { command: 'stop Ticket --revoke', app: 'Ticket', code: 2 },
  { command: 'start Order_Feed --auto-approve', app: 'Order_Feed', before: 'stop Order_Feed' },
  { command: 'start Legacy_Portal --auto-approve', app: 'Legacy_Portal', before: 'stop Legacy_Portal' },
  { command: 'revoke Order_Feed --auto-approve', app: 'Order_Feed' },
  { command: 'revoke Ticket --auto-approve', app: 'Ticket' },
  {
    command: INCIDENT,
    app: 'Order_Feed',
    again: (world) => {
      const [folder] = begun(world);
      return folder === undefined ? INCIDENT : `incident --resume .client-apps/incidents/${folder} --auto-approve`;
    },
  },
];

interface Found {
  readonly orgs: readonly { readonly diagnostics: readonly { readonly code: string; readonly problem: string }[] }[];
}

/** The org is before or after, or between; the next plan says what is unfinished, truly, and one command finishes it. */
async function expectRecovery(world: Repeated, victim: Victim, goal: string, at: AtRequest | AtWrite): Promise<void> {
  const { app, command, again = () => command, code = 0 } = victim;
  await world.putBack();
  const before = standingOf(world.state());
  const died = await world.killed(command.split(' '), at);
  expect(died.end).toBe('SIGKILL');
  const between = standingOf(world.state());
  const hidden = (text: string): void => {
    expect(text).not.toMatch(CANARY);
    expect(text).not.toContain(world.salesforce().accessToken);
  };
  hidden(died.stdout + died.stderr + memoryOf(world.here));

  const plan = await world.run('plan --json');
  const found = ((JSON.parse(plan.stdout) as Found).orgs[0]?.diagnostics ?? []).filter(({ code: each }) =>
    each.endsWith('-unfinished'),
  );
  expect([plan.code, plan.stderr]).toEqual([0, expect.any(String)]);
  if (![before.text, goal].includes(between.text)) expect(found).not.toEqual([]);
  for (const { code: each, problem } of found) {
    if (each === 'switch-unfinished') expect(problem).toContain(between.isOff(app) ? 'is off now' : 'is on now');
    const left = /the org lists (\d+) token/.exec(problem)?.[1];
    if (each === 'revocation-unfinished') expect(Number(left)).toBe(between.tokensOf(app));
  }

  const finish = await world.run(again(world));
  expect([finish.code, finish.stdout + finish.stderr]).toEqual([code, expect.any(String)]);
  hidden(finish.stdout + finish.stderr + memoryOf(world.here));
  expect(standingOf(world.state()).text).toBe(goal);
  expect((await world.run('plan')).stdout).not.toMatch(/-unfinished/);
  // Once more changes nothing, and is no error.
  const sent = world.salesforce().calls().length;
  const more = await world.run(again(world));
  expect([more.code, more.stdout + more.stderr]).toEqual([code, expect.any(String)]);
  expect(standingOf(world.state()).text).toBe(goal);
  const writes = world.salesforce().calls().slice(sent);
  expect(writes.filter(({ operation }) => /^(deploy|revoke|deleteToken)$/.test(operation))).toEqual([]);
}

describeBuilt.each(VICTIMS.map((victim) => [victim.command, victim] as const))('%s, killed', (command, victim) => {
  let world: Repeated;
  let whole: Killed;
  let goal: string;
  beforeAll(async () => {
    const here = project();
    here.synth(twoApps);
    world = await repeated(here, { seedDir: writeSeed(here, FILES) });
    expect(await world.run('apply --auto-approve')).toMatchObject({ code: 0 });
    if (victim.before !== undefined) expect(await world.run(victim.before)).toMatchObject({ code: 0 });
    world.keep();
    whole = await world.killed(command.split(' '));
    expect([whole.end, whole.stderr]).toEqual([victim.code ?? 0, expect.any(String)]);
    goal = standingOf(world.state()).text;
  }, 240_000);
  afterAll(() => world.close());

  it('anywhere is said by the next plan as the org has it, and is finished by one more run', async () => {
    expect([whole.requests > 5, whole.writes > 2]).toEqual([true, true]);
    const failures: string[] = [];
    for (const at of sampled(deathsOf(whole), 2)) {
      await expectRecovery(world, victim, goal, at).catch((error: unknown) => {
        failures.push(`killed ${nameOf(at)}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
    expect(failures).toEqual([]);
  }, 3_600_000);
});
