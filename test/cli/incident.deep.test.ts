import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { messySeed } from '../../lib/emulator/seeds/messy-org';
import { DEEP } from '../deep';
import { CANARY, writeSeed } from './messy-support';
import { type Ended, fastOrg, login, type Project, project, type RunOptions } from './support';

let here: Project;
let salesforce: Emulator;
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

interface Seed {
  readonly users: readonly { readonly username: string }[];
  readonly usage: {
    readonly tokens: readonly { readonly app: string; readonly accessToken: string; readonly user: string }[];
    readonly logins: readonly { readonly application: string; readonly user: string }[];
    readonly auditTrail: readonly { readonly user: string }[];
  };
}

/** Event log files are kept for a day, by the clock of the org. */
const NOW = new Date();
const FILES = messySeed(NOW);
const FULL = JSON.parse(FILES.get('org.json') ?? '') as Seed;
const APPS = ['Data Loader', 'Order_Feed', 'Legacy_Portal', 'helper__Sales_Helper', 'gcw-export'];

/** The messy org with fewer tokens: a test has seconds, not minutes. */
const tokensOf = (app: string) => FULL.usage.tokens.filter((token) => token.app === app).slice(0, 13);
const tokens = APPS.flatMap(tokensOf);

async function start(
  permissions: Readonly<Record<string, boolean>> = {},
  options: EmulatorOptions = {},
): Promise<void> {
  const kept = [...FILES].filter(([path]) => /Order_Feed|Legacy_Portal|Sales_Helper/.test(path));
  const logins = FULL.usage.logins.filter(({ application }) => /Data Loader|Order Feed|gcw/.test(application));
  const named = new Set([...tokens, ...logins, ...FULL.usage.auditTrail].map(({ user }) => user));
  const users = FULL.users.filter(({ username }) => named.has(username));
  const org = JSON.stringify({ users, usage: { ...FULL.usage, tokens, logins }, deployUser: { permissions } });
  const seedDir = writeSeed(here, new Map([...kept, ['org.json', org]]));
  salesforce = await fastOrg({ ...options, seedDir });
}

async function incident(line: string, options: RunOptions = {}): Promise<Ended> {
  const ended = await here.run(`incident ${line}`, {
    ...options,
    environment: login(salesforce),
    today: NOW.toISOString().slice(0, 10),
  });
  expect(ended.stdout + ended.stderr).not.toMatch(CANARY);
  for (const file of filesBelow(here.path('case'))) expect(readFileSync(file, 'utf8')).not.toMatch(CANARY);
  return ended;
}

function filesBelow(folder: string): readonly string[] {
  try {
    const all = readdirSync(folder, { recursive: true, withFileTypes: true });
    return all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

interface Journal {
  readonly steps: Readonly<Record<string, { readonly state: string; readonly notes: readonly string[] }>>;
  readonly not_evaluated: readonly { readonly permission?: string }[];
  readonly seal: string;
}
const journal = (): Journal => JSON.parse(here.read('case', 'incident.json')) as Journal;
const states = (): readonly string[] =>
  ['evidence', 'stop', 'revoke', 'check'].map((name) => journal().steps[name]?.state ?? '');
const report = (): string => here.read('case', 'report.md');
const sha256sum = (): string =>
  execFileSync('sha256sum', ['-c', 'manifest.sha256'], {
    cwd: here.path('case', 'evidence'),
    encoding: 'utf8',
    stdio: 'pipe',
  });

const works = async (accessToken: string): Promise<boolean> => {
  const headers = { authorization: `Bearer ${accessToken}` };
  return (await fetch(`${salesforce.url}/services/oauth2/userinfo`, { headers })).status === 200;
};
const working = async (app: string): Promise<number> => {
  const all = await Promise.all(tokensOf(app).map(({ accessToken }) => works(accessToken)));
  return all.filter(Boolean).length;
};
const AUTO = '--out case --auto-approve';

describe('an incident', () => {
  it('of an uninstalled app freezes it, ends its tokens and no other, and says what is left by hand', async () => {
    await start();
    const others = await working('Order_Feed');
    const { code, stdout } = await incident(`"Data Loader" ${AUTO}`);
    expect([code, states()]).toEqual([2, ['done', 'by hand', 'done', 'done']]);
    expect(stdout).toContain('13 tokens of 13 users');
    expect(await working('Data Loader')).toBe(0);
    expect([others > 0, await working('Order_Feed')]).toEqual([true, others]);
    expect(sha256sum()).toContain('logins.csv: OK');
    expect(here.read('case', 'evidence', 'logins.csv')).toContain('"203.0.113.66"');
    const [log = ''] = filesBelow(here.path('case', 'evidence', 'event-logs')).filter((file) => /ApiTotal/.test(file));
    expect(readFileSync(log, 'utf8')).toContain('[redacted]');
    expect(report()).toMatch(/13 tokens granted by `?user001@acme\.example, /);
    expect(report()).toContain('12 logins of user001@acme.example from 203.0.113.66');
    expect(report()).toContain('Users may approve uninstalled apps: Data Loader');
    expect(report()).toMatch(/Setup > Connected Apps OAuth Usage > Block next to Data Loader/);
    expect(report()).toContain(journal().seal);
  });

  it.each([
    ['Order_Feed', 0, 'switched off'],
    ['Legacy_Portal', 0, 'restricted to a permission set that no user has'],
  ])('of %s stops it, too', async (app, expected, how) => {
    await start();
    const { code, stdout } = await incident(`${app} ${AUTO}`);
    expect([code, states()]).toEqual([expected, ['done', 'done', 'done', 'done']]);
    expect(stdout).toContain(how);
    expect(stdout).toContain('the app is stopped');
    expect([await working(app), (await working('Data Loader')) > 0]).toEqual([0, true]);
    const configuration = filesBelow(here.path('case', 'evidence', 'configuration')).join();
    expect(configuration).toContain(app);
    expect(configuration).not.toContain(app === 'Order_Feed' ? 'Legacy_Portal' : 'Order_Feed');
    expect(report()).toMatch(/Rotate its secret +\| by hand/);
    expect(report()).toContain('Rotate its consumer secret: Setup > ');
    expect(report()).toContain('RefreshToken');
  });

  it('of an app of a package ends its tokens, and leaves the app to a person', async () => {
    await start();
    const { code } = await incident(`helper__Sales_Helper ${AUTO}`);
    expect([code, states()]).toEqual([2, ['done', 'by hand', 'done', 'done']]);
    expect([await working('helper__Sales_Helper'), report()]).toEqual([0, expect.stringContaining('Block next to')]);
  });

  it('keeps its folder to its owner, and takes none that exists', async () => {
    await start();
    await incident(`gcw-export --evidence-only --out case`);
    expect(statSync(here.path('case')).mode & 0o777).toBe(0o700);
    for (const file of filesBelow(here.path('case'))) expect(statSync(file).mode & 0o777).toBe(0o600);
    const before = here.read('case', 'incident.json');
    const again = await incident(`gcw-export --evidence-only --out case`);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('--resume')]);
    expect(here.read('case', 'incident.json')).toBe(before);
  });

  it('as a plan shows everything, writes no file, and leaves the org byte for byte as it was', async () => {
    const stateFile = here.path('org-state.json');
    await start({}, { stateFile });
    const before = [readFileSync(stateFile), readdirSync(here.folder)] as const;
    const { code, stdout } = await incident('Order_Feed --plan');
    expect(code).toBe(0);
    expect(stdout).toContain('Stop: switch it off');
    expect(stdout).toContain(`Revoke: ${tokensOf('Order_Feed').length} tokens`);
    expect(stdout).toContain('nothing was changed, and no file was written');
    expect([readFileSync(stateFile), readdirSync(here.folder)]).toEqual(before);
  });

  it('with --evidence-only changes nothing in the org, and goes on later where it stands', async () => {
    const stateFile = here.path('org-state.json');
    await start({}, { stateFile });
    const before = readFileSync(stateFile);
    expect(await incident('Order_Feed --evidence-only --out case')).toMatchObject({ code: 0 });
    expect(readFileSync(stateFile)).toEqual(before);
    expect(states()).toEqual(['done', 'not begun', 'not begun', 'not begun']);
    const { seal } = journal();
    expect(await incident('--resume case --auto-approve')).toMatchObject({ code: 0 });
    expect([states(), journal().seal]).toEqual([['done', 'done', 'done', 'done'], seal]);
    expect(await working('Order_Feed')).toBe(0);
  });

  it.each(['no', 'yes'])('asks after the evidence is safe, and takes only yes for one: %s', async (answer) => {
    await start();
    await incident('gcw-export --out case', { answer });
    expect(states()[2]).toBe(answer === 'yes' ? 'done' : 'not begun');
    expect(await working('gcw-export')).toBe(answer === 'yes' ? 0 : 1);
  });

  it('wants --auto-approve where there is nobody to ask, and an app that exists', async () => {
    await start();
    expect((await incident('gcw-export --out case')).stderr).toContain('--auto-approve');
    expect((await incident(`Nothing ${AUTO}`)).stderr).toContain('no tokens of an app named Nothing');
    expect(filesBelow(here.path('case'))).toEqual([]);
  });

  it.each([
    [['ManageUsers', 'MonitorLoginHistory'], 'Manage Users'],
    [['ViewSetup'], 'View Setup and Configuration'],
    [['ViewEventLogFiles', 'ViewAllData'], 'View Event Log Files'],
  ])('without %j says so, and does the rest', async (missing, named) => {
    await start(Object.fromEntries(missing.map((name) => [`Permissions${name}`, false])));
    expect(await incident(`gcw-export ${AUTO}`)).toMatchObject({ code: 2, stdout: expect.stringContaining(named) });
    expect(report()).toContain(`Needs the permission ${named}`);
    expect(await working('gcw-export')).toBe(0);
  });

  it('that may not see tokens still stops the app, and never says that it has none', async () => {
    await start({ PermissionsCustomizeApplication: false });
    const { code, stdout } = await incident(`Order_Feed ${AUTO}`);
    expect([code, states()]).toEqual([1, ['done', 'done', 'failed', 'failed']]);
    expect(stdout).toContain('tokens not evaluated');
    expect(stdout).not.toContain('lists no token');
    expect(report()).toContain('Customize Application');
  });

  const refusal = { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no' } as const;
  it.each([
    ['the deploy is refused', 'deploy', refusal, ['done', 'failed', 'done', 'failed']],
    [
      'the answer to the deploy gets lost',
      'deploy',
      { kind: 'drop-after' } as const,
      ['done', 'in doubt', 'done', 'done'],
    ],
    ['a revocation fails', 'deleteToken', refusal, ['done', 'done', 'failed', 'failed']],
    [
      'the connection breaks at a revocation',
      'deleteToken',
      { kind: 'drop' } as const,
      ['done', 'done', 'failed', 'failed'],
    ],
  ])('of which %s goes on with the rest, and finishes when resumed', async (_, operation, fault, expected) => {
    await start();
    salesforce.faults.failNext({ operation }, fault);
    const first = await incident(`Order_Feed ${AUTO}`);
    expect([first.code, states()]).toEqual([1, expected]);
    const sealed = journal().seal;
    expect(await incident('--resume case --auto-approve')).toMatchObject({ code: 0 });
    expect([states(), journal().seal]).toEqual([['done', 'done', 'done', 'done'], sealed]);
    expect(await working('Order_Feed')).toBe(0);
  });

  const moments = ['switching Order_Feed off', 'revoked 1'];
  const others = ['freezing the evidence', 'reading its tokens', 'reading again'];
  it.each(DEEP ? [...moments, ...others] : moments)(
    'killed while %s goes on where it stood, and repeats nothing that is done',
    async (at) => {
      await start();
      const kill = (text: string): void => {
        if (text.includes(at)) throw new Error('killed');
      };
      await expect(incident(`Order_Feed ${AUTO}`, { onStderr: kill })).rejects.toThrow('killed');
      expect(states()).toContain('announced');
      expect(await incident('--resume case --auto-approve')).toMatchObject({ code: 0 });
      expect(states()).toEqual(['done', 'done', 'done', 'done']);
      expect(await working('Order_Feed')).toBe(0);
      const deploys = salesforce.calls().filter(({ operation }) => operation === 'deploy').length;
      expect(await incident('--resume case --auto-approve')).toMatchObject({ code: 0 });
      expect(salesforce.calls().filter(({ operation }) => operation === 'deploy')).toHaveLength(deploys);
      expect(sha256sum()).not.toContain('FAILED');
    },
  );

  it('whose app could not be read back after the stop is settled by one more run, which sends nothing', async () => {
    await start();
    const drop = () => salesforce.faults.failNext({ operation: 'retrieve' }, { kind: 'empty-body' });
    salesforce.watch({ after: ({ operation }) => (operation === 'deploy' ? drop() : undefined) });
    const first = await incident(`Order_Feed ${AUTO}`);
    salesforce.watch({});
    expect([first.code, first.stdout]).toEqual([
      2,
      expect.stringContaining('Still open: the app could not be read back'),
    ]);
    expect(first.stderr).toContain('client-apps incident --resume');
    const sent = salesforce.calls().length;
    const again = await incident('--resume case --auto-approve');
    expect([again.code, again.stdout]).toEqual([0, expect.not.stringContaining('Still open')]);
    expect(
      salesforce
        .calls()
        .slice(sent)
        .filter(({ operation }) => operation === 'deploy'),
    ).toEqual([]);
  });

  it('whose evidence was changed by a byte is not gone on with', async () => {
    await start();
    await incident('gcw-export --evidence-only --out case');
    const file = here.path('case', 'evidence', 'tokens.csv');
    writeFileSync(file, here.read('case', 'evidence', 'tokens.csv').replace('u', 'v'));
    expect(() => sha256sum()).toThrow();
    const { code, stderr } = await incident('--resume case --auto-approve');
    expect([code, stderr]).toEqual([1, expect.stringContaining('tokens.csv was changed')]);
    expect(await working('gcw-export')).toBe(1);
  });

  it('is not gone on with in another org', async () => {
    await start();
    await incident('gcw-export --evidence-only --out case');
    await salesforce.close();
    await start();
    const { code, stderr } = await incident('--resume case --auto-approve');
    expect([code, stderr]).toEqual([1, expect.stringContaining('this incident is for another org')]);
  });
});
