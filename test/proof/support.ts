import { join } from 'node:path';

import {
  AccessTokens,
  Certificate,
  Duration,
  MachineApp,
  OauthTokenExchangeHandler,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  type SalesforceOrg,
  Scope,
  TokenType,
  Username,
} from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import type { AppProof, ProofResult } from '../../lib/proof/report';
import { proveManifest } from '../../lib/testing/prove-manifest';
import { TODAY } from '../operations/support';

export const CERTIFICATE = join(__dirname, '../../examples/quickstart/certs/billing-sync.crt');

/** A client of each kind. */
export function threeKinds(org: SalesforceOrg): void {
  new PrivateClientApp(org, 'Portal', {
    label: 'Portal',
    callbackUrls: ['https://portal.acme.example/oauth/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Users'] }),
  });
  new PublicClientApp(org, 'Mobile', {
    label: 'Mobile',
    callbackUrls: ['mobile://oauth'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Mobile_Users'] }),
  });
  new MachineApp(org, 'Billing', {
    label: 'Billing',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Robots'] }),
    certificate: Certificate.fromFile(CERTIFICATE),
  });
}

const justification = { reason: 'The client needs it', approvedBy: 'security@acme.example', expires: '2027-06-30' };

/** Tokens of another issuer become tokens of that user, through the app. */
export function exchanges(org: SalesforceOrg, app: PrivateClientApp, name: string): void {
  new OauthTokenExchangeHandler(org, `${name}_Tokens`, {
    label: `${name} tokens`,
    description: 'Tokens of our own identity provider',
    apexClass: `${name}Tokens`,
    accepts: [TokenType.JWT],
    enabledFor: [{ app, runAs: Username.of(`${name.toLowerCase()}@acme.example`) }],
  });
}

/** A client of each of the flows that are off unless someone asks for them. */
export function rareFlows(org: SalesforceOrg): void {
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  const admitted = (set: string): PermittedUsers => PermittedUsers.preAuthorized({ permissionSets: [set] });
  new PrivateClientApp(org, 'Shop', {
    label: 'Shop',
    callbackUrls: ['https://shop.acme.example/services/oauth2/echo'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: admitted('Shoppers'),
    accessTokens: AccessTokens.jwt(Duration.minutes(15)),
    codeAndCredentials: { guest: {} },
  });
  new PublicClientApp(org, 'Screen', {
    label: 'Screen',
    callbackUrls: ['screen://oauth'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: admitted('Screens'),
    deviceFlow: { enabled: true, justification },
  });
  const broker = new PrivateClientApp(org, 'Broker', {
    label: 'Broker',
    callbackUrls: ['https://broker.acme.example/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: admitted('Brokers'),
    tokenExchange: { enabled: true, justification },
  });
  exchanges(org, broker, 'Broker');
}

/** What the others do not declare: a secret of a machine, an allowlist, an exchange without a secret. */
export function rareSettings(org: SalesforceOrg): void {
  new MachineApp(org, 'Feed', {
    label: 'Feed',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Feeds'] }),
    clientCredentials: { runAs: Username.of('feed@acme.example'), justification },
  });
  const vault = new PrivateClientApp(org, 'Vault', {
    label: 'Vault',
    callbackUrls: ['https://vault.acme.example/callback'],
    singleLogoutUrl: 'https://vault.acme.example/logout?from=org&now=1',
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Vaults'] }),
    experimental: { securitySettings: { tokenIpRanges: [{ start: '203.0.113.1', end: '203.0.113.9' }] } },
    tokenExchange: { enabled: true, justification, requireSecret: false },
  });
  exchanges(org, vault, 'Vault');
}

/** The proof of what is declared, on an org that was given this or something else. */
export const proofOf = (declared: Manifest, deployed = declared): Promise<readonly AppProof[]> =>
  proveManifest(declared, TODAY, { deployed });

export const resultsOf = (proofs: readonly AppProof[], app?: string): readonly ProofResult[] =>
  proofs.filter((proof) => app === undefined || proof.app === app).flatMap(({ results }) => results);

export const violations = (proofs: readonly AppProof[]): readonly string[] =>
  proofs.flatMap(({ app, results }) =>
    results.filter(({ outcome }) => outcome === 'violated').map((result) => `${app} ${result.case}`),
  );
