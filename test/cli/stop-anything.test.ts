import { readdirSync, readFileSync, statSync } from 'node:fs';

import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { CANARY, writeSeed } from './messy-support';
import { deploys, type Ended, fastOrg, login, project, type Project, type RunOptions } from './support';

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
<oauthConfig><callbackUrl>https://acme.example/cb</callbackUrl><consumerKey>KEY${label.replaceAll(' ', '')}</consumerKey>${config}<scopes>Api</scopes><scopes>RefreshToken</scopes></oauthConfig>
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

const ADMINS = `<permissionSetName>Legacy Users</permissionSetName><profileName>System Administrator</profileName>`;

const files = (): ReadonlyMap<string, string> =>
  new Map([
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
const stops = (): readonly string[] => {
  const folder = here.path('.client-apps', 'stops');
  return readdirSync(folder).map((name) => {
    expect(statSync(`${folder}/${name}`).mode & 0o777).toBe(0o600);
    return readFileSync(`${folder}/${name}`, 'utf8');
  });
};

describe('stop of a Connected App', () => {
  it('locks everybody out, says what it replaced, and what no API does', async () => {
    await begin();
    const { code, stdout, stderr } = await run('stop Legacy');
    expect([code, stderr]).toEqual([0, expect.stringContaining('Switching Legacy off')]);
    expect(stdout).toContain('The Connected App Legacy is off in org');
    expect(stdout).toContain('permissionSetName: ["Legacy_Users"] -> ["Client_Apps_Locked_Out"]');
    expect(stdout).toContain('Setup > Connected Apps OAuth Usage > Legacy > Block');
    expect(stops()).toHaveLength(1);
    expect(JSON.parse(stops()[0] ?? '')).toMatchObject({ app: 'Legacy', platform: 'connected-app', state: 'stopped' });
    const again = await run('stop Legacy');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('already off')]);
    expect(deploys(salesforce)).toBe(2);
  });
});
