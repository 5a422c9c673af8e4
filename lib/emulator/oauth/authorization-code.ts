/** What an authorization code stands for. It lives in memory, for a quarter of an hour of the org’s clock, and works once. */
export interface AuthorizationCode {
  readonly clientId: string;
  readonly userId: string;
  readonly redirectUri: string;
  /** Run-time names. */
  readonly scopes: readonly string[];
  /** Of PKCE, S256. */
  readonly challenge?: string;
  readonly nonce?: string;
  /** Unique visitor ID, where no one logged in. */
  readonly visitor?: string;
  /** ISO time. */
  readonly expires: string;
}
