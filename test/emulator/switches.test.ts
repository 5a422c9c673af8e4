import type { EmulatorSwitches } from '../../lib/emulator';
import { SWITCHES } from '../../lib/emulator/switches';
import { makeCertificate, signAssertion } from './certificate';
import {
  appOf,
  type Components,
  type Deployed,
  type Fields,
  manifest,
  type Org,
  startOrg,
  stopOrgs,
  without,
} from './support';
import { machineToken, orgWith, post, query, rowsOf, works } from './usage-support';

afterEach(stopOrgs);

const HEADER = 'ExternalClientApplication';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const OAUTH = 'ExtlClntAppOauthSettings';
const POLICY = 'ExtlClntAppOauthConfigurablePolicies';
const GENERAL = 'ExtlClntAppConfigurablePolicies';

const text = async (org: Org, type: string, version?: string): Promise<string> => {
  const { files } = await org.retrieve({ [type]: ['*'] }, version);
  return [...files].flatMap(([path, content]) => (path === 'package.xml' ? [] : [content])).join('');
};
const status = ({ status: reached }: Deployed): string => reached;
const deleted = (members: Readonly<Record<string, string[]>>): Map<string, string> =>
  new Map([
    ['package.xml', manifest({})],
    ['destructiveChanges.xml', manifest(members)],
  ]);
const codeAndCredentials = appOf('Portal', { global: { isCodeCredFlowEnabled: true } });
const oauthSwitch: Components = [['OauthOidcSettings', 'OauthOidc', { oAuthCdCrdtFlowEnable: true }]];
const connectedApp: Components = [['ConnectedApp', 'Legacy', { contactEmail: 'a@acme.example', label: 'Legacy' }]];
const jobsConnectedApp: Components = [
  [
    'ConnectedApp',
    'Job',
    {
      contactEmail: 'a@acme.example',
      label: 'Job',
      oauthConfig: {
        callbackUrl: 'https://a.example',
        consumerKey: 'oldkey1234',
        consumerSecret: 'notreallyasecret',
        isClientCredentialEnabled: true,
        oauthClientCredentialUser: 'admin@emulator.example',
        scopes: ['Api'],
      },
    },
  ],
];
const tokenFor = async ({ url }: Org, key: string): Promise<number> => {
  const body = { grant_type: 'client_credentials', client_id: key, client_secret: 'notreallyasecret' };
  return (await fetch(`${url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(body) })).status;
};
/** What the token endpoint says to an assertion that ends then, in seconds since 1970. */
async function assertionAnswer(org: Org, exp: number, more: { readonly jti?: string } = {}): Promise<string> {
  const { cert, key } = await makeCertificate();
  await org.deploy(
    appOf('Robot', {
      global: { certificate: cert, consumerKey: 'robotkey1234' },
      policy: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedProfile: 'System Administrator' },
    }),
  );
  const claims = { iss: 'robotkey1234', sub: 'admin@emulator.example', aud: 'https://login.salesforce.com', exp };
  const assertion = signAssertion({ ...claims, ...more }, key);
  const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
  const answer = (): Promise<Response> => post(org, 'token', { grant_type, assertion });
  if (more.jti !== undefined) expect((await answer()).status).toBe(200);
  return (await answer()).text();
}
/** A Connected App that an administrator has approved for no one, and a user who had let it in before. */
const approvedForNobody = {
  seed: {
    users: [{ username: 'bob@acme.example' }],
    usage: {
      tokens: [
        { app: 'Job', user: 'bob@acme.example', created: '2026-01-01T00:00:00Z', refreshToken: 'EMULATORREFRESH1' },
      ],
    },
  },
  files: {
    'connectedApps/Job.connectedApp':
      '<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>a@acme.example</contactEmail><label>Job</label>' +
      '<oauthConfig><callbackUrl>https://a.example</callbackUrl><consumerKey>approvedkey1</consumerKey>' +
      '<consumerSecret>notreallyasecret</consumerSecret><isAdminApproved>true</isAdminApproved>' +
      '<isClientCredentialEnabled>true</isClientCredentialEnabled>' +
      '<oauthClientCredentialUser>bob@acme.example</oauthClientCredentialUser><scopes>Api</scopes></oauthConfig></ConnectedApp>',
  },
};
const foreign = { oauthLink: '00D000000000001:888000000000001' };

/** What a test sees with the switch in a position. Two positions must show two different things. */
type Look = (org: Org) => Promise<unknown>;
interface Case<T> {
  readonly positions: readonly [T, T];
  readonly sees: readonly [unknown, unknown];
  readonly look: Look;
  readonly others?: Partial<EmulatorSwitches>;
  /** What the org starts with. */
  readonly seed?: object;
  readonly files?: Readonly<Record<string, string>>;
}

const flag = (look: Look, off: unknown, on: unknown, others: Partial<EmulatorSwitches> = {}): Case<boolean> => ({
  positions: [false, true],
  sees: [off, on],
  look,
  others,
});

const afterward =
  (components: Components, look: Look): Look =>
  async (org) => {
    await org.deploy(components);
    return look(org);
  };

/** What the setup audit trail says of a new app, and of credentials that are staged for it. */
const trail: Look = async (org) => {
  await machineToken(org);
  const base = '/services/data/v66.0/apps/oauth/credentials/Feed';
  await org.deploy([['ExternalClientAppSettings', 'ExternalClientApp', { enableClientSecretInRestApiAccess: true }]]);
  const { consumers } = (await (await org.get(base)).json()) as {
    readonly consumers: readonly { readonly id: string }[];
  };
  await fetch(`${org.url}${base}/${consumers[0]?.id ?? ''}/staged`, {
    method: 'POST',
    headers: { authorization: `Bearer ${org.accessToken}` },
  });
  const rows = await rowsOf(org, 'SELECT Display FROM SetupAuditTrail');
  return rows.map((row) => String(row['Display'])).filter((display) => !display.includes('Settings'));
};

const eventLogs: Look = async (org) => (await query(org, 'SELECT Id FROM EventLogFile'))['status'];

/** Writes the app again with other global settings and says whether a text is in what comes back. */
const rewritten =
  (first: Components, second: Components, type: string, part: string): Look =>
  async (org) => {
    await org.deploy(first);
    await org.deploy(second);
    return (await text(org, type)).includes(part);
  };

/** The org after a refresh, through a session of its own. */
const refreshedTo =
  (components: Components, look: (org: Org, found: (soql: string) => Promise<readonly unknown[]>) => unknown): Look =>
  async (org) => {
    await org.deploy([...components]);
    const { accessToken } = org.refresh({ name: 'uat' });
    return look(org, (soql) => rowsOf(org, soql, accessToken));
  };
const APPS = 'SELECT DeveloperName FROM ExternalClientApplication';
/** Whether the app is there, and whether it has a consumer. */
const copied = (distributionState: string): Look =>
  refreshedTo(appOf('Portal', { header: { distributionState } }), async (org, found) => [
    (await found(APPS)).length,
    org.consumer('Portal') !== undefined,
  ]);
const kept = { refreshedLocalApps: 'whole' } as const;

const CASES: { readonly [Name in keyof EmulatorSwitches]: Case<EmulatorSwitches[Name]> } = {
  certificateReadable: flag(
    async (org) => {
      const { cert } = await makeCertificate();
      await org.deploy(appOf('Portal', { global: { certificate: cert } }));
      return (await text(org, GLOBAL)).includes('<certificate>MII');
    },
    false,
    true,
  ),
  foldScopesOfExternalClientApps: flag(
    async (org) => {
      await org.deploy(appOf('Portal', { oauth: { commaSeparatedOauthScopes: 'Email, OfflineAccess' } }));
      return /<commaSeparatedOauthScopes>([^<]+)/.exec(await text(org, OAUTH))?.[1];
    },
    'Email, OfflineAccess',
    'Basic, RefreshToken',
  ),
  crlfInCallbackUrls: flag(
    async (org) => {
      await org.deploy(appOf('Portal', { global: { callbackUrl: 'https://a.example\nhttps://b.example' } }));
      return (await text(org, GLOBAL)).includes('https://a.example&#xD;\nhttps://b.example');
    },
    false,
    true,
  ),
  orgSettingsCountInSameDeploy: flag(
    async (org) => status(await org.deploy([...oauthSwitch, ...codeAndCredentials])),
    'Failed',
    'Succeeded',
  ),
  permissionSetsCountInSameDeploy: flag(
    async (org) =>
      status(
        await org.deploy([
          ['PermissionSet', 'Access', { label: 'Access' }],
          ...appOf('Portal', { policy: { commaSeparatedPermissionSet: 'Access' } }),
        ]),
      ),
    'Failed',
    'Succeeded',
  ),
  permissionSetLabelsOnRetrieve: flag(
    async (org) => {
      await org.deploy([['PermissionSet', 'Feed_Access', { label: 'Feed Access' }]]);
      await org.deploy([
        [
          'ConnectedApp',
          'Legacy',
          {
            contactEmail: 'a@acme.example',
            label: 'Legacy',
            oauthConfig: { callbackUrl: 'https://a.example', isAdminApproved: true, scopes: ['Api'] },
            permissionSetName: ['Feed_Access'],
          },
        ],
      ]);
      return /<permissionSetName>([^<]+)/.exec(await text(org, 'ConnectedApp'))?.[1];
    },
    'Feed_Access',
    'Feed Access',
    { connectedAppCreation: true },
  ),
  connectedAppCreation: flag(async (org) => status(await org.deploy(connectedApp)), 'Failed', 'Succeeded'),
  twinNamesDeployable: flag(
    async (org) => {
      await org.deploy(connectedApp);
      return status(await org.deploy(appOf('Legacy')));
    },
    'Failed',
    'Succeeded',
    { connectedAppCreation: true },
  ),
  twinConnectedAppsWritable: flag(
    async (org) => {
      await org.deploy([...connectedApp, ...appOf('Legacy')]);
      return status(await org.deploy([['ConnectedApp', 'Legacy', { contactEmail: 'b@acme.example', label: 'New' }]]));
    },
    'Failed',
    'Succeeded',
    { connectedAppCreation: true, twinNamesDeployable: true },
  ),
  twinConnectedAppsIssueTokens: flag(
    async (org) => {
      await org.deploy([...jobsConnectedApp, ...appOf('Job')]);
      const migrated = await tokenFor(org, 'oldkey1234');
      await org.deploy(deleted({ [HEADER]: ['Job'] }));
      return [migrated, await tokenFor(org, 'oldkey1234')];
    },
    [400, 200],
    [200, 200],
    { connectedAppCreation: true, twinNamesDeployable: true },
  ),
  headerFieldsRequired: flag(async (org) => status(await org.deploy([[HEADER, 'Portal', {}]])), 'Succeeded', 'Failed'),
  namesOver30Refused: flag(async (org) => status(await org.deploy(appOf('A'.repeat(31)))), 'Succeeded', 'Failed'),
  omittedBooleansReset: flag(
    rewritten(
      appOf('Portal', { global: { isDeviceFlowEnabled: true } }),
      appOf('Portal'),
      GLOBAL,
      '<isDeviceFlowEnabled>true',
    ),
    true,
    false,
  ),
  omittedSettingsReset: flag(
    rewritten(
      oauthSwitch,
      [['OauthOidcSettings', 'OauthOidc', { isPkceRequired: true }]],
      'Settings',
      '<oAuthCdCrdtFlowEnable>true',
    ),
    true,
    false,
  ),
  deleteCascades: flag(
    afterward(appOf('Portal'), async (org) =>
      (await org.deploy(deleted({ [HEADER]: ['Portal'] }))).problems.join().slice(0, 26),
    ),
    'DELETE_REQUIRED_ON_CASCADE',
    '',
  ),
  policiesDeletable: flag(
    afterward(appOf('Portal'), async (org) => status(await org.deploy(deleted({ [GENERAL]: ['Portal_plcy'] })))),
    'Failed',
    'Succeeded',
  ),
  referencedAppsDeletable: flag(
    afterward(
      [
        ...appOf('Portal'),
        ...connectedApp,
        ['CustomPermission', 'May', { externalClientApplication: 'Portal', isLicensed: false, label: 'May' }],
        ['UserProvisioningConfig', 'Provisioning', { connectedApp: 'Legacy', masterLabel: 'P' }],
        [
          'NotificationTypeConfig',
          'NotificationTypeConfig',
          { notificationTypeSettings: { appSettings: { connectedAppName: 'Portal' }, notificationType: 'mention' } },
        ],
      ],
      async (org) => [
        (await org.deploy(deleted({ [HEADER]: ['Portal'] }))).problems,
        (await org.deploy(deleted({ ConnectedApp: ['Legacy'] }))).problems,
      ],
    ),
    [
      ['DEPENDENCY_EXISTS: Portal is used by May, NotificationTypeConfig'],
      ['DEPENDENCY_EXISTS: Legacy is used by Provisioning'],
    ],
    [[], []],
    { connectedAppCreation: true },
  ),
  renameAllowed: flag(
    afterward(appOf('Portal'), async (org) => {
      const names = `<type>${GENERAL}</type><oldFullName>Portal_plcy</oldFullName><newFullName>Other</newFullName>`;
      return (await org.soap('renameMetadata', names)).text.includes('<success>true</success>');
    }),
    false,
    true,
  ),
  firstDeployNamesPolicies: flag(
    async (org) => (await org.deploy(appOf('Portal'))).problems,
    [
      'DUPLICATE_VALUE: ExternalClientApplicationId duplicates value on Portal_defaultPolicy',
      'DUPLICATE_VALUE: ExtlClntAppOauthSettingsId duplicates value on Portal_oauth_defaultPolicy',
    ],
    [],
  ),
  firstDeployWritesNamedPolicies: flag(
    async (org) => {
      const names: Readonly<Record<string, string>> = {
        [POLICY]: 'Portal_oauth_defaultPolicy',
        [GENERAL]: 'Portal_defaultPolicy',
      };
      return status(
        await org.deploy(appOf('Portal').map(([type, name, fields]) => [type, names[type] ?? name, fields])),
      );
    },
    'Failed',
    'Succeeded',
    { firstDeployNamesPolicies: false },
  ),
  automaticPolicyIdle30: flag(
    afterward(
      without(appOf('Portal'), POLICY),
      async (org) => /<refreshTokenValidityPeriod>(\d+)/.exec(await text(org, POLICY))?.[1],
    ),
    '365',
    '30',
  ),
  secureFlagsForced: flag(
    afterward(appOf('Portal', { global: { isPkceRequired: false } }), async (org) => {
      const read = await text(org, GLOBAL, '67.0');
      return ['isPkceRequired', 'isRefreshTokenRotationEnabled', 'isEnforceRefreshTokenTTL'].map((name) =>
        read.includes(`<${name}>true`),
      );
    }),
    [false, false, false],
    [true, true, true],
  ),
  forcedFlagsWarn: flag(
    async (org) => (await org.deploy(appOf('Portal', { global: { isPkceRequired: false } }))).problems,
    [],
    ['isPkceRequired is required by Salesforce and stays true'],
    { secureFlagsForced: true },
  ),
  foreignLinksRefused: flag(
    async (org) => status(await org.deploy(appOf('Portal', { oauth: foreign }))),
    'Succeeded',
    'Failed',
  ),
  suppliedConsumerKeyAccepted: flag(
    async (org) => status(await org.deploy(appOf('Portal', { global: { consumerKey: 'a1b2c3d4e5' } }))),
    'Failed',
    'Succeeded',
  ),
  changedConsumerKeyRefused: flag(
    afterward(appOf('Portal'), async (org) => {
      const second = await org.deploy(appOf('Portal', { global: { consumerKey: 'a1b2c3d4e5' } }));
      return [second.status, (await text(org, GLOBAL)).includes('a1b2c3d4e5')];
    }),
    ['Succeeded', false],
    ['Failed', false],
  ),
  securitySettingsDeployable: flag(
    async (org) => {
      const range: Fields = { startIpAddress: '10.0.0.1', endIpAddress: '10.0.0.9' };
      const settings = { externalClientApplication: 'Portal', tokenIpRanges: [range] };
      const all: Components = [
        ...appOf('Portal'),
        ['ExtlClntAppOauthSecuritySettings', 'Portal_oauthSecurity', settings],
      ];
      return status(await org.deploy(all, {}, '67.0'));
    },
    'Failed',
    'Succeeded',
  ),
  apexClassesQueryable: flag(
    async (org) => (await org.get('/services/data/v66.0/query?q=SELECT+Id+FROM+ApexClass')).status,
    400,
    200,
  ),
  apiAccessControlAvailable: flag(
    async (org) =>
      (await org.get('/services/data/v66.0/query?q=SELECT+PermissionsUseAnyApiClient+FROM+PermissionSet')).status,
    400,
    200,
  ),
  certificatesQueryable: flag(
    async (org) => (await org.get('/services/data/v66.0/tooling/query?q=SELECT+Id+FROM+Certificate')).status,
    400,
    200,
  ),
  deployRequestsQueryable: flag(
    async (org) => {
      await org.deploy(appOf('Portal'));
      const answer = await org.get('/services/data/v66.0/tooling/query?q=SELECT+Status+FROM+DeployRequest');
      return answer.status;
    },
    400,
    200,
  ),
  stagingAnswersOne: flag(
    async (org) => {
      const switched = [
        'ExternalClientAppSettings',
        'ExternalClientApp',
        { enableClientSecretInRestApiAccess: true },
      ] as const;
      await org.deploy([switched, ...appOf('Portal')]);
      const root = `${org.url}/services/data/v66.0/apps/oauth/credentials/Portal`;
      const headers = { authorization: `Bearer ${org.accessToken}` };
      const { consumers } = (await (await fetch(root, { headers })).json()) as { consumers: { id: string }[] };
      const answer = await fetch(`${root}/${consumers[0]?.id}/staged`, { method: 'POST', headers });
      return 'stagedCredentials' in ((await answer.json()) as object);
    },
    true,
    false,
  ),
  setupReferencesChecked: flag(
    async (org) => {
      const policy = await org.deploy(appOf('Portal', { policy: { apexHandler: 'acme__Handler' } }));
      const oauth = await org.deploy(appOf('Other', { oauth: { assetTokenSigningCertificate: '0P1000000000001' } }));
      return [policy.problems, oauth.problems];
    },
    [[], []],
    [
      ['INVALID_CROSS_REFERENCE_KEY: no Apex class named acme__Handler found'],
      ['INVALID_CROSS_REFERENCE_KEY: no certificate with the id 0P1000000000001 found'],
    ],
  ),
  crudForEveryEcaType: flag(
    afterward(appOf('Portal'), async (org) => {
      const read = (type: string, name: string) =>
        org.soap('readMetadata', `<type>${type}</type><fullNames>${name}</fullNames>`);
      return [(await read(GLOBAL, 'Portal_glbloauth')).status, (await read(GENERAL, 'Portal_plcy')).status];
    }),
    [200, 500],
    [200, 200],
  ),
  automaticPoliciesListed: flag(
    afterward(without(appOf('Portal'), POLICY), async (org) => {
      const listed = await org.soap(
        'listMetadata',
        `<queries><type>${POLICY}</type></queries><asOfVersion>66.0</asOfVersion>`,
      );
      return listed.text.includes('_defaultPolicy');
    }),
    false,
    true,
  ),
  automaticPoliciesRetrieved: flag(
    afterward(without(appOf('Portal'), POLICY), async (org) => {
      const named = await org.retrieve({ [POLICY]: ['Portal_oauth_defaultPolicy'] });
      return [(await text(org, POLICY)).includes('Portal'), named.files.size];
    }),
    [false, 2],
    [true, 2],
  ),
  rollbackListsSuccesses: flag(
    async (org) => {
      const { successes } = await org.deploy(appOf('Portal', { oauth: { commaSeparatedOauthScopes: 'api' } }));
      return successes.some(({ fullName }) => fullName === 'Portal_plcy');
    },
    false,
    true,
  ),
  rollbackOnErrorDefault: flag(
    async (org) => {
      const bad = appOf('Bad', { oauth: { commaSeparatedOauthScopes: 'api' } });
      await org.deploy([...appOf('Good'), ...bad], { rollbackOnError: undefined });
      return (await text(org, HEADER)).match(/<label>/g)?.length ?? 0;
    },
    2,
    0,
  ),
  restResultHasId: flag(
    async (org) => {
      const answer = (await (await org.postDeploy(new Map())).json()) as { readonly id: string };
      const seen = await org.get(`/services/data/v66.0/metadata/deployRequest/${answer.id}`);
      return 'id' in ((await seen.json()) as { readonly deployResult: object }).deployResult;
    },
    false,
    true,
  ),
  finalizingStatus: {
    positions: ['none', 'Finalizing'],
    sees: [
      ['InProgress', 'Failed', 'Failed'],
      ['InProgress', 'Finalizing', 'Failed'],
    ],
    look: async (org) => {
      const answer = (await (await org.postDeploy(new Map())).json()) as { readonly id: string };
      await new Promise((resolve) => setTimeout(resolve, 20));
      const seen: string[] = [];
      for (let poll = 0; poll < 3; poll++) {
        const one = await org.get(`/services/data/v66.0/metadata/deployRequest/${answer.id}`);
        seen.push(((await one.json()) as { readonly deployResult: { readonly status: string } }).deployResult.status);
      }
      return seen;
    },
    others: { unfinishedPolls: 1 },
  },
  retiredVersionStatus: {
    positions: [410, 404],
    sees: [410, 404],
    look: async (org) => (await org.get('/services/data/v30.0/query?q=SELECT+Id+FROM+User')).status,
  },
  latestApiVersion: {
    positions: [68, 66],
    sees: [200, 404],
    look: async (org) => (await org.get('/services/data/v67.0/query?q=SELECT+Id+FROM+User')).status,
  },
  externalClientAppTokensListed: flag(
    async (org) => {
      await machineToken(org);
      return (await query(org, 'SELECT COUNT() FROM OauthToken'))['totalSize'];
    },
    0,
    1,
  ),
  externalClientAppMenuItems: flag(
    async (org) => {
      await machineToken(org);
      const answer = await query(org, 'SELECT AppMenuItem.Label FROM OauthToken');
      return (answer['records'] as readonly { AppMenuItem: unknown }[]).map(({ AppMenuItem: item }) => item);
    },
    [null],
    [{ Label: 'Feed' }],
  ),
  oauthTokenOffsets: flag(
    async (org) => (await query(org, 'SELECT UserId FROM OauthToken LIMIT 2500 OFFSET 2500'))['status'],
    400,
    200,
  ),
  oauthUsageNeedsSecretAccess: flag(
    async (org) => (await org.get('/services/data/v66.0/apps/oauth/usage')).status,
    200,
    403,
  ),
  auditTrailNamesApps: {
    positions: ['name', 'nothing'],
    sees: [['Created external client app Feed', 'Changed the credentials of external client app Feed'], []],
    look: trail,
  },
  auditTrailOfCredentials: flag(
    trail,
    ['Created external client app Feed'],
    ['Created external client app Feed', 'Changed the credentials of external client app Feed'],
  ),
  eventLogFilesAvailable: flag(eventLogs, 400, 200),
  eventLogFilesRefused: {
    ...flag(eventLogs, 200, 400),
    seed: { deployUser: { permissions: { PermissionsViewEventLogFiles: false, PermissionsViewAllData: false } } },
  },
  stopEndsTokens: flag(
    async (org) => {
      const token = await machineToken(org);
      await org.deploy([
        ['ExtlClntAppConfigurablePolicies', 'Feed_plcy', { externalClientApplication: 'Feed', isEnabled: false }],
      ]);
      return works(org, token);
    },
    true,
    false,
  ),
  approvalCheckedAtRefresh: {
    ...flag(
      async (org) => {
        const form = {
          grant_type: 'refresh_token',
          client_id: 'approvedkey1',
          client_secret: 'notreallyasecret',
          refresh_token: 'EMULATORREFRESH1',
        };
        return (await post(org, 'token', form)).status;
      },
      200,
      400,
    ),
    ...approvedForNobody,
  },
  approvalCheckedForClientCredentials: {
    ...flag((org) => tokenFor(org, 'approvedkey1'), 200, 400),
    ...approvedForNobody,
  },
  assertionReplayRefused: flag(
    async (org) => (await assertionAnswer(org, Date.now() / 1000 + 60, { jti: 'once' })).includes('invalid assertion'),
    false,
    true,
  ),
  headlessLoginOfEmployees: flag(
    afterward(oauthSwitch, async (org) => {
      await org.deploy(codeAndCredentials);
      const { key = '' } = org.consumer('Portal') ?? {};
      const form = {
        response_type: 'code_credentials',
        client_id: key,
        redirect_uri: 'https://acme.example/callback',
        code_challenge: 'a'.repeat(43),
        username: 'admin@emulator.example',
        password: 'emulator',
      };
      const answer = await fetch(`${org.url}/services/oauth2/authorize`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'auth-request-type': 'Named-User' },
        body: new URLSearchParams(form),
      });
      return new URL(answer.headers.get('location') ?? '').searchParams.has('code');
    }),
    false,
    true,
  ),
  identityNeedsScope: flag(async (org) => works(org, await machineToken(org)), true, false),
  assertionLifetimeLimited: flag(
    async (org) => (await assertionAnswer(org, Math.floor(Date.now() / 1000) + 600)).includes('access_token'),
    true,
    false,
  ),
  loginRangesBindClientCredentials: {
    ...flag((org) => tokenFor(org, 'approvedkey1'), 200, 400),
    seed: { users: [{ username: 'bob@acme.example', profile: 'Standard User' }] },
    files: {
      ...approvedForNobody.files,
      'profiles/Standard.profile':
        '<Profile xmlns="http://soap.sforce.com/2006/04/metadata"><loginIpRanges><startAddress>10.0.0.1</startAddress>' +
        '<endAddress>10.0.0.9</endAddress></loginIpRanges></Profile>',
    },
  },
  apiAccessControlBindsExternalClientApps: flag(
    async (org) => {
      await machineToken(org);
      await org.deploy([['ConnectedAppSettings', 'ConnectedApp', { enableAdminApprovedAppsOnly: true }]]);
      return await machineToken(org);
    },
    expect.stringMatching(/^00D/),
    'undefined',
  ),
  deployMs: {
    positions: [0, 10_000],
    sees: ['Failed', 'InProgress'],
    look: async (org) => {
      const answer = (await (await org.postDeploy(new Map())).json()) as { readonly id: string };
      await new Promise((resolve) => setTimeout(resolve, 30));
      const seen = await org.get(`/services/data/v66.0/metadata/deployRequest/${answer.id}`);
      return ((await seen.json()) as { readonly deployResult: { readonly status: string } }).deployResult.status;
    },
  },
  unfinishedPolls: {
    positions: [0, 2],
    sees: [[true], [false, false, true]],
    look: async (org) => {
      const request = `<request><apiVersion>66.0</apiVersion><unpackaged><version>66.0</version></unpackaged></request>`;
      const id = /<id>(\w+)</.exec((await org.soap('retrieve', request)).text)?.[1] ?? '';
      const done: boolean[] = [];
      while (!done.includes(true)) {
        const { text: answer } = await org.soap('checkRetrieveStatus', `<asyncProcessId>${id}</asyncProcessId>`);
        done.push(answer.includes('<done>true</done>'));
      }
      return done;
    },
  },
  refreshedLocalApps: {
    positions: ['not-copied', 'without-consumer'],
    sees: [
      [0, false],
      [1, false],
    ],
    look: copied('Local'),
  },
  refreshedPackagedApps: {
    positions: ['without-consumer', 'whole'],
    sees: [
      [1, false],
      [1, true],
    ],
    look: copied('Packaged'),
  },
  refreshKeepsConsumerKeys: flag(
    async (org) => {
      await org.deploy(appOf('Portal'));
      const before = org.consumer('Portal');
      org.refresh({ name: 'uat' });
      const after = org.consumer('Portal');
      return [before?.key === after?.key, before?.secret === after?.secret];
    },
    [false, false],
    [true, true],
    kept,
  ),
  refreshKeepsAppCertificates: flag(
    async (org) => {
      const { cert } = await makeCertificate();
      await org.deploy(appOf('Portal', { global: { certificate: cert } }));
      const { accessToken } = org.refresh({ name: 'uat' });
      const read = `<type>${GLOBAL}</type><fullNames>Portal_glbloauth</fullNames>`;
      return (await org.soap('readMetadata', read, '66.0', accessToken)).text.includes('<certificate>MII');
    },
    false,
    true,
    { ...kept, certificateReadable: true },
  ),
  refreshKeepsSetupCertificates: {
    ...flag(
      async (org) => {
        const { accessToken } = org.refresh({ name: 'uat' });
        const path = '/services/data/v66.0/tooling/query?q=SELECT+DeveloperName+FROM+Certificate';
        const answer = (await (await org.get(path, accessToken)).json()) as { totalSize: number };
        return answer.totalSize;
      },
      0,
      1,
    ),
    seed: { certificates: [{ name: 'Signing' }] },
  },
  refreshKeepsAssignments: {
    ...flag(
      refreshedTo(
        [],
        async (_, found) =>
          (
            await found(
              "SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE Assignee.Username = 'a@b.example.uat'",
            )
          ).length,
      ),
      1,
      2,
    ),
    seed: { permissionSets: [{ name: 'Access' }], users: [{ username: 'a@b.example', permissionSets: ['Access'] }] },
  },
  refreshKeepsOauthSettings: flag(
    async (org) => {
      await org.deploy(oauthSwitch);
      const { accessToken } = org.refresh({ name: 'uat' });
      const read = '<type>OauthOidcSettings</type><fullNames>OauthOidc</fullNames>';
      const answer = await org.soap('readMetadata', read, '66.0', accessToken);
      return answer.text.includes('<oAuthCdCrdtFlowEnable>true<');
    },
    false,
    true,
  ),
  refreshRenamesRunAsUsers: flag(
    async (org) => {
      await machineToken(org);
      const { accessToken } = org.refresh({ name: 'uat' });
      const read = `<type>${POLICY}</type><fullNames>Feed_oauthPlcy</fullNames>`;
      const { text: answer } = await org.soap('readMetadata', read, '66.0', accessToken);
      return /<clientCredentialsFlowUser>([^<]+)/.exec(answer)?.[1];
    },
    'admin@emulator.example',
    'admin@emulator.example.uat',
    kept,
  ),
  sourceTracking: flag(
    async (org) => {
      const { accessToken } = org.refresh({ name: 'dev' });
      return (await org.get('/services/data/v66.0/tooling/sobjects/SourceMember/describe', accessToken)).status;
    },
    404,
    200,
  ),
};

describe('the switch', () => {
  for (const [name, { positions, sees, look, others, seed = {}, files = {} }] of Object.entries(CASES)) {
    it.each(positions.map((position, index) => [position, sees[index]] as const))(
      `${name} at %j`,
      async (position, expected) => {
        const org = await orgWith(seed, { switches: { ...others, [name]: position } }, files);
        expect(await look(org)).toEqual(expected);
      },
    );
  }

  it('has a documented meaning and a default, which the tests do not only confirm', () => {
    for (const [name, fact] of Object.entries(SWITCHES)) {
      expect(fact.about.length).toBeGreaterThan(20);
      if (name !== 'deployMs' && name !== 'unfinishedPolls') {
        expect(CASES[name as keyof EmulatorSwitches].positions).toContain(fact.standard);
      }
    }
  });

  it('must have a value there is', async () => {
    await expect(startOrg({ switches: { latestApiVersion: 70 } })).rejects.toThrow(
      'latestApiVersion is 70, not 60 to 68',
    );
  });

  it('must be one there is', async () => {
    await expect(startOrg({ switches: { noSuchSwitch: true } as never })).rejects.toThrow(
      'unknown emulator switch noSuchSwitch',
    );
  });
});

describe('the profile mid-2026', () => {
  it('forces the three flags, however often they are sent as false', async () => {
    const org = await startOrg({ profile: 'mid-2026' });
    const off = appOf('Portal', { global: { isPkceRequired: false, isRefreshTokenRotationEnabled: false } });
    for (let n = 0; n < 2; n++) {
      expect((await org.deploy(off)).status).toBe('Succeeded');
      const read = await text(org, GLOBAL, '67.0');
      expect(read).toContain('<isPkceRequired>true<');
      expect(read).toContain('<isRefreshTokenRotationEnabled>true<');
      expect(read).toContain('<isEnforceRefreshTokenTTL>true<');
    }
  });

  it('makes policies that expire after 30 idle days', async () => {
    const org = await startOrg({ profile: 'mid-2026' });
    await org.deploy(without(appOf('Portal'), POLICY));
    expect(await text(org, POLICY)).toContain('<refreshTokenPolicyType>SpecificInactivity<');
  });
});
