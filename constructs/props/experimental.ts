import type { PerOrg } from '../../lib/declaration/options/per-org';
import type { TlsClientAuthType } from '../../lib/declaration/options/tls-client-auth-type';
import type { TrustedIpRange } from './values';

/**
 * Fields that Salesforce has in its types but has not documented. None of them is written unless it is set here, and a
 * later version of this library may rename them.
 */
export interface Experimental {
  /**
   * Where refresh tokens work, and how the client presents its certificate: the record
   * ExtlClntAppOauthSecuritySettings. Salesforce has not documented it and, according to one report, allows it to be
   * retrieved but not deployed; if so, the apply of the app is refused as a whole.
   * @default - the record in the org stays as it is
   * @since 67 (preview)
   * @source Metadata API types: ExtlClntAppOauthSecuritySettings
   */
  readonly securitySettings?: SecuritySettings;
}

/** As {@link Experimental}, for clients that cannot keep a key. */
export interface ExperimentalWithoutTls {
  /**
   * Where refresh tokens work: the record ExtlClntAppOauthSecuritySettings. Salesforce has not documented it and,
   * according to one report, allows it to be retrieved but not deployed; if so, the apply of the app is refused as a
   * whole.
   * @default - the record in the org stays as it is
   * @since 67 (preview)
   * @source Metadata API types: ExtlClntAppOauthSecuritySettings
   */
  readonly securitySettings?: TokenIpRanges;
}

/** Addresses from which refresh tokens can be used. */
export interface TokenIpRanges {
  /**
   * The only addresses from which refresh tokens can be used; judging by its name and its place in Setup, the Refresh
   * Token IP Allowlist. An empty list lifts the restriction. Undocumented.
   * @default - stays as it is in the org
   * @unit IPv4 and IPv6 addresses
   * @limit 128 ranges, 256 addresses in all
   * @since 67 (preview)
   * @source Salesforce Help: Set an IP allowlist for refresh tokens; Metadata API types:
   * ExtlClntAppOauthSecuritySettings
   */
  readonly tokenIpRanges?: readonly TrustedIpRange[] | PerOrg<readonly TrustedIpRange[]>;
}

/** Undocumented security settings of an External Client App. */
export interface SecuritySettings extends TokenIpRanges {
  /**
   * The certificate that the client presents when it authenticates by mutual TLS. Undocumented.
   * @default - stays as it is in the org
   * @since 68 (preview)
   * @source RFC 8705, section 2.1.2; Metadata API types: ExtlClntAppOauthSecuritySettings
   */
  readonly tlsClientAuth?: TlsClientAuth;
}

/** What the client's certificate must contain when the client authenticates by mutual TLS. */
export interface TlsClientAuth {
  /** The part of the certificate that is compared. */
  readonly type: TlsClientAuthType;
  /** The exact value of that part. */
  readonly value: string | PerOrg<string>;
}
