import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { UsageSeed } from '../../lib/emulator/usage/seed';
import type { Plan } from '../../lib/plan/plan';
import { readPlan } from '../../lib/plan/plan-file';
import { CANARY, messyBench } from './messy-support';
import { type Ended, login, TODAY } from './support';

const bench = messyBench();

const CONSENTS = ['--adopt', '--allow-certificate-removal']
  .flatMap((consent) => [`${consent} Customer_Portal`, `${consent} Billing_Sync`])
  .join(' ');

async function plan(options: string): Promise<Ended> {
  const ended = await bench.here.run(`plan ${CONSENTS} ${options}`, {
    environment: login(bench.salesforce),
  });
  expect(ended.stdout + ended.stderr).not.toMatch(CANARY);
  return ended;
}
async function appOf(name: string): Promise<Plan['orgs'][number]['apps'][number] | undefined> {
  const { stdout } = await plan('--with-usage --json');
  return (JSON.parse(stdout) as Plan).orgs[0]?.apps.find(({ api_name: each }) => each === name);
}
const flat = (text: string): string => text.replace(/\s+/g, ' ');

/** What the org was seeded with, and so serves. */
function served(app: string): { readonly users: number; readonly tokens: number; readonly uses: number } {
  const { usage } = JSON.parse(readFileSync(join(bench.seed, 'org.json'), 'utf8')) as { usage: UsageSeed };
  const own = usage.tokens?.filter((token) => token.app === app) ?? [];
  return {
    users: new Set(own.map(({ user }) => user)).size,
    tokens: own.length,
    uses: own.reduce((sum, { uses = 0 }) => sum + uses, 0),
  };
}

describe('plan --with-usage', () => {
  beforeAll(async () => {
    bench.begin();
    const file = join(bench.seed, 'org.json');
    const { usage, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as { usage: UsageSeed };
    const logins = [
      ...(usage.logins ?? []),
      ...[
        ['OauthWebServer', 4],
        ['OauthRefreshToken', 1],
      ].map(([subType, days]) => ({
        user: 'user005@acme.example',
        application: 'Customer Portal',
        time: new Date(Date.parse(`${TODAY}T08:00:00Z`) - Number(days) * 86_400_000).toISOString(),
        sourceIp: '192.0.2.1',
        subType: String(subType),
      })),
    ];
    bench.here.write('seed/org.json', JSON.stringify({ ...rest, usage: { ...usage, logins } }));
    await bench.start();
  });
  afterAll(bench.end);

  it('pays nothing and says nothing of usage unless asked', async () => {
    const before = bench.salesforce.calls().length;
    const { stdout } = await plan('');
    const calls = bench.salesforce.calls().slice(before);
    expect(calls.map(({ operation }) => operation)).not.toContain('queryMore');
    expect(stdout).not.toContain(' uses,');
  });

  it('puts beside every change that breaks clients how many there are, as the org served it', async () => {
    const { stdout } = await plan('--with-usage');
    const { users, uses } = served('Customer_Portal');
    expect(flat(stdout)).toContain(
      `breaks clients that keep using a refresh token after it was exchanged ${users} users, ${uses.toLocaleString('en-US')} uses, last today`,
    );
  });

  it('names the last login of the flow that a change concerns', async () => {
    const text = flat((await plan('--with-usage')).stdout);
    expect(text).toMatch(
      /keep using a refresh token after it was exchanged [^;]*; [^;]*; last refresh login yesterday/,
    );
  });

  it('carries the numbers in JSON, in a saved plan that can still be applied, and in Markdown', async () => {
    const app = await appOf('Customer_Portal');
    expect(app?.usage).toMatchObject({ ...served('Customer_Portal'), not_evaluated: [] });
    await plan('--with-usage --out saved.json --markdown plan.md');
    const saved = readPlan(bench.here.read('saved.json'), 'saved.json');
    expect(saved.ok && saved.value.orgs[0]?.apps[0]?.usage?.users).toBe(served('Customer_Portal').users);
    expect(bench.here.read('plan.md')).toContain(`${served('Customer_Portal').users} users, `);
    expect(bench.here.read('plan.md')).not.toMatch(CANARY);
  });

  it('changes neither the digest nor what would be applied', async () => {
    const [without, with_] = [await plan('--json'), await plan('--with-usage --json')].map(
      ({ stdout }) => JSON.parse(stdout) as Plan,
    );
    expect(with_?.orgs[0]?.digest).toBe(without?.orgs[0]?.digest);
    expect(with_?.orgs[0]?.phases).toEqual(without?.orgs[0]?.phases);
  });
});

describe('plan --with-usage that could not see everything', () => {
  beforeEach(bench.begin);
  afterEach(bench.end);

  it.each([
    ['PermissionsCustomizeApplication', 'OAuth tokens: needs Customize Application', 'users'],
    ['PermissionsManageUsers', 'login history: needs Manage Users, or Monitor Login History', 'logins'],
  ] as const)('without %s says what it needs, never "none"', async (permission, needs, missing) => {
    const org = JSON.parse(bench.here.read('seed/org.json')) as object;
    const permissions = { [permission]: false, PermissionsMonitorLoginHistory: false };
    bench.here.write('seed/org.json', JSON.stringify({ ...org, deployUser: { permissions } }));
    await bench.start();
    const app = await appOf('Customer_Portal');
    expect(app?.usage?.not_evaluated).toEqual([needs]);
    expect(app?.usage?.[missing]).toBeUndefined();
    expect(flat((await plan('--with-usage')).stdout)).toContain(`usage not evaluated: ${needs}`);
  });

  it('counts at least where the list of tokens is cut', async () => {
    await bench.start({ switches: { oauthTokenOffsets: false } });
    expect((await appOf('Customer_Portal'))?.usage?.at_least).toBe(true);
    expect(flat((await plan('--with-usage')).stdout)).toMatch(/uses, at least, last/);
  });

  it('a page that fails makes tokens not evaluated', async () => {
    await bench.start();
    bench.salesforce.faults.failNext(
      { operation: 'queryMore' },
      { kind: 'http', status: 200, body: '{"records":"EMULATORDELETE1"}', contentType: 'application/json' },
      9,
    );
    const { stdout } = await plan('--with-usage');
    expect(flat(stdout)).toContain('usage not evaluated: OAuth tokens: Could not read OAuth tokens');
  });
});
