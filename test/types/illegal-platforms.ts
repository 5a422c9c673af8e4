/**
 * Options that what an app is stored as does not have: they must not compile. Each directive names the message that the
 * compiler must give; see illegal-states.ts.
 */
import type { TerraformStack } from 'cdktf';

import {
  AccessTokens,
  type Certificate,
  Duration,
  type Justification,
  MachineApp,
  PermittedUsers,
  Platform,
  Plugin,
  PrivateClientApp,
  type PrivateClientAppProps,
  PublicClientApp,
  SalesforceOrg,
  Scope,
  SessionLevel,
  StartPage,
  TlsClientAuthType,
} from '../../constructs';

/** Never run: only the compiler reads it. */
export function illegal(stack: TerraformStack, certificate: Certificate, justification: Justification): void {
  const org = new SalesforceOrg(stack, 'prod');
  const users = PermittedUsers.selfAuthorized();
  const scopes = [Scope.API] as const;
  const app = { label: 'App', scopes, permittedUsers: users, callbackUrls: ['https://a.example/cb'] } as const;
  const holders = PermittedUsers.preAuthorized({ permissionSets: ['Feed_Access'] });
  const machine = { label: 'Feed', scopes, permittedUsers: holders, certificate } as const;
  const platform = Platform.CONNECTED_APP;
  const external = Platform.EXTERNAL_CLIENT_APP;
  const url = 'https://a.example';
  const tls = (type: TlsClientAuthType) => ({ securitySettings: { tlsClientAuth: { type, value: 'client' } } });

  // A Connected App does not have what only External Client Apps have.
  // @ts-expect-error: required in type 'NotOnConnectedApps'
  new PrivateClientApp(org, 'CustomScopes', { ...app, platform, customScopes: ['orders'] });
  // @ts-expect-error: required in type 'NotOnConnectedApps'
  new PrivateClientApp(org, 'AdminScopes', { ...app, platform, adminPolicies: { customScopes: ['orders'] } });
  // @ts-expect-error: 'a' does not exist in type 'NotOnConnectedApps'
  new PublicClientApp(org, 'AdminAttributes', { ...app, platform, adminPolicies: { customAttributes: { a: 'x' } } });
  // @ts-expect-error: required in type 'NotOnConnectedApps'
  new MachineApp(org, 'MachineAdmins', { ...machine, platform, adminPolicies: {} });
  // @ts-expect-error: required in type 'NotOnConnectedApps'
  new PrivateClientApp(org, 'StartPage', { ...app, platform, startPage: StartPage.NONE });
  // @ts-expect-error: is not assignable to type 'NotOnConnectedApps | FirstPartyApp'
  new PublicClientApp(org, 'FirstParty', { ...app, platform, firstPartyApp: { enabled: false } });
  // @ts-expect-error: required in type 'NotOnConnectedApps'
  new MachineApp(org, 'Plugins', { ...machine, platform, disabledPlugins: [Plugin.SAML] });
  // @ts-expect-error: is not assignable to type 'NotOnConnectedApps'
  new MachineApp(org, 'MutualTls', { ...machine, platform, mutualTls: true });
  // @ts-expect-error: is not assignable to type 'NotOnConnectedApps'
  new PrivateClientApp(org, 'MutualTlsOfServer', { ...app, platform, mutualTls: true });
  // @ts-expect-error: is not assignable to type 'NotOnConnectedApps'
  new MachineApp(org, 'ReEnable', { ...machine, platform, reEnable: true });
  // @ts-expect-error: required in type 'NotOnConnectedApps'
  new PrivateClientApp(org, 'Experimental', { ...app, platform, experimental: {} });
  // @ts-expect-error: 'securitySettings' does not exist in type 'NotOnConnectedApps'
  new PublicClientApp(org, 'ExperimentalPublic', { ...app, platform, experimental: { securitySettings: {} } });

  // What is required of an External Client App is required of it, too.
  // @ts-expect-error: but required in type 'PrivateConnectedAppProps'
  new PrivateClientApp(org, 'NobodySaid', { label: 'App', scopes, callbackUrls: app.callbackUrls, platform });
  // @ts-expect-error: but required in type 'PublicConnectedAppProps'
  new PublicClientApp(org, 'NoCallback', { label: 'App', scopes, permittedUsers: users, platform });
  // @ts-expect-error: Property 'certificate' is missing
  new MachineApp(org, 'NoWayIn', { label: 'Feed', scopes, permittedUsers: holders, platform });

  // Nor does it have every value of the options that both have.
  const jwt = AccessTokens.jwt(Duration.minutes(30));
  // @ts-expect-error: Types of property 'accessTokens' are incompatible
  new PrivateClientApp(org, 'JwtLifetime', { ...app, platform, accessTokens: jwt });
  // @ts-expect-error: Types of property 'accessTokens' are incompatible
  new MachineApp(org, 'JwtForSession', { ...machine, platform, accessTokens: AccessTokens.jwtForUserSession() });
  const guest = { accessTokens: AccessTokens.jwt(), codeAndCredentials: { guest: {} } };
  // @ts-expect-error: The types of 'codeAndCredentials.guest' are incompatible
  new PrivateClientApp(org, 'Guest', { ...app, platform, ...guest });
  // @ts-expect-error: Types of property 'requiredSessionLevel' are incompatible
  new PrivateClientApp(org, 'LowLevel', { ...app, platform, requiredSessionLevel: SessionLevel.low(justification) });
  const stepUp = SessionLevel.highAssuranceOrStepUp();
  // @ts-expect-error: Types of property 'requiredSessionLevel' are incompatible
  new PublicClientApp(org, 'StepUp', { ...app, platform, requiredSessionLevel: stepUp });

  // An External Client App does not have what only Connected Apps have.
  // @ts-expect-error: Property 'platform' is missing
  new PrivateClientApp(org, 'Support', { ...app, creationAllowedBySupport: true });
  // @ts-expect-error: is not assignable to type 'OnlyOnConnectedApps'
  new PrivateClientApp(org, 'SupportStated', { ...app, platform: external, creationAllowedBySupport: true });
  // @ts-expect-error: Property 'platform' is missing
  new MachineApp(org, 'MachineSupport', { ...machine, creationAllowedBySupport: true });
  // @ts-expect-error: is not assignable to type 'OnlyOnConnectedApps'
  new PrivateClientApp(org, 'MobileStart', { ...app, mobileStartUrl: url });
  // @ts-expect-error: is not assignable to type 'OnlyOnConnectedApps'
  new PublicClientApp(org, 'MobileStartStated', { ...app, platform: external, mobileStartUrl: url });
  // @ts-expect-error: is not assignable to type 'OnlyOnConnectedApps'
  new PublicClientApp(org, 'IpBinding', { ...app, platform: external, ipBinding: true });
  // @ts-expect-error: Property 'platform' is missing
  new MachineApp(org, 'PkiMutualTls', { ...machine, pkiMutualTls: true });
  // Headless registration, too.
  // @ts-expect-error: The types of 'scopes' are incompatible
  new PrivateClientApp(org, 'Registration', { ...app, scopes: [Scope.API, Scope.USER_REGISTRATION] });
  // @ts-expect-error: The types of 'scopes' are incompatible
  new PublicClientApp(org, 'RegistrationStated', { ...app, platform: external, scopes: [Scope.USER_REGISTRATION] });

  // MCP servers hosted by Salesforce support no Connected Apps.
  // @ts-expect-error: The types of 'scopes' are incompatible
  new PublicClientApp(org, 'Mcp', { ...app, platform, scopes: [Scope.MCP], accessTokens: AccessTokens.jwt() });

  // What a kind of client does not have, it has on neither platform.
  // @ts-expect-error: 'mobileStartUrl' does not exist
  new MachineApp(org, 'MachineMobileStart', { ...machine, platform, mobileStartUrl: url });
  // @ts-expect-error: 'startPage' does not exist
  new MachineApp(org, 'MachineStartPage', { ...machine, platform, startPage: StartPage.NONE });
  // @ts-expect-error: 'pkiMutualTls' does not exist
  new PublicClientApp(org, 'PublicPkiMutualTls', { ...app, platform, pkiMutualTls: true });
  // @ts-expect-error: 'tlsClientAuth' does not exist
  new PublicClientApp(org, 'PublicTls', { ...app, experimental: { securitySettings: { tlsClientAuth: undefined } } });
  // @ts-expect-error: is not assignable to parameter of type 'TlsClientAuthType'
  tls('tls_client_auth_subject_dn');
  // @ts-expect-error: is private
  new TlsClientAuthType('tls_client_auth_subject_dn');

  // @ts-expect-error: Type 'string' is not assignable to type 'Platform<"external-client-app"> | Platform<"connected-app">
  new PrivateClientApp(org, 'PlatformAsText', { ...app, platform: 'connected-app' });
  // @ts-expect-error: Property 'nominal' is missing
  new PrivateClientApp(org, 'PlatformByShape', { ...app, platform: { platform: 'connected-app' } });
  // However the object is put together.
  // @ts-expect-error: Type 'Platform<"connected-app">' is not assignable to type 'Platform<"external-client-app">'
  new PrivateClientApp(org, 'PlatformSpread', { ...app, ...{ platform }, mutualTls: true });
  // A shared object is judged like one that is typed where it is used.
  const shared = { ...app, platform, customScopes: ['orders'] };
  // @ts-expect-error: required in type 'NotOnConnectedApps'
  new PrivateClientApp(org, 'Shared', shared);
  // @ts-expect-error: required in type 'NotOnConnectedApps'
  const returned: PrivateClientAppProps = shared;
  new PrivateClientApp(org, 'Returned', returned);
}
