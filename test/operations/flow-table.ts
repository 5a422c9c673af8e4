import {
  AccessTokens,
  Certificate,
  IpRelaxation,
  MachineApp,
  PermittedUsers,
  Plugin,
  PrivateClientApp,
  RefreshTokenPolicy,
  SalesforceOrg,
  Scope,
  StartPage,
  Username,
  Duration,
} from '../../constructs';

/** What an org has for the plan to find; without anything, an org that lacks it all. */
export interface Surroundings {
  /** Content of org.json. */
  readonly org?: object;
  /** Elements of the OauthOidc settings. */
  readonly oauthOidc?: string;
  /** Elements of `networkAuthApiSettings` of a live site; undefined for an org without sites. */
  readonly site?: string;
}

/** Where a prerequisite is checked, and what says so. */
export type Check =
  /** A statement in test/types/illegal-states.ts that the compiler refuses. */
  | { readonly at: 'types'; readonly refuses: string }
  | {
      readonly at: 'synth';
      readonly says: string;
      readonly declare: (org: SalesforceOrg) => unknown;
      readonly apiVersion?: number;
    }
  | {
      readonly at: 'plan';
      readonly says: string;
      readonly declare: (org: SalesforceOrg) => unknown;
      readonly in?: Surroundings;
      /** ISO date of the plan. Default: the day of the synth. */
      readonly today?: string;
    };

export interface Row {
  readonly flow: string;
  readonly prerequisite: string;
  readonly checks: readonly Check[];
}

const CERTIFICATE = 'examples/quickstart/certs/billing-sync.crt';
const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
const user = 'feed@acme.example';
const holders = { permissionSets: [{ name: 'Access', holders: 1 }] };
const machineUser = (more: object) => ({ org: { ...holders, users: [{ username: user, ...more }] } });

/** An app that users log in to, with something changed. */
const portal = (more: object) => (org: SalesforceOrg) =>
  new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: ['https://portal.acme.example/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.selfAuthorized(),
    ...more,
  });
const headless = (more: object) => (org: SalesforceOrg) => {
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  portal({ codeAndCredentials: {}, ...more })(org);
};
const machine = (more: object) => (org: SalesforceOrg) =>
  new MachineApp(org, 'Feed', {
    label: 'Feed',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Access'] }),
    certificate: Certificate.fromFile(CERTIFICATE),
    ...more,
  });
const clientCredentials = machine({
  certificate: undefined,
  clientCredentials: { runAs: Username.of(user), justification },
});

const types = (refuses: string): Check => ({ at: 'types', refuses });
const synth = (says: string, declare: (org: SalesforceOrg) => unknown, apiVersion?: number): Check => ({
  at: 'synth',
  says,
  declare,
  ...(apiVersion !== undefined && { apiVersion }),
});
const plan = (
  says: string,
  declare: (org: SalesforceOrg) => unknown,
  around: Surroundings = {},
  today?: string,
): Check => ({
  at: 'plan',
  says,
  declare,
  in: around,
  ...(today !== undefined && { today }),
});
const row = (flow: string, prerequisite: string, ...checks: readonly Check[]): Row => ({ flow, prerequisite, checks });

const WITHOUT_PKCE = { pkce: { required: false, justification } };
const HEADLESS_SCOPES = { scopes: [Scope.API, Scope.REFRESH_TOKEN, Scope.FORGOT_PASSWORD, Scope.PASSWORDLESS_LOGIN] };
const LEFT_OUT = { org: { permissionSets: [{ name: 'Access', holders: 0 }] } };

/** Every flow, what it needs, and where that is checked: each check is carried out by flow-prerequisites.test.ts. */
export const FLOW_TABLE: readonly Row[] = [
  row(
    'web server',
    'a callback URL that is safe',
    types("'NoCallback'"),
    synth('invalid-callback-url', portal({ callbackUrls: ['http://portal.acme.example'] })),
  ),
  row(
    'web server',
    'PKCE, or somebody who answers for its absence',
    types("'PkceOff'"),
    types("'PublicWithoutPkce'"),
    plan('justification-expired', portal(WITHOUT_PKCE), {}, '2027-01-02'),
  ),
  row(
    'web server',
    'no org that demands PKCE of an app without',
    synth('contradiction', (org) => {
      org.oauthSettings({ requirePkce: true });
      portal(WITHOUT_PKCE)(org);
    }),
    plan('pkce-required-by-org', portal(WITHOUT_PKCE), { oauthOidc: '<isPkceRequired>true</isPkceRequired>' }),
  ),
  row(
    'web server',
    'permission sets that exist and that somebody holds',
    plan(
      'permission-set-missing',
      portal({ permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Nothing'] }) }),
    ),
    plan(
      'nobody-may-use-it',
      portal({ permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Access'] }) }),
      LEFT_OUT,
    ),
  ),
  row(
    'web server',
    'a secret of clients that keep one, of no other',
    types("'PublicWithSecret'"),
    types("'PublicDemandingSecret'"),
  ),
  row(
    'refresh',
    'the scope RefreshToken',
    synth(
      'refresh-token-never-issued',
      portal({ scopes: [Scope.API], refreshTokens: RefreshTokenPolicy.expiresAfter(Duration.days(1)) }),
    ),
  ),
  row(
    'refresh',
    'rotation and an end, or somebody who answers for their absence',
    types("'RotationOff'"),
    types('RefreshTokenPolicy.neverExpires()'),
  ),
  row(
    'code and credentials',
    'the switch of the org',
    synth('code-and-credentials-not-allowed', portal({ codeAndCredentials: {} })),
    plan('org-switch-off', (org) => {
      org.assumes({ codeAndCredentialsFlow: true });
      portal({ codeAndCredentials: {} })(org);
    }),
  ),
  row('code and credentials', 'Metadata API 61', synth('needs-newer-api-version', headless({}), 60)),
  row('code and credentials', 'passwords in the POST body only', types("'PasswordsInUrls'")),
  row('code and credentials', 'an Experience Cloud site that is live', plan('no-live-site', headless({}))),
  row(
    'code and credentials',
    'guests with JSON Web Tokens',
    types("'GuestsWithOpaqueTokens'"),
    synth('guest-needs-jwt', headless({ codeAndCredentials: { guest: {} } })),
  ),
  row(
    'code and credentials',
    'a site that allows forgot-password and passwordless login',
    plan('site-does-not-allow', headless(HEADLESS_SCOPES), { site: '<isForgotPwdAllowed>true</isForgotPwdAllowed>' }),
  ),
  row(
    'code and credentials',
    'what only the site knows is said to be unchecked',
    plan('headless-settings-unchecked', headless(HEADLESS_SCOPES), {
      site: '<isForgotPwdAllowed>true</isForgotPwdAllowed><isPwdlessLoginAllowed>true</isPwdlessLoginAllowed>',
    }),
  ),
  row(
    'code and credentials',
    'no registration',
    types("'Registering'"),
    synth('headless-registration-refused', headless({ scopes: [Scope.API, Scope.USER_REGISTRATION] })),
  ),
  row(
    'native login',
    'the certificate of the client',
    types("'NativeWithoutCertificate'"),
    plan(
      'site-does-not-allow',
      portal({ firstPartyApp: { enabled: true, clientAssertionCertificate: Certificate.fromFile(CERTIFICATE) } }),
      { site: '' },
    ),
  ),
  row(
    'JWT bearer',
    'a certificate',
    types("'NoWayIn'"),
    synth('unreadable-certificate-file', machine({ certificate: Certificate.fromFile('nowhere.crt') })),
  ),
  row(
    'JWT bearer',
    'a certificate that has not ended',
    plan('certificate-expires-soon', machine({}), { org: holders }, '2046-11-01'),
    plan('certificate-expired', machine({}), { org: holders }, '2046-12-01'),
  ),
  row(
    'JWT bearer',
    'pre-authorization by a permission set that somebody holds',
    types("'SelfAuthorized'"),
    types("'NobodyPermitted'"),
    plan('permission-set-missing', machine({})),
    plan('nobody-may-use-it', machine({}), LEFT_OUT),
  ),
  row(
    'JWT bearer',
    'a scope besides RefreshToken',
    synth('scopes-give-no-token', machine({ scopes: [Scope.REFRESH_TOKEN] })),
  ),
  row(
    'client credentials',
    'a justification that holds',
    types("'Unjustified'"),
    synth(
      'justification-expired',
      machine({
        clientCredentials: { runAs: Username.of(user), justification: { ...justification, expires: '2026-01-01' } },
      }),
    ),
    plan('justification-expired', clientCredentials, machineUser({}), '2027-01-02'),
  ),
  row(
    'client credentials',
    'a run-as user stated for this org',
    types("'RunAsText'"),
    synth(
      'username-missing-for-org',
      machine({ clientCredentials: { runAs: Username.perOrg({ uat: user }), justification } }),
    ),
  ),
  row(
    'client credentials',
    'a run-as user that exists and is active',
    plan('run-as-missing', clientCredentials, { org: holders }),
    plan('run-as-inactive', clientCredentials, machineUser({ active: false })),
  ),
  row(
    'client credentials',
    'a run-as user that may use the API',
    plan('run-as-not-api-enabled', clientCredentials, machineUser({ apiEnabled: false })),
    plan('run-as-access-unread', clientCredentials, machineUser({ profile: 'One that is not to be seen' })),
  ),
  row(
    'client credentials',
    'a run-as user that may do nothing else, as advice',
    plan('run-as-not-api-only', clientCredentials, machineUser({})),
  ),
  row('device', 'a justification', types("'DeviceFlow'"), types("'MachineDevice'")),
  row(
    'token exchange',
    'a justification, and a secret of clients that keep one',
    types("'TokenExchange'"),
    types("'ExchangeBySecret'"),
  ),
  row('introspection', 'a justification', types("'Introspection'")),
  row('JWT access tokens', 'no session timeout', types("'JwtAndSession'")),
  row(
    'JWT access tokens',
    'Metadata API 61',
    synth('needs-newer-api-version', portal({ accessTokens: AccessTokens.jwt() }), 60),
  ),
  row(
    'JWT access tokens',
    'clients that do without SOAP',
    plan('jwt-tokens-refused-by-soap', portal({ accessTokens: AccessTokens.jwt() })),
  ),
  row(
    'ID token',
    'the scope OpenID',
    types("'MachineIdToken'"),
    synth('id-token-never-issued', portal({ idToken: {} })),
  ),
  row(
    'single logout',
    'an https URL, and a user',
    types("'MachineSlo'"),
    synth('invalid-url', portal({ singleLogoutUrl: 'http://portal.acme.example' })),
  ),
  row(
    'start page',
    'the SAML plugin, where it is the page of that',
    types("'MachineStart'"),
    synth('start-page-switched-off', portal({ startPage: StartPage.SAML, disabledPlugins: [Plugin.SAML] })),
    plan('start-page-without-saml', portal({ startPage: StartPage.SAML })),
  ),
  row(
    'session level',
    'a user, and somebody who answers for LOW',
    types("'MachineLevel'"),
    types('SessionLevel.low()'),
  ),
  row(
    'IP ranges',
    'ranges that are some, and somebody who answers for relaxing',
    types('IpRelaxation.relax()'),
    synth('invalid-ip-range', portal({ trustedIpRanges: [{ start: '10.0.0.9', end: '10.0.0.1' }] })),
    plan('justification-expired', portal({ ipRelaxation: IpRelaxation.relax(justification) }), {}, '2027-01-02'),
  ),
  row(
    'custom attributes',
    'at most 128',
    synth(
      'too-many',
      portal({ customAttributes: Object.fromEntries(Array.from({ length: 129 }, (_, n) => [`a${n}`, 'User.Id'])) }),
    ),
  ),
  row(
    'Apex handler',
    'a user to run as that exists and is active',
    types("'HandlerOfNobody'"),
    plan('execute-as-missing', portal({ apexHandler: { className: 'Handler', executeAs: Username.of(user) } })),
    plan(
      'execute-as-inactive',
      portal({ apexHandler: { className: 'Handler', executeAs: Username.of(user) } }),
      machineUser({ active: false }),
    ),
  ),
];
