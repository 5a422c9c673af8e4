import type { OrgUser } from '../state';
import type { Grant } from '../usage/state';
import type { OauthClient } from './client';

/** An answer of the token endpoint: a token, or an OAuth error. */
export type TokenAnswer =
  | {
      readonly client: OauthClient;
      readonly user: OrgUser;
      /** The grant that a refresh token belongs to. */
      readonly renewed?: Grant;
      /** Run-time names. Left out: all of the app’s. */
      readonly scopes?: readonly string[];
      /** True where a person logged in: the flow that gives out refresh tokens and ID tokens. */
      readonly login?: boolean;
      readonly nonce?: string;
      /** Unique visitor ID, where no one logged in: the token is then for guests. */
      readonly visitor?: string;
      /** What kind of token came out of an exchange. */
      readonly issuedTokenType?: string;
    }
  | { readonly error: string; readonly description: string; readonly status?: number };

export const failed = (error: string, description: string, status = 400): TokenAnswer => ({
  error,
  description,
  status,
});
