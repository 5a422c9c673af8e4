import {
  AccessTokens,
  Certificate,
  Duration,
  IpRelaxation,
  Plugin,
  Scope,
  StartPage,
  Username,
} from '../../constructs';
import {
  clientCredentials,
  holders,
  justification,
  machine,
  machineUser,
  plan,
  portal,
  type Row,
  row,
  synth,
  types,
  user,
} from './flow-support';

const LEFT_OUT = { org: { permissionSets: [{ name: 'Access', holders: 0 }] } };

const handled = portal({ apexHandler: { className: 'Handler', executeAs: Username.of(user) } });
const withClass = (more: object) => ({
  org: { ...machineUser({}).org, apexClasses: [{ name: 'Handler', ...more }] },
});
const withAssetToken = portal({
  assetToken: {
    audiences: 'https://devices.acme.example',
    signingCertificate: '0P1000000000001',
    validity: Duration.hours(1),
  },
});
const withCertificate = (expires: string) => ({
  org: { ...holders, certificates: [{ name: 'Devices', id: '0P1000000000001', expires }] },
});

/** Flows of machines, kinds of tokens and policies: what each needs, and where that is checked. */
export const OTHER_FLOWS: readonly Row[] = [
  row(
    'JWT bearer',
    'a certificate',
    types("'NoWayIn'"),
    synth('unreadable-certificate-file', machine({ certificate: Certificate.fromFile('nowhere.crt') })),
  ),
  row(
    'JWT bearer',
    'a certificate that has not ended',
    plan('certificate-expires-soon', machine({}), { org: holders }, '2028-12-15'),
    plan('certificate-expired', machine({}), { org: holders }, '2029-01-01'),
  ),
  row(
    'JWT bearer',
    'pre-authorization by a permission set that somebody holds',
    types("'SelfAuthorized'"),
    types("'NobodyPermitted'"),
    plan('permission-set-missing', machine({})),
    plan('no-permitted-user', machine({}), LEFT_OUT),
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
    'a run-as user that may do nothing else, or an exception',
    plan('SFCA-ECA-RUN-AS-USER', clientCredentials, machineUser({})),
  ),
  row('device', 'a justification', types("'DeviceFlow'"), types("'MachineDevice'")),
  row(
    'token exchange',
    'a justification, and a secret of clients that keep one',
    types("'TokenExchange'"),
    types("'ExchangeBySecret'"),
  ),
  row(
    'token exchange',
    'a handler in the org that is enabled for the app',
    plan('token-exchange-handler-missing', portal({ tokenExchange: { enabled: true, justification } })),
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
  row(
    'Apex handler',
    'a class in the org, which is Active and compiled',
    plan('apex-class-missing', handled, machineUser({})),
    plan('apex-class-deleted', handled, withClass({ status: 'Deleted' })),
    plan('apex-class-invalid', handled, withClass({ valid: false })),
  ),
  row(
    'asset token',
    'a certificate of the org that has not ended',
    plan('signing-certificate-missing', withAssetToken),
    plan('signing-certificate-expired', withAssetToken, withCertificate('2026-11-20')),
    plan('signing-certificate-expires-soon', withAssetToken, withCertificate('2026-12-01')),
  ),
];
