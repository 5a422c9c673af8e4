import type { PerOrg } from '../../lib/declaration/options/per-org';
import type { Username } from '../../lib/declaration/options/username';
import type { Duration } from '../../lib/values/duration';
import type { Justification } from '../../lib/values/justification';
import type { Certificate } from '../certificate';

/** Off, or on with a recorded exception. */
export type EnabledByException =
  { readonly enabled: false } | { readonly enabled: true; readonly justification: Justification };

/** On, or off with a recorded exception. */
export type DisabledByException =
  { readonly enabled: true } | { readonly enabled: false; readonly justification: Justification };

/** Required, or not required with a recorded exception. */
export type Requirement =
  { readonly required: true } | { readonly required: false; readonly justification: Justification };

/** The token exchange flow (RFC 8693). */
export type TokenExchange =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      readonly justification: Justification;
      /**
       * Whether the client must present its secret. Not for public clients, which cannot keep one.
       * @default - true for private clients and machines
       */
      readonly requireSecret?: boolean;
    };

/** As {@link TokenExchange}, for clients that cannot keep a secret. */
export type TokenExchangeWithoutSecret = TokenExchange & { readonly requireSecret?: never };

/** The Authorization Code and Credentials Flow: the client posts the user's credentials and gets a code. */
export interface CodeAndCredentials {
  /**
   * Whether user credentials are accepted only in the POST body.
   * @default - required: query strings and headers end up in access logs
   */
  readonly postBodyOnly?: Requirement;
  /** Not with these access tokens: the variant for anonymous guests issues JWTs. */
  readonly guest?: never;
}

/** As {@link CodeAndCredentials}, with the variant for anonymous guests. */
export interface CodeAndCredentialsWithGuest extends Omit<CodeAndCredentials, 'guest'> {
  /** The variant for anonymous guests; `{}` switches it on. */
  readonly guest: {
    /**
     * Lifetime of a guest's token.
     * @default Duration.minutes(15)
     * @unit minutes
     * @limit 1, 5, 10, 15 or 30; from Metadata API 65 also 60, 90, 120, 240, 480 or 720
     * @source Metadata API Developer Guide: ExtlClntAppOauthConfigurablePolicies, guestJwtTimeout
     */
    readonly timeout?: Duration;
  };
}

/** The client credentials flow: anyone with the key and secret acts as the run-as user. */
export interface ClientCredentials {
  /** The user that the client acts as: active, API enabled, and with no more access than the job needs. */
  readonly runAs: Username;
  /** Why a certificate cannot be used, who approved the exception, and until when. */
  readonly justification: Justification;
}

/** A range of IP addresses, both ends included, IPv4 or IPv6. */
export interface TrustedIpRange {
  /** First address of the range. */
  readonly start: string;
  /** Last address of the range. */
  readonly end: string;
  /**
   * What the range is for.
   * @default - none
   */
  readonly description?: string;
}

/** What ID tokens contain and how long they are valid. */
export interface IdToken {
  /**
   * How long an ID token is valid.
   * @default Duration.minutes(2)
   * @unit minutes
   * @limit 1 to 720
   * @source Metadata API Developer Guide: ExternalAppIdTokenConfig
   */
  readonly validity?: Duration;
  /**
   * Audience of the ID token, as entered in Setup.
   * @default - stays as it is in the org
   */
  readonly audiences?: string;
  /**
   * Whether the ID token contains the standard claims about the user.
   * @default - stays as it is in the org
   */
  readonly includeStandardClaims?: boolean;
  /**
   * Whether the ID token contains the custom attributes of the app.
   * @default - stays as it is in the org
   */
  readonly includeCustomAttributes?: boolean;
  /**
   * Whether the ID token contains the user's custom permissions.
   * @default - stays as it is in the org
   * @since 61
   */
  readonly includeCustomPermissions?: boolean;
}

/** The asset token flow: JWTs for connected devices. */
export interface AssetToken {
  /** Audience of the asset tokens, as entered in Setup. */
  readonly audiences: string;
  /**
   * Id of the org's self-signed certificate that signs the tokens. It differs from org to org.
   * @limit a certificate of at most 4 KB
   */
  readonly signingCertificate: string | PerOrg<string>;
  /**
   * How long an asset token is valid; stored in seconds.
   * @unit minutes, hours or days
   */
  readonly validity: Duration;
  /**
   * Whether asset tokens contain the custom attributes of the app.
   * @default false
   */
  readonly includeCustomAttributes?: boolean;
  /**
   * Whether asset tokens contain the user's custom permissions.
   * @default false
   */
  readonly includeCustomPermissions?: boolean;
}

/** Native login at the authorization challenge endpoint (OAuth 2.0 for First-Party Applications). */
export type FirstPartyApp =
  | { readonly enabled: false }
  | {
      readonly enabled: true;
      /** The public certificate of the key that the app uses to attest its identity. */
      readonly clientAssertionCertificate: Certificate | PerOrg<Certificate>;
    };

/** The Apex class that is called when users authorize the app. */
export interface ApexHandler {
  /** Name of the class, with its namespace if it comes from a package. */
  readonly className: string;
  /** The user that the class runs as. */
  readonly executeAs: Username;
}

/** Policies that the admins of one org set. Salesforce keeps them separate from the settings of the same name. */
export interface AdminPolicies {
  /**
   * Names of OAuth custom scopes.
   * @default - stays as it is in the org
   * @since 61
   */
  readonly customScopes?: readonly string[];
  /**
   * Formulas by key.
   * @default - stays as it is in the org
   * @limit 128 attributes
   */
  readonly customAttributes?: Readonly<Record<string, string>>;
}

/** As {@link AdminPolicies}, for apps that users log in through. */
export interface UserAdminPolicies {
  /**
   * An https URL that is called when the user logs out.
   * @default - stays as it is in the org
   */
  readonly singleLogoutUrl?: string;
}
