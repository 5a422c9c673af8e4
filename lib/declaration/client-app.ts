import type { Certificate } from '../values/certificate';
import type { Justification } from '../values/justification';

/** Who the OAuth client is: a server that can keep a secret, an app on someone's device, a machine without a user. */
export type ClientKind = 'private' | 'public' | 'machine';

/** What Salesforce stores the client as. */
export type Platform = 'external-client-app' | 'connected-app';

/** A value that always exists, and whether the author typed it or one of our secure defaults filled it in. */
export interface Setting<T> {
  readonly value: T;
  readonly origin: 'stated' | 'default';
}

/** Who can use the app (Setup: Permitted Users). */
export type PermittedUsersPolicy =
  | { readonly policy: 'self-authorized' }
  | {
      readonly policy: 'pre-authorized';
      /** API names of permission sets, sorted. */
      readonly permissionSets: readonly string[];
      /** Profile names as the org displays them, sorted; undefined leaves the org's list alone. API 62 or newer. */
      readonly profiles?: readonly string[];
    };

/** The metadata literals of `ipRelaxationPolicyType`. */
export type IpRelaxationPolicy = 'Enforce' | 'Enforce_RelaxRefresh' | 'Bypass_2factor' | 'Bypass';

/** How long a refresh token lives. */
export type RefreshTokenPolicy =
  | { readonly type: 'Infinite' | 'Zero' }
  | {
      readonly type: 'SpecificLifetime' | 'SpecificInactivity';
      readonly period: number;
      readonly unit: 'Hours' | 'Days' | 'Months';
    };

/**
 * The format of access tokens, with the lifetime that format has. Opaque tokens follow a session timeout; JWTs have
 * a timeout of their own and no session (facts: "Invalid plugin settings" when the two are mixed).
 */
export type AccessTokenPolicy =
  | { readonly format: 'opaque'; readonly sessionTimeoutMinutes: number }
  /** `user-session`: the token lives as long as the session of its user may; API 65 or newer. */
  | { readonly format: 'jwt'; readonly timeoutMinutes: number | 'user-session' };

/** The Authorization Code and Credentials Flow of one app. */
export type CodeAndCredentialsPolicy =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      /** User credentials are accepted in the POST body only. */
      readonly postBodyOnly: boolean;
      /** The anonymous guest variant; only together with JWT access tokens. */
      readonly guest?: { readonly timeoutMinutes: number };
    };

export type TokenExchangePolicy =
  { readonly enabled: false } | { readonly enabled: true; readonly requireSecret: boolean };

/** The client credentials flow: both halves of the switch and the user it runs as. */
export interface ClientCredentialsPolicy {
  /** The username (not the e-mail address, not the id) of the run-as user in this org. */
  readonly runAs: string;
}

/** The lowest session security a user needs. */
export type SessionLevel = 'LOW' | 'STANDARD' | 'HIGH_ASSURANCE';

/** What happens to a user whose session is below the required level; StepUpMFA needs API 67 or newer. */
export type SessionLevelAction = 'Block' | 'RaiseSessionLevel' | 'StepUpMFA';

/** Plugins of an app beside OAuth, as the general policies name them. */
export type PluginName = 'Attest' | 'Canvas' | 'Mobile' | 'Notification' | 'Push' | 'Saml';

/** What opens when a user starts the app from the org, where that is not the OAuth start URL. */
export type StartPagePolicy = { readonly page: 'None' | 'SAML' } | { readonly page: 'Custom'; readonly url: string };

/** Asset tokens: JWTs that tie a connected device to what the token's user may do. API 61 or newer. */
export interface AssetTokenPolicy {
  /** The audiences as Salesforce stores them, in one text. */
  readonly audiences: string;
  /** Id of a certificate of the org. */
  readonly signingCertificate: string;
  readonly validitySeconds: number;
  readonly includeCustomAttributes: boolean;
  readonly includeCustomPermissions: boolean;
}

/** Native login of first-party apps at the authorization challenge endpoint. API 62 or newer. */
export type FirstPartyAppPolicy =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      /** With its key the app signs who it is. */
      readonly clientAssertionCertificate: Certificate;
    };

/** The Apex class that takes part in authorizing the app, and the user it runs as. API 61 or newer. */
export interface ApexHandlerPolicy {
  readonly className: string;
  readonly executeAs: string;
}

/** What the admins of this org lay down beside the settings of the app, each field on its own. */
export interface AdminPolicies {
  /** API 61 or newer. */
  readonly customScopes?: readonly string[];
  readonly customAttributes?: readonly CustomAttribute[];
  readonly singleLogoutUrl?: string;
}

export interface IpRange {
  readonly start: string;
  readonly end: string;
  readonly description?: string;
}

/** The part of a client's certificate that mutual TLS compares. */
export type TlsClientAuthTypeName =
  | 'tls_client_auth_subject_dn'
  | 'tls_client_auth_san_dns'
  | 'tls_client_auth_san_uri'
  | 'tls_client_auth_san_ip'
  | 'tls_client_auth_san_email'
  | 'tls_client_auth_san_spiffe';

export interface TlsClientAuthPolicy {
  readonly type: TlsClientAuthTypeName;
  readonly value: string;
}

/** Undocumented settings, each field on its own. API 67 or newer (preview). */
export interface SecuritySettingsPolicy {
  /** The only addresses from which refresh tokens work; empty: any. */
  readonly tokenIpRanges?: readonly IpRange[];
  /** API 68 or newer (preview). */
  readonly tlsClientAuth?: TlsClientAuthPolicy;
}

export interface CustomAttribute {
  readonly key: string;
  readonly formula: string;
}

export interface IdTokenPolicy {
  /** 1 to 720. */
  readonly validityMinutes: number;
  readonly audiences?: string;
  readonly includeStandardClaims?: boolean;
  readonly includeCustomAttributes?: boolean;
  /** API 61 or newer. */
  readonly includeCustomPermissions?: boolean;
}

/** A recorded exception to a secure default, and the option it excuses. */
export interface Exception {
  /** The option, as the author writes it: `clientCredentials`, `pkce`. */
  readonly option: string;
  readonly justification: Justification;
}
