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
  readonly appEnabled: boolean;
  readonly callbackUrls: readonly string[];
  readonly certificate: CertificateOnRecord;
  /** What the backend of a first-party app signs with. */
  readonly clientAssertionCertificate: CertificateOnRecord;
  readonly clientCredentials: boolean;
  /** The admin's half of the client credentials switch; the same switch on a Connected App. */
  readonly clientCredentialsPolicy: boolean;
  readonly codeAndCredentials: boolean;
  readonly codeAndCredentialsPostOnly: boolean;
  readonly customAttributes: readonly { readonly key: string; readonly formula: string }[];
  readonly customScopes: readonly string[];
  readonly deviceFlow: boolean;
  readonly guestCodeAndCredentials: boolean;
  readonly idleRefreshTokenLimit: boolean;
  readonly idToken: IdTokenSettings;
  readonly introspectAllTokens: boolean;
  readonly ipRelaxation: string;
  readonly jwtAccessTokens: boolean;
  readonly jwtTimeoutMinutes: number;
  readonly jwtTimeoutType: string;
  readonly permissionSets: readonly string[];
  readonly permittedUsers: string;
  readonly pkceRequired: boolean;
  readonly profiles: readonly string[];
  /** The refresh token IP allowlist. */
  readonly refreshIpRanges: readonly { readonly start: string; readonly end: string }[];
  readonly refreshTokenPolicy: RefreshTokenSettings;
  readonly refreshTokenRotation: boolean;
  readonly requiredSessionLevel: string;
  /** Push notifications carry the content of records. */
  readonly pushShowsContent: boolean;
  readonly runAsUser: string;
  readonly saml: SamlSettings;
  readonly scopes: readonly string[];
  readonly screenLock: boolean;
  /** `Never`, `One`, `Five`, `Ten`, `Thirty` and more, in minutes. */
  readonly screenLockTimeout: string;
  readonly secretInRefreshFlow: boolean;
  readonly secretInTokenExchange: boolean;
  readonly secretInWebServerFlow: boolean;
  readonly sessionTimeoutMinutes: number;
  readonly singleLogoutUrl: string;
  /** Where the App Launcher leads. */
  readonly startUrl: string;
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
  /** Installed from somebody else's package: its settings belong to the vendor, the policies to this org's admins. */
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
