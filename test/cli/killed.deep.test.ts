import { existsSync } from 'node:fs';

import { lookAtLock } from '../../lib/cli/apply-lock';
import { sampled } from '../deep';
import { describeBuilt } from './built';
import { type AtRequest, type AtWrite, deathsOf, nameOf, type Scene, scene } from './killed';

const JOURNAL = '.client-apps/receipts/identity__prod.journal.json';
const LOCK = '.client-apps/receipts/identity__prod.lock';
const RECEIPT = '.client-apps/receipts/identity__prod.json';

interface PlanJson {
  readonly orgs: readonly {
    readonly phases: readonly unknown[];
    readonly diagnostics: readonly { readonly code: string; readonly problem: string }[];
  }[];
}

/** The org is before or after; or between, said by the next plan, and one command finishes. */
async function expectRecovery(at: AtRequest | AtWrite): Promise<void> {
  const here: Scene = await scene();
  try {
    const { end } = await here.apply(at);
    expect(end).toBe('SIGKILL');
    const token = here.salesforce.accessToken;
    expect(here.memory()).not.toContain(token);
    const sent = here.deploys();
    const run = (commandLine: string) => here.here.run(commandLine, { environment: here.environment });

    const plan = await run('plan --json');
    expect(plan.code).toBe(0);
    const [prod] = (JSON.parse(plan.stdout) as PlanJson).orgs;
    const unfinished = prod?.diagnostics.filter(({ code }) => code === 'apply-unfinished') ?? [];
    // What was sent is said, unless all of it is done and the receipt tells so.
    const receipt = here.here.path(RECEIPT);
    if (sent > 0 && !existsSync(receipt)) expect(unfinished).toHaveLength(1);
    if (sent > 0 && sent < 3) expect(prod?.phases).not.toEqual([]);

    const finish = await run('apply --auto-approve');
    expect([finish.code, finish.stderr]).toEqual([0, expect.any(String)]);
    expect((await run('drift')).code).toBe(0);
    expect(JSON.parse(here.here.read(RECEIPT))).toMatchObject({
      apps: [{ api_name: 'Portal', consumer_key: expect.stringContaining('3MVG9') as string }],
    });
    expect(existsSync(here.here.path(JOURNAL))).toBe(false);
    // A process that died after everything was done may have left its lock, which holds nobody up.
    expect(['free', 'stale']).toContain(lookAtLock(here.here.path(LOCK)).state);
    // Nothing is left to say.
    expect((await run('plan')).stdout).not.toContain('apply-unfinished');
    expect(here.memory()).not.toContain(token);
  } finally {
    await here.close();
  }
}

describeBuilt('an apply of three deploys that is killed', () => {
  let whole: Awaited<ReturnType<Scene['apply']>>;
  /** The places of the three deploys among the requests. */
  let places: readonly number[];
  beforeAll(async () => {
    const here = await scene();
    whole = await here.apply();
    const calls = here.salesforce.calls().map(({ operation }, index) => ({ operation, place: index + 1 }));
    places = calls.filter(({ operation }) => operation === 'deploy').map(({ place }) => place);
    await here.close();
  }, 60_000);

  it.each([
    ['after', 1],
    ['before', 2],
    ['after', 2],
    ['after', 3],
  ] as const)(
    '%s deploy %d reached the org, is finished by the next apply',
    async (when, deploy) => {
      await expectRecovery({ request: places[deploy - 1] ?? 0, when });
    },
    60_000,
  );

  it.each([0.4, 1])(
    'after this part of its changes of files, too: %d',
    async (part) => {
      await expectRecovery({ write: Math.round(whole.writes * part), when: 'after' });
    },
    60_000,
  );

  it('anywhere, too: around every request, and every change of a file', async () => {
    expect([whole.requests > 15, whole.writes > 20]).toEqual([true, true]);
    for (const at of sampled(deathsOf(whole), 24)) await named(at);
  }, 3_600_000);
});

/** Says where it was, if it fails. */
async function named(at: AtRequest | AtWrite): Promise<void> {
  try {
    await expectRecovery(at);
  } catch (error) {
    throw new Error(`killed ${nameOf(at)}`, { cause: error });
  }
}
