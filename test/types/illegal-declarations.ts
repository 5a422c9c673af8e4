/**
 * Declarations of client apps that are none, in both languages: what must not compile in TypeScript, with the message that
 * the compiler must give, and the same in HCL, where `terraform validate` must refuse it with the other message. HCL has no
 * values per org, so what is about those is in illegal-states.ts alone.
 */
export interface IllegalDeclaration {
  readonly name: string;
  readonly kind: 'private' | 'public' | 'machine';
  /** Options in TypeScript: what differs from a legal app, or all of them in braces. */
  readonly program: string;
  readonly refuses: string;
  /** Arguments in HCL: what differs from a legal app; null: left out. */
  readonly hcl: Readonly<Record<string, string | null>>;
  readonly says: RegExp;
}

type Row = readonly [
  name: string,
  kind: IllegalDeclaration['kind'],
  program: string,
  refuses: string,
  hcl: IllegalDeclaration['hcl'],
  says: RegExp,
];

/** What the programs of the table may name, and the legal apps that they change. */
export const PREAMBLE = `
import type { TerraformStack } from 'cdktf';
import {
  AccessTokens, type Certificate, Duration, IpRelaxation, type Justification, MachineApp, PermittedUsers, PrivateClientApp,
  PublicClientApp, RefreshTokenPolicy, SalesforceOrg, Scope, SessionLevel, StartPage, Username,
} from '../../constructs';
export function illegal(stack: TerraformStack, certificate: Certificate, justification: Justification): unknown[] {
  const org = new SalesforceOrg(stack, 'prod');
  const scopes = [Scope.API] as const;
  const users = PermittedUsers.selfAuthorized();
  const holders = PermittedUsers.preAuthorized({ permissionSets: ['Feed_Access'] });
  const app = { label: 'App', scopes, permittedUsers: users, callbackUrls: ['https://a.example/cb'] } as const;
  const machine = { label: 'Feed', scopes, permittedUsers: holders } as const;
  const runAs = Username.of('feed@acme.example');
`;

const CONSTRUCTS = { private: 'PrivateClientApp', public: 'PublicClientApp', machine: 'MachineApp' } as const;

/** The statement of one row, on one line. */
export function statementOf({ name, kind, program }: IllegalDeclaration): string {
  const base = kind === 'machine' ? 'machine' : 'app';
  const props = program.startsWith('{') || program === '' ? program || base : `{ ...${base}, ${program} }`;
  return `new ${CONSTRUCTS[kind]}(org, '${name}', ${props});`;
}

const UNSUPPORTED = /Unsupported argument/;
const UNJUSTIFIED = /needs a justification, and none was given/;
const EXCUSE = 'justification = local.justification';
const NO_CERTIFICATE = { certificate: null };

const ROWS: readonly Row[] = [
  ['PublicWithSecret', 'public', "secret: 'x'", "'secret' does not exist", { secret: '"x"' }, UNSUPPORTED],
  [
    'PublicWithClientCredentials',
    'public',
    'clientCredentials: { runAs, justification }',
    "'clientCredentials' does not exist",
    { client_credentials: `{ run_as = "feed@acme.example", ${EXCUSE} }` },
    UNSUPPORTED,
  ],
  [
    'PublicWithoutPkce',
    'public',
    'pkce: { required: false, justification }',
    "'pkce' does not exist",
    { pkce: `{ required = false, ${EXCUSE} }` },
    UNSUPPORTED,
  ],
  [
    'PublicWithCertificate',
    'public',
    'certificate',
    "'certificate' does not exist",
    { certificate: 'local.certificate' },
    UNSUPPORTED,
  ],
  [
    'NoCallback',
    'private',
    "{ label: 'App', scopes, permittedUsers: users }",
    "Property 'callbackUrls' is missing",
    { callback_urls: null },
    /"callback_urls" is required/,
  ],
  [
    'EmptyCallbacks',
    'private',
    'callbackUrls: []',
    'Source has 0 element(s) but target requires 1',
    { callback_urls: '[]' },
    /callback URLs, at least one/,
  ],
  [
    'NobodySaid',
    'private',
    "{ label: 'App', scopes, callbackUrls: app.callbackUrls }",
    "Property 'permittedUsers' is missing",
    { permitted_users: null },
    /"permitted_users" is required/,
  ],
  [
    'NoScope',
    'public',
    "{ label: 'App', permittedUsers: users, callbackUrls: app.callbackUrls }",
    "Property 'scopes' is missing",
    { scopes: null },
    /"scopes" is required/,
  ],
  [
    'MachineWithoutLabel',
    'machine',
    '{ scopes, permittedUsers: holders, certificate }',
    "but required in type 'MachineExternalClientAppProps'",
    { label: null },
    /"label" is required/,
  ],
  [
    'MachineOfNobody',
    'machine',
    "{ label: 'Feed', scopes, certificate }",
    "Property 'permittedUsers' is missing",
    { permitted_users: null },
    /"permitted_users" is required/,
  ],
  ...(
    [
      ['PkceOff', 'pkce: { required: false }', { pkce: '{ required = false }' }],
      ['RotationOff', 'refreshTokenRotation: { enabled: false }', { refresh_token_rotation: '{ enabled = false }' }],
      ['DeviceFlow', 'deviceFlow: { enabled: true }', { device_flow: '{ enabled = true }' }],
      ['Introspection', 'introspectAllTokens: { enabled: true }', { introspect_all_tokens: '{ enabled = true }' }],
      ['TokenExchange', 'tokenExchange: { enabled: true }', { token_exchange: '{ enabled = true }' }],
      [
        'PasswordsInUrls',
        'codeAndCredentials: { postBodyOnly: { required: false } }',
        { code_and_credentials: '{ post_body_only = { required = false } }' },
      ],
    ] as const
  ).map(([name, program, hcl]): Row => [
    name,
    'private',
    program,
    "Property 'justification' is missing",
    hcl,
    UNJUSTIFIED,
  ]),
  ...(
    [
      ['Relaxed', 'ipRelaxation: IpRelaxation.relax()', { ip_relaxation: '{ policy = "relax" }' }],
      [
        'RefreshRelaxed',
        'ipRelaxation: IpRelaxation.enforceButRelaxRefresh()',
        { ip_relaxation: '{ policy = "enforce_but_relax_refresh" }' },
      ],
      [
        'DevicesRelaxed',
        'ipRelaxation: IpRelaxation.relaxForActivatedDevices()',
        { ip_relaxation: '{ policy = "relax_for_activated_devices" }' },
      ],
      [
        'Forever',
        'refreshTokens: RefreshTokenPolicy.neverExpires()',
        { refresh_tokens: '{ policy = "never_expires" }' },
      ],
      ['LowLevel', 'requiredSessionLevel: SessionLevel.low()', { required_session_level: '{ level = "low" }' }],
    ] as const
  ).map(([name, program, hcl]): Row => [name, 'private', program, 'Expected 1 arguments', hcl, UNJUSTIFIED]),
  [
    'PrivateMachine',
    'private',
    'clientCredentials: { runAs, justification }',
    "'clientCredentials' does not exist",
    { client_credentials: `{ run_as = "feed@acme.example", ${EXCUSE} }` },
    UNSUPPORTED,
  ],
  [
    'NoApprover',
    'private',
    "pkce: { required: false, justification: { reason: 'x', expires: '2027-01-31' } }",
    "Property 'approvedBy' is missing",
    { pkce: '{ required = false, justification = { reason = "x", expires = "2027-01-31" } }' },
    /attribute "approved_by" is required/,
  ],
  [
    'GuestsWithOpaqueTokens',
    'private',
    'codeAndCredentials: { guest: {} }',
    'is not assignable to type',
    { code_and_credentials: '{ guest = {} }' },
    /guest/,
  ],
  [
    'GuestsStillOpaque',
    'private',
    'accessTokens: AccessTokens.opaque(Duration.minutes(15)), codeAndCredentials: { guest: {} }',
    'is not assignable to type',
    { access_tokens: '{ format = "opaque", lifetime = "15 minutes" }', code_and_credentials: '{ guest = {} }' },
    /guest/,
  ],
  [
    'JwtAndSession',
    'private',
    'accessTokens: AccessTokens.jwt(), sessionTimeout: 60',
    "'sessionTimeout' does not exist",
    { access_tokens: '{ format = "jwt" }', session_timeout: '60' },
    UNSUPPORTED,
  ],
  [
    'SessionOfUserWithLifetime',
    'private',
    'accessTokens: AccessTokens.jwtForUserSession(Duration.minutes(30))',
    'Expected 0 arguments',
    { access_tokens: '{ format = "jwt_for_user_session", lifetime = "30 minutes" }' },
    /"jwt_for_user_session" takes no lifetime/,
  ],
  [
    'BareNumber',
    'private',
    'accessTokens: AccessTokens.opaque(60)',
    "Argument of type 'number' is not assignable",
    { access_tokens: '{ format = "opaque", lifetime = 60 }' },
    /not a length of time/,
  ],
  [
    'ScopeByString',
    'private',
    "scopes: ['api']",
    "Type 'string' is not assignable to type 'Scope<",
    { scopes: '["api"]' },
    /did you mean Api/,
  ],
  [
    'NoScopes',
    'private',
    'scopes: []',
    'Source has 0 element(s) but target requires 1',
    { scopes: '[]' },
    /scopes such as \["Api"\], at least one/,
  ],
  ['NoWayIn', 'machine', '', "Property 'certificate' is missing", NO_CERTIFICATE, /add certificate = file\(/],
  [
    'Unjustified',
    'machine',
    'clientCredentials: { runAs }',
    "Property 'justification' is missing",
    { ...NO_CERTIFICATE, client_credentials: '{ run_as = "feed@acme.example" }' },
    /attribute "justification" is required/,
  ],
  [
    'UnjustifiedBesideCertificate',
    'machine',
    'certificate, clientCredentials: { runAs }',
    "Property 'justification' is missing",
    { client_credentials: '{ run_as = "feed@acme.example" }' },
    /attribute "justification" is required/,
  ],
  [
    'NobodyPermitted',
    'machine',
    'certificate, permittedUsers: PermittedUsers.preAuthorized({ permissionSets: [] })',
    'is not assignable to type',
    { permitted_users: '{ policy = "pre_authorized", permission_sets = [] }' },
    /permission set/,
  ],
  [
    'SelfAuthorized',
    'machine',
    'certificate, permittedUsers: users',
    'is not assignable to type',
    { permitted_users: '{ policy = "self_authorized" }' },
    /pre_authorized|pre-authorized|admin-approved|approve/i,
  ],
  [
    'MachineLogout',
    'machine',
    "certificate, adminPolicies: { singleLogoutUrl: 'https://a' }",
    "'singleLogoutUrl' does not exist",
    { single_logout_url: '"https://a.example"' },
    UNSUPPORTED,
  ],
  ['PublicMutualTls', 'public', 'mutualTls: true', "'mutualTls' does not exist", { mutual_tls: 'true' }, UNSUPPORTED],
  [
    'IdleUnlimited',
    'private',
    'limitIdleRefreshTokens: false',
    "Type 'false' is not assignable to type 'true'",
    { limit_idle_refresh_tokens: 'false' },
    /can only tighten/,
  ],
  [
    'NativeWithoutCertificate',
    'private',
    'firstPartyApp: { enabled: true }',
    "Property 'clientAssertionCertificate' is missing",
    { first_party_app: '{ enabled = true }' },
    /client_assertion_certificate/,
  ],
  [
    'HandlerOfNobody',
    'private',
    "apexHandler: { className: 'Plugin' }",
    "Property 'executeAs' is missing",
    { apex_handler: '{ class_name = "Plugin" }' },
    /attribute "execute_as" is required/,
  ],
  [
    'PluginByName',
    'private',
    "disabledPlugins: ['Saml']",
    "Type 'string' is not assignable to type 'Plugin'",
    { disabled_plugins: '["Saml"]' },
    /did you mean saml/,
  ],
  ['Protected', 'private', 'isProtected: true', "'isProtected' does not exist", { is_protected: 'true' }, UNSUPPORTED],
  [
    'ExcusedPkce',
    'private',
    'pkce: { required: true, justification }',
    "'justification' does not exist",
    { pkce: `{ required = true, ${EXCUSE} }` },
    /justification/,
  ],
  [
    'ExcusedDeviceFlow',
    'public',
    'deviceFlow: { enabled: false, justification }',
    "'justification' does not exist",
    { device_flow: `{ enabled = false, ${EXCUSE} }` },
    /justification/,
  ],
  [
    'PublicDemandingSecret',
    'public',
    'requireSecret: false',
    "'requireSecret' does not exist",
    { require_secret: 'false' },
    UNSUPPORTED,
  ],
  [
    'StartPageByUrl',
    'private',
    "startPage: 'https://a.example'",
    "Type 'string' is not assignable to type 'NotOnConnectedApps | StartPage'",
    { start_page: '"https://a.example"' },
    /object required/,
  ],
  [
    'LevelByName',
    'private',
    "requiredSessionLevel: 'HIGH_ASSURANCE'",
    "is not assignable to type 'SessionLevel<",
    { required_session_level: '"HIGH_ASSURANCE"' },
    /object required/,
  ],
  [
    'EverybodyByName',
    'private',
    "permittedUsers: 'AllSelfAuthorized'",
    "is not assignable to type 'PermittedUsers",
    { permitted_users: '"AllSelfAuthorized"' },
    /object required/,
  ],
  [
    'LifetimeByShape',
    'private',
    "refreshTokens: { type: 'Infinite' }",
    "is missing the following properties from type 'RefreshTokenPolicy'",
    { refresh_tokens: '{ policy = "Infinite" }' },
    /no policy "Infinite"/,
  ],
  [
    'EverybodyOfProfile',
    'private',
    "permittedUsers: PermittedUsers.selfAuthorized({ profiles: ['Standard User'] })",
    'Expected 0 arguments',
    { permitted_users: '{ policy = "self_authorized", profiles = ["Standard User"] }' },
    /"self_authorized" takes no profiles/,
  ],
  [
    'MachineWithCallback',
    'machine',
    "certificate, callbackUrls: ['https://a.example/cb']",
    "'callbackUrls' does not exist",
    { callback_urls: '["https://a.example/cb"]' },
    UNSUPPORTED,
  ],
  ...(
    [
      ['MachineStart', 'startPage', 'StartPage.NONE', 'start_page', '{ page = "none" }'],
      ['MachineNative', 'firstPartyApp', '{ enabled: false }', 'first_party_app', '{ enabled = false }'],
      ['MachineIdle', 'limitIdleRefreshTokens', 'true', 'limit_idle_refresh_tokens', 'true'],
      ['MachineHeadless', 'codeAndCredentials', '{}', 'code_and_credentials', '{}'],
      ['MachineDevice', 'deviceFlow', '{ enabled: false }', 'device_flow', '{ enabled = false }'],
      ['MachinePkce', 'pkce', '{ required: true }', 'pkce', '{ required = true }'],
      ['MachineRotation', 'refreshTokenRotation', '{ enabled: true }', 'refresh_token_rotation', '{ enabled = true }'],
      [
        'MachineRefresh',
        'refreshTokens',
        'RefreshTokenPolicy.expiresImmediately()',
        'refresh_tokens',
        '{ policy = "expires_immediately" }',
      ],
      ['MachineIdToken', 'idToken', '{}', 'id_token', '{}'],
      ['MachineSlo', 'singleLogoutUrl', "'https://a.example/out'", 'single_logout_url', '"https://a.example/out"'],
      ['MachineStartUrl', 'startUrl', "'https://a.example'", 'start_url', '"https://a.example"'],
      [
        'MachineLevel',
        'requiredSessionLevel',
        'SessionLevel.STANDARD',
        'required_session_level',
        '{ level = "standard" }',
      ],
      ['MachineRanges', 'trustedIpRanges', '[]', 'trusted_ip_ranges', '[]'],
    ] as const
  ).map(([name, option, value, attribute, hcl]): Row => [
    name,
    'machine',
    `certificate, ${option}: ${value}`,
    `'${option}' does not exist`,
    { [attribute]: hcl },
    UNSUPPORTED,
  ]),
  [
    'RunAsNobody',
    'machine',
    'clientCredentials: { justification }',
    "Property 'runAs' is missing",
    { ...NO_CERTIFICATE, client_credentials: `{ ${EXCUSE} }` },
    /attribute "run_as" is required/,
  ],
  [
    'KeyAsText',
    'machine',
    "certificate: '-----BEGIN CERTIFICATE-----'",
    'is not assignable to',
    { certificate: '"-----BEGIN CERTIFICATE-----"' },
    /certificate/,
  ],
];

export const ILLEGAL_DECLARATIONS: readonly IllegalDeclaration[] = ROWS.map(
  ([name, kind, program, refuses, hcl, says]) => ({ name, kind, program, refuses, hcl, says }),
);
