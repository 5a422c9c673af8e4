import type { Platform } from '../declaration/client-app';
import type { Certificate } from '../values/certificate';
import type { Readings } from './reading';

export interface IdTokenSettings {
  /** 1 to 720; 2 where nothing is stated. */
  readonly validityMinutes: number;
  readonly audiences?: string;
  readonly includesStandardClaims: boolean;
  readonly includesCustomAttributes: boolean;
  readonly includesCustomPermissions: boolean;
}

export interface RefreshTokenSettings {
  /** `Infinite`, `Zero`, `SpecificLifetime`, `SpecificInactivity`, or what a newer platform writes. */
  readonly type: string;
  readonly period?: number;
  /** `Hours`, `Days` or `Months`. */
  readonly unit?: string;
}

/** A certificate on record: what its text says where the org returns it, else what the ownership line carries. */
export interface CertificateOnRecord {
  /** SHA-256 in lower-case hexadecimal; undefined where the text on record is no certificate. */
  readonly fingerprint?: string;
  /** First and last moment of validity, ISO 8601; undefined where only the fingerprint is known, as are the others. */
  readonly notBefore?: string;
  readonly notAfter?: string;
  readonly key?: Certificate['key'];
  readonly brokenHash?: Certificate['brokenHash'];
}

export interface SamlSettings {
  /** `SHA1`, `SHA256`; undefined where none is stated. */
  readonly signingAlgorithm?: string;
  /** `AES_128`, `AES_256`, `Triple_Des`; undefined where none is stated. */
  readonly encryptionType?: string;
  readonly encryptsAssertions: boolean;
}

/**
 * The settings of an OAuth client that controls judge, in one spelling for both platforms: booleans without inverted
 * names, scopes as External Client App tokens with synonyms folded, policies as External Client App literals.
 */
export interface AppFields {
  /** Whether the app is switched on. */
  readonly appEnabled: boolean;
  /** Where codes may be sent, as declared. */
  readonly callbackUrls: readonly string[];
  /** The certificate that verifies assertions of the client. */
  readonly certificate: CertificateOnRecord;
  /** What the backend of a first-party app signs with. */
  readonly clientAssertionCertificate: CertificateOnRecord;
  /** Whether the client credentials flow is on. */
  readonly clientCredentials: boolean;
  /** The admin's half of the client credentials switch; the same switch on a Connected App. */
  readonly clientCredentialsPolicy: boolean;
  /** Whether the Authorization Code and Credentials Flow is on. */
  readonly codeAndCredentials: boolean;
  /** Whether that flow takes credentials in the POST body only. */
  readonly codeAndCredentialsPostOnly: boolean;
  /** Formulas by key that are added to tokens. */
  readonly customAttributes: readonly { readonly key: string; readonly formula: string }[];
  /** API names of the custom scopes. */
  readonly customScopes: readonly string[];
  /** Whether the device flow is on. */
  readonly deviceFlow: boolean;
  /** Whether that flow is open to anonymous guests. */
  readonly guestCodeAndCredentials: boolean;
  /** Whether a refresh token ends after 30 days without use. */
  readonly idleRefreshTokenLimit: boolean;
  /** What ID tokens hold. */
  readonly idToken: IdTokenSettings;
  /** Whether the client may introspect tokens of other clients. */
  readonly introspectAllTokens: boolean;
  /** Which IP restrictions of users count: `Enforce`, and words that relax them. */
  readonly ipRelaxation: string;
  /** Whether access tokens are JWTs. */
  readonly jwtAccessTokens: boolean;
  /** Lifetime of a JWT access token, in minutes. */
  readonly jwtTimeoutMinutes: number;
  /** Whether the lifetime is the app's own (`CustomTimeout`) or the default. */
  readonly jwtTimeoutType: string;
  /** API names of the permission sets whose holders may use the app. */
  readonly permissionSets: readonly string[];
  /** `AllSelfAuthorized` or `AdminApprovedPreAuthorized`. */
  readonly permittedUsers: string;
  /** Whether code flows need PKCE. */
  readonly pkceRequired: boolean;
  /** Names of the profiles whose users may use the app. */
  readonly profiles: readonly string[];
  /** The refresh token IP allowlist. */
  readonly refreshIpRanges: readonly { readonly start: string; readonly end: string }[];
  /** How long refresh tokens are valid. */
  readonly refreshTokenPolicy: RefreshTokenSettings;
  /** Whether each use of a refresh token replaces it. */
  readonly refreshTokenRotation: boolean;
  /** `STANDARD`, `HIGH_ASSURANCE`, or empty. */
  readonly requiredSessionLevel: string;
  /** Push notifications carry the content of records. */
  readonly pushShowsContent: boolean;
  /** Username that the client credentials flow acts as. */
  readonly runAsUser: string;
  /** What the SAML service provider settings say. */
  readonly saml: SamlSettings;
  /** OAuth scopes, as tokens of External Client Apps: `Api`, `RefreshToken`. */
  readonly scopes: readonly string[];
  /** Whether the mobile app locks its screen. */
  readonly screenLock: boolean;
  /** `Never`, `One`, `Five`, `Ten`, `Thirty` and more, in minutes. */
  readonly screenLockTimeout: string;
  /** Whether the refresh token flow needs the secret. */
  readonly secretInRefreshFlow: boolean;
  /** Whether the token exchange flow needs the secret. */
  readonly secretInTokenExchange: boolean;
  /** Whether the web server flow needs the secret. */
  readonly secretInWebServerFlow: boolean;
  /** Length of a session, in minutes; 0 where the org decides. */
  readonly sessionTimeoutMinutes: number;
  /** Called when the user logs out; empty where there is none. */
  readonly singleLogoutUrl: string;
  /** Where the App Launcher leads. */
  readonly startUrl: string;
  /** Whether the token exchange flow is on. */
  readonly tokenExchange: boolean;
  /** The admin's half of the token exchange switch. */
  readonly tokenExchangePolicy: boolean;
}

export type AppFieldName = keyof AppFields;

/** The org-wide OAuth settings that controls judge. */
export interface OrgFields {
  /** API Access Control. */
  readonly adminApprovedAppsOnly: boolean;
  /** Profiles and permission sets that grant Use Any API Client: `profile Sales`. */
  readonly anyApiClientHolders: readonly string[];
  readonly blocksUsernamePasswordFlow: boolean;
  readonly blocksUserAgentFlow: boolean;
  readonly codeAndCredentialsAllowed: boolean;
  readonly pkceRequired: boolean;
  readonly secretsViaMetadataApi: boolean;
  readonly secretsViaRestApi: boolean;
}

export type OrgFieldName = keyof OrgFields;

/** One OAuth client as controls see it, whatever it is stored as and wherever it was read from. */
export interface AppPosture {
  readonly platform: Platform;
  readonly apiName: string;
  readonly label?: string;
  /** Installed from someone else's package: its settings belong to the vendor, the policies to this org's admins. */
  readonly thirdParty: boolean;
  /**
   * Of a Connected App: an External Client App has the same name, as after a migration.
   * @default - not known
   */
  readonly sharesName?: boolean;
  /** Beside it: both have one consumer key, so that it was migrated and its settings decide nothing. */
  readonly migrated?: true;
  /**
   * ISO time of the last change of the record that says who may use the app.
   * @default - the org did not tell it
   */
  readonly policiesChanged?: string;
  /** Whether the app is an OAuth client at all. */
  readonly oauth: 'present' | 'absent' | 'unreadable';
  /** Components of plugins that controls cannot read, as `Type:fullName`. */
  readonly plugins: readonly string[];
  readonly fields: Readings<AppFields>;
}

/** The org-wide settings as controls see them. */
export interface OrgPosture {
  readonly fields: Readings<OrgFields>;
}
