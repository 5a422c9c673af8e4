/* eslint-disable @typescript-eslint/no-unsafe-class-instance-assignment -- being refused is the point of this file */
/**
 * What must not compile, and HCL has no counterpart of; illegal-declarations.ts has what both refuse. Each directive names the message that the compiler must give, and illegal-states.test.ts checks
 * that it gives that one and not another.
 */
import type { TerraformStack } from 'cdktf';

import {
  AccessTokens,
  type Certificate,
  Duration,
  type Justification,
  MachineApp,
  PermittedUsers,
  PerOrg,
  PrivateClientApp,
  PublicClientApp,
  SalesforceOrg,
  Scope,
  Username,
} from '../../constructs';

/** Never run: only the compiler reads it. */
export function illegal(stack: TerraformStack, certificate: Certificate, justification: Justification): void {
  const org = new SalesforceOrg(stack, 'prod');
  const users = PermittedUsers.selfAuthorized();
  const holders = PermittedUsers.preAuthorized({ permissionSets: ['Feed_Access'] });
  const scopes = [Scope.API] as const;
  const app = { label: 'App', scopes, permittedUsers: users, callbackUrls: ['https://a.example/cb'] } as const;
  const machine = { label: 'Feed', scopes, permittedUsers: holders } as const;
  const lookalike = { amount: 60, unit: 'minutes' } as const;
  const exchange = { enabled: true, justification } as const;

  // What the author forgot is named, of the platform that the author means, in a type that has a name.
  // @ts-expect-error: but required in type 'PrivateExternalClientAppProps'
  new PrivateClientApp(org, 'NobodySaidAtDefault', { label: 'App', scopes, callbackUrls: app.callbackUrls });
  // @ts-expect-error: but required in type 'PublicExternalClientAppProps'
  new PublicClientApp(org, 'NoScopeAtDefault', { label: 'App', permittedUsers: users, callbackUrls: app.callbackUrls });

  // @ts-expect-error: Expected 0-1 arguments
  AccessTokens.jwt(Duration.minutes(30), { sessionTimeout: Duration.minutes(15) });
  // @ts-expect-error: Property 'nominal' is missing
  AccessTokens.opaque(lookalike);

  // @ts-expect-error: Type 'string' is not assignable to type 'Username'
  new MachineApp(org, 'RunAsText', { ...machine, clientCredentials: { runAs: 'feed@acme.example', justification } });
  // @ts-expect-error: 'refreshTokens' does not exist
  new MachineApp(org, 'MachineRefresh', { ...machine, certificate, refreshTokens: undefined });

  const nowhere = PerOrg.of({ prod: [] as readonly string[] });
  // @ts-expect-error: is not assignable to type
  new PrivateClientApp(org, 'MaybeNoCallbacks', { ...app, callbackUrls: nowhere });
  // @ts-expect-error: is not assignable to type 'string'
  new PrivateClientApp(org, 'LabelPerOrg', { ...app, label: PerOrg.of({ prod: 'App' }) });

  // @ts-expect-error: 'registration' does not exist
  new PrivateClientApp(org, 'Registering', { ...app, codeAndCredentials: { registration: true } });
  // @ts-expect-error: 'enabled' does not exist
  new PrivateClientApp(org, 'CodeCredSwitch', { ...app, codeAndCredentials: { enabled: true } });
  // @ts-expect-error: is not assignable to type
  new PublicClientApp(org, 'ExchangeBySecret', { ...app, tokenExchange: { ...exchange, requireSecret: true } });

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
