/** What must compile on each platform, and how programs may share options. Never run. */
import type { TerraformStack } from 'cdktf';

import {
  AccessTokens,
  type Certificate,
  type ClientAppProps,
  Duration,
  type ExternalClientAppOptions,
  type InteractiveClientAppProps,
  type InteractiveConnectedAppOptions,
  type InteractiveExternalClientAppOptions,
  MachineApp,
  type MachineAppProps,
  type MachineWithCertificate,
  PermittedUsers,
  PerOrg,
  Platform,
  Plugin,
  PrivateClientApp,
  type PrivateClientAppProps,
  PublicClientApp,
  type PublicClientAppProps,
  SalesforceOrg,
  Scope,
  SessionLevel,
  TlsClientAuthType,
} from '../../constructs';

const legacy = Platform.CONNECTED_APP;

export function platforms(stack: TerraformStack, certificate: Certificate): void {
  const org = new SalesforceOrg(stack, 'prod');
  const holders = PermittedUsers.preAuthorized({ permissionSets: ['Feed_Access'] });
  const scopes = [Scope.API] as const;
  const app = { label: 'App', scopes, permittedUsers: holders, callbackUrls: ['https://a.example/cb'] } as const;
  const machine = { label: 'Feed', scopes, permittedUsers: holders, certificate } as const;

  new PrivateClientApp(org, 'Stated', { ...app, platform: Platform.EXTERNAL_CLIENT_APP, customScopes: ['orders'] });
  new PrivateClientApp(org, 'Legacy', {
    ...app,
    platform: legacy,
    adopt: true,
    creationAllowedBySupport: true,
    scopes: [Scope.API, Scope.of('A2A'), Scope.USER_REGISTRATION],
    accessTokens: AccessTokens.jwt(),
    codeAndCredentials: { postBodyOnly: { required: true } },
    adminPolicies: { singleLogoutUrl: 'https://a.example/out' },
    requiredSessionLevel: SessionLevel.highAssuranceOrRaise(),
    startUrl: 'https://a.example/start',
    mobileStartUrl: 'https://a.example/mobile',
    ipBinding: true,
    pkiMutualTls: true,
    pkce: { required: true },
  });
  new PublicClientApp(org, 'LegacyDevice', {
    ...app,
    platform: legacy,
    accessTokens: AccessTokens.opaque(Duration.minutes(15)),
    requiredSessionLevel: SessionLevel.STANDARD,
    ipBinding: false,
  });
  new MachineApp(org, 'LegacyFeed', { ...machine, platform: legacy, ipBinding: true, pkiMutualTls: false });
  new MachineApp(org, 'Feed', { ...machine, disabledPlugins: [Plugin.CANVAS], mutualTls: true, reEnable: true });

  const tokenIpRanges = [{ start: '203.0.113.1', end: '203.0.113.9', description: 'Data centre' }];
  const tlsClientAuth = { type: TlsClientAuthType.SUBJECT_DN, value: 'CN=feed,O=Acme' };
  new MachineApp(org, 'ByCertificate', {
    ...machine,
    experimental: { securitySettings: { tokenIpRanges: PerOrg.of({ prod: tokenIpRanges }), tlsClientAuth } },
  });
  new PublicClientApp(org, 'FromOffice', { ...app, experimental: { securitySettings: { tokenIpRanges: [] } } });
  new PrivateClientApp(org, 'Nothing', { ...app, experimental: {} });

  // Objects without `as const` are as good as literals.
  const shared = { platform: Platform.CONNECTED_APP, creationAllowedBySupport: true };
  new PrivateClientApp(org, 'Shared', { ...app, ...shared });
}

/** Options of a company's own construct. */
interface TeamProps extends InteractiveClientAppProps, InteractiveExternalClientAppOptions {
  readonly team: string;
}
interface LegacyProps extends InteractiveClientAppProps<'connected-app'>, InteractiveConnectedAppOptions {
  readonly platform: Platform<'connected-app'>;
}
interface FeedProps extends ClientAppProps, ExternalClientAppOptions, MachineWithCertificate {
  readonly source: string;
}

export function helpers(org: SalesforceOrg, team: TeamProps, old: LegacyProps, feed: FeedProps): void {
  const { team: owner, ...portal } = team;
  new PrivateClientApp(org, owner, portal);
  new PrivateClientApp(org, 'Old', old);
  const { source, ...machine } = feed;
  new MachineApp(org, source, machine);
}

/** Whatever the platform, a house rule may be added. */
export const withPkce = (props: PrivateClientAppProps): PrivateClientAppProps => ({
  ...props,
  pkce: { required: true },
});
export const withPhone = (props: PublicClientAppProps, contactPhone: string): PublicClientAppProps => ({
  ...props,
  contactPhone,
});
export const adopted = (props: MachineAppProps): MachineAppProps => ({ ...props, adopt: true });

/** A function may choose the platform where it makes the rest. */
export function migrated(
  props: Omit<LegacyProps, 'platform' | 'mobileStartUrl'>,
  done: boolean,
): PrivateClientAppProps {
  const scopes = [Scope.API] as const;
  const { requiredSessionLevel: _level, accessTokens: _tokens, ...rest } = props;
  const { creationAllowedBySupport: _allowed, ipBinding: _binding, ...external } = { ...rest, scopes };
  return done ? external : { ...props, platform: Platform.CONNECTED_APP };
}
