import { brokenConnectedApp, connectedApp, installed, machine, oauthConfig, privateApp, publicApp } from '../support';
import { describeControl } from './describe-control';

const vendor = { "the app is a vendor's, who decides this": installed() };
const unreadableScopes = { 'the scopes cannot be read': privateApp({ unreadable: ['oauth'] }) };
const unreadableFile = { 'the file cannot be read': { ...brokenConnectedApp, kind: 'private' as const } };
const scopes = (...tokens: readonly string[]) => ({ oauth: { commaSeparatedOauthScopes: tokens } });
const caScopes = (...tokens: readonly string[]): string =>
  oauthConfig({ scopes: undefined }).replace(
    '</oauthConfig>',
    `${tokens.map((token) => `<scopes>${token}</scopes>`).join('')}</oauthConfig>`,
  );

describeControl('SFCA-ECA-SCOPES', {
  fails: { 'Full is granted': privateApp(scopes('Api', 'Full')) },
  lowRisk: { 'Web is granted': privateApp(scopes('Web')) },
  passes: { 'the scopes are narrow': publicApp(), 'there is none': privateApp(scopes()) },
  notApplicable: vendor,
  notEvaluated: unreadableScopes,
});

describeControl('SFCA-CA-SCOPES', {
  fails: { 'Full is granted': connectedApp(caScopes('Full'), 'private') },
  lowRisk: { 'Web is granted': connectedApp(caScopes('Web', 'Api'), 'private') },
  passes: { 'the scopes are narrow': connectedApp(caScopes('Api', 'SFAP'), 'private') },
  notApplicable: { 'the app has no OAuth': connectedApp('', 'private') },
  notEvaluated: unreadableFile,
});

describeControl('SFCA-APP-SCOPES-BY-KIND', {
  fails: {
    'a machine may open pages': machine(scopes('Api', 'Web')),
    'a machine gets ID tokens': machine(scopes('Api', 'OpenID')),
    'a server asks for the sessions of hybrid mobile apps': privateApp(scopes('Lightning')),
    'an app on a device may run jobs of servers': publicApp(scopes('CDPIngest')),
  },
  passes: {
    'a server may open pages': privateApp(scopes('Api', 'Web')),
    'a hybrid mobile app asks for its sessions': publicApp(scopes('Lightning', 'Content')),
    'a machine has the scopes of JWT bearer': machine(),
    'an internal integration user serves headless login, registration and forgotten passwords': machine(
      scopes('ForgotPassword', 'UserRegistration', 'PwdlessLogin'),
    ),
  },
  notApplicable: vendor,
  notEvaluated: unreadableScopes,
});

const openId = (idTokenConfig: Record<string, string | number | boolean> | undefined) => ({
  ...scopes('OpenID'),
  global: { idTokenConfig },
});

describeControl('SFCA-ECA-ID-TOKEN', {
  fails: { 'they live for ten minutes': privateApp(openId({ idTokenValidityInMinutes: 10, idTokenAudience: 'a' })) },
  lowRisk: {
    'they carry custom permissions': privateApp(
      openId({ idTokenAudience: 'a', idTokenIncludeCustomPermissions: true }),
    ),
    'they carry custom attributes': privateApp(openId({ idTokenAudience: 'a', idTokenIncludeAttributes: true })),
  },
  passes: {
    'they are short-lived and addressed': privateApp(openId({ idTokenAudience: 'https://a.example' })),
    'no audience is stated, so that the client alone is their audience': privateApp(
      openId({ idTokenValidityInMinutes: 2 }),
    ),
    'nothing is configured': publicApp(openId(undefined)),
  },
  notApplicable: {
    'the scope OpenID is missing': privateApp({ global: { idTokenConfig: { idTokenValidityInMinutes: 720 } } }),
    'the client is a machine': machine(scopes('OpenID')),
  },
  notEvaluated: { ...unreadableScopes, 'the consumer cannot be read': privateApp({ unreadable: ['global'] }) },
});

const caIdToken = (content: string): string =>
  caScopes('OpenID').replace('</oauthConfig>', `<idTokenConfig>${content}</idTokenConfig></oauthConfig>`);

describeControl('SFCA-CA-ID-TOKEN', {
  fails: { 'they live for an hour': connectedApp(caIdToken('<idTokenValidity>60</idTokenValidity>'), 'private') },
  lowRisk: {
    'they carry custom attributes': connectedApp(
      caIdToken('<idTokenIncludeAttributes>true</idTokenIncludeAttributes>'),
      'private',
    ),
  },
  passes: {
    'nothing is configured': connectedApp(caScopes('OpenID'), 'private'),
    'they are short-lived and addressed': connectedApp(
      caIdToken('<idTokenAudience>https://a.example</idTokenAudience>'),
      'public',
    ),
  },
  notApplicable: {
    'the scope OpenID is missing': connectedApp(oauthConfig(), 'private'),
    'the client is a machine': connectedApp(caScopes('OpenID'), 'machine'),
  },
  notEvaluated: unreadableFile,
});

describeControl('SFCA-ECA-JWT-ACCESS-TOKENS', {
  lowRisk: { 'access tokens are opaque': machine() },
  passes: { 'access tokens are JSON Web Tokens': privateApp({ global: { isNamedUserJwtEnabled: true } }) },
  notApplicable: vendor,
  notEvaluated: { 'the consumer cannot be read': privateApp({ unreadable: ['global'] }) },
});

const policy = (type: string, period?: number, unit?: string) => ({
  ...scopes('Api', 'RefreshToken'),
  policies: {
    refreshTokenPolicyType: type,
    refreshTokenValidityPeriod: period,
    refreshTokenValidityUnit: unit,
  },
});

describeControl('SFCA-APP-REFRESH-LIFETIME', {
  fails: {
    'they never end': privateApp(policy('Infinite')),
    'they live for a year, as the platform has it by default': publicApp(policy('SpecificLifetime', 365, 'Days')),
    'the period is not stated': publicApp(policy('SpecificLifetime')),
    'four idle months do not end them': publicApp(policy('SpecificInactivity', 4, 'Months')),
    'a newer platform writes a policy nobody knows': privateApp(policy('Forever')),
    'a Connected App says nothing, which means for good': connectedApp(caScopes('RefreshToken'), 'private'),
    "a vendor's app keeps them for good": { ...installed(policy('Infinite')), kind: 'private' },
  },
  lowRisk: {
    'sixty idle days end them': privateApp(policy('SpecificInactivity', 60, 'Days')),
    'the idle limit ends them whatever the policy says': privateApp({
      ...policy('Infinite'),
      global: { isEnforceRefreshTokenTTL: true },
    }),
  },
  passes: {
    'thirty idle days end them': privateApp(policy('SpecificInactivity', 30, 'Days')),
    '720 idle hours end them': privateApp(policy('SpecificInactivity', 720, 'Hours')),
    'they live for two months': privateApp(policy('SpecificLifetime', 2, 'Months')),
    'they end at once': publicApp(policy('Zero')),
    'a Connected App ends them after a week': connectedApp(
      `${caScopes('RefreshToken')}<oauthPolicy><refreshTokenPolicy>specific_inactivity:7:DAYS</refreshTokenPolicy></oauthPolicy>`,
      'private',
    ),
  },
  notApplicable: {
    'the app gets none': privateApp({ policies: { refreshTokenPolicyType: 'Infinite' } }),
    'the client is a machine': machine(policy('Infinite')),
  },
  notEvaluated: { 'the policies cannot be read': privateApp({ unreadable: ['policies'] }) },
});

const timeout = (minutes: number | undefined) => ({ policies: { sessionTimeoutInMinutes: minutes } });

describeControl('SFCA-ECA-SESSION-TIMEOUT', {
  fails: {
    'sessions last for two hours': privateApp(timeout(120)),
    'nothing is stated and the org lets sessions last for two hours': privateApp(timeout(undefined), {
      facts: { orgSessionTimeoutMinutes: 120 },
    }),
    'JSON Web Tokens live for twelve hours': machine({
      global: { isNamedUserJwtEnabled: true },
      policies: { namedUserJwtTimeout: 720, namedUserJwtSessionTimeoutType: 'Custom' },
    }),
    "JSON Web Tokens follow the user's session": machine({
      global: { isNamedUserJwtEnabled: true },
      policies: { namedUserJwtTimeout: 30, namedUserJwtSessionTimeoutType: 'UserSession' },
    }),
  },
  lowRisk: {
    'the org ends sessions after an hour': privateApp(timeout(undefined), { facts: { orgSessionTimeoutMinutes: 60 } }),
    'a second factor is required and IP ranges hold': privateApp({
      policies: { sessionTimeoutInMinutes: 480, requiredSessionLevel: 'HIGH_ASSURANCE' },
    }),
  },
  passes: {
    'an hour ends them': machine(),
    'JSON Web Tokens live for half an hour': machine({
      global: { isNamedUserJwtEnabled: true },
      policies: {
        namedUserJwtTimeout: 30,
        namedUserJwtSessionTimeoutType: 'Custom',
        sessionTimeoutInMinutes: undefined,
      },
    }),
  },
  notApplicable: { 'the app has no OAuth': privateApp({ absent: ['global', 'oauth', 'policies'] }) },
  notEvaluated: {
    'nothing is stated and nothing was read from the org': publicApp(timeout(undefined)),
    'the policies cannot be read': privateApp({ unreadable: ['policies'] }),
  },
});

const session = (minutes: string): string =>
  `<sessionPolicy><sessionTimeout>${minutes}</sessionTimeout></sessionPolicy>`;

describeControl('SFCA-CA-SESSION-TIMEOUT', {
  fails: {
    'nothing is stated and the org lets sessions last for two hours': {
      ...connectedApp(oauthConfig(), 'private'),
      facts: { orgSessionTimeoutMinutes: 120 },
    },
    'sessions last for a day': connectedApp(`${oauthConfig()}${session('1440')}`, 'private'),
  },
  lowRisk: {
    'the org ends sessions after an hour': {
      ...connectedApp(oauthConfig(), 'private'),
      facts: { orgSessionTimeoutMinutes: 60 },
    },
  },
  passes: { 'an hour ends them': connectedApp(`${oauthConfig()}${session('60')}`, 'machine') },
  notApplicable: { 'the app has no OAuth': connectedApp(session('60'), 'private') },
  notEvaluated: {
    'nothing is stated and nothing was read from the org': connectedApp(oauthConfig(), 'private'),
    'the number is none': connectedApp(`${oauthConfig()}${session('long')}`, 'private'),
    'tokens are JSON Web Tokens, whose lifetime the metadata does not hold': connectedApp(
      `${oauthConfig({ isNamedUserJwtEnabled: true })}${session('60')}`,
      'private',
    ),
    ...unreadableFile,
  },
});

describeControl('SFCA-APP-SINGLE-LOGOUT', {
  fails: {
    'users stay logged in for two hours': privateApp({ ...scopes('OpenID'), ...timeout(120) }),
    'a Connected App has none': connectedApp(caScopes('OpenID'), 'private'),
  },
  lowRisk: { 'sessions end within the hour': privateApp(scopes('OpenID')) },
  passes: {
    'it is configured in the settings': privateApp({
      oauth: { commaSeparatedOauthScopes: ['OpenID'], singleLogoutUrl: 'https://a.example/logout' },
    }),
    'it is configured in the policies': privateApp({
      ...scopes('OpenID'),
      policies: { singleLogoutUrl: 'https://a.example/logout' },
    }),
  },
  notApplicable: {
    'the app logs no one in': privateApp(),
    'the client is a machine': machine(scopes('OpenID')),
    'the client is an app on a device': publicApp(scopes('OpenID')),
    'codes go to a tool that many use': privateApp({
      ...scopes('OpenID'),
      global: {
        callbackUrl: ['https://oauth.pstmn.io/v1/callback', 'https://login.salesforce.com/services/oauth2/success'],
      },
    }),
  },
  notEvaluated: unreadableScopes,
});
