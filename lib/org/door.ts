import { authenticate, isRenewable, type LoginTools, secretsOf, type Session } from './authenticate';
import { classify } from './classify-error';
import type { Credentials } from './credentials';
import { type Api, openApi } from './jsforce';
import { OrgError } from './org-error';
import type { OwnLogin } from './own-login';
import { patiently, retryAfterMs, serverTime } from './patience';
import { type Redact, redactor } from './redact';
import type { WireResponse } from './transport';

export interface Call {
  /** Completes "Could not …". */
  readonly what: string;
  readonly apiVersion: number;
  readonly signal?: AbortSignal | undefined;
  /** `read`: repeated where that may help. `once`: for polls, which count their own errors. `write`: never repeated. */
  readonly mode: 'read' | 'once' | 'write';
  /** For writes: what to tell when the org may have done it all the same. */
  readonly inDoubt?: (error: OrgError) => OrgError;
  /** SOAP has its own rules for access tokens. */
  readonly protocol: 'soap' | 'rest';
}

/** Holds the session of one org; every request passes here. */
export class Door {
  readonly tools: LoginTools;
  calls = 0;
  /** How far the server's clock is ahead of ours, by its last answer with a Date header. */
  clockSkewMs: number | undefined;
  readonly #credentials: Credentials;
  readonly #learned = new Set<string>();
  #session: Session;
  #renewal: Promise<Session> | undefined;

  constructor(credentials: Credentials, session: Session, tools: LoginTools) {
    this.#credentials = credentials;
    this.#session = session;
    this.tools = tools;
  }

  get instanceUrl(): string {
    return this.#session.instanceUrl;
  }

  get clientId(): string | undefined {
    return this.#session.clientId;
  }

  get login(): OwnLogin | undefined {
    return this.#session.login;
  }

  get userId(): string | undefined {
    return this.#session.userId;
  }

  /** The first 15 characters of the org id, which opaque access tokens start with. */
  get orgIdOfToken(): string | undefined {
    return /^(00D[A-Za-z0-9]{12})(?:[A-Za-z0-9]{3})?!/.exec(this.#session.accessToken)?.[1];
  }

  get tokenFormat(): 'opaque' | 'json-web-token' {
    return isJwt(this.#session.accessToken) ? 'json-web-token' : 'opaque';
  }

  get redact(): Redact {
    return redactor([this.#session.accessToken, ...secretsOf(this.#credentials), ...this.#learned]);
  }

  /** Secrets of apps that were seen in an answer: the org may repeat one in an error. A short word is no secret. */
  learn(secrets: readonly string[]): void {
    for (const secret of secrets) if (secret.length >= 8) this.#learned.add(secret);
  }

  /**
   * Runs one call. An expired session is renewed once where the credentials allow it.
   * @throws OrgError without secrets.
   */
  async call<T>(call: Call, use: (api: Api) => Promise<T>): Promise<T> {
    const ask = (): Promise<T> => this.#once(call, use);
    return call.mode === 'read' ? patiently(ask, { clock: this.tools.clock, signal: call.signal }) : ask();
  }

  async #once<T>(call: Call, use: (api: Api) => Promise<T>, renewed = false): Promise<T> {
    if (call.signal?.aborted) throw aborted(call.what);
    if (call.protocol === 'soap') refuseJwtOnSoap(this.#session.accessToken, call);
    const session = this.#session;
    let wait: number | undefined;
    const onAnswer = ({ headers }: WireResponse): void => {
      const now = this.tools.clock.now();
      wait = retryAfterMs(headers, now);
      const theirs = serverTime(headers);
      if (theirs !== undefined) this.clockSkewMs = theirs - now;
    };
    try {
      return await use(this.#open(session, call, onAnswer));
    } catch (thrown) {
      const { error, inDoubt } = classify(thrown, call.what, this.redact, wait);
      if (error.kind === 'login' && !renewed && isRenewable(this.#credentials)) {
        await this.#renew(session, call.signal);
        return this.#once(call, use, true);
      }
      throw inDoubt && call.mode === 'write' && call.inDoubt ? call.inDoubt(error) : error;
    }
  }

  #open(session: Session, call: Call, onAnswer: (response: WireResponse) => void): Api {
    return openApi({
      session,
      apiVersion: call.apiVersion,
      wire: { ...this.tools.wire, signal: call.signal },
      onRequest: () => (this.calls += 1),
      onAnswer,
    });
  }

  /** Calls that find the session expired at the same time share one login. */
  async #renew(expired: Session, signal: AbortSignal | undefined): Promise<void> {
    if (this.#session !== expired) return;
    this.#renewal ??= authenticate(this.#credentials, this.tools, signal);
    try {
      this.#session = await this.#renewal;
    } finally {
      this.#renewal = undefined;
    }
  }
}

function aborted(what: string): OrgError {
  return new OrgError('aborted', `Stopped before trying to ${what}`, 'run the command again');
}

/** The first version whose SOAP endpoint takes such tokens; the client library refuses them at any version. */
const JWT_ON_SOAP = 68;

function refuseJwtOnSoap(accessToken: string, { what, apiVersion }: Call): void {
  if (!isJwt(accessToken)) return;
  const who =
    apiVersion < JWT_ON_SOAP
      ? `Salesforce accepts them for SOAP only from API version ${JWT_ON_SOAP} on (this is ${apiVersion})`
      : 'the SOAP client used here (jsforce 3.10) does not support them at any version';
  throw new OrgError(
    'login',
    `Could not ${what}: the access token is a JSON Web Token, reading metadata needs SOAP, and ${who}. ` +
      'Deploys would work; reading first is what keeps them safe.',
    'on the app that this login uses, switch off "Issue JSON Web Token (JWT)-based access tokens for named users" ' +
      '(isNamedUserJwtEnabled=false in its global OAuth settings), then log in again for a new token',
    { errorCode: 'JWT_ACCESS_TOKEN' },
  );
}

function isJwt(token: string): boolean {
  const [header = '', ...rest] = token.split('.');
  if (rest.length !== 2) return false;
  try {
    return typeof JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) === 'object';
  } catch {
    return false;
  }
}
