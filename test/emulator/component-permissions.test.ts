import { writeZip } from '../../lib/metadata/package/zip';
import { codeOf, exchange, orgWithPortal } from './oauth-support';
import { appOf, type Components, manifest, type Org, packageOf, stopOrgs } from './support';

afterAll(stopOrgs);

const BASE = ['ApiEnabled', 'ModifyMetadata'];
const [, GLOBAL, OAUTH, OAUTH_POLICY, POLICY] = appOf('Portal', {
  global: { callbackUrl: 'https://acme.example/callback' },
});
const HEADER = appOf('Other').slice(0, 1);
const one = (component: Components[number] | undefined): Components => (component ? [component] : []);
const LEGACY = { contactEmail: 'a@acme.example', label: 'Legacy' };

/** What each component takes of who writes it, one of each group, beside what every deploy takes. */
const TAKES: Readonly<Record<string, readonly [components: Components, groups: readonly (readonly string[])[]]>> = {
  'an app': [HEADER, [['ExternalClientAppDeveloper']]],
  'global OAuth settings': [one(GLOBAL), [['ExternalClientAppDeveloper']]],
  'OAuth settings': [one(OAUTH), [['ExternalClientAppDeveloper']]],
  'OAuth policies': [one(OAUTH_POLICY), [['ExternalClientAppAdmin']]],
  policies: [one(POLICY), [['ExternalClientAppAdmin']]],
  'a Connected App': [
    [['ConnectedApp', 'Legacy', LEGACY]],
    [['CustomizeApplication'], ['ModifyAllData', 'ManageRemoteAccess']],
  ],
  'who may use a Connected App': [
    [['ConnectedApp', 'Legacy', { ...LEGACY, permissionSetName: [''] }]],
    [['CustomizeApplication'], ['ModifyAllData'], ['ManageProfilesPermissionsets']],
  ],
  'org settings': [[['OauthOidcSettings', 'OauthOidc', { isPkceRequired: true }]], []],
};
const PERMISSIONS = [...new Set(Object.values(TAKES).flatMap(([, groups]) => groups.flat()))];

const set = (permission: string): string =>
  `<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>${permission}</label><userPermissions><enabled>true</enabled><name>${permission}</name></userPermissions></PermissionSet>`;
const username = (permissions: readonly string[]): string => `u.${permissions.join('.').toLowerCase()}@acme.example`;
/** Every way to lack one group, and one way to have all. */
const enough = (groups: readonly (readonly string[])[]): readonly string[] => groups.map(([first = '']) => first);
const COMBINATIONS = Object.values(TAKES).flatMap(([, groups]) => [
  enough(groups),
  ...groups.map((lacked) => PERMISSIONS.filter((permission) => !lacked.includes(permission))),
]);

let org: Org;
beforeAll(async () => {
  const users = [...new Set(COMBINATIONS.map((each) => JSON.stringify(each)))].map((text) => {
    const permissions = JSON.parse(text) as string[];
    return { username: username(permissions), permissionSets: [...BASE, ...permissions] };
  });
  org = await orgWithPortal({
    seed: { users },
    files: Object.fromEntries(
      [...BASE, ...PERMISSIONS].map((each) => [`permissionsets/${each}.permissionset`, set(each)]),
    ),
    switches: { connectedAppCreation: true },
  });
  expect((await org.deploy([['ConnectedApp', 'Legacy', LEGACY]])).problems).toEqual([]);
});

/** What goes wrong when a user with these permissions checks the deploy. */
async function problemsFor(
  permissions: readonly string[],
  files: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const { access_token: token } = await exchange(org, await codeOf(org, { username: username(permissions) }));
  const options =
    '<checkOnly>true</checkOnly><rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage>';
  const body = `<ZipFile>${(await writeZip(files)).toString('base64')}</ZipFile><DeployOptions>${options}</DeployOptions>`;
  const { text } = await org.soap('deploy', body, '66.0', String(token));
  const [, id = ''] = /<id>(\w+)<\/id>/.exec(text) ?? [];
  return (await org.waitFor(id)).problems;
}

const REFUSED = 'INSUFFICIENT_ACCESS_OR_READONLY: insufficient access rights on object id';

it.each(Object.entries(TAKES))(
  '%s: whoever has the permissions is let through, and nobody who lacks one',
  async (_, entry) => {
    const [components, groups] = entry;
    const files = packageOf(components);
    expect(await problemsFor(enough(groups), files)).not.toContain(REFUSED);
    for (const lacked of groups) {
      const others = PERMISSIONS.filter((permission) => !lacked.includes(permission));
      expect(await problemsFor(others, files)).toContain(REFUSED);
    }
  },
);

it('deleting takes the same as writing', async () => {
  const gone = (type: string, name: string): ReadonlyMap<string, string> =>
    new Map([
      ['package.xml', manifest({})],
      ['destructiveChanges.xml', manifest({ [type]: [name] })],
    ]);
  const without = (lacked: string): readonly string[] => PERMISSIONS.filter((each) => each !== lacked);
  expect(await problemsFor(without('ExternalClientAppDeveloper'), gone('ExternalClientApplication', 'Portal'))).toEqual(
    [REFUSED],
  );
  expect(await problemsFor(['ExternalClientAppDeveloper'], gone('ExternalClientApplication', 'Portal'))).toEqual([]);
  expect(await problemsFor(without('CustomizeApplication'), gone('ConnectedApp', 'Legacy'))).toEqual([REFUSED]);
});

it('the calls that write single records take the same', async () => {
  const { access_token: token } = await exchange(
    org,
    await codeOf(org, { username: username(['ExternalClientAppAdmin']) }),
  );
  const record =
    '<metadata xsi:type="ExternalClientApplication"><fullName>Other</fullName><contactEmail>a@acme.example</contactEmail><distributionState>Local</distributionState><label>Other</label></metadata>';
  const names = '<type>ExternalClientApplication</type><fullNames>Portal</fullNames>';
  for (const [operation, body] of [
    ['createMetadata', record],
    ['deleteMetadata', names],
  ] as const) {
    const { text } = await org.soap(operation, body, '66.0', String(token));
    expect(text).toContain('<statusCode>INSUFFICIENT_ACCESS_OR_READONLY</statusCode>');
  }
});
