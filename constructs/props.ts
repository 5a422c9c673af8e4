import type { AccessTokens } from '../lib/declaration/options/access-tokens';
import type { IpRelaxation } from '../lib/declaration/options/ip-relaxation';
import type { NonEmpty } from '../lib/declaration/options/non-empty';
import type { PermittedUsers } from '../lib/declaration/options/permitted-users';
import type { RefreshTokenPolicy } from '../lib/declaration/options/refresh-token-policy';
import type { Scope } from '../lib/declaration/options/scope';
import type { SessionLevel } from '../lib/declaration/options/session-level';
import type { Certificate } from './certificate';
import type {
  ClientCredentials,
  CodeAndCredentials,
  CodeAndCredentialsWithGuest,
  EnabledByException,
  DisabledByException,
  IdToken,
  Requirement,
  TokenExchange,
  TrustedIpRange,
} from './prop-values';

/** Options of every kind of client app. */
export interface ClientAppProps {
  /** Name of the app as people read it, on one line. */
  readonly label: string;
  /**
   * API name in the org: a letter first, then letters, digits and single underscores, at most 30 characters (longer
   * with `adopt`). Renaming makes another app with another consumer key.
   * @default - the construct id, word for word
   */
  readonly apiName?: string;
  /**
   * What the app is for. A line that tells who manages it is added at apply.
   * @default - the description in the org stays as it is
   */
  readonly description?: string;
  /**
   * Mailbox of the people who answer for the app.
   * @default - contactEmail of the SalesforceOrg; one of the two is required
   */
  readonly contactEmail?: string;
  /** @default - stays as it is in the org */
  readonly contactPhone?: string;
  /**
   * An https URL with more about the app.
   * @default - stays as it is in the org
   */
  readonly infoUrl?: string;
  /**
   * An https URL of the logo.
   * @default - stays as it is in the org
   */
  readonly logoUrl?: string;
  /**
   * An https URL of the icon.
   * @default - stays as it is in the org
   */
  readonly iconUrl?: string;
  /** What a token may be used for. At least one; no more than the client needs. */
  readonly scopes: NonEmpty<Scope>;
  /**
   * Names of the org's own OAuth custom scopes. Metadata API 61 or newer.
   * @default - stays as it is in the org
   */
  readonly customScopes?: readonly string[];
  /**
   * Format and lifetime of access tokens.
   * @default AccessTokens.opaque(Duration.minutes(60)): an hour bounds what a stolen token is worth
   */
  readonly accessTokens?: AccessTokens;
  /**
   * Whether the login IP ranges of profiles hold for the app.
   * @default IpRelaxation.ENFORCE: an app must not be a way around them
   */
  readonly ipRelaxation?: IpRelaxation;
  /**
   * Lets the app introspect tokens of other apps.
   * @default - off: a client has no business with the tokens of others
   */
  readonly introspectAllTokens?: EnabledByException;
  /**
   * Lets the app exchange tokens of another issuer.
   * @default - off
   */
  readonly tokenExchange?: TokenExchange;
  /**
   * Formulas by key, such as `{ country: 'Organization.Country' }`, at most 128.
   * @default - stays as it is in the org
   */
  readonly customAttributes?: Readonly<Record<string, string>>;
  /**
   * Takes over an app that already exists under this API name. Without it, such an app is not touched.
   * @default false
   */
  readonly adopt?: boolean;
}

/** Options of the kinds that users log in through. */
export interface InteractiveClientAppProps extends ClientAppProps {
  /**
   * Where the authorization code is sent. https, or http on a loopback host; public apps may use a scheme of their own.
   * Compared exactly; 2,000 characters in all, line breaks included.
   */
  readonly callbackUrls: NonEmpty<string>;
  /** Who may use the app. No default: it is the first thing a reviewer asks. */
  readonly permittedUsers: PermittedUsers;
  /**
   * How long a refresh token lives.
   * @default RefreshTokenPolicy.expiresIfUnusedFor(Duration.days(30)): unused access ends by itself
   */
  readonly refreshTokens?: RefreshTokenPolicy;
  /**
   * Whether each refresh replaces the refresh token.
   * @default - on: the second use of a token reveals a theft
   */
  readonly refreshTokenRotation?: DisabledByException;
  /**
   * The device flow.
   * @default - off: users can be talked into approving somebody else's code
   */
  readonly deviceFlow?: EnabledByException;
  /**
   * IP ranges that the web server flow trusts, at most 128.
   * @default - stays as it is in the org
   */
  readonly trustedIpRanges?: readonly TrustedIpRange[];
  /** @default - stays as it is in the org */
  readonly idToken?: IdToken;
  /**
   * An https URL that is called when the user logs out.
   * @default - stays as it is in the org
   */
  readonly singleLogoutUrl?: string;
  /**
   * An https URL that opens when a user starts the app from the org. Metadata API 62 or newer.
   * @default - stays as it is in the org
   */
  readonly startUrl?: string;
  /**
   * Lowest session security a user needs.
   * @default - stays as it is in the org
   */
  readonly requiredSessionLevel?: SessionLevel;
}

/** Guests get JSON Web Tokens, so the guest variant of the flow exists only where the app issues them. */
export type TokensAndCodeAndCredentials =
  | {
      /**
       * Format and lifetime of access tokens.
       * @default AccessTokens.opaque(Duration.minutes(60))
       */
      readonly accessTokens?: AccessTokens;
      /**
       * The Authorization Code and Credentials Flow; `{}` switches it on. The org must allow it. Metadata API 61 or
       * newer.
       * @default - off: the client sees the user's password
       */
      readonly codeAndCredentials?: CodeAndCredentials;
    }
  | {
      readonly accessTokens: AccessTokens<'jwt'>;
      readonly codeAndCredentials: CodeAndCredentialsWithGuest;
    };

/** Options of a PrivateClientApp. */
export type PrivateClientAppProps = InteractiveClientAppProps &
  TokensAndCodeAndCredentials & {
    /**
     * Whether code flows need PKCE (RFC 7636).
     * @default - required: an intercepted code is useless without the verifier
     */
    readonly pkce?: Requirement;
  };

/** Options of a PublicClientApp. PKCE is always required, a secret never. */
export type PublicClientAppProps = InteractiveClientAppProps & TokensAndCodeAndCredentials;

/** A machine that signs in with a certificate, and perhaps with client credentials too. */
export interface MachineWithCertificate {
  /** The public certificate of the machine: the JWT bearer flow, the preferred way in. */
  readonly certificate: Certificate;
  /** The JWT bearer flow lets in holders of a listed permission set only, so at least one is needed. */
  readonly permittedUsers: PermittedUsers<'pre-authorized-with-permission-sets'>;
  /** @default - off: whoever holds key and secret would act as the run-as user */
  readonly clientCredentials?: ClientCredentials;
}

/** A machine that signs in with client credentials alone. */
export interface MachineWithClientCredentials {
  readonly certificate?: never;
  readonly clientCredentials: ClientCredentials;
  /** The list may be empty: the flow runs as its own user. */
  readonly permittedUsers: PermittedUsers<'pre-authorized' | 'pre-authorized-with-permission-sets'>;
}

/** Options of a MachineApp. The scope RefreshToken is added with a certificate: the JWT bearer flow asks for it. */
export type MachineAppProps = ClientAppProps & (MachineWithCertificate | MachineWithClientCredentials);
