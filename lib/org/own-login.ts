/** A login that can be repeated from what the environment holds. */
export interface OwnLogin {
  readonly way: 'jwt-bearer' | 'client-credentials';
  /** Whom an assertion names. */
  readonly username?: string;
  /** SHA-256 of the public key that belongs to the key which signs assertions, in hexadecimal. */
  readonly publicKey?: string;
}

/** What decides whether apps let the connected user in. Undefined: could not be read. */
export interface OwnUser {
  readonly username?: string;
  /** Of the profile: as Setup calls it, and as metadata does. */
  readonly profileNames?: readonly string[];
  /** API names of the permission sets that the user has, by a permission set group as well. */
  readonly permissionSets?: readonly string[];
  /** The address that this very session came from, as the org knows it. */
  readonly sourceIp?: string;
  /** The login IP ranges of the profile; empty: it has none. */
  readonly loginIpRanges?: readonly IpRange[];
  /** Use Any API Client, which API Access Control lets through. */
  readonly usesAnyApiClient?: boolean;
  /** Why something above is undefined. */
  readonly unread: readonly string[];
}

/** Both ends included. */
export interface IpRange {
  readonly start: string;
  readonly end: string;
}
