import type { Username } from '../lib/declaration/options/username';
import type { Duration } from '../lib/values/duration';
import type { Justification } from '../lib/values/justification';

/** Off, or on with a recorded exception. */
export type EnabledByException =
  { readonly enabled: false } | { readonly enabled: true; readonly justification: Justification };

/** On, or off with a recorded exception. */
export type DisabledByException =
  { readonly enabled: true } | { readonly enabled: false; readonly justification: Justification };

/** Required, or not with a recorded exception. */
export type Requirement =
  { readonly required: true } | { readonly required: false; readonly justification: Justification };

/** The token exchange flow (RFC 8693). */
export type TokenExchange =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      readonly justification: Justification;
      /**
       * Whether the client shows its secret. Not for public clients, which cannot keep one.
       * @default - true for private clients and machines
       */
      readonly requireSecret?: boolean;
    };

/** The Authorization Code and Credentials Flow: the client posts the user's credentials and gets a code. */
export interface CodeAndCredentials {
  /**
   * Whether user credentials are accepted in the POST body only.
   * @default - required: query strings and headers end up in access logs
   */
  readonly postBodyOnly?: Requirement;
  readonly guest?: never;
}

/** As {@link CodeAndCredentials}, with the variant for anonymous guests. */
export interface CodeAndCredentialsWithGuest extends Omit<CodeAndCredentials, 'guest'> {
  readonly guest: {
    /**
     * Lifetime of a guest's token: 1, 5, 10, 15 or 30 minutes; from Metadata API 65 also 60, 90, 120, 240, 480, 720.
     * @default Duration.minutes(15)
     */
    readonly timeout?: Duration;
  };
}

/** The client credentials flow: whoever holds key and secret acts as the run-as user. */
export interface ClientCredentials {
  /** The user that the client acts as: active, API enabled, with as little access as the job needs. */
  readonly runAs: Username;
  /** Why a certificate cannot do, who agreed, until when. */
  readonly justification: Justification;
}

/** A range of IP addresses, both ends included, IPv4 or IPv6. */
export interface TrustedIpRange {
  readonly start: string;
  readonly end: string;
  /** @default - none */
  readonly description?: string;
}

/** What ID tokens hold and how long they are valid. */
export interface IdToken {
  /**
   * 1 to 720 minutes.
   * @default Duration.minutes(2)
   */
  readonly validity?: Duration;
  /** @default - stays as it is in the org */
  readonly audiences?: string;
  /** @default - stays as it is in the org */
  readonly includeStandardClaims?: boolean;
  /** @default - stays as it is in the org */
  readonly includeCustomAttributes?: boolean;
  /**
   * Metadata API 61 or newer.
   * @default - stays as it is in the org
   */
  readonly includeCustomPermissions?: boolean;
}
