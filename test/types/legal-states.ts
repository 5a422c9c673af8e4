/** What must compile: the ways to declare each kind. Never run. */
import type { TerraformStack } from 'cdktf';

import {
  AccessTokens,
  type Certificate,
  Duration,
  IpRelaxation,
  type Justification,
  MachineApp,
  PermittedUsers,
  PerOrg,
  Platform,
  Plugin,
  PrivateClientApp,
  PublicClientApp,
  RefreshTokenPolicy,
  SalesforceOrg,
  Scope,
  SessionLevel,
  StartPage,
  Username,
} from '../../constructs';

export function legal(stack: TerraformStack, certificate: Certificate, justification: Justification): void {
  const org = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', orgId: '00D000000000001EAA' });
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  const holders = PermittedUsers.preAuthorized({ permissionSets: ['Feed_Access'], profiles: ['Standard User'] });
  const callbackUrls = ['https://a.example/cb'] as const;
  const app = {
    label: 'App',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
    callbackUrls,
  } as const;

  new PrivateClientApp(org, 'Minimal', app);
  new PrivateClientApp(org, 'Everything', {
    ...app,
    apiName: 'Everything_Else',
    description: 'x',
    contactEmail: 'x@acme.example',
    customScopes: ['orders'],
    codeAndCredentials: { postBodyOnly: { required: false, justification } },
    pkce: { required: false, justification },
    refreshTokens: RefreshTokenPolicy.neverExpires(justification),
    refreshTokenRotation: { enabled: false, justification },
    accessTokens: AccessTokens.opaque(Duration.hours(2)),
    ipRelaxation: IpRelaxation.relax(justification),
    introspectAllTokens: { enabled: true, justification },
    deviceFlow: { enabled: true, justification },
    tokenExchange: { enabled: true, requireSecret: true, justification },
    trustedIpRanges: [{ start: '10.0.0.1', end: '10.0.0.2' }],
    idToken: { validity: Duration.minutes(5) },
    singleLogoutUrl: 'https://a.example/out',
    startUrl: 'https://a.example',
    requiredSessionLevel: SessionLevel.HIGH_ASSURANCE,
    customAttributes: { country: 'Organization.Country' },
    assetToken: { audiences: 'https://a.example', signingCertificate: '0P1000000000001', validity: Duration.hours(1) },
    apexHandler: { className: 'Plugin', executeAs: Username.of('plugin@acme.example') },
    adminPolicies: { customScopes: ['orders'], customAttributes: {}, singleLogoutUrl: 'https://a.example/out' },
    disabledPlugins: [Plugin.SAML],
    startPage: StartPage.custom('https://a.example/start'),
    firstPartyApp: { enabled: true, clientAssertionCertificate: certificate },
    limitIdleRefreshTokens: true,
    dpop: true,
    mutualTls: true,
    adopt: true,
  });
  new PrivateClientApp(org, 'Headless', { ...app, codeAndCredentials: {} });
  new PrivateClientApp(org, 'HeadlessJwt', { ...app, accessTokens: AccessTokens.jwt(), codeAndCredentials: {} });
  new PrivateClientApp(org, 'OneForAllOrgs', {
    ...app,
    callbackUrls: PerOrg.of({ prod: ['https://a.example/cb'], uat: ['https://uat.a.example/cb'] }),
    contactEmail: PerOrg.of({ prod: 'iam@acme.example', uat: 'qa@acme.example' }),
    trustedIpRanges: PerOrg.of({ prod: [{ start: '10.0.0.1', end: '10.0.0.2' }], uat: [] }),
    requiredSessionLevel: SessionLevel.highAssuranceOrBlock(),
    accessTokens: AccessTokens.jwtForUserSession(),
  });
  new PublicClientApp(org, 'Guests', {
    ...app,
    accessTokens: AccessTokens.jwt(Duration.minutes(30)),
    codeAndCredentials: { guest: { timeout: Duration.minutes(5) } },
  });
  const machine = { label: 'Feed', scopes: [Scope.API], permittedUsers: holders } as const;
  const clientCredentials = { runAs: Username.perOrg({ prod: 'feed@acme.example' }), justification };
  new MachineApp(org, 'WithCertificate', { ...machine, certificate });
  new MachineApp(org, 'AsConnectedApp', { ...machine, certificate, platform: Platform.CONNECTED_APP, adopt: true });
  new MachineApp(org, 'CertificatePerOrg', { ...machine, certificate: PerOrg.of({ prod: certificate }) });
  new MachineApp(org, 'WithBoth', { ...machine, certificate, clientCredentials });
  new MachineApp(org, 'WithCredentials', { ...machine, clientCredentials });
  new MachineApp(org, 'WithCredentialsAlone', {
    ...machine,
    permittedUsers: PermittedUsers.preAuthorized({}),
    clientCredentials,
  });
}
