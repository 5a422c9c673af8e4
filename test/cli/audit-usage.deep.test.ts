import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { MESSY } from '../../lib/emulator/seeds/messy-org';
import type { UsageSeed } from '../../lib/emulator/usage/seed';
import type { Audit } from '../../lib/operations/audit';
import { CANARY, messyBench } from './messy-support';
import { type Ended, login } from './support';

const bench = messyBench();
async function audit(options: string): Promise<Ended> {
  const ended = await bench.here.run(`audit ${options}`, { environment: login(bench.salesforce) });
  expect(ended.stdout + ended.stderr).not.toMatch(CANARY);
  return ended;
}
async function auditOf(options: string): Promise<Audit> {
  const { stdout } = await audit(`--format json ${options}`);
  return (JSON.parse(stdout) as { audits: readonly Audit[] }).audits[0] as Audit;
}
/** Tokens that the org was seeded with, and so serves. */
function served(): NonNullable<UsageSeed['tokens']> {
  const { usage } = JSON.parse(readFileSync(join(bench.seed, 'org.json'), 'utf8')) as { usage: UsageSeed };
  return usage.tokens ?? [];
}

/** Controls that judge nothing but tokens. */
const TOKENS: readonly string[] = ['SFCA-APP-DORMANT', 'SFCA-APP-DORMANT-TOKENS', 'SFCA-APP-INACTIVE-USERS'];

describe('audit --with-usage of the messy org', () => {
  beforeAll(async () => {
    bench.begin();
    await bench.start();
  });
  afterAll(bench.end);

  it('is not paid for unless asked, and every report says what was not evaluated and how to have it', async () => {
    const before = bench.salesforce.calls().length;
    const line = 'Tokens and logins were not evaluated';
    expect((await auditOf('')).usage_not_evaluated).toContain(line);
    expect(
      bench.salesforce
        .calls()
        .slice(before)
        .map(({ operation }) => operation),
    ).not.toContain('queryMore');
    for (const format of ['text', 'markdown', 'html']) {
      const { stdout } = await audit(`--format ${format}`);
      expect(stdout).toContain(line);
      expect(stdout).toContain('--with-usage');
    }
  });

  it('tells who uses the org, with the numbers that the org served', async () => {
    const { usage, usage_not_evaluated: line } = await auditOf('--with-usage');
    expect(line).toBeUndefined();
    expect(usage?.apps).toHaveLength(MESSY.apps);
    for (const { api_name: name, label, tokens } of usage?.apps ?? []) {
      const own = served().filter(({ app }) => app === (name ?? label));
      expect([label, tokens?.count, tokens?.uses]).toEqual([
        label,
        own.length,
        own.reduce((sum, { uses = 0 }) => sum + uses, 0),
      ]);
    }
  });

  it.each(['text', 'markdown', 'html'])('tells it as %s', async (format) => {
    const { stdout } = await audit(`--with-usage --format ${format}`);
    for (const app of [...MESSY.unknown, MESSY.lookAlike]) expect(stdout).toContain(app);
    expect(stdout).not.toContain('Tokens and logins were not evaluated');
  });
});

describe('what is judged of the messy org', () => {
  beforeAll(async () => {
    bench.begin();
    await bench.start();
  });
  afterAll(bench.end);

  const resultOf = ({ reports }: Audit, id: string, app?: string) =>
    reports
      .find(({ subject }) => (subject.type === 'org' ? app === undefined : subject.api_name === app))
      ?.results.find(({ control }) => control === id);
  const active = (user: string): boolean => Number(user.slice(4, 7)) <= 282;

  it('the unknown apps and the look-alike fail, critical, and nothing else does', async () => {
    const found = resultOf(await auditOf('--with-usage'), 'SFCA-ORG-UNKNOWN-APPS');
    expect(found).toMatchObject({ outcome: 'fail', severity: 'critical' });
    expect(found?.offenders?.toSorted()).toEqual([...MESSY.unknown, MESSY.lookAlike].toSorted());
  });

  it('the rehearsal of API Access Control names whom it stops, from what the org served', async () => {
    const audited = await auditOf('--with-usage');
    const stopping = served()
      .filter(({ app }) => {
        const own = audited.usage?.apps.find((each) => (each.api_name ?? each.label) === app);
        return own?.platform !== 'external-client-app';
      })
      .filter(({ user }) => active(user));
    const users = new Set(stopping.map(({ user }) => user));
    const apps = new Set(stopping.map(({ app }) => app));
    expect(audited.usage?.rehearsal).toMatchObject({ users: users.size, caveats: [] });
    expect(resultOf(audited, 'SFCA-ORG-API-ACCESS')?.because).toContain(
      `Switch it on today and these ${apps.size} apps, ${users.size} users stop: `,
    );
    const { stdout } = await bench.here.run('usage --rehearse-api-access-control', {
      environment: login(bench.salesforce),
    });
    expect(stdout.replace(/\s+/g, ' ')).toContain(`these ${apps.size} apps, ${users.size} users stop: `);
    expect(stdout).not.toMatch(CANARY);
  });

  it('holders of permissions that open the door are named until the configuration names them', async () => {
    const found = resultOf(await auditOf('--with-usage'), 'SFCA-ORG-DOOR-HOLDERS');
    expect(found?.offenders).toContain('user001@acme.example: Modify All Data');
    const users = [...new Set(found?.offenders?.map((each) => each.split(':')[0] ?? ''))];
    const known = users.map((username) => ({ username, reason: 'is an administrator of the org' }));
    bench.here.write('audit.json', JSON.stringify({ format_version: '1.2', door_holders: known }));
    const named = resultOf(await auditOf('--with-usage --config audit.json'), 'SFCA-ORG-DOOR-HOLDERS');
    expect(named?.outcome).toBe('pass');
  });

  it('tokens that nobody uses, and those of inactive users, are found app by app', async () => {
    const audited = await auditOf('--with-usage');
    const dormant = audited.reports.filter(({ results }) =>
      results.some(({ control, outcome }) => control === 'SFCA-APP-DORMANT' && outcome === 'fail'),
    );
    const quiet = new Set(served().map(({ app }) => app));
    for (const { app, lastUsed = '' } of served()) if (lastUsed >= '2026-08-23') quiet.delete(app);
    const names = [...quiet].filter((app) => !MESSY.unknown.includes(app));
    expect(names.length).toBeGreaterThan(1);
    expect(dormant.map(({ subject }) => subject.type === 'app' && subject.api_name).toSorted()).toEqual(
      names.toSorted(),
    );
    const own = served().filter(({ app, user }) => app === 'Order_Feed' && !active(user));
    expect(resultOf(audited, 'SFCA-APP-INACTIVE-USERS', 'Order_Feed')?.offenders).toEqual(
      [...new Set(own.map(({ user }) => user))].toSorted(),
    );
  });
});

describe('audit --with-usage that could not see everything', () => {
  beforeEach(bench.begin);
  afterEach(bench.end);

  it('is not clean without the permission, and names it', async () => {
    const org = JSON.parse(bench.here.read('seed/org.json')) as object;
    bench.here.write(
      'seed/org.json',
      JSON.stringify({ ...org, deployUser: { permissions: { PermissionsCustomizeApplication: false } } }),
    );
    await bench.start();
    const { stdout, stderr, code } = await audit('--with-usage --fail-on critical');
    expect(code).toBe(3);
    expect(stderr).toContain('not every token could be read');
    expect(stdout).toContain('Needs the permission Customize Application');
    const { reports, usage } = await auditOf('--with-usage');
    const judged = reports.flatMap(({ results }) => results).filter(({ control }) => TOKENS.includes(control));
    expect(judged.length).toBeGreaterThan(100);
    expect([...new Set(judged.map(({ outcome }) => outcome))]).toEqual(['not-evaluated']);
    // What the login history shows is there, whatever cannot be seen.
    const unknown = reports
      .flatMap(({ results }) => results)
      .find(({ control }) => control === 'SFCA-ORG-UNKNOWN-APPS');
    expect(unknown).toMatchObject({ outcome: 'fail', because: expect.stringContaining('its tokens were not read') });
    expect(unknown?.because).toContain('There may be more: Not evaluated: OAuth tokens. Needs the permission');
    expect(usage?.rehearsal).toEqual({ not_evaluated: 'tokens were not read' });
  });
});

it('audit --with-usage passes nothing where the list of tokens is cut or a page fails', async () => {
  bench.begin();
  await bench.start({ switches: { oauthTokenOffsets: false } });
  const passed = async (): Promise<readonly string[]> =>
    (await auditOf('--with-usage')).reports
      .flatMap(({ results }) => results)
      .filter(
        ({ control, outcome }) => outcome === 'pass' && TOKENS.includes(control) && control !== 'SFCA-APP-DORMANT',
      )
      .map(({ control }) => control);
  expect(await passed()).toEqual([]);
  bench.salesforce.faults.failNext(
    { operation: 'queryMore' },
    { kind: 'http', status: 200, body: '{"records":"EMULATORDELETE1"}', contentType: 'application/json' },
    9,
  );
  expect(await passed()).toEqual([]);
  await bench.end();
});

it('files hold no tokens: --with-usage is about orgs', async () => {
  bench.begin();
  expect(await bench.here.run('audit --source seed --with-usage')).toMatchObject({ code: 1 });
  expect((await bench.here.run('audit --source seed')).stdout).toContain('Tokens and logins were not evaluated');
  bench.here.remove();
});

describe('audit --pack partner-mandate-2026', () => {
  beforeAll(async () => {
    bench.begin();
    await bench.start();
  });
  afterAll(bench.end);

  it('gives one verdict for each app, by the requirements alone, and exits with 3', async () => {
    const { code, stdout } = await audit('--pack partner-mandate-2026 --format json');
    expect(code).toBe(3);
    const [{ reports } = { reports: [] }] = (JSON.parse(stdout) as { audits: readonly Audit[] }).audits;
    expect(reports.length).toBeGreaterThan(30);
    expect(reports.every(({ pack, subject }) => pack !== undefined && subject.type === 'app')).toBe(true);
    const controls = new Set(reports.flatMap(({ results }) => results.map(({ control }) => control)));
    expect([...controls].filter((id) => !/PKCE|ROTATION|REFRESH/.test(id))).toEqual([]);
  });

  it('says it in text, for an org and for files', async () => {
    const words = 'partner-mandate-2026: does not meet: ';
    expect((await audit('--pack partner-mandate-2026')).stdout).toContain(words);
    const files = await bench.here.run('audit --source seed --pack partner-mandate-2026');
    expect([files.code, files.stdout.includes(words)]).toEqual([3, true]);
  });
});
