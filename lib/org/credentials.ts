/** How to log in to one org. Holds secrets: never print, never serialize. */
export type Credentials =
  | {
      /** A session that exists already. */
      readonly kind: 'access-token';
      /** The session id; never printed. */
      readonly accessToken: string;
      /** Address of the org: `https://acme.my.salesforce.com`. */
      readonly instanceUrl: string;
      /** Consumer key of the app that issued the token, where the environment tells it. */
      readonly clientId?: string;
    }
  | {
      /** OAuth 2.0 JWT bearer flow (RFC 7523). */
      readonly kind: 'jwt-bearer';
      /** Consumer key of the app that has the certificate. */
      readonly clientId: string;
      /** The user to log in as. */
      readonly username: string;
      /** PEM of the key that signs, or the file that has it; never printed. */
      readonly privateKey: ({ readonly file: string } | { readonly pem: string }) & {
        /** Name of the environment variable it comes from, for messages. */
        readonly variable?: string;
      };
      /** Where the token is asked for: `https://login.salesforce.com`, or the org's My Domain. */
      readonly loginUrl: string;
      /** `aud` of the assertion. */
      readonly audience: string;
    }
  | {
      /** OAuth 2.0 client credentials flow (RFC 6749, section 4.4). */
      readonly kind: 'client-credentials';
      /** Consumer key. */
      readonly clientId: string;
      /** Consumer secret; never printed. */
      readonly clientSecret: string;
      /** The org's My Domain. */
      readonly loginUrl: string;
    }
  | { readonly kind: 'salesforce-cli'; readonly alias: string };

/** What the environment asks for: an org on the network, or the built-in local one, which the command line starts. */
export type Login = Credentials | { readonly kind: 'local' };
