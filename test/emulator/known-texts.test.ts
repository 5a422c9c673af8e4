import type { EmulatorFault } from '../../lib/emulator';
import { codeOf, exchange, login, orgWithPortal } from './oauth-support';
import { appOf, type Components, manifest, type Org, startOrg, stopOrgs, without } from './support';

afterEach(stopOrgs);

/** What makes an org say it; everything that it said. Or why the emulated org never does. */
type Provoked = (() => Promise<string>) | string;

const OAUTH = ['ExtlClntAppOauthSettings', 'ExtlClntAppOauthConfigurablePolicies'] as const;
const second = (type: string): Components => [[type, 'Second', { externalClientApplication: 'Portal' }]];
const HEADER = appOf('Portal').slice(0, 1);

/** Deploys after the app Taken. */
const deploying =
  (components: Components, options: Parameters<typeof startOrg>[0] = {}): (() => Promise<string>) =>
  async () => {
    const org = await startOrg(options);
    const taken = await org.deploy(appOf('Taken', { global: { consumerKey: 'takenkey1234' } }));
    expect(taken.problems).toEqual([]);
    const { success, problems } = await org.deploy(components);
    expect(success).toBe(false);
    return problems.join('\n');
  };

const calling =
  (operation: string, body: string, version = '66.0', options: Parameters<typeof startOrg>[0] = {}) =>
  async (): Promise<string> =>
    (await (await startOrg(options)).soap(operation, body, version)).text;

const getting =
  (path: string, options: Parameters<typeof startOrg>[0] = {}) =>
  async (): Promise<string> =>
    (await (await startOrg(options)).get(`/services/data/v66.0${path}`)).text();

/** What only an org that is busy, down or of another edition says comes on request, over both APIs. */
const injected = (code: string) => async (): Promise<string> => {
  const org = await startOrg();
  const fault: EmulatorFault = { kind: 'api-error', code, message: 'as it was asked for', status: 503 };
  org.faults.failNext({ operation: '*' }, fault, 2);
  const { text } = await org.soap('describeMetadata', '<asOfVersion>66.0</asOfVersion>');
  expect(text).toContain(`<faultcode>sf:${code}</faultcode>`);
  return (await org.get('/services/data/v66.0/limits')).text();
};

/** The error of a call of a user who was not given what it takes. */
const of =
  (seed: object, call: (org: Org, token: string) => Promise<{ readonly text: string }>) =>
  async (): Promise<string> => {
    const org = await orgWithPortal({ seed: { users: [{ username: 'ann@acme.example', ...seed }] } });
    const { access_token: token } = await exchange(org, await codeOf(org, { username: 'ann@acme.example' }));
    return (await call(org, String(token))).text;
  };

const described = (org: Org, token: string) =>
  org.soap('describeMetadata', '<asOfVersion>66.0</asOfVersion>', '66.0', token);

/** Texts that people have quoted from Salesforce in logs and issues. */
const QUOTED: Readonly<Record<string, Provoked>> = {
  "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.":
    deploying(without(appOf('Portal'), ...OAUTH)),
  "There's a problem with your scope(s): refresh_token": deploying(
    appOf('Portal', { oauth: { commaSeparatedOauthScopes: 'refresh_token' } }),
  ),
  'INVALID_CROSS_REFERENCE_KEY: In field: externalClientApplication': deploying(second('ExtlClntAppOauthSettings')),
  'Enter a valid execution user for the OAuth client credentials flow.': deploying(
    appOf('Portal', {
      global: { isClientCredentialsFlowEnabled: true },
      policy: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: 'nobody@acme.example' },
    }),
  ),
  'DUPLICATE_VALUE: ExtlClntAppOauthSettingsId duplicates value on Portal_oauthPlcy': deploying([
    ...appOf('Portal'),
    ...second('ExtlClntAppOauthConfigurablePolicies'),
  ]),
  "INVALID_FIELD: We couldn't find permission sets called 0PS000000000001": deploying(
    appOf('Portal', { policy: { commaSeparatedPermissionSet: '0PS000000000001' } }),
  ),
  "'AdminApproved' is not a valid value for the enum 'PermittedUsersPolicyType'": deploying(
    appOf('Portal', { policy: { permittedUsersPolicyType: 'AdminApproved' } }),
  ),
  'Invalid plugin settings': deploying(appOf('Portal', { policy: { namedUserJwtTimeout: 5 } })),
  "doesn't have distribution state PACKAGED": deploying(
    appOf('Portal', { oauth: { oauthLink: '00D000000000001:888000000000001' } }),
  ),
  'The consumer key is already taken.': deploying(appOf('Portal', { global: { consumerKey: 'takenkey1234' } })),
  'Cannot invoke "String.split(String)" because "oauthLink" is null':
    'said by the pages of Setup, which are not emulated; a sandbox refresh brings the org to the same state',
  'duplicate key value violates unique constraint "ak3tl_setup_entity_data"':
    'said by the pages of Setup, which are not emulated',
  "FIELD_INTEGRITY_EXCEPTION: The user license doesn't allow the permission":
    'users of the emulated org have no licenses',
  'INSUFFICIENT_ACCESS_OR_READONLY: insufficient access rights on object id': async () => {
    const permissions = { PermissionsExternalClientAppDeveloper: false };
    return (await (await startOrg({ org: { deployUser: { permissions } } })).deploy(HEADER)).problems.join();
  },
  invalid_scope: async () => {
    const { to } = await login(await orgWithPortal(), { scope: 'api web' });
    return String(to);
  },
  'too many scopes requested': 'the limit is not published, so the emulated org has none',
  'invalid code verifier': async () => {
    const org = await orgWithPortal();
    return JSON.stringify(await exchange(org, await codeOf(org), { code_verifier: 'x'.repeat(43) }));
  },
  'Missing metadata type definition': 'said by an old Salesforce CLI, before it asks an org',
  'Unknown user permission: ApiOnlyUser': 'users of the emulated org have no licenses, and it takes every permission',
  'Organization is not configured to support location': deploying([
    ...appOf('Portal'),
    [
      'ExtlClntAppCanvasSettings',
      'Canvas',
      {
        externalClientApplication: 'Portal',
        canvasUrl: 'https://acme.example',
        canvasLocationOptions: ['AppLauncher'],
      },
    ],
  ]),
  'not currently enabled': getting('/apps/oauth/credentials/Portal'),
  'is not enabled': async () => {
    const { to } = await login(await orgWithPortal(), { response_type: 'code_credentials' });
    return to?.searchParams.get('error_description') ?? '';
  },
  'C-1016': 'said by a Dev Hub about scratch orgs, which are not emulated',
  'created in an ephemeral org': 'said by packaging, which is not emulated',
};

const NEW =
  '<metadata xsi:type="ExternalClientApplication"><fullName>New</fullName><contactEmail>a@acme.example</contactEmail>' +
  '<distributionState>Local</distributionState><label>New</label></metadata>';

/** Codes that a client has to tell apart. */
const CODES: Readonly<Record<string, Provoked>> = {
  INVALID_SESSION_ID: async () => (await (await startOrg()).soap('describeMetadata', '', '66.0', 'ended')).text,
  UNKNOWN_EXCEPTION: injected('UNKNOWN_EXCEPTION'),
  UNABLE_TO_LOCK_ROW: async () => {
    const org = await startOrg();
    const problem = 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record or 1 records';
    org.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Portal_plcy', problem });
    const { problems } = await org.deploy(appOf('Portal'));
    // The same deploy a moment later finds nobody in its way.
    expect((await org.deploy(appOf('Portal'))).success).toBe(true);
    return problems.join('\n');
  },
  ALREADY_IN_PROCESS: injected('ALREADY_IN_PROCESS'),
  REQUEST_LIMIT_EXCEEDED: getting('/limits', { apiRequests: 0 }),
  LIMIT_EXCEEDED: calling(
    'readMetadata',
    `<type>ExternalClientApplication</type>${'<fullNames>A</fullNames>'.repeat(11)}`,
  ),
  SERVER_UNAVAILABLE: injected('SERVER_UNAVAILABLE'),
  INSUFFICIENT_ACCESS: of({}, described),
  INSUFFICIENT_ACCESS_OR_READONLY: deploying([
    ['ConnectedApp', 'Old', { contactEmail: 'a@acme.example', label: 'Old' }],
  ]),
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: injected('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY'),
  API_DISABLED_FOR_ORG: of({ apiEnabled: false }, described),
  FUNCTIONALITY_NOT_ENABLED: deploying(appOf('Portal', { global: { isCodeCredFlowEnabled: true } })),
  ORG_SETTING_REQUIRED: injected('ORG_SETTING_REQUIRED'),
  REQUIRED_FEATURE_MISSING: injected('REQUIRED_FEATURE_MISSING'),
  INVALID_CROSS_REFERENCE_KEY: deploying(second('ExtlClntAppOauthSettings')),
  DUPLICATE_VALUE: deploying([...appOf('Portal'), ...second('ExtlClntAppOauthConfigurablePolicies')]),
  DUPLICATE_DEVELOPER_NAME: calling('createMetadata', NEW + NEW),
  FIELD_INTEGRITY_EXCEPTION: deploying(appOf('My__App')),
  INVALID_FIELD: getting('/query?q=SELECT+Nothing+FROM+User'),
  INVALID_ID_FIELD: calling('checkDeployStatus', '<asyncProcessId>0Af000000000001AAA</asyncProcessId>'),
  MALFORMED_ID: calling('checkDeployStatus', '<asyncProcessId>latest</asyncProcessId>'),
  REQUIRED_FIELD_MISSING: deploying([['ExternalClientApplication', 'Portal', {}]]),
  INVALID_TYPE: getting('/query?q=SELECT+Id+FROM+Nothing'),
  DEPENDENCY_EXISTS: async () => {
    const org = await startOrg();
    await org.deploy([['PermissionSet', 'Access', { label: 'Access' }]]);
    const admitted = { commaSeparatedPermissionSet: 'Access', permittedUsersPolicyType: 'AdminApprovedPreAuthorized' };
    expect((await org.deploy(appOf('Portal', { policy: admitted }))).problems).toEqual([]);
    const gone = { 'package.xml': manifest({}), 'destructiveChanges.xml': manifest({ PermissionSet: ['Access'] }) };
    return (await org.deploy(new Map(Object.entries(gone)))).problems.join();
  },
  DELETE_REQUIRED_ON_CASCADE: async () => {
    const org = await startOrg({ switches: { deleteCascades: false } });
    await org.deploy(appOf('Portal'));
    const names = '<type>ExternalClientApplication</type><fullNames>Portal</fullNames>';
    return (await org.soap('deleteMetadata', names)).text;
  },
  UNSUPPORTED_API_VERSION: calling('describeMetadata', '<asOfVersion>30.0</asOfVersion>', '30.0'),
};

const provoked = Object.entries({ ...QUOTED, ...CODES }).filter(
  (entry): entry is [string, () => Promise<string>] => typeof entry[1] === 'function',
);

it.each(provoked)('the org says: %s', async (text, provoke) => {
  expect((await provoke()).replaceAll('&apos;', "'")).toContain(text);
});

it('what it never says has its reason, and is no more than this', () => {
  expect(Object.entries({ ...QUOTED, ...CODES }).filter(([, how]) => typeof how === 'string').length).toBe(8);
});
