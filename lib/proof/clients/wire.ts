/** A call and its answer as they went over the wire, which the org of the proof shows. */
export interface WireExchange {
  /** What the resource does: `authorize`, `token`, `userinfo`, `query` … */
  readonly operation: string;
  readonly request: {
    readonly query: URLSearchParams;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer;
  };
  readonly answer: {
    readonly status: number;
    readonly body: string | Buffer;
    readonly headers?: Readonly<Record<string, string>>;
  };
}

/** How a client shows its secret; none at all is what a public client does. */
export type SecretSent = 'form' | 'basic' | 'none';

/** What a refresh token is when a client brings it. */
export type RefreshTokenSent =
  | 'current'
  /** Another one took its place. */
  | 'replaced'
  /** One that was replaced was used again, which ended all of them. */
  | 'ended-by-reuse'
  | 'unknown';

/** What a client did in one call; never a token, a code, a secret or a verifier. */
export interface WireCall {
  readonly operation: string;
  /** At the token endpoint: `authorization_code`, `refresh_token` … */
  readonly grant?: string;
  /** Where a person is asked to log in. */
  readonly pkce?: 'S256' | 'plain' | 'none';
  readonly secret?: SecretSent;
  readonly refresh_token?: RefreshTokenSent;
  /** The OAuth or API error of the answer. */
  readonly refused?: { readonly error: string; readonly description: string };
}

interface Family {
  current: string;
  readonly replaced: Set<string>;
  endedByReuse: boolean;
}

/** What needs no session. */
const PUBLIC = ['openidConfiguration', 'keys'];
const OAUTH = ['authorize', 'token', 'revoke', 'introspect'];

/** Reads what goes over the wire, and remembers which refresh token replaced which. */
export class WireReader {
  readonly #families: Family[] = [];
  readonly #secrets = new Set<string>();

  /** Every token that was given out so far, to keep it out of reports. */
  secrets(): readonly string[] {
    return [...this.#secrets];
  }

  read({ operation, request, answer }: WireExchange): WireCall {
    if (!OAUTH.includes(operation)) {
      const refused = answer.status >= 400 ? apiError(answer) : undefined;
      return { operation, ...(refused && { refused }) };
    }
    const form = new URLSearchParams(request.query);
    for (const [name, value] of new URLSearchParams(request.body.toString('utf8'))) form.set(name, value);
    if (operation === 'authorize') return atAuthorize(form, answer);
    const secret = secretSent(form, request.headers);
    return operation === 'token' ? this.#atToken(form, secret, answer) : { operation, secret };
  }

  #atToken(form: URLSearchParams, secret: SecretSent, answer: WireExchange['answer']): WireCall {
    const body = jsonOf(answer.body);
    const refused = answer.status >= 400 ? { refused: oauthError(body) } : {};
    // A device that asks for its codes is given no token yet.
    if (form.get('response_type') === 'device_code') return { operation: 'device_code', secret, ...refused };
    const grant = form.get('grant_type') ?? 'none';
    const brought = form.get('refresh_token');
    const family =
      brought === null ? undefined : this.#families.find((one) => one.current === brought || one.replaced.has(brought));
    const sent = brought === null ? undefined : stateOf(family, brought);
    const given = body['refresh_token'];
    for (const name of ['access_token', 'refresh_token']) {
      const token = body[name];
      if (typeof token === 'string') this.#secrets.add(token);
    }
    if (sent === 'replaced' && family && answer.status >= 400) family.endedByReuse = true;
    if (typeof given === 'string') {
      if (family === undefined) this.#families.push({ current: given, replaced: new Set(), endedByReuse: false });
      else {
        family.replaced.add(family.current);
        family.current = given;
      }
    }
    return {
      operation: 'token',
      grant,
      secret,
      ...(sent !== undefined && { refresh_token: sent }),
      ...refused,
    };
  }
}

function stateOf(family: Family | undefined, token: string): RefreshTokenSent {
  if (family === undefined) return 'unknown';
  if (family.endedByReuse) return 'ended-by-reuse';
  return family.current === token ? 'current' : 'replaced';
}

function secretSent(form: URLSearchParams, headers: Readonly<Record<string, string>>): SecretSent {
  const [, basic] = /^Basic (.+)$/i.exec(headers['authorization'] ?? '') ?? [];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString().endsWith(':') ? 'none' : 'basic';
  return (form.get('client_secret') ?? '') === '' ? 'none' : 'form';
}

function atAuthorize(form: URLSearchParams, { status, body, headers = {} }: WireExchange['answer']): WireCall {
  const challenged = form.has('code_challenge');
  const method = form.get('code_challenge_method') ?? 'S256';
  const pkce = challenged ? (method === 'S256' ? 'S256' : 'plain') : 'none';
  const location = headers['location'];
  const error = location === undefined ? pageError(status, String(body)) : redirectError(location);
  return { operation: 'authorize', pkce, ...(error && { refused: error }) };
}

function redirectError(location: string): WireCall['refused'] {
  const { searchParams } = new URL(location);
  const error = searchParams.get('error');
  return error === null ? undefined : { error, description: searchParams.get('error_description') ?? '' };
}

function pageError(status: number, page: string): WireCall['refused'] {
  if (status < 400) return undefined;
  const [, error = `HTTP ${status}`, description = ''] =
    /error=([^<&]*)(?:&amp;error_description=([^<]*))?/.exec(page) ?? [];
  return { error, description };
}

const oauthError = (body: Readonly<Record<string, unknown>>): NonNullable<WireCall['refused']> => ({
  error: String(body['error']),
  description: String(body['error_description']),
});

/** REST answers errors in a list. */
function apiError({ status, body }: WireExchange['answer']): NonNullable<WireCall['refused']> {
  const { errorCode, message } = jsonOf(body, (value) => (Array.isArray(value) ? (value[0] as unknown) : value));
  return {
    error: typeof errorCode === 'string' ? errorCode : `HTTP ${status}`,
    description: typeof message === 'string' ? message : '',
  };
}

function jsonOf(body: string | Buffer, pick = (value: unknown): unknown => value): Readonly<Record<string, unknown>> {
  try {
    const value = pick(JSON.parse(String(body)));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}

/** What two runs at once do at the same time: call an API with what they kept, then refresh it. */
export function meetsAt({ operation, request }: Omit<WireExchange, 'answer'>): 'api' | 'refresh' | undefined {
  if (!OAUTH.includes(operation) && !PUBLIC.includes(operation)) return 'api';
  const isRefresh = operation === 'token' && new URLSearchParams(request.body.toString('utf8')).has('refresh_token');
  return isRefresh ? 'refresh' : undefined;
}

/** The access token that a call to an API was granted with. */
export function usedToken({ operation, request: { headers }, answer }: WireExchange): string | undefined {
  if (OAUTH.includes(operation) || answer.status >= 400) return undefined;
  return /^(?:Bearer|OAuth) (.+)$/i.exec(headers['authorization'] ?? '')?.[1];
}
