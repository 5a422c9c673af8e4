import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { appOf, type Components, file, pathOf, startOrg, stopOrgs, temporaryFolder, without } from './support';

afterEach(stopOrgs);

function seed(components: Components, orgJson?: unknown, more: Readonly<Record<string, string>> = {}): string {
  const folder = temporaryFolder();
  const files: Record<string, string> = { ...more };
  for (const [type, name, fields] of components) files[pathOf(type, name)] = file(type, fields);
  if (orgJson !== undefined) files['org.json'] = typeof orgJson === 'string' ? orgJson : JSON.stringify(orgJson);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const connectedApp: Components = [
  [
    'ConnectedApp',
    'Legacy',
    {
      contactEmail: 'a@acme.example',
      label: 'Legacy',
      oauthConfig: { callbackUrl: 'https://a.example', consumerKey: '3MVG9.EMULATOR_legacy' },
    },
  ],
];

describe('a seed', () => {
  it.each(['oob', 'https://'])(
    'may hold a Connected App with the old callback %s, which no deploy may bring',
    async (callbackUrl) => {
      const [[type, name, fields] = ['', '', {}]] = connectedApp;
      const old: Components = [[type, name, { ...fields, oauthConfig: { callbackUrl } }]];
      const org = await startOrg({ seedDir: seed(old) });
      const { files } = await org.retrieve({ ConnectedApp: ['*'] });
      expect(files.get('connectedApps/Legacy.connectedApp')).toContain(`<callbackUrl>${callbackUrl}<`);
      const again: Components = [[type, name, { ...fields, label: 'New', oauthConfig: { callbackUrl } }]];
      expect(await org.deploy(again)).toMatchObject({ success: false });
    },
  );

  it('keeps the names of its policy files, and gets the platform’s where it has none', async () => {
    const components = [
      ...appOf('Named'),
      ...without(appOf('Bare'), 'ExtlClntAppOauthConfigurablePolicies', 'ExtlClntAppConfigurablePolicies'),
    ];
    const org = await startOrg({ seedDir: seed(components) });
    const { files } = await org.retrieve({
      ExtlClntAppOauthConfigurablePolicies: ['*'],
      ExtlClntAppConfigurablePolicies: ['*'],
    });
    expect([...files.keys()].filter((path) => path !== 'package.xml').sort()).toEqual([
      'extlClntAppOauthPolicies/Bare_oauth_defaultPolicy.ecaOauthPlcy',
      'extlClntAppOauthPolicies/Named_oauthPlcy.ecaOauthPlcy',
      'extlClntAppPolicies/Bare_defaultPolicy.ecaPlcy',
      'extlClntAppPolicies/Named_plcy.ecaPlcy',
    ]);
  });

  it('may hold what a deploy could not make: Connected Apps, long names, headers alone', async () => {
    const long = 'A_name_that_is_much_longer_than_thirty_characters';
    const alone: Components = [['ExternalClientApplication', long, { label: 'Alone' }]];
    const org = await startOrg({ seedDir: seed([...connectedApp, ...alone]) });
    const { files } = await org.retrieve({
      ConnectedApp: ['*'],
      ExternalClientApplication: ['*'],
      ExtlClntAppGlobalOauthSettings: ['*'],
    });
    expect(files.get('connectedApps/Legacy.connectedApp')).toContain('<consumerKey>3MVG9.EMULATOR_legacy<');
    expect(files.has(`externalClientApps/${long}.eca`)).toBe(true);
    expect(files.size).toBe(3);
    const update: Components = [['ConnectedApp', 'Legacy', { contactEmail: 'b@acme.example', label: 'Legacy' }]];
    expect((await org.deploy(update)).status).toBe('Succeeded');
  });

  it('takes apps whose flags newer orgs would force', async () => {
    const org = await startOrg({
      profile: 'mid-2026',
      seedDir: seed(appOf('Old', { global: { isPkceRequired: false } })),
    });
    const { files } = await org.retrieve({ ExtlClntAppGlobalOauthSettings: ['*'] });
    expect([...files.values()].join('')).toContain('<isPkceRequired>false<');
  });

  it('takes org settings, permission sets, source-format names and a README', async () => {
    const more = {
      'settings/OauthOidc.settings-meta.xml': file('OauthOidcSettings', { oAuthCdCrdtFlowEnable: true }),
      'README.md': '# seed',
      'package.xml': '<ignored/>',
    };
    const org = await startOrg({ seedDir: seed([['PermissionSet', 'Access', { label: 'Access' }]], {}, more) });
    const policy = { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedPermissionSet: 'Access' };
    expect((await org.deploy(appOf('Portal', { global: { isCodeCredFlowEnabled: true }, policy }))).problems).toEqual(
      [],
    );
  });

  it('names the org, its profile and its people', async () => {
    const org = await startOrg({
      seedDir: seed([], {
        orgId: '00Dxx0000001gPL',
        profile: 'production',
        profiles: ['Integration'],
        users: [{ username: 'feed@acme.example', active: true, apiEnabled: false }],
      }),
    });
    expect(org.orgId).toBe('00Dxx0000001gPLEAY');
    const runAs = { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: 'feed@acme.example' };
    expect((await org.deploy(appOf('Feed', { policy: runAs }))).problems).toEqual([
      'Enter a valid execution user for the OAuth client credentials flow.',
    ]);
    expect((await org.deploy(appOf('Feed', { policy: { commaSeparatedProfile: 'Integration' } }))).status).toBe(
      'Succeeded',
    );
  });

  it('can withhold the permission to deploy', async () => {
    const permissions = { PermissionsModifyMetadata: false, PermissionsModifyAllData: false };
    const org = await startOrg({ seedDir: seed([], { deployUser: { username: 'ci@acme.example', permissions } }) });
    const answer = await org.postDeploy(new Map());
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject([{ errorCode: 'INSUFFICIENT_ACCESS' }]);
    expect((await org.soap('retrieve', '<request/>')).text).toContain('sf:INSUFFICIENT_ACCESS');
  });

  it('is not looked at when the state file exists', async () => {
    const stateFile = join(temporaryFolder(), 'state.json');
    const first = await startOrg({ stateFile, seedDir: seed(appOf('First')) });
    await first.close();
    const second = await startOrg({ stateFile, seedDir: seed(appOf('Second')) });
    expect([...(await second.retrieve({ ExternalClientApplication: ['*'] })).files.keys()]).toContain(
      'externalClientApps/First.eca',
    );
    expect((await second.retrieve({ ExternalClientApplication: ['Second'] })).messages).toHaveLength(1);
  });

  it.each([
    ['no directory', () => join(temporaryFolder(), 'missing'), /does not exist/],
    ['broken org.json', () => seed([], '{'), /is no JSON/],
    ['an unknown key in org.json', () => seed([], { user: [] }), /unknown key user/],
    ['a wrong profile', () => seed([], { profile: 'test' }), /profile: must be one of developer/],
    ['a permission set without its braces', () => seed([], { permissionSets: ['Portal'] }), /permissionSets\[0\]/],
    [
      'an unknown key of a user',
      () => seed([], { users: [{ username: 'a@b.example', aktive: true }] }),
      /users\[0\].*aktive/,
    ],
    ['a wrong org id', () => seed([], { orgId: '00X' }), /no organization id/],
    ['a file of no known type', () => seed([], {}, { 'classes/A.cls': 'class A {}' }), /classes\/A\.cls/],
    ['an unknown element', () => seed([['OauthOidcSettings', 'OauthOidc', { color: 'red' }]]), /color invalid/],
    [
      'a part of no app',
      () => seed([['ExtlClntAppOauthSettings', 'A', { externalClientApplication: 'B' }]]),
      /no ExternalClientApplication named B/,
    ],
  ])('with %s is an error', async (_, folder, message) => {
    await expect(startOrg({ seedDir: folder() })).rejects.toThrow(message);
  });
});
