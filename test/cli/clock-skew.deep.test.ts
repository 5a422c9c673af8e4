import { readdirSync, rmSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import type { Clock } from '../../lib/org/clock';
import { KEY, ME, type Pair, seedFolder, twoKeys } from '../operations/own-login-support';
import { writeSeed } from './messy-support';
import { credentialsIn, opens, rotating, SEED as SEED_OF_ROTATION, showsSecrets, STATE } from './rotation-support';
import {
  clock,
  deploys,
  fastOrg,
  login,
  org,
  portal,
  type Project,
  project,
  type RunOptions,
  threeDeploys,
} from './support';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A machine whose clock is so many milliseconds ahead of the org's. */
const off = (ms: number): Clock => ({ ...clock, now: () => Date.now() + ms });
const dateAt = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(0, 10);

let here: Project;
let salesforce: Emulator;
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const run = (line: string, options: RunOptions = {}) => here.run(line, { environment: login(salesforce), ...options });

describe('a login by JWT bearer', () => {
  let pair: Pair;
  beforeAll(async () => {
    [pair] = await twoKeys();
  });

  it.each([
    [-3 * HOUR, '3 hours behind'],
    [3 * HOUR, '3 hours ahead of'],
    [-10 * DAY, '10 days behind'],
  ])('whose clock is %d ms off is refused, and says by how much and which way', async (ms, words) => {
    const seedDir = seedFolder(pair, {});
    salesforce = await fastOrg({ seedDir, switches: { assertionLifetimeLimited: true } });
    const environment = { SF_CLIENT_ID: KEY, SF_LOGIN_URL: salesforce.url, SF_USERNAME: ME, SF_JWT_KEY: pair.key };
    here.synth((stack) => portal(org(stack)));
    const { code, stderr } = await run('plan', { environment, clock: off(ms) });
    expect([code, stderr]).toEqual([5, expect.stringContaining(`this machine (NTP), which is ${words} the server`)]);
    const right = await run('plan', { environment });
    expect([right.code, right.stderr]).toEqual([0, expect.any(String)]);
    rmSync(seedDir, { recursive: true });
  });
});

describe('a clock that is far off', () => {
  beforeEach(async () => {
    salesforce = await fastOrg();
    here.synth(threeDeploys);
  });

  it.each([
    [-400 * DAY, '400 days behind'],
    [13 * HOUR, '13 hours ahead of'],
  ])('by %d ms is said by plan, status and doctor, and keeps no apply from its end', async (ms, words) => {
    const skewed = { clock: off(ms) };
    const plan = await run('plan', skewed);
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining(`is ${words} the org`)]);
    expect((await run('status', skewed)).stdout).toContain(`is ${words} the org`);
    expect((await run('doctor', skewed)).stdout).toContain(`${words} the org`);
    expect((await run('apply --auto-approve', skewed)).code).toBe(0);
    expect((await run('drift', skewed)).code).toBe(0);
    // What is off does not change what is done.
    for (const line of ['outputs', 'stop Portal', 'start Portal --auto-approve', 'destroy --auto-approve --all']) {
      expect(await run(line, skewed)).toMatchObject({ code: 0 });
    }
    const judged = async (options: RunOptions) => (await run('audit --format csv', options)).stdout;
    expect(await judged(skewed)).toBe(await judged({}));
  });

  it('by an hour is nobody’s news but doctor’s', async () => {
    const skewed = { clock: off(HOUR) };
    expect((await run('plan', skewed)).stdout).not.toContain('clock');
    expect((await run('doctor', skewed)).stdout).toMatch(/60 minutes ahead of the org/);
  });

  it.each([-400 * DAY, 400 * DAY])(
    'by %d ms while an apply is cut off, and right again afterward: the next apply finishes it',
    async (ms) => {
      salesforce.faults.failNext({ operation: 'checkDeployStatus', after: 1 }, { kind: 'drop' }, 99);
      // Nor is it settled by a reading.
      salesforce.faults.failNext({ operation: 'retrieve', after: 2 }, { kind: 'drop' }, 99);
      expect((await run('apply --auto-approve', { clock: off(ms) })).code).toBe(6);
      salesforce.faults.clear();
      const plan = await run('plan');
      expect([plan.code, plan.stdout]).toEqual([0, expect.stringContaining('[apply-unfinished]')]);
      expect((await run('apply --auto-approve')).code).toBe(0);
      expect((await run('drift')).code).toBe(0);
      expect(readdirSync(here.path('.client-apps/receipts'))).toEqual(['identity__prod.json']);
    },
  );

  it.each([-3 * HOUR, 3 * HOUR])('by %d ms: a date in Retry-After is by the clock of the org', async (ms) => {
    const waits: number[] = [];
    const counting: Clock = { ...off(ms), sleep: (wait) => (waits.push(wait), clock.sleep(wait)) };
    const [date, until] = [0, 30_000].map((later) => new Date(Date.now() + later).toUTCString());
    const headers = { date: date ?? '', 'retry-after': until ?? '' };
    salesforce.faults.failNext({ operation: 'describeMetadata' }, { kind: 'http', status: 429, headers });
    expect((await run('plan', { clock: counting })).code).toBe(0);
    expect(waits).toContain(30_000);
  });
});

it.each([-400 * DAY, 400 * DAY])(
  'a clock that is off by %d ms keeps no rotation and no incident from its end',
  async (ms) => {
    salesforce = await fastOrg({ seedDir: SEED_OF_ROTATION, stateFile: here.path(STATE) });
    here.synth(rotating);
    expect((await run('apply --auto-approve')).code).toBe(0);
    const file = here.path('sync.json');
    const rotate = `rotate Sync --to-file ${file} --auto-approve --open-secret-access`;
    expect(await run(rotate, { clock: off(ms) })).toMatchObject({ code: 0 });
    const now = credentialsIn(here, new Set());
    expect(JSON.parse(here.read('sync.json'))).toMatchObject({ consumer_secret: now.secret });
    expect([await opens(salesforce, now), showsSecrets(here)]).toEqual([true, false]);
    expect(await run('incident Sync --auto-approve', { clock: off(ms) })).toMatchObject({ code: 0 });
    expect(credentialsIn(here, new Set()).secret).not.toBe(now.secret);
  },
);

describe('tokens that are chosen by their age', () => {
  const token = (uses: number, lastUsed: number) => ({
    ...{ app: 'Ticket', user: 'ann@acme.example', uses, created: '2025-01-01T00:00:00Z' },
    lastUsed: new Date(Date.now() + lastUsed).toISOString(),
  });
  const SEED = new Map([
    [
      'org.json',
      JSON.stringify({
        users: [{ username: 'ann@acme.example' }],
        usage: { uninstalledApps: [{ label: 'Ticket' }], tokens: [token(1, -DAY), token(2, -200 * DAY)] },
      }),
    ],
  ]);
  const revoke = async (ms: number, question: string) =>
    run(`revoke Ticket ${question} --auto-approve`, { clock: off(ms), today: dateAt(ms) });
  const left = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${salesforce.accessToken}` };
    const answer = await fetch(`${salesforce.url}/services/data/v66.0/query?q=SELECT+UseCount+FROM+OauthToken`, {
      headers,
    });
    return ((await answer.json()) as { totalSize: number }).totalSize;
  };
  beforeEach(async () => {
    salesforce = await fastOrg({ seedDir: writeSeed(here, SEED) });
  });

  it.each([400 * DAY, -400 * DAY])('are not revoked by a clock that is %d ms off', async (ms) => {
    for (const question of ['--unused-for 90d', '--granted-before 90d']) {
      const { code, stderr } = await revoke(ms, question);
      expect([code, stderr]).toEqual([1, expect.stringContaining('[clock-off]')]);
    }
    expect(await left()).toBe(2);
  });

  it('are revoked by a right one, and by a date whatever the clock says', async () => {
    expect((await revoke(0, '--unused-for 90d')).code).toBe(0);
    expect(await left()).toBe(1);
    expect((await revoke(400 * DAY, '--granted-before 2025-06-01')).code).toBe(0);
    expect([await left(), deploys(salesforce)]).toEqual([0, 0]);
  });
});
