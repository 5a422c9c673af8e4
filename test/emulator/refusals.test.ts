import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { appOf, type Components, type Fields, type Org, startOrg, stopOrgs, temporaryFolder, without } from './support';

let org: Org;
beforeEach(async () => {
  const seedDir = temporaryFolder();
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify({ apexClasses: [{ name: 'Handler', namespace: 'acme' }] }));
  org = await startOrg({ seedDir, switches: { permissionSetsCountInSameDeploy: true } });
});
afterEach(stopOrgs);

const IN = 'externalClientApplication';
const only = (...parts: Components): Components => parts;
const connectedApp = (fields: Fields = {}, config: Fields = {}): Components => [
  [
    'ConnectedApp',
    'Legacy',
    {
      contactEmail: 'a@acme.example',
      label: 'Legacy',
      oauthConfig: { callbackUrl: 'https://acme.example/cb', ...config },
      ...fields,
    },
  ],
];
const part = (type: string, fields: Fields): Components => [[type, 'P', { [IN]: 'Portal', ...fields }]];

const CASES: Readonly<Record<string, readonly [components: Components, problem: string]>> = {
  'an Apex class that only a package has, named without its namespace': [
    appOf('Portal', { policy: { apexHandler: 'Handler' } }),
    'INVALID_CROSS_REFERENCE_KEY: no Apex class named Handler found',
  ],
  'a plugin of a Connected App that is no class of the org': [
    connectedApp({ plugin: 'acme__Other' }),
    'INVALID_CROSS_REFERENCE_KEY: no Apex class named acme__Other found',
  ],
  'asset tokens of a Connected App, signed with a certificate of another org': [
    connectedApp(
      {},
      {
        assetTokenConfig: {
          assetAudiences: 'devices',
          assetIncludeAttributes: false,
          assetIncludeCustomPerms: false,
          assetSigningCertId: '0P1000000000001',
          assetValidityPeriod: 60,
        },
      },
    ),
    'INVALID_CROSS_REFERENCE_KEY: no certificate with the id 0P1000000000001 found',
  ],
  'a run-time scope name': [
    appOf('Portal', { oauth: { commaSeparatedOauthScopes: 'Api, refresh_token' } }),
    "There's a problem with your scope(s): refresh_token. Valid scopes: Basic, Api, ",
  ],
  'the Connected App name of a scope': [
    appOf('Portal', { oauth: { commaSeparatedOauthScopes: 'SFAP' } }),
    "There's a problem with your scope(s): SFAP.",
  ],
  'a scope of a later version': [
    appOf('Portal', { oauth: { commaSeparatedOauthScopes: 'DataCloudUserClaims' } }),
    "There's a problem with your scope(s): DataCloudUserClaims.",
  ],
  'global settings without OAuth settings': [
    without(appOf('Portal'), 'ExtlClntAppOauthSettings', 'ExtlClntAppOauthConfigurablePolicies'),
    "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.",
  ],
  'a part of no app': [
    only(['ExtlClntAppOauthSettings', 'A', { [IN]: 'Nowhere' }]),
    'INVALID_CROSS_REFERENCE_KEY: In field: externalClientApplication - no ExternalClientApplication named Nowhere found',
  ],
  'a second policy under another name': [
    [...appOf('Portal'), ['ExtlClntAppOauthConfigurablePolicies', 'Second', { [IN]: 'Portal' }]],
    'DUPLICATE_VALUE: ExtlClntAppOauthSettingsId duplicates value on Portal_oauthPlcy',
  ],
  'a second global settings record': [
    [...appOf('Portal'), ['ExtlClntAppGlobalOauthSettings', 'Second', { [IN]: 'Portal' }]],
    'DUPLICATE_VALUE: ExternalClientApplicationId duplicates value on Portal_glbloauth',
  ],
  'a permission set that does not exist': [
    appOf('Portal', { policy: { commaSeparatedPermissionSet: '0PS000000000001AAA' } }),
    "INVALID_FIELD: We couldn't find permission sets called 0PS000000000001AAA",
  ],
  'a profile that does not exist': [
    appOf('Portal', { policy: { commaSeparatedProfile: 'System Administrator, Nobody' } }),
    "INVALID_FIELD: We couldn't find profiles called Nobody",
  ],
  'the Connected App word for pre-authorized users': [
    appOf('Portal', { policy: { permittedUsersPolicyType: 'AdminApproved' } }),
    "'AdminApproved' is not a valid value for the enum 'PermittedUsersPolicyType'",
  ],
  'client credentials without a user': [
    appOf('Portal', { policy: { isClientCredentialsFlowEnabled: true } }),
    'Enter a valid execution user for the OAuth client credentials flow.',
  ],
  'client credentials with a user of another org': [
    appOf('Portal', { policy: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: 'x@acme.example' } }),
    'Enter a valid execution user for the OAuth client credentials flow.',
  ],
  'a handler run by nobody': [
    appOf('Portal', { policy: { executeHandlerAs: 'x@acme.example' } }),
    'INVALID_CROSS_REFERENCE_KEY: no active user named x@acme.example found',
  ],
  'an IP relaxation in upper case': [
    appOf('Portal', { policy: { ipRelaxationPolicyType: 'ENFORCE' } }),
    'bad value ENFORCE',
  ],
  'a lifetime without a period': [
    appOf('Portal', { policy: { refreshTokenPolicyType: 'SpecificInactivity' } }),
    'SpecificInactivity needs refreshTokenValidityPeriod',
  ],
  'a JWT lifetime on an app that issues none': [
    appOf('Portal', { policy: { namedUserJwtTimeout: 30 } }),
    'Invalid plugin settings',
  ],
  'a session timeout on an app that issues JWTs': [
    appOf('Portal', { global: { isNamedUserJwtEnabled: true }, policy: { sessionTimeoutInMinutes: 60 } }),
    'Invalid plugin settings',
  ],
  'a JWT lifetime that is not offered': [
    appOf('Portal', {
      global: { isNamedUserJwtEnabled: true },
      policy: { namedUserJwtSessionTimeoutType: 'Custom', namedUserJwtTimeout: 45 },
    }),
    'Invalid plugin settings',
  ],
  'guest access on an app that issues no JWTs': [
    appOf('Portal', { policy: { isGuestCodeCredFlowEnabled: true } }),
    'Invalid plugin settings',
  ],
  'the code and credentials flow while the org blocks it': [
    appOf('Portal', { global: { isCodeCredFlowEnabled: true } }),
    "FUNCTIONALITY_NOT_ENABLED: The Authorization Code and Credentials Flow isn't enabled",
  ],
  'a callback over http': [
    appOf('Portal', { global: { callbackUrl: 'http://acme.example/cb' } }),
    'http://acme.example/cb',
  ],
  'a callback without a scheme': [
    appOf('Portal', { global: { callbackUrl: 'acme.example/cb' } }),
    'https or a custom scheme',
  ],
  'callbacks of more than 2,000 characters': [
    appOf('Portal', { global: { callbackUrl: `https://acme.example/${'a'.repeat(1990)}` } }),
    'STRING_TOO_LONG',
  ],
  'a malformed certificate': [appOf('Portal', { global: { certificate: 'MIIB' } }), 'not a valid X.509 certificate'],
  'an ID token of no minutes': [
    appOf('Portal', { global: { idTokenConfig: { idTokenValidityInMinutes: 0 } } }),
    'idTokenValidityInMinutes must be 1 to 720',
  ],
  'a link to another org': [
    appOf('Portal', { oauth: { oauthLink: '00D000000000001:888000000000001' } }),
    "couldn't update your OAuth link because the external client app Portal doesn't have distribution state PACKAGED",
  ],
  'a placeholder for the org': [
    appOf('Portal', { header: { orgScopedExternalApp: 'ORGID:Portal' } }),
    'not an org id and an app name',
  ],
  'a distribution state only Salesforce sets': [
    appOf('Portal', { header: { distributionState: 'Managed' } }),
    'The distribution state Managed is set by Salesforce',
  ],
  'the distribution state of the blogs': [
    appOf('Portal', { header: { distributionState: 'Packageable' } }),
    "'Packageable' is not a valid value for the enum 'ExtlClntAppDistState'",
  ],
  'a name with two underscores': [appOf('My__App'), 'FIELD_INTEGRITY_EXCEPTION: My__App'],
  'a name that ends with an underscore': [
    only(['ExternalClientApplication', 'App_', { label: 'a', contactEmail: 'a@b.c', distributionState: 'Local' }]),
    'FIELD_INTEGRITY_EXCEPTION: App_',
  ],
  'an IP range upside down': [
    appOf('Portal', { oauth: { trustedIpRanges: [{ startIpAddress: '10.0.0.9', endIpAddress: '10.0.0.1' }] } }),
    'Not a valid IP range: 10.0.0.9 to 10.0.0.1',
  ],
  'attributes with the same key': [
    appOf('Portal', {
      oauth: {
        customAttributes: [
          { key: 'a', formula: 'x' },
          { key: 'a', formula: 'y' },
        ],
      },
    }),
    'customAttributes has the key a twice',
  ],
  'more than 128 attributes': [
    appOf('Portal', {
      oauth: { customAttributes: Array.from({ length: 129 }, (_, n) => ({ key: `k${n}`, formula: 'x' })) },
    }),
    'at most 128 are allowed',
  ],
  'a custom scope that does not exist': [
    appOf('Portal', { oauth: { commaSeparatedCustomScopes: 'orders' } }),
    "We couldn't find custom scopes called orders",
  ],
  'a start page without its address': [
    appOf('Portal', { general: { startPage: 'Custom' } }),
    'startPage Custom needs startUrl',
  ],
  'SAML while its plugin is off': [
    [
      ...appOf('Portal'),
      ...part('ExtlClntAppSamlConfigurablePolicies', { acsUrl: 'https://a.example', entityUrl: 'https://a.example' }),
    ],
    'SAML needs isSamlPluginEnabled',
  ],
  'notifications without OAuth': [
    [
      ...appOf('Portal').slice(0, 1),
      ...part('ExtlClntAppNotificationSettings', { notificationTypes: [{ notificationType: 'a' }] }),
    ],
    'notifications need the OAuth plugin',
  ],
  'Android push with an Apple configuration': [
    [
      ...appOf('Portal'),
      ...part('ExtlClntAppPushSettings', { pushServiceType: 'Android', applePushConfig: { environment: 'Sandbox' } }),
    ],
    'exactly one push configuration',
  ],
  'a canvas in the app launcher': [
    [
      ...appOf('Portal'),
      ...part('ExtlClntAppCanvasSettings', { canvasUrl: 'https://a.example', canvasLocationOptions: ['AppLauncher'] }),
    ],
    'Organization is not configured to support location',
  ],
  'OAuth policies without OAuth settings': [
    [...appOf('Portal').slice(0, 1), ...part('ExtlClntAppOauthConfigurablePolicies', {})],
    'The external client app Portal has no OAuth settings',
  ],
  'a new Connected App': [connectedApp(), "You can't create a connected app"],
};

describe('a deploy is refused for', () => {
  it.each(Object.entries(CASES))('%s', async (_, [components, problem]) => {
    const deployed = await org.deploy(components);
    expect(deployed.status).toBe('Failed');
    expect(deployed.problems.join('\n')).toContain(problem);
  });
});

describe('an app that stands is accepted with', () => {
  const ACCEPTED: Readonly<Record<string, Components>> = {
    'localhost and custom schemes as callbacks': appOf('Portal', {
      global: { callbackUrl: 'http://localhost:1717/cb\nfieldapp://oauth\nhttps://acme.example' },
    }),
    'JWT lifetimes where it issues JWTs': appOf('Portal', {
      global: { isNamedUserJwtEnabled: true },
      policy: { namedUserJwtSessionTimeoutType: 'Custom', namedUserJwtTimeout: 60 },
    }),
    'a run-as user of this org': appOf('Portal', {
      global: { isClientCredentialsFlowEnabled: true },
      policy: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: 'admin@emulator.example' },
    }),
    'SAML once its plugin is on': [
      ...appOf('Portal', { general: { isSamlPluginEnabled: true } }),
      ...part('ExtlClntAppSamlConfigurablePolicies', { acsUrl: 'https://a.example', entityUrl: 'https://a.example' }),
    ],
    'mobile, push, notification and canvas parts': [
      ...appOf('Portal'),
      ...part('ExtlClntAppMobileSettings', { isScreenLockEnabled: true }),
      ...part('ExtlClntAppMobileConfigurablePolicies', { screenLockTimeout: 'Ten' }),
      ...part('ExtlClntAppNotificationSettings', { notificationTypes: [{ notificationType: 'a' }] }),
      ...part('ExtlClntAppPushSettings', { pushServiceType: 'Apple', applePushConfig: { environment: 'Sandbox' } }),
      ...part('ExtlClntAppPushConfigurablePolicies', { isFullContent: false }),
      ...part('ExtlClntAppCanvasSettings', { canvasUrl: 'https://a.example', canvasLocationOptions: ['Aura'] }),
    ],
    'a custom scope and a token exchange handler': [
      ...appOf('Portal', { oauth: { commaSeparatedCustomScopes: 'orders' } }),
      ['OauthCustomScope', 'orders', { developerName: 'orders', masterLabel: 'Orders', description: 'Orders' }],
      [
        'OauthTokenExchangeHandler',
        'Handler',
        {
          description: 'd',
          developerName: 'Handler',
          masterLabel: 'Handler',
          tokenHandlerApex: 'acme.Handler',
          isEnabled: true,
          isAccessTokenSupported: true,
          isIdTokenSupported: false,
          isJwtSupported: false,
          isRefreshTokenSupported: false,
          isSaml2Supported: false,
          isUserCreationAllowed: false,
          isContactCreationAllowed: false,
          enablements: [{ apexExecutionUser: 'admin@emulator.example', isDefault: true, externalClientApp: 'Portal' }],
        },
      ],
    ],
  };

  it.each(Object.entries(ACCEPTED))('%s', async (_, components) => {
    expect(await org.deploy(components)).toMatchObject({ status: 'Succeeded', problems: [] });
  });
});

describe('the consumer key', () => {
  it('of another app is taken', async () => {
    await org.deploy(appOf('First', { global: { consumerKey: 'a1b2c3d4e5f6' } }));
    expect((await org.deploy(appOf('Second', { global: { consumerKey: 'a1b2c3d4e5f6' } }))).problems).toEqual([
      'The consumer key is already taken.',
    ]);
  });

  it('of two new apps is taken by both', async () => {
    const twins = ['First', 'Second'].flatMap((name) => appOf(name, { global: { consumerKey: 'a1b2c3d4e5f6' } }));
    expect((await org.deploy(twins)).problems).toEqual(Array(2).fill('The consumer key is already taken.'));
  });

  it('must have 8 to 256 letters and digits', async () => {
    expect((await org.deploy(appOf('Portal', { global: { consumerKey: 'short' } }))).problems[0]).toContain('8 to 256');
  });
});

describe('rotation by metadata', () => {
  const rotate = appOf('Portal', { global: { shouldRotateConsumerKey: true, shouldRotateConsumerSecret: true } });
  const keyOf = async (): Promise<string | undefined> => {
    const { files } = await org.retrieve({ ExtlClntAppGlobalOauthSettings: ['*'] });
    return /<consumerKey>(\w+)/.exec([...files.values()].join(''))?.[1];
  };

  it('is a warning that fails the deploy unless warnings are ignored', async () => {
    await org.deploy(appOf('Portal'));
    const before = await keyOf();
    const refused = await org.deploy(rotate);
    expect(refused).toMatchObject({
      status: 'Failed',
      failures: [{ problemType: 'Warning' }, { problemType: 'Warning' }],
    });
    expect(await keyOf()).toBe(before);
    expect((await org.deploy(rotate, { ignoreWarnings: true })).status).toBe('Succeeded');
    expect(await keyOf()).not.toBe(before);
  });

  it('reads back false', async () => {
    await org.deploy(rotate, { ignoreWarnings: true });
    const { files } = await org.retrieve({ ExtlClntAppGlobalOauthSettings: ['*'] });
    expect([...files.values()].join('')).toContain('<shouldRotateConsumerKey>false</shouldRotateConsumerKey>');
  });
});

describe('a Connected App that exists', () => {
  const start = async (): Promise<void> => {
    await stopOrgs();
    org = await startOrg({ switches: { connectedAppCreation: true, permissionSetsCountInSameDeploy: true } });
    await org.deploy([['PermissionSet', 'Access', { label: 'Access' }], ...connectedApp()]);
  };

  const REFUSED: Readonly<Record<string, readonly [Components, string]>> = {
    'a refresh token policy in other words': [
      connectedApp({ oauthPolicy: { ipRelaxation: 'ENFORCE', refreshTokenPolicy: 'never' } }),
      'refreshTokenPolicy: bad value never',
    ],
    'the external client app spelling of IP relaxation': [
      connectedApp({ oauthPolicy: { ipRelaxation: 'Enforce', refreshTokenPolicy: 'zero' } }),
      'ipRelaxation: bad value Enforce',
    ],
    'permission sets while users approve themselves': [
      connectedApp({ permissionSetName: ['Access'] }),
      'need isAdminApproved=true',
    ],
    'a permission set that does not exist': [
      connectedApp({ permissionSetName: ['Nobody'] }, { isAdminApproved: true }),
      "couldn't find permission sets called Nobody",
    ],
    'client credentials without a user': [
      connectedApp({}, { isClientCredentialEnabled: true }),
      'Enter a valid execution user',
    ],
    'another consumer key': [
      connectedApp({}, { consumerKey: 'abcdefgh12345678' }),
      "The consumer key of an existing app can't be changed",
    ],
    'the external client app name of a scope': [
      connectedApp({}, { scopes: ['SFApiPlatform'] }),
      "'SFApiPlatform' is not a valid value for the enum",
    ],
    'the code and credentials flow while the org blocks it': [
      connectedApp({}, { isCodeCredentialEnabled: true }),
      'FUNCTIONALITY_NOT_ENABLED',
    ],
  };

  it.each(Object.entries(REFUSED))('is refused with %s', async (_, [components, problem]) => {
    await start();
    expect((await org.deploy(components)).problems.join('\n')).toContain(problem);
  });

  it('keeps its assignments unless one empty element takes them away', async () => {
    await start();
    const admin = { isAdminApproved: true };
    const read = async (): Promise<boolean> =>
      [...(await org.retrieve({ ConnectedApp: ['*'] })).files.values()].join('').includes('<permissionSetName>Access');
    await org.deploy(connectedApp({ permissionSetName: ['Access'] }, admin));
    await org.deploy(connectedApp({}, admin));
    expect(await read()).toBe(true);
    expect((await org.deploy(connectedApp({ permissionSetName: [''] }, admin))).status).toBe('Succeeded');
    expect(await read()).toBe(false);
  });

  it('and an external client app are not deployed under one name, either way round', async () => {
    await start();
    expect((await org.deploy(appOf('Legacy'))).problems.join()).toContain('DUPLICATE_DEVELOPER_NAME');
    await org.deploy(appOf('Portal'));
    const twin: Components = [['ConnectedApp', 'Portal', { contactEmail: 'a@b.example', label: 'Twin' }]];
    expect((await org.deploy(twin)).problems.join()).toContain('DUPLICATE_DEVELOPER_NAME');
  });
});
