import type { Certificate } from '../values/certificate';
import type { Justification } from '../values/justification';

/** Who the OAuth client is: a server that can keep a secret, an app on somebody's device, a machine without a user. */
export type ClientKind = 'private' | 'public' | 'machine';

/** What Salesforce stores the client as. */
export type Platform = 'external-client-app' | 'connected-app';

/** A value that always exists, and whether the author typed it or one of our secure defaults filled it in. */
export interface Setting<T> {
  readonly value: T;
  readonly origin: 'stated' | 'default';
}

/** Who may use the app (Setup: Permitted Users). */
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

interface ClientAppBase {
  readonly platform: Platform;
  readonly apiName: string;
  /** Construct path of the declaration. */
  readonly path: string;
  readonly label: string;
  /** Undefined leaves the description in the org alone (but for the ownership line). */
  readonly description?: string;
  readonly contactEmail: string;
  readonly contactPhone?: string;
  readonly infoUrl?: string;
  readonly logoUrl?: string;
  readonly iconUrl?: string;
  /** External Client App tokens (`Api`, `RefreshToken`), sorted, without duplicates or synonyms. */
  readonly scopes: readonly string[];
  /** Names of OauthCustomScope components, sorted. */
  readonly customScopes?: readonly string[];
  readonly permittedUsers: PermittedUsersPolicy;
  readonly requirePkce: Setting<boolean>;
  readonly requireSecretForWebServerFlow: Setting<boolean>;
  readonly requireSecretForRefreshTokenFlow: Setting<boolean>;
  readonly rotateRefreshTokens: Setting<boolean>;
  readonly refreshToken: Setting<RefreshTokenPolicy>;
  readonly accessToken: Setting<AccessTokenPolicy>;
  readonly ipRelaxation: Setting<IpRelaxationPolicy>;
  readonly deviceFlow: Setting<boolean>;
  readonly tokenExchange: Setting<TokenExchangePolicy>;
  readonly introspectAllTokens: Setting<boolean>;
  readonly trustedIpRanges?: readonly IpRange[];
  readonly customAttributes?: readonly CustomAttribute[];
  readonly idToken?: IdTokenPolicy;
  readonly singleLogoutUrl?: string;
  readonly startUrl?: string;
  readonly startPage?: StartPagePolicy;
  readonly requiredSessionLevel?: SessionLevel;
  /** Only with HIGH_ASSURANCE. */
  readonly sessionLevelAction?: SessionLevelAction;
  readonly assetToken?: AssetTokenPolicy;
  readonly firstPartyApp?: FirstPartyAppPolicy;
  readonly apexHandler?: ApexHandlerPolicy;
  readonly adminPolicies?: AdminPolicies;
  /** Plugins that are off, sorted. The others stay as they are. */
  readonly disabledPlugins?: readonly PluginName[];
  /** Refresh tokens end after 30 idle days, whatever the policy says. API 67 or newer (preview). */
  readonly limitIdleRefreshTokens?: true;
  /** API 68 or newer (preview). */
  readonly dpop?: boolean;
  /** API 68 or newer (preview). */
  readonly mutualTls?: boolean;
  /** External Client Apps: the option `experimental.securitySettings`. */
  readonly securitySettings?: SecuritySettingsPolicy;
  /** Connected Apps: what opens on a mobile device instead of `startUrl`. */
  readonly mobileStartUrl?: string;
  /** Connected Apps; API 68 or newer (preview). */
  readonly ipBinding?: boolean;
  /** Connected Apps; API 68 or newer (preview). */
  readonly pkiMutualTls?: boolean;
  /** The author states that Salesforce Support lets this org create Connected Apps. */
  readonly creationAllowedBySupport?: true;
  /** The author agreed to take over an app that exists under this name (D11). */
  readonly adopt: boolean;
  /** Engine provider: Terraform refuses to delete the app. Undefined: it does. */
  readonly deletionProtection?: boolean;
  /** Engine provider: an app that somebody stopped in the org is switched on again (D12). */
  readonly reEnable?: boolean;
  /** Engine provider: the author agreed that the app loses a certificate that is no longer declared (D5). */
  readonly allowCertificateRemoval?: boolean;
  readonly exceptions: readonly Exception[];
}

export interface PrivateClientAppDeclaration extends ClientAppBase {
  readonly kind: 'private';
  readonly callbackUrls: readonly string[];
  readonly codeAndCredentials: Setting<CodeAndCredentialsPolicy>;
}

export interface PublicClientAppDeclaration extends ClientAppBase {
  readonly kind: 'public';
  readonly callbackUrls: readonly string[];
  readonly codeAndCredentials: Setting<CodeAndCredentialsPolicy>;
}

/** At least one of `certificate` and `clientCredentials` is present. */
export interface MachineAppDeclaration extends ClientAppBase {
  readonly kind: 'machine';
  readonly certificate?: Certificate;
  readonly clientCredentials?: ClientCredentialsPolicy;
}

/** What the author typed, parsed into a value that can only be valid. */
export type ClientApp = PrivateClientAppDeclaration | PublicClientAppDeclaration | MachineAppDeclaration;
