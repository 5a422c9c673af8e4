import { createHash, randomBytes } from 'node:crypto';

/** The team's own client: what runs in production, here in thirty lines. */
export class PortalClient {
  readonly #org: string;
  readonly #id: string;
  readonly #secret: string;
  #refreshToken = '';

  constructor(org: string, id: string, secret: string) {
    this.#org = org;
    this.#id = id;
    this.#secret = secret;
  }

  /** Where the browser is sent, and what the code is redeemed with. */
  begin(redirectUri: string): { readonly url: string; readonly finish: (code: string) => Promise<string> } {
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.#id,
      redirect_uri: redirectUri,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const finish = (code: string) =>
      this.#ask({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier });
    return { url: `${this.#org}/services/oauth2/authorize?${query}`, finish };
  }

  /** A new access token. The refresh token rotates: the new one is kept, the former one is over. */
  refresh(): Promise<string> {
    return this.#ask({ grant_type: 'refresh_token', refresh_token: this.#refreshToken });
  }

  async #ask(form: Record<string, string>): Promise<string> {
    const body = new URLSearchParams({ ...form, client_id: this.#id, client_secret: this.#secret });
    const response = await fetch(`${this.#org}/services/oauth2/token`, { method: 'POST', body });
    const answer = (await response.json()) as Record<string, string>;
    if (!response.ok) throw new Error(`${answer['error']}: ${answer['error_description']}`);
    this.#refreshToken = answer['refresh_token'] ?? this.#refreshToken;
    return answer['access_token'] ?? '';
  }
}
