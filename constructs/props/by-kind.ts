import type { AccessTokens } from '../../lib/declaration/options/access-tokens';
import type { PerOrg } from '../../lib/declaration/options/per-org';
import type { PermittedUsers } from '../../lib/declaration/options/permitted-users';
import type { Certificate } from '../certificate';
import type { ClientAppProps } from './common';
import type { InteractiveClientAppProps } from './interactive';
import type {
  ByDefault,
  ConfidentialClientOptions,
  ConfidentialConnectedAppOptions,
  ConnectedAppOptions,
  ExternalClientAppOptions,
  ExternalClientAppPolicies,
  InteractiveConnectedAppOptions,
  InteractiveConnectedAppPolicies,
  InteractiveExternalClientAppOptions,
  InteractiveExternalClientAppPolicies,
  NotOnConnectedApps,
  OnlyOnConnectedApps,
  PublicClientOptions,
  Refused,
} from './platform';
import type {
  ClientCredentials,
  CodeAndCredentials,
  CodeAndCredentialsWithGuest,
  Requirement,
  TokenExchange,
  TokenExchangeWithoutSecret,
} from './values';

/** Headless login of users by their credentials. */
export interface CodeAndCredentialsProps {
  /**
   * The Authorization Code and Credentials Flow; `{}` switches it on. The org must allow it.
   * @default - off: the client sees the user's password
   * @since 61
   * @source Salesforce Help: Configure a Code and Credentials Flow
   */
  readonly codeAndCredentials?: CodeAndCredentials;
}

/** The flow with its variant for guests. */
interface CodeAndCredentialsOfGuests {
  readonly accessTokens: AccessTokens<'jwt', 'external-client-app'>;
  readonly codeAndCredentials: CodeAndCredentialsWithGuest;
}

/** Guests get JSON Web Tokens, so the guest variant of the flow exists only where the app issues them. */
export type TokensAndCodeAndCredentials = CodeAndCredentialsOfGuests | CodeAndCredentialsProps;

/** PKCE of a client that can keep a secret, too. */
export interface PkceProps {
  /**
   * Whether code flows require PKCE.
   * @default - required: an intercepted code is useless without the verifier
   * @source RFC 7636; RFC 9700, section 2.1.1
   */
  readonly pkce?: Requirement;
}

/** Token exchange of a client that can keep a secret. */
export interface TokenExchangeProps {
  /**
   * Lets the app exchange tokens of another issuer.
   * @default - off
   * @source RFC 8693, section 5
   */
  readonly tokenExchange?: TokenExchange;
}

/** Token exchange of a client that cannot keep a secret. */
export interface PublicTokenExchangeProps {
  /**
   * Lets the app exchange tokens of another issuer. No secret is required, because the client could not keep it.
   * @default - off
   * @source RFC 8693, section 5
   */
  readonly tokenExchange?: TokenExchangeWithoutSecret;
}

/** A PrivateClientApp that is stored as an External Client App, the default. */
export interface PrivateExternalClientAppProps
  extends
    InteractiveClientAppProps,
    PkceProps,
    TokenExchangeProps,
    InteractiveExternalClientAppOptions,
    InteractiveExternalClientAppPolicies,
    ConfidentialClientOptions,
    Refused<InteractiveConnectedAppOptions & ConfidentialConnectedAppOptions, OnlyOnConnectedApps> {}

/** A PrivateClientApp that is stored as a Connected App. */
export interface PrivateConnectedAppProps
  extends
    InteractiveClientAppProps<'connected-app'>,
    CodeAndCredentialsProps,
    PkceProps,
    TokenExchangeProps,
    InteractiveConnectedAppOptions,
    ConfidentialConnectedAppOptions,
    InteractiveConnectedAppPolicies,
    Refused<InteractiveExternalClientAppOptions & ConfidentialClientOptions, NotOnConnectedApps> {}

/** Options of a PrivateClientApp. */
export type PrivateClientAppProps =
  | PrivateConnectedAppProps
  | (PrivateExternalClientAppProps & TokensAndCodeAndCredentials)
  | (PrivateExternalClientAppProps & TokensAndCodeAndCredentials & ByDefault);

/** A PublicClientApp that is stored as an External Client App, the default. */
export interface PublicExternalClientAppProps
  extends
    InteractiveClientAppProps,
    PublicTokenExchangeProps,
    InteractiveExternalClientAppOptions,
    InteractiveExternalClientAppPolicies,
    PublicClientOptions,
    Refused<InteractiveConnectedAppOptions, OnlyOnConnectedApps> {}

/** A PublicClientApp that is stored as a Connected App. */
export interface PublicConnectedAppProps
  extends
    InteractiveClientAppProps<'connected-app'>,
    CodeAndCredentialsProps,
    PublicTokenExchangeProps,
    InteractiveConnectedAppOptions,
    InteractiveConnectedAppPolicies,
    Refused<InteractiveExternalClientAppOptions & PublicClientOptions, NotOnConnectedApps> {}

/** Options of a PublicClientApp. PKCE is always required, a secret never. */
export type PublicClientAppProps =
  | PublicConnectedAppProps
  | (PublicExternalClientAppProps & TokensAndCodeAndCredentials)
  | (PublicExternalClientAppProps & TokensAndCodeAndCredentials & ByDefault);

/**
 * How a machine signs in. Where neither is given, the compiler names what the last of the two lacks, by place and by name: the
 * certificate, the preferred way in.
 */
export type MachineSignIn = MachineByClientCredentials | MachineWithCertificate;

/** A machine that signs in with a certificate, and perhaps with client credentials too. */
export interface MachineWithCertificate {
  /**
   * The public certificate of the machine client, for the JWT bearer flow, the preferred way to sign in. Orgs that
   * share a certificate can be accessed with the same key.
   * @default - none; then `clientCredentials` is required
   * @limit one X.509 certificate in PEM
   * @source Salesforce Help: Configure OAuth 2.0 JWT Bearer Flow for External Client Apps
   */
  readonly certificate: Certificate | PerOrg<Certificate>;
  /**
   * The JWT bearer flow admits only users with a listed permission set.
   * @limit at least one permission set with a certificate
   * @since profiles: 62
   * @source Salesforce Help: Preauthorize User App Access Through External Client App Policies
   */
  readonly permittedUsers: PermittedUsers<'pre-authorized-with-permission-sets'>;
  /**
   * The client credentials flow, for machine clients that cannot sign.
   * @default - off: anyone with the key and secret could act as the run-as user
   * @source Salesforce Help: Configure an External Client App for OAuth 2.0 Client Credentials Flow
   */
  readonly clientCredentials?: ClientCredentials;
}

/** A machine that signs in with client credentials alone. */
export interface MachineByClientCredentials {
  /** Left out: a machine that can sign needs no client credentials flow. */
  readonly certificate?: never;
  /** The client credentials flow, for machine clients that cannot sign. */
  readonly clientCredentials: ClientCredentials;
  /** The list can be empty, because the flow runs as its own user. */
  readonly permittedUsers: PermittedUsers<'pre-authorized' | 'pre-authorized-with-permission-sets'>;
}

/** A MachineApp that is stored as an External Client App, the default. */
export interface MachineExternalClientAppProps
  extends
    ClientAppProps,
    TokenExchangeProps,
    ExternalClientAppOptions,
    ExternalClientAppPolicies,
    ConfidentialClientOptions,
    Refused<ConnectedAppOptions & ConfidentialConnectedAppOptions, OnlyOnConnectedApps> {}

/** A MachineApp that is stored as a Connected App. */
export interface MachineConnectedAppProps
  extends
    ClientAppProps<'connected-app'>,
    TokenExchangeProps,
    ConnectedAppOptions,
    ConfidentialConnectedAppOptions,
    Refused<ExternalClientAppOptions & ExternalClientAppPolicies & ConfidentialClientOptions, NotOnConnectedApps> {}

/** Options of a MachineApp. The scope RefreshToken is added with a certificate: the JWT bearer flow asks for it. */
export type MachineAppProps =
  | (MachineConnectedAppProps & MachineSignIn)
  | (MachineExternalClientAppProps & MachineSignIn)
  | (MachineExternalClientAppProps & MachineSignIn & ByDefault);
