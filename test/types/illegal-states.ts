/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- being refused is the point of this file */
/**
 * What must not compile. Each directive names the message that the compiler must give, and illegal-states.test.ts checks
 * that it gives that one and not another.
 */
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
  PrivateClientApp,
  PublicClientApp,
  RefreshTokenPolicy,
  SalesforceOrg,
  Scope,
  SessionLevel,
  StartPage,
  Username,
} from '../../constructs';

/** Never run: only the compiler reads it. */
export function illegal(stack: TerraformStack, certificate: Certificate, justification: Justification): void {
  const org = new SalesforceOrg(stack, 'prod');
  const users = PermittedUsers.selfAuthorized();
  const holders = PermittedUsers.preAuthorized({ permissionSets: ['Feed_Access'] });
  const nobody = PermittedUsers.preAuthorized({ permissionSets: [] });
  const scopes = [Scope.API] as const;
  const app = { label: 'App', scopes, permittedUsers: users, callbackUrls: ['https://a.example/cb'] } as const;
  const machine = { label: 'Feed', scopes, permittedUsers: holders } as const;
  const unapproved = { reason: 'x', expires: '2027-01-31' };
  const lookalike = { amount: 60, unit: 'minutes' } as const;
  const runAs = Username.of('feed@acme.example');
  const exchange = { enabled: true, justification } as const;

  // @ts-expect-error: 'secret' does not exist
  new PublicClientApp(org, 'PublicWithSecret', { ...app, secret: 'x' });
  // @ts-expect-error: 'clientCredentials' does not exist
  new PublicClientApp(org, 'PublicWithClientCredentials', { ...app, clientCredentials: { runAs, justification } });
  // @ts-expect-error: 'pkce' does not exist
  new PublicClientApp(org, 'PublicWithoutPkce', { ...app, pkce: { required: false, justification } });
  // @ts-expect-error: 'certificate' does not exist
  new PublicClientApp(org, 'PublicWithCertificate', { ...app, certificate });

  // @ts-expect-error: Property 'callbackUrls' is missing
  new PrivateClientApp(org, 'NoCallback', { label: 'App', scopes, permittedUsers: users });
  // @ts-expect-error: Source has 0 element(s) but target requires 1
  new PrivateClientApp(org, 'EmptyCallbacks', { ...app, callbackUrls: [] });
  // @ts-expect-error: Property 'permittedUsers' is missing
  new PrivateClientApp(org, 'NobodySaid', { label: 'App', scopes, callbackUrls: app.callbackUrls });
  // What the author forgot is named, of the platform that the author means, in a type that has a name.
  // @ts-expect-error: but required in type 'PrivateExternalClientAppProps'
  new PrivateClientApp(org, 'NobodySaidAtDefault', { label: 'App', scopes, callbackUrls: app.callbackUrls });
  // @ts-expect-error: Property 'scopes' is missing
  new PublicClientApp(org, 'NoScope', { label: 'App', permittedUsers: users, callbackUrls: app.callbackUrls });
  // @ts-expect-error: but required in type 'PublicExternalClientAppProps'
  new PublicClientApp(org, 'NoScopeAtDefault', { label: 'App', permittedUsers: users, callbackUrls: app.callbackUrls });
  // @ts-expect-error: but required in type 'MachineExternalClientAppProps'
  new MachineApp(org, 'MachineWithoutLabel', { scopes, permittedUsers: holders, certificate });
  // @ts-expect-error: Property 'permittedUsers' is missing
  new MachineApp(org, 'MachineOfNobody', { label: 'Feed', scopes, certificate });
  // @ts-expect-error: Property 'justification' is missing
  new PrivateClientApp(org, 'PkceOff', { ...app, pkce: { required: false } });
  // @ts-expect-error: Property 'justification' is missing
  new PrivateClientApp(org, 'RotationOff', { ...app, refreshTokenRotation: { enabled: false } });
  // @ts-expect-error: Property 'justification' is missing
  new PrivateClientApp(org, 'DeviceFlow', { ...app, deviceFlow: { enabled: true } });
  // @ts-expect-error: Property 'justification' is missing
  new PrivateClientApp(org, 'Introspection', { ...app, introspectAllTokens: { enabled: true } });
  // @ts-expect-error: Property 'justification' is missing
  new PrivateClientApp(org, 'TokenExchange', { ...app, tokenExchange: { enabled: true } });
  // @ts-expect-error: Property 'justification' is missing
  new PrivateClientApp(org, 'PasswordsInUrls', { ...app, codeAndCredentials: { postBodyOnly: { required: false } } });
  // @ts-expect-error: 'clientCredentials' does not exist
  new PrivateClientApp(org, 'PrivateMachine', { ...app, clientCredentials: { runAs, justification } });
  // @ts-expect-error: Property 'approvedBy' is missing
  new PrivateClientApp(org, 'NoApprover', { ...app, pkce: { required: false, justification: unapproved } });
  // @ts-expect-error: Expected 1 arguments
  IpRelaxation.relax();
  // @ts-expect-error: Expected 1 arguments
  RefreshTokenPolicy.neverExpires();
  // @ts-expect-error: Expected 1 arguments
  SessionLevel.low();

  // @ts-expect-error: is not assignable to type
  new PrivateClientApp(org, 'GuestsWithOpaqueTokens', { ...app, codeAndCredentials: { guest: {} } });
  const opaque = AccessTokens.opaque(Duration.minutes(15));
  // @ts-expect-error: is not assignable to type
  new PrivateClientApp(org, 'GuestsStillOpaque', { ...app, accessTokens: opaque, codeAndCredentials: { guest: {} } });
  // @ts-expect-error: Expected 0-1 arguments
  AccessTokens.jwt(Duration.minutes(30), { sessionTimeout: Duration.minutes(15) });
  // @ts-expect-error: 'sessionTimeout' does not exist
  new PrivateClientApp(org, 'JwtAndSession', { ...app, accessTokens: AccessTokens.jwt(), sessionTimeout: 60 });
  // @ts-expect-error: Argument of type 'number' is not assignable
  AccessTokens.opaque(60);
  // @ts-expect-error: Property 'nominal' is missing
  AccessTokens.opaque(lookalike);
  // @ts-expect-error: Type 'string' is not assignable to type 'Scope<
  new PrivateClientApp(org, 'ScopeByString', { ...app, scopes: ['api'] });
  // @ts-expect-error: Source has 0 element(s) but target requires 1
  new PrivateClientApp(org, 'NoScopes', { ...app, scopes: [] });

  // @ts-expect-error: Property 'certificate' is missing
  new MachineApp(org, 'NoWayIn', machine);
  // @ts-expect-error: Property 'justification' is missing
  new MachineApp(org, 'Unjustified', { ...machine, clientCredentials: { runAs } });
  // @ts-expect-error: Property 'justification' is missing
  new MachineApp(org, 'UnjustifiedBesideCertificate', { ...machine, certificate, clientCredentials: { runAs } });
  // @ts-expect-error: is not assignable to type
  new MachineApp(org, 'NobodyPermitted', { ...machine, certificate, permittedUsers: nobody });
  // @ts-expect-error: is not assignable to type
  new MachineApp(org, 'SelfAuthorized', { ...machine, certificate, permittedUsers: users });
  // @ts-expect-error: Type 'string' is not assignable to type 'Username'
  new MachineApp(org, 'RunAsText', { ...machine, clientCredentials: { runAs: 'feed@acme.example', justification } });
  // @ts-expect-error: 'callbackUrls' does not exist
  new MachineApp(org, 'MachineWithCallback', { ...machine, certificate, callbackUrls: ['https://a.example/cb'] });
  // @ts-expect-error: 'refreshTokens' does not exist
  new MachineApp(org, 'MachineRefresh', { ...machine, certificate, refreshTokens: undefined });

  // @ts-expect-error: 'startPage' does not exist
  new MachineApp(org, 'MachineStart', { ...machine, certificate, startPage: StartPage.NONE });
  // @ts-expect-error: 'firstPartyApp' does not exist
  new MachineApp(org, 'MachineNative', { ...machine, certificate, firstPartyApp: { enabled: false } });
  // @ts-expect-error: 'limitIdleRefreshTokens' does not exist
  new MachineApp(org, 'MachineIdle', { ...machine, certificate, limitIdleRefreshTokens: true });
  // @ts-expect-error: 'singleLogoutUrl' does not exist
  new MachineApp(org, 'MachineLogout', { ...machine, certificate, adminPolicies: { singleLogoutUrl: 'https://a' } });
  // @ts-expect-error: 'mutualTls' does not exist
  new PublicClientApp(org, 'PublicMutualTls', { ...app, mutualTls: true });
  // @ts-expect-error: Type 'false' is not assignable to type 'true'
  new PrivateClientApp(org, 'IdleUnlimited', { ...app, limitIdleRefreshTokens: false });
  // @ts-expect-error: Property 'clientAssertionCertificate' is missing
  new PrivateClientApp(org, 'NativeWithoutCertificate', { ...app, firstPartyApp: { enabled: true } });
  // @ts-expect-error: Property 'executeAs' is missing
  new PrivateClientApp(org, 'HandlerOfNobody', { ...app, apexHandler: { className: 'Plugin' } });
  // @ts-expect-error: Type 'string' is not assignable to type 'Plugin'
  new PrivateClientApp(org, 'PluginByName', { ...app, disabledPlugins: ['Saml'] });
  // @ts-expect-error: 'isProtected' does not exist
  new PrivateClientApp(org, 'Protected', { ...app, isProtected: true });
  const nowhere = PerOrg.of({ prod: [] as readonly string[] });
  // @ts-expect-error: is not assignable to type
  new PrivateClientApp(org, 'MaybeNoCallbacks', { ...app, callbackUrls: nowhere });
  // @ts-expect-error: is not assignable to type 'string'
  new PrivateClientApp(org, 'LabelPerOrg', { ...app, label: PerOrg.of({ prod: 'App' }) });

  // A justification excuses something: in the secure position there is nothing to excuse.
  // @ts-expect-error: 'justification' does not exist
  new PrivateClientApp(org, 'ExcusedPkce', { ...app, pkce: { required: true, justification } });
  // @ts-expect-error: 'justification' does not exist
  new PublicClientApp(org, 'ExcusedDeviceFlow', { ...app, deviceFlow: { enabled: false, justification } });
  // @ts-expect-error: Expected 1 arguments
  IpRelaxation.enforceButRelaxRefresh();
  // @ts-expect-error: Expected 1 arguments
  IpRelaxation.relaxForActivatedDevices();
  // @ts-expect-error: 'registration' does not exist
  new PrivateClientApp(org, 'Registering', { ...app, codeAndCredentials: { registration: true } });
  // @ts-expect-error: 'enabled' does not exist
  new PrivateClientApp(org, 'CodeCredSwitch', { ...app, codeAndCredentials: { enabled: true } });
  // @ts-expect-error: is not assignable to type
  new PublicClientApp(org, 'ExchangeBySecret', { ...app, tokenExchange: { ...exchange, requireSecret: true } });
  // @ts-expect-error: 'requireSecret' does not exist
  new PublicClientApp(org, 'PublicDemandingSecret', { ...app, requireSecret: false });
  // @ts-expect-error: Type 'string' is not assignable to type 'NotOnConnectedApps | StartPage'
  new PrivateClientApp(org, 'StartPageByUrl', { ...app, startPage: 'https://a.example' });
  // @ts-expect-error: is not assignable to type 'SessionLevel<
  new PrivateClientApp(org, 'LevelByName', { ...app, requiredSessionLevel: 'HIGH_ASSURANCE' });
  // @ts-expect-error: is not assignable to type 'PermittedUsers
  new PrivateClientApp(org, 'EverybodyByName', { ...app, permittedUsers: 'AllSelfAuthorized' });
  // @ts-expect-error: is missing the following properties from type 'RefreshTokenPolicy'
  new PrivateClientApp(org, 'LifetimeByShape', { ...app, refreshTokens: { type: 'Infinite' } });
  // @ts-expect-error: Expected 0 arguments
  PermittedUsers.selfAuthorized({ profiles: ['Standard User'] });

  // No user takes part in the flows of a machine.
  // @ts-expect-error: 'codeAndCredentials' does not exist
  new MachineApp(org, 'MachineHeadless', { ...machine, certificate, codeAndCredentials: {} });
  // @ts-expect-error: 'deviceFlow' does not exist
  new MachineApp(org, 'MachineDevice', { ...machine, certificate, deviceFlow: { enabled: false } });
  // @ts-expect-error: 'pkce' does not exist
  new MachineApp(org, 'MachinePkce', { ...machine, certificate, pkce: { required: true } });
  // @ts-expect-error: 'refreshTokenRotation' does not exist
  new MachineApp(org, 'MachineRotation', { ...machine, certificate, refreshTokenRotation: { enabled: true } });
  // @ts-expect-error: 'idToken' does not exist
  new MachineApp(org, 'MachineIdToken', { ...machine, certificate, idToken: {} });
  // @ts-expect-error: 'singleLogoutUrl' does not exist
  new MachineApp(org, 'MachineSlo', { ...machine, certificate, singleLogoutUrl: 'https://a.example/out' });
  // @ts-expect-error: 'startUrl' does not exist
  new MachineApp(org, 'MachineStartUrl', { ...machine, certificate, startUrl: 'https://a.example' });
  // @ts-expect-error: 'requiredSessionLevel' does not exist
  new MachineApp(org, 'MachineLevel', { ...machine, certificate, requiredSessionLevel: SessionLevel.STANDARD });
  // @ts-expect-error: 'trustedIpRanges' does not exist
  new MachineApp(org, 'MachineRanges', { ...machine, certificate, trustedIpRanges: [] });
  // @ts-expect-error: Property 'runAs' is missing
  new MachineApp(org, 'RunAsNobody', { ...machine, clientCredentials: { justification } });
  // @ts-expect-error: is not assignable to
  new MachineApp(org, 'KeyAsText', { ...machine, certificate: '-----BEGIN CERTIFICATE-----' });
  // @ts-expect-error: is not assignable to
  new MachineApp(org, 'KeysAsText', { ...machine, certificate: PerOrg.of({ prod: 'prod.crt' }) });
  // @ts-expect-error: is not assignable to parameter of type 'Readonly<Record<string, string>>'
  Username.perOrg('feed@acme.example');
  // @ts-expect-error: is not assignable to
  new PrivateClientApp(org, 'PkcePerOrg', { ...app, pkce: PerOrg.of({ prod: { required: true } }) });

  // @ts-expect-error: Type 'string' is not assignable to type 'number'
  new SalesforceOrg(stack, 'uat', { apiVersion: '66.0' });
  // @ts-expect-error: is not assignable to type 'Engine'
  new SalesforceOrg(stack, 'dev', { engine: 'null' });
  // @ts-expect-error: Type 'string' is not assignable to type 'boolean'
  org.oauthSettings({ allowCodeAndCredentialsFlow: 'true' });
  // @ts-expect-error: 'requirePkce' does not exist
  org.assumes({ requirePkce: true });

  // @ts-expect-error: 'requirePKCE' does not exist
  org.oauthSettings({ requirePKCE: true });
  // @ts-expect-error: is private
  new Scope('Api');
}
