import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';

import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { lockOutSetPackage } from '../../lib/metadata/connected-app/lock-out';
import { connect } from '../../lib/org/connect';
import { CANARY, writeSeed } from './messy-support';
import {
  deploys,
  type Ended,
  fastOrg,
  login,
  type Project,
  project,
  type RunOptions,
  tamper,
  twoApps,
} from './support';

/** Polls without waiting for real. */
const FAST = { now: () => Date.now(), sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 2)) };

let here: Project;
let salesforce: Emulator;
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
/** @param access What stands after the OAuth settings: who may use it. */
const connectedApp = (label: string, config = '', access = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp ${NAMESPACE}><contactEmail>iam@acme.example</contactEmail><description>Made by hand</description><label>${label}</label>
<oauthConfig><callbackUrl>https://acme.example/cb</callbackUrl><consumerKey>KEY${label.replaceAll(' ', '')}</consumerKey><consumerSecret>notreallyasecret</consumerSecret>${config}<scopes>Api</scopes><scopes>RefreshToken</scopes></oauthConfig>
<oauthPolicy><ipRelaxation>ENFORCE</ipRelaxation><refreshTokenPolicy>infinite</refreshTokenPolicy></oauthPolicy>${access}</ConnectedApp>
`;
const token = (n: number, app: string, user: string) => ({
  app,
  user: `${user}@acme.example`,
  created: '2026-01-01T00:00:00Z',
  lastUsed: '2026-11-20T00:00:00Z',
  uses: n,
  refreshToken: `EMULATORREFRESH${n}`,
  accessToken: `EMULATORACCESS${n}`,
  deleteToken: `EMULATORDELETE${n}`,
});

const ADMINS = `<permissionSetName>Legacy_Users</permissionSetName><profileName>System Administrator</profileName>`;

const API_ACCESS_CONTROL = `<ConnectedAppSettings ${NAMESPACE}><enableAdminApprovedAppsOnly>true</enableAdminApprovedAppsOnly></ConnectedAppSettings>`;

const LOCK_OUT = [...lockOutSetPackage(66)].filter(([path]) => path !== 'package.xml');

/** @param more Another user; the org then has the permission set of stopped apps, too. */
const files = (more?: object): ReadonlyMap<string, string> =>
  new Map([
    ...(more ? LOCK_OUT : []),
    [
      'permissionsets/Legacy_Users.permissionset',
      `<PermissionSet ${NAMESPACE}><hasActivationRequired>false</hasActivationRequired><label>Legacy Users</label></PermissionSet>`,
    ],
    ['connectedApps/Legacy.connectedApp', connectedApp('Legacy', '<isAdminApproved>true</isAdminApproved>', ADMINS)],
    ['connectedApps/Open_One.connectedApp', connectedApp('Open One')],
    [
      'connectedApps/Robot.connectedApp',
      connectedApp(
        'Robot',
        '<isClientCredentialEnabled>true</isClientCredentialEnabled><oauthClientCredentialUser>ann@acme.example</oauthClientCredentialUser>',
      ),
    ],
    ['connectedApps/helper__Desk.connectedApp', connectedApp('Desk')],
    [
      'org.json',
      JSON.stringify({
        users: [
          { username: 'ann@acme.example', permissionSets: ['Legacy_Users'] },
          { username: 'bob@acme.example' },
          { username: 'cem@acme.example' },
          ...(more ? [more] : []),
        ],
        usage: {
          uninstalledApps: [{ label: 'Ticket', consumerKey: '3MVG9TICKET' }, { label: 'Data Loader' }],
          tokens: [
            token(1, 'Ticket', 'ann'),
            token(2, 'Ticket', 'bob'),
            token(3, 'Legacy', 'ann'),
            token(4, 'Open_One', 'bob'),
            token(5, 'helper__Desk', 'cem'),
            token(6, 'Data Loader', 'cem'),
          ],
        },
      }),
    ],
  ]);

const begin = async (options: EmulatorOptions = {}, seed = files()): Promise<void> => {
  salesforce = await fastOrg({ seedDir: writeSeed(here, seed), ...options });
};
async function run(line: string, options: RunOptions = {}): Promise<Ended> {
  const ended = await here.run(line, { ...options, environment: login(salesforce) });
  expect(ended.stdout + ended.stderr).not.toMatch(CANARY);
  return ended;
}

const post = async (form: Readonly<Record<string, string>>): Promise<number> => {
  const body = new URLSearchParams(form);
  return (await fetch(`${salesforce.url}/services/oauth2/token`, { method: 'POST', body })).status;
};
/** The answer to the refresh token that a user of the app has had all along. */
const refresh = (n: number, key: string): Promise<number> =>
  post({
    grant_type: 'refresh_token',
    client_id: key,
    client_secret: 'notreallyasecret',
    refresh_token: `EMULATORREFRESH${n}`,
  });
/** Of the six, those whose access token is accepted. */
async function working(): Promise<readonly number[]> {
  const all = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(async (n) => {
      const headers = { authorization: `Bearer EMULATORACCESS${n}` };
      return (await fetch(`${salesforce.url}/services/oauth2/userinfo`, { headers })).status === 200 ? [n] : [];
    }),
  );
  return all.flat();
}
const admin = () =>
  connect({ kind: 'access-token', accessToken: salesforce.accessToken, instanceUrl: salesforce.url }, { clock: FAST });
async function record(app: string): Promise<string> {
  const { files: found } = await (
    await admin()
  ).retrieve({
    apiVersion: 66,
    types: new Map([['ConnectedApp', [app]]]),
  });
  return found.get(`connectedApps/${app}.connectedApp`) ?? '';
}
const connectedAppOf = (app: string) => ({
  type: 'ConnectedApp',
  name: app,
  path: `connectedApps/${app}.connectedApp`,
});

interface Receipt {
  readonly state: string;
  readonly app: string;
  readonly replaced: readonly { readonly field: string; readonly before?: unknown; readonly after: unknown }[];
}
function receipts(): readonly Receipt[] {
  const folder = here.path('.client-apps', 'stops');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => {
    expect(statSync(`${folder}/${name}`).mode & 0o777).toBe(0o600);
    return JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Receipt;
  });
}

describe('stop of a Connected App', () => {
  it('locks everybody out, says what it replaced, and what no API does', async () => {
    await begin();
    const { code, stdout, stderr } = await run('stop Legacy');
    expect([code, stderr]).toEqual([0, expect.stringContaining('Switching Legacy off')]);
    expect(stdout).toContain('The Connected App Legacy is off in org');
    expect(stdout).toContain('permissionSetName: ["Legacy_Users"] -> ["Client_Apps_Locked_Out"]');
    expect(stdout).toContain('Setup > Connected Apps OAuth Usage > Legacy > Block');
    expect(receipts()).toMatchObject([{ app: 'Legacy', state: 'stopped' }]);
    const again = await run('stop Legacy');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('already off')]);
    expect(again.stdout).toContain('Setup > Connected Apps OAuth Usage > Legacy > Block');
    expect(deploys(salesforce)).toBe(2);
  });

  it.each([
    [{}],
    [{ permissionSetLabelsOnRetrieve: false }],
    [{ permissionSetsCountInSameDeploy: true }],
    [{ omittedBooleansReset: false }],
  ])('is refused at the token endpoint until start, which leaves the record byte for byte: %j', async (switches) => {
    await begin({ switches });
    const before = await record('Legacy');
    expect(await refresh(3, 'KEYLegacy')).toBe(200);
    expect(await run('stop Legacy')).toMatchObject({ code: 0 });
    expect(await refresh(3, 'KEYLegacy')).toBe(400);
    expect(await record('Legacy')).not.toBe(before);
    const { code, stdout } = await run('start Legacy --auto-approve');
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('permission set Client_Apps_Locked_Out stays in the org'),
    ]);
    expect(await refresh(3, 'KEYLegacy')).toBe(200);
    expect(await record('Legacy')).toBe(before);
    expect(receipts()).toMatchObject([{ state: 'started' }]);
  });

  it.each([
    [false, true],
    [true, false],
  ])('says that access tokens may go on; where a stop ends them (%s) they do not', async (stopEndsTokens, goesOn) => {
    await begin({ switches: { stopEndsTokens } });
    const { stdout } = await run('stop Legacy');
    expect(stdout).toContain('It is not documented whether access tokens issued earlier still work');
    expect((await working()).includes(3)).toBe(goesOn);
  });

  it('that users approve for themselves takes it from them, and start gives it back', async () => {
    await begin();
    const before = await record('Open_One');
    expect(await refresh(4, 'KEYOpenOne')).toBe(200);
    expect(await run('stop Open_One')).toMatchObject({ code: 0 });
    expect(await refresh(4, 'KEYOpenOne')).toBe(400);
    expect(await run('start Open_One --auto-approve')).toMatchObject({ code: 0 });
    expect(await record('Open_One')).toBe(before);
    expect(await refresh(4, 'KEYOpenOne')).toBe(200);
  });

  it('by its label finds it', async () => {
    await begin();
    expect(await run('stop "Open One"')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/Open_One is off[^]*OAuth Usage > Open One > Block/),
    });
  });

  it('switches the client credentials flow off as well, with which permission sets may have nothing to do', async () => {
    await begin();
    const login = { grant_type: 'client_credentials', client_id: 'KEYRobot', client_secret: 'notreallyasecret' };
    const before = await record('Robot');
    expect(await post(login)).toBe(200);
    expect(await run('stop Robot')).toMatchObject({ code: 0 });
    expect(await post(login)).toBe(400);
    expect(await run('start Robot --auto-approve')).toMatchObject({ code: 0 });
    expect([await post(login), await record('Robot')]).toEqual([200, before]);
  });

  it('whose permission set somebody has says so, and ends with 2', async () => {
    await begin({}, files({ username: 'eve@acme.example', permissionSets: ['Client_Apps_Locked_Out'] }));
    const { code, stdout } = await run('stop Legacy');
    expect(stdout).toContain('Still open: 1 active user has the permission set Client_Apps_Locked_Out');
    expect(code).toBe(2);
  });

  it('as a dry run shows what would be replaced, and changes nothing', async () => {
    const stateFile = here.path('org-state.json');
    await begin({ stateFile });
    const before = readFileSync(stateFile);
    const { code, stdout } = await run('stop Legacy --revoke --dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('would be locked out');
    expect(stdout).toContain('1 token of 1 user will end');
    expect(stdout).toContain('Dry run: nothing was changed.');
    expect(readFileSync(stateFile).equals(before)).toBe(true);
    expect(receipts()).toEqual([]);
    expect(deploys(salesforce)).toBe(0);
  });

  it('of a package is refused with what can be done; its tokens can end all the same, and Block is left', async () => {
    await begin();
    const refused = await run('stop helper__Desk');
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('was installed with the package helper'),
    ]);
    const { code, stdout } = await run('stop helper__Desk --revoke');
    expect(stdout).toContain('Not switched off:');
    expect(stdout).toContain('Revoked 1 of 1 token.');
    expect([code, await working()]).toEqual([2, [1, 2, 3, 4, 6]]);
  });
});

describe('stop that is cut off halfway', () => {
  it.each([
    ['before the permission set came', 1, 'drop', 'before'],
    ['after the permission set, before an answer', 1, 'drop-after', 'before'],
    ['before the app was written', 2, 'drop', 'before'],
    ['after the app was written, before an answer', 2, 'drop-after', 'after'],
  ] as const)('%s leaves what start and another stop need', async (_, nth, kind, when) => {
    await begin();
    const before = await record('Legacy');
    if (nth === 2) await (await admin()).deploy({ files: lockOutSetPackage(66), apiVersion: 66, checkOnly: false });
    salesforce.faults.failNext({ operation: 'deploy' }, { kind });
    const first = await run('stop Legacy');
    expect(first.code).not.toBe(0);
    expect(receipts()).toMatchObject([{ app: 'Legacy', state: 'announced' }]);
    expect((await record('Legacy')) === before).toBe(when === 'before');
    expect(await run('stop Legacy')).toMatchObject({ code: 0 });
    expect(receipts()).toMatchObject([{ state: 'stopped' }]);
    expect(await refresh(3, 'KEYLegacy')).toBe(400);
    expect(await run('start Legacy --auto-approve')).toMatchObject({ code: 0 });
    expect(await record('Legacy')).toBe(before);
  });

  it.each([
    ['unreadable', { kind: 'unreadable', fullName: 'Legacy' }],
    ['cut', { kind: 'http', status: 400 }],
  ] as const)('before it is read back (%s) does not call it off, and the next run does', async (_, fault) => {
    await begin();
    // The first retrieve is the reading before the stop.
    salesforce.faults.failNext({ operation: 'retrieve' }, { kind: 'slow', ms: 1 });
    salesforce.faults.failNext({ operation: 'retrieve' }, { kind: 'unreadable', fullName: 'nothing' });
    salesforce.faults.failNext({ operation: 'retrieve' }, fault);
    const { code, stdout } = await run('stop Legacy');
    expect([code, stdout]).toEqual([2, expect.stringContaining('it is not certain whether it is off')]);
    expect(stdout).not.toContain('is off in');
    expect(receipts()).toMatchObject([{ state: 'announced' }]);
    expect(await run('stop Legacy')).toMatchObject({ code: 0, stdout: expect.stringContaining('already off') });
    expect(receipts()).toMatchObject([{ state: 'stopped' }]);
  });

  it('is undone by start alone, too', async () => {
    await begin();
    const before = await record('Legacy');
    salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'drop' });
    expect((await run('stop Legacy')).code).not.toBe(0);
    const { code, stdout } = await run('start Legacy --auto-approve');
    expect([code, stdout]).toEqual([0, expect.stringContaining('has the values from before the stop')]);
    expect([receipts()[0]?.state, await record('Legacy')]).toEqual(['started', before]);
  });

  it('twice keeps the values from before the first one, also where somebody let a few in meanwhile', async () => {
    await begin();
    const before = await record('Legacy');
    expect(await run('stop Legacy')).toMatchObject({ code: 0 });
    const set = '<permissionSetName>Client_Apps_Locked_Out</permissionSetName>';
    await tamper(
      salesforce,
      connectedAppOf('Legacy'),
      new RegExp(set),
      `${set}<profileName>Standard User</profileName>`,
    );
    expect(await run('stop Legacy')).toMatchObject({ code: 0 });
    expect(await run('start Legacy --auto-approve')).toMatchObject({ code: 0 });
    expect((await record('Legacy')).replace(/Standard User/, 'System Administrator')).toBe(before);
  });
});

describe('start', () => {
  it('refuses field by field what somebody changed since, and writes nothing', async () => {
    await begin();
    expect(await run('stop Legacy')).toMatchObject({ code: 0 });
    await tamper(salesforce, connectedAppOf('Legacy'), /Client_Apps_Locked_Out/, 'Legacy_Users');
    const changed = await record('Legacy');
    const { code, stderr } = await run('start Legacy --auto-approve');
    expect(code).toBe(1);
    expect(stderr).toContain('ConnectedApp.permissionSetName');
    expect(stderr).toContain('["Legacy_Users"]');
    expect(stderr).not.toContain('profileName');
    expect(await record('Legacy')).toBe(changed);
  });

  it('keeps what somebody changed beside the stop', async () => {
    await begin();
    expect(await run('stop Legacy')).toMatchObject({ code: 0 });
    await tamper(salesforce, connectedAppOf('Legacy'), /acme\.example\/cb/, 'acme.example/new');
    expect(await run('start Legacy --auto-approve')).toMatchObject({ code: 0 });
    expect(await record('Legacy')).toContain('acme.example/new');
    expect(await refresh(3, 'KEYLegacy')).toBe(200);
  });

  it('without a receipt says what to do', async () => {
    await begin();
    const { code, stderr } = await run('start Legacy --auto-approve');
    expect([code, stderr]).toEqual([1, expect.stringContaining('apply --re-enable Legacy')]);
  });

  it('asks, takes only yes for one, and wants --auto-approve where there is nobody to ask', async () => {
    await begin();
    expect(await run('stop Legacy')).toMatchObject({ code: 0 });
    const stopped = await record('Legacy');
    expect(await run('start Legacy')).toMatchObject({ code: 1, stderr: expect.stringContaining('--auto-approve') });
    const no = await run('start Legacy', { answer: 'no' });
    expect(no.stderr).toContain('permissionSetName: ["Client_Apps_Locked_Out"] -> ["Legacy_Users"]');
    const dry = await run('start Legacy --dry-run');
    expect([no.code, dry.code, await record('Legacy')]).toEqual([1, 0, stopped]);
    expect(await run('start Legacy', { answer: 'yes' })).toMatchObject({ code: 0 });
  });

  it('takes the receipt from a file, and only in the org that it is of', async () => {
    await begin();
    expect(await run('stop Legacy')).toMatchObject({ code: 0 });
    const [name = ''] = readdirSync(here.path('.client-apps', 'stops'));
    const text = here.read('.client-apps', 'stops', name);
    here.write('kept.json', text);
    here.write('other.json', text.replace(salesforce.orgId, `00D${'9'.repeat(12)}AAA`));
    rmSync(here.path('.client-apps'), { recursive: true });
    const other = await run('start --from other.json --auto-approve');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('the receipt is for another org')]);
    expect(await run('start --from kept.json --auto-approve')).toMatchObject({ code: 0 });
    expect(await refresh(3, 'KEYLegacy')).toBe(200);
  });

  it('gives an External Client App back, too', async () => {
    here.synth(twoApps);
    await begin();
    expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
    expect(await run('stop Portal')).toMatchObject({ code: 0 });
    expect(await run('drift')).toMatchObject({ code: 2 });
    expect(await run('start Portal --auto-approve')).toMatchObject({ code: 0 });
    expect(await run('drift')).toMatchObject({ code: 0 });
  });

  it('stop waits for no disk: a receipt that cannot be kept is printed, and start takes it', async () => {
    await begin();
    here.write('.client-apps', 'in the way');
    const { code, stderr } = await run('stop Legacy');
    expect([code, stderr]).toEqual([0, expect.stringContaining('start --from FILE accepts it')]);
    expect(await refresh(3, 'KEYLegacy')).toBe(400);
    rmSync(here.path('.client-apps'));
    // What follows it says which deploys are under way.
    const [printed = ''] = /^\{\n[\s\S]*?^\}$/m.exec(stderr) ?? [];
    here.write('printed.json', printed);
    expect(await run('start --from printed.json --auto-approve')).toMatchObject({ code: 0 });
  });
});

describe('stop --revoke', () => {
  it('ends the tokens of the app and no others, also where it was off', async () => {
    await begin();
    const { code, stdout } = await run('stop Legacy --revoke');
    expect([code, stdout]).toEqual([0, expect.stringContaining('Revoked 1 of 1 token.')]);
    expect(await working()).toEqual([1, 2, 4, 5, 6]);
    const again = await run('stop Legacy --revoke');
    expect(again.stdout).toContain('already off');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('The org lists no token of it.')]);
  });

  it('tells the token that did not end, and the next run finishes', async () => {
    await begin();
    salesforce.faults.failNext({ operation: 'revoke' }, { kind: 'api-error', code: 'UNKNOWN_EXCEPTION', message: 'x' });
    const first = await run('stop Ticket --revoke');
    expect(first.stdout).toMatch(/not revoked, of \w+@acme\.example/);
    expect(first.code).toBe(1);
    expect(await run('stop Ticket --revoke')).toMatchObject({ code: 2 });
    expect(await working()).toEqual([3, 4, 5, 6]);
  });

  const NO = { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no', status: 403 } as const;
  it.each([
    [
      'for the app itself',
      { kind: 'deploy-fails', fullName: 'Client_Apps_Locked_Out', problem: 'not today' },
      'not today',
    ],
    ['by the API', NO, 'INSUFFICIENT_ACCESS'],
  ] as const)(
    'whose switch-off is refused %s ends the tokens all the same, and exits with 1',
    async (_, fault, why) => {
      await begin();
      salesforce.faults.failNext({ operation: 'deploy' }, fault);
      const { code, stdout } = await run('stop Legacy --revoke');
      expect(stdout).toMatch(new RegExp(`Not switched off: .*${why}`, 's'));
      expect(stdout).toContain('Revoked 1 of 1 token.');
      expect([code, await working()]).toEqual([1, [1, 2, 4, 5, 6]]);
    },
  );

  it('whose switch-off is refused, and whose revocation breaks off, exits with 1: trying again does not help', async () => {
    await begin();
    salesforce.faults.failNext({ operation: 'deploy' }, NO);
    salesforce.faults.failNext({ operation: 'revoke' }, { kind: 'drop' });
    const { code, stdout } = await run('stop Legacy --revoke');
    expect(stdout).toContain('Not switched off');
    expect([code, await working()]).toEqual([1, [1, 2, 3, 4, 5, 6]]);
  });

  it('whose revocation alone breaks off, or is not seen afterward, exits with 5', async () => {
    await begin();
    salesforce.faults.failNext({ operation: 'revoke' }, { kind: 'drop' });
    expect(await run('stop Legacy --revoke')).toMatchObject({ code: 5 });
    salesforce.faults.failNext({ operation: 'revoke' }, { kind: 'slow', ms: 0 });
    let revoked = false;
    const onStderr = (text: string): void => {
      if (revoked || !text.includes('revoked 1')) return;
      revoked = true;
      salesforce.faults.failNext({ operation: '*' }, { kind: 'http', status: 503 }, 50);
    };
    const { code } = await run('stop Legacy --revoke', { onStderr });
    salesforce.faults.clear();
    expect([code, await working()]).toEqual([5, [1, 2, 4, 5, 6]]);
  });

  it('of an uninstalled app ends its tokens also where API Access Control cannot be read', async () => {
    await begin();
    salesforce.faults.failNext({ operation: 'retrieve' }, { kind: 'slow', ms: 0 });
    salesforce.faults.failNext({ operation: 'retrieve' }, NO);
    const { code, stdout } = await run('stop Ticket --revoke');
    expect(stdout).toContain('whether API Access Control is on could not be read');
    expect([code, await working()]).toEqual([2, [3, 4, 5, 6]]);
  });

  it('interrupted while the app is switched off finishes that, ends no token, and says so', async () => {
    await begin();
    let done = false;
    const onStderr = (text: string, interrupt: () => void): void => {
      if (done || !/Switching Legacy off in org \(/.test(text)) return;
      done = true;
      setImmediate(interrupt);
    };
    const { code, stdout } = await run('stop Legacy --revoke', { onStderr });
    expect(stdout).toContain('Legacy is off in org');
    expect(stdout).toContain('Still open: stopped on request before the tokens were revoked');
    expect([code, await working()]).toEqual([1, [1, 2, 3, 4, 5, 6]]);
  });

  it('of an uninstalled app says what stays open, and ends with 2', async () => {
    await begin();
    const refused = await run('stop Ticket');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('stop --revoke revokes its tokens')]);
    const { code, stdout } = await run('stop Ticket --revoke');
    expect(stdout).toContain('Still open: Ticket has no record in this org and can be approved again');
    expect(code).toBe(2);
  });

  it('ends with 0 where API Access Control keeps such an app out', async () => {
    await begin({}, new Map([...files(), ['settings/ConnectedApp.settings', API_ACCESS_CONTROL]]));
    expect(await run('stop Ticket --revoke')).toMatchObject({ code: 0 });
  });

  it('of a name that nothing has says both', async () => {
    await begin();
    const { code, stderr } = await run('stop Nothing --revoke');
    expect([code, stderr]).toEqual([1, expect.stringContaining('no tokens of an app named Nothing')]);
  });
});

describe('stop --everything-unknown', () => {
  it('lists every unknown app, ends their tokens, says what stays open, and leaves the others alone', async () => {
    await begin();
    const { code, stdout } = await run('stop --everything-unknown --auto-approve');
    expect(stdout).toContain('2 apps neither declared nor known, with 3 tokens');
    expect(stdout).toContain('Data Loader: 1 token of 1 user; looks like Data Loader');
    expect(stdout).toContain('Still open: Ticket has no record');
    expect([code, await working()]).toEqual([2, [3, 4, 5]]);
    const again = await run('stop --everything-unknown --auto-approve');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('no app with a token is unknown')]);
  });

  it('locks out a look-alike that has a record, which start undoes', async () => {
    const seed = new Map(files());
    seed.set('connectedApps/Data_Loader.connectedApp', connectedApp('Data Loader'));
    seed.set('org.json', (seed.get('org.json') ?? '').replace('"app":"Data Loader"', '"app":"Data_Loader"'));
    seed.set('org.json', (seed.get('org.json') ?? '').replace(',{"label":"Data Loader"}', ''));
    await begin({}, seed);
    const before = await record('Data_Loader');
    const { stdout } = await run('stop --everything-unknown --auto-approve');
    expect(stdout).toContain('The Connected App Data_Loader is off');
    expect(await working()).toEqual([3, 4, 5]);
    expect(await record('Data_Loader')).not.toBe(before);
    expect(await run('start Data_Loader --auto-approve')).toMatchObject({ code: 0 });
    expect(await record('Data_Loader')).toBe(before);
  });

  it('leaves what the allow-list names', async () => {
    await begin();
    const known = [{ app: 'Ticket', owner: 'it@acme.example', purpose: 'tickets', review: '2027-03-31' }];
    here.write('known.json', JSON.stringify({ format_version: '1.1', known }));
    await run('stop --everything-unknown --auto-approve --config known.json');
    expect(await working()).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    ['no', [1, 2, 3, 4, 5, 6]],
    ['yes', [3, 4, 5]],
  ])('asks, and takes only yes for one: %s', async (answer, left) => {
    await begin();
    await run('stop --everything-unknown', { answer });
    expect(await working()).toEqual(left);
  });

  it('as a dry run changes nothing, byte for byte, and without a terminal wants --auto-approve', async () => {
    const stateFile = here.path('org-state.json');
    await begin({ stateFile });
    const before = readFileSync(stateFile);
    expect(await run('stop --everything-unknown')).toMatchObject({ code: 1 });
    const { stdout } = await run('stop --everything-unknown --dry-run');
    expect(stdout).toContain('2 tokens of 2 users will end');
    expect(readFileSync(stateFile).equals(before)).toBe(true);
    expect(readdirSync(here.folder)).not.toContain('.client-apps');
  });

  it('refuses where it could not see every token, and names the permission', async () => {
    const seed = new Map(files());
    const org = JSON.parse(seed.get('org.json') ?? '{}') as object;
    const deployUser = { permissions: { PermissionsCustomizeApplication: false } };
    seed.set('org.json', JSON.stringify({ ...org, deployUser }));
    await begin({}, seed);
    const { code, stderr } = await run('stop --everything-unknown --auto-approve');
    expect([code, stderr]).toEqual([1, expect.stringContaining('Customize Application')]);
    expect(await working()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
