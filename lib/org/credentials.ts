/** How to log in to one org. Holds secrets: never print, never serialize. */
export type Credentials =
  | {
      readonly kind: 'access-token';
      readonly accessToken: string;
      readonly instanceUrl: string;
      /** Consumer key of the app that issued the token, where the environment tells it. */
      readonly clientId?: string;
    }
  | {
      readonly kind: 'jwt-bearer';
      readonly clientId: string;
      readonly username: string;
      readonly privateKey: ({ readonly file: string } | { readonly pem: string }) & {
        /** Name of the environment variable it comes from, for messages. */
        readonly variable?: string;
      };
      readonly loginUrl: string;
      /** `aud` of the assertion. */
      readonly audience: string;
    }
  | {
      readonly kind: 'client-credentials';
      readonly clientId: string;
      readonly clientSecret: string;
      /** The org's My Domain. */
      readonly loginUrl: string;
    }
  | { readonly kind: 'salesforce-cli'; readonly alias: string };

/** What the environment asks for: an org on the network, or the built-in local one, which the command line starts. */
export type Login = Credentials | { readonly kind: 'local' };
