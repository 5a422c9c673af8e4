import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { MESSY, messySeed } from '../../lib/emulator/seeds/messy-org';
import type { UsageReport } from '../../lib/usage/report';
import { usageSchema } from '../../lib/usage/schema';
import { CANARY, declared, messy, writeSeed } from './messy-support';
import { type Ended, fastOrg, login, type Project, project } from './support';

let here: Project;
let salesforce: Emulator;
const begin = (): void => {
  here = project();
};
const end = async (): Promise<void> => {
  await salesforce.close();
  here.remove();
};

const start = async (seedDir: string, options: EmulatorOptions = {}): Promise<void> => {
  salesforce = await fastOrg({ ...options, seedDir });
};
async function usage(options = ''): Promise<Ended> {
  const ended = await here.run(`usage ${options}`, { environment: login(salesforce) });
  expect(ended.stdout + ended.stderr).not.toMatch(CANARY);
  return ended;
}
async function reportOf(options = ''): Promise<UsageReport> {
  const { stdout, stderr, code } = await usage(`--format json ${options}`);
  expect([stderr, code]).toEqual(['', 0]);
  const { orgs } = usageSchema.parse(JSON.parse(stdout));
  return orgs[0] as UsageReport;
}
const labels = (report: UsageReport, standing: string): readonly string[] =>
  report.apps.filter((app) => app.standing === standing).map(({ label }) => label);

const when = '2026-11-01T10:00:00Z';
const small = (deployUser: object = {}, usage: object = {}): ReadonlyMap<string, string> =>
  new Map([
    [
      'org.json',
      JSON.stringify({
        deployUser,
        users: [{ username: 'ann@acme.example' }],
        usage: {
          uninstalledApps: [{ label: 'Ticket' }],
          tokens: [
            {
              app: 'Ticket',
              user: 'ann@acme.example',
              created: when,
              lastUsed: when,
              uses: 5,
              refreshToken: 'EMULATORREFRESH1',
              deleteToken: 'EMULATORDELETE1',
            },
          ],
          ...usage,
        },
      }),
    ],
  ]);

describe('usage of the messy org', () => {
  beforeAll(async () => {
    begin();
    here.synth(declared);
    await start(messy(here));
  });
  afterAll(end);

  it('finds the three unknown apps and the look-alike, and calls nothing else unknown', async () => {
    const report = await reportOf();
    expect(labels(report, 'unknown').toSorted()).toEqual([...MESSY.unknown, MESSY.lookAlike].toSorted());
    expect(labels(report, 'declared').toSorted()).toEqual(['Billing Sync', 'Customer Portal']);
    expect(labels(report, 'package')).toHaveLength(6);
    expect(report.apps).toHaveLength(MESSY.apps);
    expect(report.apps.filter(({ look_alike: look }) => look).map(({ label }) => label)).toEqual(['Data Loader']);
    expect(report.tokens).toEqual({ read: MESSY.tokens, in_all: MESSY.tokens, cut: false });
    expect(report.not_evaluated).toEqual([]);
  });

  it('says the numbers that the org served, and what it cost', async () => {
    const before = salesforce.calls().length;
    const report = await reportOf();
    expect(report.apps[0]).toMatchObject({
      label: 'Data Loader',
      tokens: { count: 13, users_active: 13, users_inactive: 0, uses: 3913 },
      logins: { count: 15, failed: 0, networks: 2 },
      reach: 'every record: 3 of its 13 users may modify all data',
    });
    expect(report.api_calls).toBe(salesforce.calls().length - before);
    expect(report.api_calls).toBeLessThan(25);
  });

  it('fits into 80 columns', async () => {
    const { stdout } = await usage();
    expect(stdout.split('\n').filter((text) => text.length > 80)).toEqual([]);
    expect(stdout).toContain('unknown app "Data Loader"\n    looks like Data Loader:');
  });

  it('an app that was not seen is a mistake in its name, not an app without use', async () => {
    const { code, stdout, stderr } = await usage('--app "Dataloader"');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('no app named Dataloader was found: no record, no token and no login');
    expect(stderr).toContain('did you mean Data Loader?');
  });

  it('narrows by app, user and time without use', async () => {
    expect((await reportOf('--app gcw-export')).apps).toMatchObject([{ label: 'gcw-export' }]);
    const quiet = await reportOf('--unused-for 90d');
    expect(quiet.apps.map(({ label }) => label)).toContain('Reporting Sync 2');
    expect(quiet.apps.map(({ label }) => label)).not.toContain('Data Loader');
    expect(quiet.apps.length + quiet.left_out).toBe(MESSY.apps);
    const ofUser = await reportOf('--user user007@acme.example');
    expect(ofUser.apps.map(({ label }) => label)).toContain('gcw-export');
    expect(ofUser.apps.every(({ tokens }) => tokens?.users_active === 1)).toBe(true);
  });

  it.each(['csv', 'markdown', 'html'])('is written as %s, with every app', async (format) => {
    const { code } = await usage(`--format ${format} --out usage.txt`);
    expect(code).toBe(0);
    const text = here.read('usage.txt');
    expect(text).not.toMatch(CANARY);
    expect(text.split('\n').filter((row) => /Portal|Loader|Sync/.test(row)).length).toBeGreaterThan(6);
  });
});

describe('what cannot be seen is told, never called none', () => {
  beforeEach(begin);
  afterEach(end);

  it.each([
    ['PermissionsCustomizeApplication', 'Customize Application', 'tokens'],
    ['PermissionsManageUsers', 'Manage Users, or Monitor Login History', 'logins'],
  ] as const)('without %s', async (permission, named, missing) => {
    const permissions = { [permission]: false, PermissionsMonitorLoginHistory: false };
    await start(writeSeed(here, small({ permissions })));
    const report = await reportOf();
    expect(report.not_evaluated).toMatchObject([{ permission: named }]);
    expect(report.apps.every((app) => app[missing] === undefined)).toBe(true);
    expect((await usage()).stdout.replace(/\s+/g, ' ')).toContain(`Needs the permission ${named}`);
  });

  it('a list that is cut says so, and how much is missing', async () => {
    await start(messy(here), { switches: { oauthTokenOffsets: false } });
    const report = await reportOf();
    expect(report.tokens).toEqual({ read: 2500, in_all: 2600, cut: true });
    const { stdout } = await usage();
    expect(stdout.replace(/\s+/g, ' ')).toContain('The list of tokens is incomplete: 2,500 tokens of 2,600 were read');
  });

  it.each([
    ['queryMore', { kind: 'api-error', code: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' }],
    [
      'queryMore',
      { kind: 'http', status: 200, body: '{"records":"EMULATORDELETE1"}', contentType: 'application/json' },
    ],
  ] as const)('a page that fails (%s)', async (operation, fault) => {
    await start(messy(here));
    salesforce.faults.failNext({ operation }, fault, 9);
    const report = await reportOf();
    expect(report.tokens).toBeUndefined();
    expect(report.not_evaluated).toMatchObject([{ what: 'OAuth tokens' }]);
  });

  it('an org that cannot be reached is an error', async () => {
    await start(writeSeed(here, small()));
    salesforce.faults.failNext({ operation: 'query' }, { kind: 'invalid-session' }, 99);
    expect(await here.run('usage', { environment: login(salesforce) })).toMatchObject({ code: 5, stdout: '' });
  });

  it('tokens of External Client Apps are found where OauthToken does not list them', async () => {
    const tokens = [{ app: 'Order_Feed', user: 'ann@acme.example', created: when, uses: 4 }];
    const feed = [...messySeed(new Date(when))].filter(([path]) => path.includes('Order_Feed'));
    const seed = writeSeed(here, new Map([...small({}, { tokens }), ...feed]));
    await start(seed, { switches: { externalClientAppTokensListed: false } });
    expect((await reportOf()).apps).toMatchObject([{ api_name: 'Order_Feed', tokens: { count: 1, uses: 4 } }]);
  });
});

describe('a label that an attacker chose', () => {
  beforeEach(begin);
  afterEach(end);

  it('forges no line, no command of a CI server and no formula', async () => {
    const label = '=cmd\n  declared  ##vso[task.setvariable]x\u202e';
    const tokens = [{ app: label, user: 'ann@acme.example', created: when }];
    await start(writeSeed(here, small({}, { uninstalledApps: [{ label }], tokens })));
    const { stdout } = await usage();
    expect(stdout).not.toContain('##vso[');
    expect(stdout).not.toContain('\u202e');
    expect(stdout).not.toMatch(/^ *declared/m);
    expect((await usage('--format csv')).stdout).toContain(`"'=cmd`);
  });
});

describe('a time that is none', () => {
  beforeEach(begin);
  afterEach(end);

  it.each(['--since soon', '--unused-for 90', '--since 2026-13-01'])('is refused: %s', async (option) => {
    await start(writeSeed(here, small()));
    expect(await usage(option)).toMatchObject({ code: 1 });
  });
});
