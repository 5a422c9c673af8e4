import type { AccessTokenPolicy, ClientKind, IpRelaxationPolicy, RefreshTokenPolicy } from './client-app';

/** A secure default: what an app gets that does not say otherwise, why, and who says so. */
export interface Default<T> {
  /** The value by kind of client. */
  readonly value: Readonly<Record<ClientKind, T>>;
  /** The option that changes it; undefined where nothing may. */
  readonly option?: string;
  readonly reason: string;
  /** Title of the published rule, or of the page that tells what the platform does. */
  readonly source: string;
}

const forAll = <T>(value: T): Default<T>['value'] => ({ private: value, public: value, machine: value });

/** Every secure default in one place. All of them are written to the org, whatever the platform's own default is. */
export const DEFAULTS = {
  requireSecretForWebServerFlow: {
    value: { private: true, public: false, machine: true },
    reason:
      'A server can keep a secret, so whoever redeems a code must show it. A secret inside an app on a device is ' +
      'public knowledge: demanding it would only suggest a protection that is not there.',
    source: 'RFC 6749 section 2.1; RFC 8252 section 8.5',
  },
  requireSecretForRefreshTokenFlow: {
    value: { private: true, public: false, machine: true },
    reason: 'A stolen refresh token alone must not be worth anything where the client can keep a secret.',
    source: 'RFC 6749 section 6; RFC 9700 section 2.2.2',
  },
  requirePkce: {
    value: forAll(true),
    option: 'pkce',
    reason: 'An intercepted authorization code is useless without the verifier that only the real client has.',
    source: 'RFC 9700 section 2.1.1; RFC 7636',
  },
  rotateRefreshTokens: {
    value: forAll(true),
    option: 'refreshTokenRotation',
    reason: 'The second use of a refresh token reveals a theft and ends the whole family of tokens.',
    source: 'RFC 9700 section 4.14',
  },
  refreshToken: {
    value: forAll<RefreshTokenPolicy>({ type: 'SpecificInactivity', period: 30, unit: 'Days' }),
    option: 'refreshTokens',
    reason: 'A client that nobody uses loses its access by itself; the platform would keep it for a year.',
    source: 'RFC 9700 section 4.14; Salesforce Help: Manage OAuth Access Policies',
  },
  accessToken: {
    value: forAll<AccessTokenPolicy>({ format: 'opaque', sessionTimeoutMinutes: 60 }),
    option: 'accessTokens',
    reason: 'An hour bounds what a stolen token is worth. Opaque tokens work with every API, SOAP included.',
    source: 'RFC 9700 section 2.2.1; Salesforce Help: Manage OAuth Access Policies',
  },
  ipRelaxation: {
    value: forAll<IpRelaxationPolicy>('Enforce'),
    option: 'ipRelaxation',
    reason: "An app must not be a way around the login IP ranges that the users' profiles set.",
    source: 'Salesforce Help: Connected App IP Relaxation and Continuous IP Enforcement',
  },
  codeAndCredentials: {
    value: forAll({ enabled: false } as const),
    option: 'codeAndCredentials',
    reason: "The client sees the user's password, so the flow exists only where somebody asks for it.",
    source: 'Salesforce Help: Headless Identity APIs, Authorization Code and Credentials Flow',
  },
  codeAndCredentialsPostBodyOnly: {
    value: forAll(true),
    option: 'codeAndCredentials.postBodyOnly',
    reason: 'Passwords in a query string or a header end up in access logs.',
    source: 'Salesforce Help: Configure a Code and Credentials Flow',
  },
  clientCredentials: {
    value: forAll(false),
    option: 'clientCredentials',
    reason: 'Whoever holds key and secret acts as the run-as user; a signed assertion proves more and leaks less.',
    source: 'RFC 9700 section 2.5; Salesforce Help: OAuth 2.0 Client Credentials Flow',
  },
  deviceFlow: {
    value: forAll(false),
    option: 'deviceFlow',
    reason: 'Users can be talked into approving a code that an attacker started.',
    source: 'RFC 8628 section 5.4',
  },
  tokenExchange: {
    value: forAll({ enabled: false } as const),
    option: 'tokenExchange',
    reason: 'It turns tokens of another issuer into access to the org, so it is on only where it is needed.',
    source: 'RFC 8693 section 5',
  },
  introspectAllTokens: {
    value: forAll(false),
    option: 'introspectAllTokens',
    reason: 'A client has no business with the tokens of other clients.',
    source: 'RFC 7662 section 4',
  },
} as const satisfies Readonly<Record<string, Default<unknown>>>;

/** Lifetime of JWT access tokens that state none, in minutes: an hour, or the longest the older versions have. */
export const jwtTimeoutMinutes = (apiVersion: number): number => (apiVersion >= 65 ? 60 : 30);

/** Lifetime of the JWTs of guests that state none, in minutes. */
export const GUEST_JWT_TIMEOUT_MINUTES = 15;

/** Lifetime of ID tokens that state none, in minutes: the platform's own default, the shortest useful one. */
export const ID_TOKEN_VALIDITY_MINUTES = 2;
