import type { Emulator } from '../../lib/emulator';
import type { EmulatorSwitches } from '../../lib/emulator/switches';
import type { Audit } from '../../lib/operations/audit';
import { CANARY, writeSeed } from './messy-support';
import { type Ended, fastOrg, login, type Project, project } from './support';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const record = (type: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} ${NAMESPACE}>${content}</${type}>\n`;

const CONNECTED_APP =
  '<contactEmail>iam@acme.example</contactEmail><label>Old Portal</label><oauthConfig><callbackUrl>https://acme.example/cb</callbackUrl>' +
  '<isAdminApproved>true</isAdminApproved><scopes>Api</scopes><scopes>RefreshToken</scopes></oauthConfig>' +
  '<permissionSetName>Portal_Users</permissionSetName>';
const HERE = '<externalClientApplication>Order_Feed</externalClientApplication>';
const FILES: Readonly<Record<string, string>> = {
  'permissionsets/Portal_Users.permissionset': record(
    'PermissionSet',
    '<hasActivationRequired>false</hasActivationRequired><label>Portal Users</label>',
  ),
  'connectedApps/Old_Portal.connectedApp': record('ConnectedApp', CONNECTED_APP),
  'externalClientApps/Order_Feed.eca': record(
    'ExternalClientApplication',
    '<contactEmail>iam@acme.example</contactEmail><distributionState>Local</distributionState><label>Order Feed</label>',
  ),
  'extlClntAppGlobalOauthSets/Order_Feed_glbloauth.ecaGlblOauth': record(
    'ExtlClntAppGlobalOauthSettings',
    `<callbackUrl>https://acme.example/cb</callbackUrl>${HERE}`,
  ),
  'extlClntAppOauthSettings/Order_Feed_oauth.ecaOauth': record(
    'ExtlClntAppOauthSettings',
    `<commaSeparatedOauthScopes>Api, RefreshToken</commaSeparatedOauthScopes>${HERE}`,
  ),
  'extlClntAppOauthPolicies/Order_Feed_policies.ecaOauthPlcy': record(
    'ExtlClntAppOauthConfigurablePolicies',
    `<commaSeparatedPermissionSet>Portal_Users</commaSeparatedPermissionSet>${HERE}<label>Order Feed</label>` +
      '<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>',
  ),
};

const CHANGED = [
  { type: 'ConnectedApp', fullName: 'Old_Portal', time: '2026-05-01T08:00:00Z' },
  {
    type: 'ExtlClntAppOauthConfigurablePolicies',
    fullName: 'Order_Feed_policies',
    time: '2026-06-01T08:00:00Z',
  },
];
const token = (n: number, app: string, user: string, created: string) => ({
  ...{ app, user: `${user}@acme.example`, created, lastUsed: '2026-11-20T00:00:00Z', uses: n },
  refreshToken: `EMULATORREFRESH${n}`,
  accessToken: `EMULATORACCESS${n}`,
  deleteToken: `EMULATORDELETE${n}`,
});
const TOKENS = [
  token(1, 'Old_Portal', 'ann', '2025-01-01T00:00:00Z'),
  token(2, 'Old_Portal', 'bob', '2026-05-01T08:00:00Z'),
  token(3, 'Old_Portal', 'cem', '2026-05-01T08:00:01Z'),
  token(4, 'Order_Feed', 'ann', '2026-05-31T00:00:00Z'),
  token(5, 'Order_Feed', 'bob', '2026-07-01T00:00:00Z'),
];
const SEED = {
  users: ['ann', 'bob', 'cem'].map((name) => ({ username: `${name}@acme.example`, permissionSets: ['Portal_Users'] })),
  changed: CHANGED,
  usage: { tokens: TOKENS },
};

let here: Project;
let salesforce: Emulator;
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

async function begin(more: object = {}, switches: Partial<EmulatorSwitches> = {}): Promise<void> {
  here = project();
  const org = JSON.stringify({ ...SEED, ...more });
  const seedDir = writeSeed(here, new Map(Object.entries({ ...FILES, 'org.json': org })));
  salesforce = await fastOrg({ seedDir, switches });
}
async function run(line: string): Promise<Ended> {
  const ended = await here.run(line, { environment: login(salesforce) });
  expect(ended.stdout + ended.stderr).not.toMatch(CANARY);
  return ended;
}
async function found(app: string) {
  const { stdout } = await run('audit --with-usage --format json');
  const { audits } = JSON.parse(stdout) as { audits: readonly Audit[] };
  const report = audits[0]?.reports.find(({ subject }) => subject.type === 'app' && subject.api_name === app);
  return report?.results.find(({ control }) => control === 'SFCA-APP-OLD-GRANTS');
}

describe('an app that was restricted after users had let it in', () => {
  it.each([
    ['Old_Portal', '2026-05-01T08:00:00.000Z', ['ann', 'bob'], 3, {}],
    ['Order_Feed', '2026-06-01T08:00:00.000Z', ['ann'], 2, {}],
    ['Order_Feed', '2026-06-01T08:00:00.000Z', ['ann'], 2, { externalClientAppTokensListed: false }],
  ])(
    'has exactly the tokens from before found, until they are revoked: %s',
    async (app, date, users, count, switches) => {
      await begin({}, switches);
      expect(await found(app)).toMatchObject({
        outcome: 'fail',
        severity: 'medium',
        because: expect.stringMatching(
          new RegExp(`^${users.length} of ${count} tokens (is|are) older than the last change .*\\(${date}\\)\\.$`),
        ),
        offenders: users.map((user) => `${user}@acme.example`),
      });
      const { code, stdout } = await run(`revoke ${app} --granted-before ${date} --auto-approve`);
      expect([code, stdout]).toEqual([0, expect.stringContaining('1 other token of the app stays')]);
      expect(await found(app)).toMatchObject({
        outcome: 'pass',
        because: `Its one token was granted after the last change of the record that says who can use the app (${date}).`,
      });
    },
  );

  it('is not evaluated where the connected user may not read the tokens of others', async () => {
    await begin({ deployUser: { permissions: { PermissionsCustomizeApplication: false } } });
    expect(await found('Old_Portal')).toMatchObject({
      outcome: 'not-evaluated',
      because: expect.stringContaining('Customize Application'),
    });
  });

  it('is not evaluated where the org gives the record no date but the start of 1970', async () => {
    await begin({ changed: CHANGED.map((each) => ({ ...each, time: '1970-01-01T00:00:00.000Z' })) });
    for (const app of ['Old_Portal', 'Order_Feed']) {
      expect(await found(app)).toMatchObject({
        outcome: 'not-evaluated',
        because: expect.stringContaining('does not report when the record'),
      });
    }
  });

  it('counts from its last change, whoever made it', async () => {
    await begin();
    expect((await found('Order_Feed'))?.because).toContain('1 of 2');
    await run('stop Old_Portal');
    expect((await found('Old_Portal'))?.because).toContain('3 of 3 tokens are older');
    expect((await found('Order_Feed'))?.because).toContain('1 of 2');
  });
});

it.each(['--granted-before soon', '--granted-before 2026-05-01T08:00'])('revoke %s is refused', async (option) => {
  await begin();
  const { code, stderr } = await run(`revoke Old_Portal ${option} --auto-approve`);
  expect([code, stderr]).toEqual([1, expect.stringContaining('--granted-before 90d')]);
});

it('a seed that dates a record that is not there is refused', async () => {
  await begin();
  const changed = [{ type: 'ConnectedApp', fullName: 'Nothing', time: '2026-05-01T08:00:00Z' }];
  const seedDir = writeSeed(here, new Map([['org.json', JSON.stringify({ changed })]]), 'other');
  await expect(fastOrg({ seedDir })).rejects.toThrow('ConnectedApp Nothing');
});
