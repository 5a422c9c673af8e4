import { REST_ACCESS } from '../../lib/emulator/access';
import { ROUTES } from '../../lib/emulator/rest/dispatch';
import { SOAP_OPERATIONS } from '../../lib/emulator/soap/dispatch';
import { codeOf, exchange, orgWithPortal } from './oauth-support';
import { type Json, type Org, stopOrgs } from './support';
import { query } from './usage-support';

afterAll(stopOrgs);

const granting = (name: string, permissions: readonly string[]): string =>
  `<PermissionSet xmlns="http://soap.sforce.com/2006/04/metadata"><label>${name}</label>${permissions
    .map((one) => `<userPermissions><enabled>true</enabled><name>${one}</name></userPermissions>`)
    .join('')}</PermissionSet>`;

/** Each permission that some call needs, in a set of its own. */
const SETS = [
  'ModifyMetadata',
  'ModifyAllData',
  'ExternalClientAppAdmin',
  'ExternalClientAppDeveloper',
  'ViewClientSecret',
  'ApiEnabled',
];
const groups = (operation: string): readonly (readonly string[])[] => REST_ACCESS[operation]?.permissions ?? [];
const nameOf = (sets: readonly string[]): string => `${sets.join('.').toLowerCase() || 'nobody'}@acme.example`;

let org: Org;
const tokens = new Map<string, string>();

/** A session of the user who holds these sets and nothing else. */
const as = async (...sets: readonly string[]): Promise<string> => {
  const username = nameOf(sets);
  const known = tokens.get(username);
  if (known !== undefined) return known;
  const { access_token: token } = await exchange(org, await codeOf(org, { username }));
  tokens.set(username, String(token));
  return String(token);
};

const HOLDERS = [[], ...SETS.map((set) => [set]), ['ExternalClientAppDeveloper', 'ViewClientSecret']];

beforeAll(async () => {
  const users = HOLDERS.map((sets) => ({
    username: nameOf(sets),
    permissionSets: sets,
    ...(sets.includes('ApiEnabled') && { apiEnabled: false }),
  }));
  const files = Object.fromEntries(SETS.map((set) => [`permissionsets/${set}.permissionset`, granting(set, [set])]));
  org = await orgWithPortal({
    seed: { users: [...users, { username: 'mute@acme.example', apiEnabled: false }] },
    files,
    more: [['ExternalClientAppSettings', 'ExternalClientApp', { enableClientSecretInRestApiAccess: true }]],
  });
});

/** Where each operation is asked for; ids that nothing has are enough to see who is let through. */
const RECORD = '0H4000000000001AAA';
const PATHS: Readonly<Record<string, readonly [method: string, path: string, body?: string]>> = {
  resources: ['GET', '/'],
  limits: ['GET', '/limits'],
  query: ['GET', '/query?q=SELECT+Id+FROM+Organization'],
  queryMore: ['GET', '/query/01gEM0000000000AAA-2000'],
  toolingQuery: ['GET', '/tooling/query?q=SELECT+Id+FROM+ApexClass'],
  toolingDescribe: ['GET', '/tooling/sobjects/SourceMember/describe'],
  composite: ['POST', '/composite', '{"compositeRequest":[]}'],
  sobjects: ['GET', '/sobjects/Organization/00D000000000001AAA'],
  eventLogFile: ['GET', '/sobjects/EventLogFile/0AT000000000001AAA/LogFile'],
  deploy: ['POST', '/metadata/deployRequest'],
  checkDeployStatus: ['GET', '/metadata/deployRequest/0Af000000000001AAA'],
  cancelDeploy: ['PATCH', '/metadata/deployRequest/0Af000000000001AAA'],
  usage: ['GET', '/apps/oauth/usage'],
  usageUsers: ['GET', `/apps/oauth/usage/${RECORD}/users`],
  usageTokens: ['GET', `/apps/oauth/usage/${RECORD}/005000000000001AAA/tokens`],
  deleteToken: ['DELETE', '/apps/oauth/usage/tokens/0Rt000000000001AAA'],
  deleteTokens: ['DELETE', `/apps/oauth/usage/${RECORD}/tokens`],
  credentials: ['GET', '/apps/oauth/credentials/Portal'],
  staged: ['GET', `/apps/oauth/credentials/Portal/${RECORD}/staged`],
  stage: ['POST', `/apps/oauth/credentials/Portal/${RECORD}/staged`],
  rotate: ['PATCH', `/apps/oauth/credentials/Portal/${RECORD}/staged/${RECORD}`],
  deleteStaged: ['DELETE', `/apps/oauth/credentials/Portal/${RECORD}/staged/${RECORD}`],
};

/** The error code that the call ends with; undefined for none. */
async function rest(operation: string, token: string): Promise<string | undefined> {
  const [method = 'GET', path = '', body] = PATHS[operation] ?? [];
  const answer = await fetch(`${org.url}/services/data/v66.0${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body }),
  });
  const text = await answer.text();
  return /"errorCode":"(\w+)"/.exec(text)?.[1];
}

const soap = async (operation: string, token: string): Promise<string | undefined> =>
  /<faultcode>\w+:(\w+)</.exec((await org.soap(operation, '', '66.0', token)).text)?.[1];

describe('the table of permissions', () => {
  it('has every operation of the REST API, and no other', () => {
    const operations = ROUTES.filter(({ versioned, login }) => versioned && login).map(({ operation }) => operation);
    expect(Object.keys(REST_ACCESS).sort()).toEqual([...new Set(operations)].sort());
    expect(Object.keys(PATHS).sort()).toEqual(Object.keys(REST_ACCESS).sort());
  });

  it.each(Object.keys(REST_ACCESS))('%s: without API Enabled no user is served', async (operation) => {
    expect(await rest(operation, await as('ApiEnabled'))).not.toBe('API_DISABLED_FOR_ORG');
    const { access_token: mute } = await exchange(org, await codeOf(org, { username: 'mute@acme.example' }));
    expect(await rest(operation, String(mute))).toBe('API_DISABLED_FOR_ORG');
  });

  it.each(Object.keys(REST_ACCESS).filter((operation) => groups(operation).length > 0))(
    '%s: the user with the permission is served, and the user without it is not',
    async (operation) => {
      const needed = groups(operation);
      expect(await rest(operation, await as())).toBe('INSUFFICIENT_ACCESS');
      const [first = []] = needed;
      const sufficient = needed.length > 1 ? [needed.flat()] : first.map((permission) => [permission]);
      for (const sets of sufficient) {
        expect(['INSUFFICIENT_ACCESS', 'API_DISABLED_FOR_ORG']).not.toContain(await rest(operation, await as(...sets)));
      }
      // One of two is not enough.
      if (needed.length > 1) {
        for (const [one = ''] of needed) expect(await rest(operation, await as(one))).toBe('INSUFFICIENT_ACCESS');
      }
    },
  );

  it.each(Object.keys(SOAP_OPERATIONS))('SOAP %s: takes the permission to use the Metadata API', async (operation) => {
    expect(await soap(operation, await as())).toBe('INSUFFICIENT_ACCESS');
    for (const permission of ['ModifyMetadata', 'ModifyAllData']) {
      expect(await soap(operation, await as(permission))).not.toBe('INSUFFICIENT_ACCESS');
    }
  });

  it('SOAP says that a user without API Enabled may use no API', async () => {
    const { access_token: mute } = await exchange(org, await codeOf(org, { username: 'mute@acme.example' }));
    expect(await soap('describeMetadata', String(mute))).toBe('API_DISABLED_FOR_ORG');
  });

  it('UserPermissionAccess tells every caller what the org lets him do', async () => {
    const soql = 'SELECT PermissionsApiEnabled, PermissionsModifyMetadata FROM UserPermissionAccess';
    const ofUser = async (...sets: readonly string[]): Promise<unknown> =>
      ((await query(org, soql, await as(...sets)))['records'] as readonly Json[])[0];
    expect(await ofUser()).toMatchObject({ PermissionsApiEnabled: true, PermissionsModifyMetadata: false });
    expect(await ofUser('ModifyMetadata')).toMatchObject({ PermissionsModifyMetadata: true });
  });
});
