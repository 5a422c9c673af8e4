import type { RunAsUserFacts } from '../../../lib/policy/control';
import {
  brokenConnectedApp,
  certificate,
  connectedApp,
  installed,
  machine,
  oauthConfig,
  org,
  privateApp,
  publicApp,
} from '../support';
import { describeControl } from './describe-control';

const vendor = { "the app is a vendor's, who decides this": installed() };
const unreadableConsumer = { 'the OAuth consumer cannot be read': privateApp({ unreadable: ['global'] }) };
const unreadableFile = { 'the file cannot be read': { ...brokenConnectedApp, kind: 'private' as const } };

const ON = {
  global: { isClientCredentialsFlowEnabled: true },
  policies: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: 'Feed@acme.example' },
};
const HARMLESS: RunAsUserFacts = { loginIpRanges: true, administrator: false, beyondSharing: [], apiOnly: true };
const runsAs = (facts: RunAsUserFacts) => ({ facts: { runAsUsers: new Map([['feed@acme.example', facts]]) } });

describeControl('SFCA-ECA-CLIENT-CREDENTIALS', {
  fails: {
    'it is on and nothing was read about its user': machine(ON),
    'the app has trusted IP ranges, which are for another flow': machine({
      ...ON,
      oauth: { trustedIpRanges: [{ startIpAddress: '203.0.113.0', endIpAddress: '203.0.113.9' }] },
    }),
    'the user has no login IP ranges': machine(ON, runsAs({ ...HARMLESS, loginIpRanges: false })),
    'its login IP ranges hold so many addresses that they restrict nothing': machine(
      ON,
      runsAs({ ...HARMLESS, loginIpRanges: false, wideLoginIpRanges: true }),
    ),
    'the user has login IP ranges and is an administrator': machine(ON, runsAs({ ...HARMLESS, administrator: true })),
    'the user has login IP ranges and may view all data': machine(
      ON,
      runsAs({ ...HARMLESS, beyondSharing: ['View All Data'] }),
    ),
    'the user has login IP ranges and what else it may do was not read': machine(ON, runsAs({ loginIpRanges: true })),
    'the user has login IP ranges and the app has no certificate': machine(
      { ...ON, global: { ...ON.global, certificate: undefined }, header: { certificateFingerprint: undefined } },
      runsAs(HARMLESS),
    ),
    "a vendor's app was allowed to": { ...installed(ON), kind: 'private' },
  },
  lowRisk: {
    'the user logs in from few addresses, reaches what was shared, and there is a certificate': machine(
      ON,
      runsAs(HARMLESS),
    ),
    'only one half of the switch is on': machine({ global: { isClientCredentialsFlowEnabled: true } }),
  },
  passes: {
    'it is off': machine(),
    "a vendor's app offers it and this org does not allow it": {
      ...installed({ global: { isClientCredentialsFlowEnabled: true } }),
      kind: 'private',
    },
    'it is off in the policies and the consumer cannot be read': machine({ unreadable: ['global'] }),
  },
  notApplicable: { 'the app has no OAuth': machine({ absent: ['global', 'oauth', 'policies'] }) },
  notEvaluated: {
    'one half is on and the other one cannot be read': machine({ ...ON, unreadable: ['global'] }),
    'no half can be read': machine({ unreadable: ['global', 'policies'] }),
  },
});

const CA_ON = { isClientCredentialEnabled: true, oauthClientCredentialUser: 'feed@acme.example' };

describeControl('SFCA-CA-CLIENT-CREDENTIALS', {
  fails: { 'it is on': connectedApp(oauthConfig(CA_ON), 'machine') },
  lowRisk: {
    'the user logs in from few addresses, reaches what was shared, and there is a certificate': {
      ...connectedApp(oauthConfig({ ...CA_ON, certificate }), 'machine'),
      ...runsAs(HARMLESS),
    },
  },
  passes: { 'it is off': connectedApp(oauthConfig(), 'machine') },
  notApplicable: { 'the app has no OAuth': connectedApp('', 'machine') },
  notEvaluated: unreadableFile,
});

describeControl('SFCA-ECA-RUN-AS-USER', {
  fails: {
    'nobody is chosen': machine({ policies: { isClientCredentialsFlowEnabled: true } }),
    'the user is an administrator': machine(ON, runsAs({ administrator: true })),
    'the user may view all data': machine(ON, runsAs({ ...HARMLESS, beyondSharing: ['View All Data'] })),
    'the user may change all records of an object': machine(
      ON,
      runsAs({ ...HARMLESS, beyondSharing: ['Modify All Records of Account'] }),
    ),
    'the user may use the user interface': machine(ON, runsAs({ ...HARMLESS, apiOnly: false })),
  },
  passes: { 'the user has API access only': machine(ON, runsAs(HARMLESS)) },
  notApplicable: { 'the flow is off': machine() },
  notEvaluated: {
    'nothing was read about the user': machine(ON),
    'whether the user reaches all records of an object was not read': machine(
      ON,
      runsAs({ loginIpRanges: true, administrator: false, apiOnly: true }),
    ),
    'the policies cannot be read': machine({ unreadable: ['policies'] }),
  },
});

const C_AND_C = { isCodeCredFlowEnabled: true, isCodeCredPostOnly: true };

const HEADLESS = { oauth: { commaSeparatedOauthScopes: ['Api', 'PwdlessLogin'] } };
const GUEST_HALF = { policies: { isGuestCodeCredFlowEnabled: true } };
const passwords = (blockOAuthUnPwFlow: boolean) => ({ org: org({ blockOAuthUnPwFlow }) });

describeControl('SFCA-ECA-CODE-CREDENTIALS', {
  fails: {
    'a scope is for headless logins and passwords go the older way': publicApp(HEADLESS, passwords(false)),
    'guests are let in and passwords go the older way': privateApp(GUEST_HALF, passwords(false)),
  },
  lowRisk: {
    'a scope is for headless logins and the org blocks the older way': publicApp(HEADLESS, passwords(true)),
    'it is off, and PKCE is another control': privateApp({ global: { isPkceRequired: false } }),
    'it is off and PKCE is required of a private client': privateApp(),
    'it is off and PKCE is required of a public client': publicApp(),
  },
  passes: {
    'it is on': privateApp({ global: C_AND_C }),
    'it is on without PKCE': publicApp({ global: { ...C_AND_C, isPkceRequired: false } }),
  },
  notApplicable: {
    'the client is a machine': machine(),
    'the client is a machine without PKCE': machine({ global: { isPkceRequired: false } }),
    ...vendor,
  },
  notEvaluated: {
    ...unreadableConsumer,
    'a scope is for headless logins and nobody read what the org blocks': publicApp(HEADLESS),
    'nobody read the scopes': privateApp({ unreadable: ['oauth'] }),
  },
});

const CA_C_AND_C = { isCodeCredentialEnabled: true, isCodeCredentialPostOnly: true };
const NO_SECRETS = { isConsumerSecretOptional: true, isSecretRequiredForRefreshToken: false };

describeControl('SFCA-CA-CODE-CREDENTIALS', {
  fails: {
    'it is on and the web server flow takes no secret of a private client': connectedApp(
      oauthConfig({ ...CA_C_AND_C, isConsumerSecretOptional: true }),
      'private',
    ),
    'it is on and the refresh flow takes no secret of a private client': connectedApp(
      oauthConfig({ ...CA_C_AND_C, isSecretRequiredForRefreshToken: false }),
      'private',
    ),
    'it is on and demands a secret of a public client': connectedApp(oauthConfig(CA_C_AND_C), 'public'),
    'it is on, without secret and without PKCE': connectedApp(
      oauthConfig({ ...CA_C_AND_C, ...NO_SECRETS, isPkceRequired: false }),
      'public',
    ),
  },
  lowRisk: {
    'it is off and PKCE is required': connectedApp(oauthConfig(), 'private'),
    'it is off and so is PKCE, which is another control': connectedApp(
      oauthConfig({ isPkceRequired: false }),
      'private',
    ),
  },
  passes: {
    'it is on and a private client shows its secret in both flows': connectedApp(oauthConfig(CA_C_AND_C), 'private'),
    'it is on and a public client shows none, with PKCE': connectedApp(
      oauthConfig({ ...CA_C_AND_C, ...NO_SECRETS }),
      'public',
    ),
  },
  notApplicable: { 'the client is a machine': connectedApp(oauthConfig({ isPkceRequired: false }), 'machine') },
  notEvaluated: unreadableFile,
});

const allowing = { org: org({ oAuthCdCrdtFlowEnable: true }) };

describeControl('SFCA-APP-CODE-CREDENTIALS-READY', {
  fails: {
    'the org blocks the flow': privateApp({ global: C_AND_C }, { org: org() }),
    'the app has no callback URL': privateApp({ global: { ...C_AND_C, callbackUrl: undefined } }, allowing),
    'the app has no scope': privateApp({ global: C_AND_C, oauth: { commaSeparatedOauthScopes: undefined } }, allowing),
    'guests would get opaque tokens': privateApp(
      { global: C_AND_C, policies: { isGuestCodeCredFlowEnabled: true } },
      allowing,
    ),
  },
  passes: { 'app and org have what it needs': publicApp({ global: C_AND_C }, allowing) },
  notApplicable: { 'the flow is off': privateApp(), 'the client is a machine': machine(), ...vendor },
  notEvaluated: {
    'nothing was read from the org': privateApp({ global: C_AND_C }),
    'the settings of the org cannot be read': privateApp({ global: C_AND_C }, { org: org({}, true) }),
    ...unreadableConsumer,
  },
});

describeControl('SFCA-APP-CODE-CREDENTIALS-POST-BODY', {
  fails: {
    'passwords may stand in a query string': privateApp({ global: { isCodeCredFlowEnabled: true } }),
    'those of a Connected App may': connectedApp(oauthConfig({ isCodeCredentialEnabled: true }), 'private'),
  },
  passes: { 'only the POST body is read': privateApp({ global: C_AND_C }) },
  notApplicable: { 'the flow is off': publicApp(), 'the client is a machine': machine() },
  notEvaluated: unreadableConsumer,
});

const NO_CERTIFICATE = { global: { certificate: undefined }, header: { certificateFingerprint: undefined } };

describeControl('SFCA-ECA-JWT-BEARER', {
  fails: { 'a machine has no certificate': machine(NO_CERTIFICATE) },
  passes: {
    'the certificate is there': machine(),
    'the ownership line tells of one that the org does not give back': machine({ global: { certificate: undefined } }),
  },
  notApplicable: { 'users log in: private': privateApp(), 'users log in: public': publicApp() },
  notEvaluated: { 'the OAuth consumer cannot be read': machine({ ...NO_CERTIFICATE, unreadable: ['global'] }) },
});

describeControl('SFCA-CA-DIGITAL-SIGNATURES', {
  fails: { 'a machine has no certificate': connectedApp(oauthConfig(), 'machine') },
  passes: { 'the certificate is there': connectedApp(oauthConfig({ certificate }), 'machine') },
  notApplicable: { 'users log in': connectedApp(oauthConfig(), 'private') },
  notEvaluated: { 'the file cannot be read': { ...brokenConnectedApp, kind: 'machine' } },
});

describeControl('SFCA-ECA-DEVICE-FLOW', {
  fails: { 'it is on': publicApp({ global: { isDeviceFlowEnabled: true } }) },
  passes: { 'it is off': privateApp() },
  notApplicable: vendor,
  notEvaluated: unreadableConsumer,
});

describeControl('SFCA-CA-DEVICE-FLOW', {
  fails: {
    'it is on': connectedApp(oauthConfig({ isDeviceFlowEnabled: true }), 'public'),
    'it is on and shown although the version does not know it': connectedApp(
      oauthConfig({ isDeviceFlowEnabled: true }),
      'public',
      'Legacy',
      66,
    ),
  },
  passes: { 'it is off': connectedApp(oauthConfig({ isDeviceFlowEnabled: false }), 'public') },
  notApplicable: { 'the app has no OAuth': connectedApp('', 'public') },
  notEvaluated: {
    'the version that was read does not show it': connectedApp(oauthConfig(), 'public', 'Legacy', 66),
    ...unreadableFile,
  },
});

const EXCHANGE = { global: { isTokenExchangeEnabled: true }, policies: { isTokenExchangeFlowEnabled: true } };

describeControl('SFCA-APP-TOKEN-EXCHANGE', {
  fails: {
    'it is on': privateApp(EXCHANGE),
    'it is on in a Connected App': connectedApp(
      `${oauthConfig({ isTokenExchangeEnabled: true })}<oauthPolicy><isTokenExchangeFlowEnabled>true</isTokenExchangeFlowEnabled></oauthPolicy>`,
      'private',
    ),
  },
  lowRisk: { 'one half of its switch is on': privateApp({ global: EXCHANGE.global }) },
  passes: {
    'it is off': machine(),
    'the vendor offers it and this org does not allow it': {
      ...installed({ global: EXCHANGE.global }),
      kind: 'private',
    },
  },
  notApplicable: { 'the app has no OAuth': privateApp({ absent: ['global', 'oauth', 'policies'] }) },
  notEvaluated: { 'neither half can be read': privateApp({ unreadable: ['global', 'policies'] }) },
});

describeControl('SFCA-APP-INTROSPECTION', {
  fails: {
    'it may ask about the tokens of others': machine({ global: { isIntrospectAllTokens: true } }),
    'a Connected App may': connectedApp(oauthConfig({ isIntrospectAllTokens: true }), 'private'),
  },
  passes: { 'it may ask about its own': privateApp() },
  notApplicable: vendor,
  notEvaluated: unreadableConsumer,
});
