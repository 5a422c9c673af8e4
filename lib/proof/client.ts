import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';

import { insideOf } from './allowlist';
import type { Subject } from './subject';
import { Wire } from './wire';

/** What the org said to a client: whether it let it, and in which words. */
export interface Answer {
  readonly granted: boolean;
  /** `invalid_grant: invalid code verifier`, or what was given out; never a token, a code or a secret. */
  readonly said: string;
}

/** Tokens of a login, for what follows it. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
}

/** The answer to a client that wants tokens. */
export interface LoginAnswer extends Answer {
  readonly tokens?: Tokens;
}

/** Form fields that a case changes; undefined leaves the field out. */
export type Changes = Readonly<Record<string, string | undefined>>;

export interface LoginChanges {
  readonly authorize?: Changes;
  readonly exchange?: Changes;
  readonly user?: string;
}

/** Where the proof runs. */
export interface Place {
  readonly url: string;
  /** The password of every user there. */
  readonly password: string;
  /** Signs assertions in the place of the client’s own key, which only its team has. */
  readonly standIn: KeyObject;
  /** Moves the org’s clock forward, in milliseconds. */
  readonly advance: (ms: number) => void;
  /** ISO time of the org’s clock. */
  readonly now: () => string;
}

type Json = Readonly<Record<string, unknown>>;

/** How a request is sent, beside its fields. */
export interface Manner {
  /** Where it comes from. Default: from the allowlist, where the app has one. */
  readonly address?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields in the address; with GET, all of them are there. */
  readonly inAddress?: Changes;
  readonly method?: 'GET' | 'POST';
}

/** A client of an app that speaks OAuth as the published guides say, with one thing changed at a time. */
export class ProofClient {
  readonly #verifier = randomBytes(32).toString('base64url');

  readonly subject: Subject;
  readonly place: Place;
  readonly callbackUrl: string;
  readonly #confidential: boolean;
  /** Where the client is at home, so that nothing is refused for the address alone. */
  readonly #home: string | undefined;

  /** What went over the wire; clients of one trial share it. */
  readonly wire: Wire;

  constructor(
    subject: Subject,
    place: Place,
    how: {
      readonly confidential: boolean;
      readonly callbackUrl: string;
      readonly wire?: Wire;
      readonly owner?: string;
    },
  ) {
    this.subject = subject;
    this.place = place;
    this.callbackUrl = how.callbackUrl;
    this.#confidential = how.confidential;
    this.#home = insideOf(subject);
    this.wire = how.wire ?? new Wire();
    this.wire.know(place.password, 'password');
    this.wire.know(this.#verifier, 'code_verifier');
    this.wire.know(challengeOf(this.#verifier), 'code_challenge');
    const owner = how.owner === undefined ? '' : ` of ${how.owner}`;
    this.wire.know(subject.consumer.key, `consumer key${owner}`);
    this.wire.know(subject.consumer.secret, `consumer secret${owner}`);
  }

  /** The question that a browser, or a client with a login form of its own, is sent with. */
  question(changes: Changes = {}): Changes {
    return {
      response_type: 'code',
      client_id: this.subject.consumer.key,
      redirect_uri: this.callbackUrl,
      code_challenge: challengeOf(this.#verifier),
      code_challenge_method: 'S256',
      state: randomBytes(8).toString('hex'),
      ...changes,
    };
  }

  /** Logs a person in and gives the code, or why there is none. */
  #code({ authorize = {}, user = this.subject.insider }: LoginChanges = {}): Promise<
    { readonly code: string } | { readonly refused: string }
  > {
    const form = { ...this.question(authorize), username: user, password: this.place.password, approval: 'allow' };
    return this.codeFrom('/services/oauth2/authorize', form, {});
  }

  /** The code that the authorization endpoint sends to the callback URL, or why there is none. */
  async codeFrom(
    path: string,
    form: Changes,
    manner: Manner,
  ): Promise<{ readonly code: string } | { readonly refused: string }> {
    const { location, body, status } = await this.send(path, form, manner);
    if (location === null) {
      return { refused: /error=([^<]*)/.exec(body)?.[1]?.replace('&amp;error_description=', ': ') ?? `HTTP ${status}` };
    }
    const { searchParams, hash } = new URL(location);
    const code = searchParams.get('code');
    if (code !== null) return { code };
    if (hash.includes('access_token')) return { code: '' };
    return { refused: `${searchParams.get('error')}: ${searchParams.get('error_description')}` };
  }

  exchange(code: string, changes: Changes = {}, manner: Manner = {}): Promise<LoginAnswer> {
    return this.token(
      {
        grant_type: 'authorization_code',
        redirect_uri: this.callbackUrl,
        code_verifier: this.#verifier,
        code,
        ...this.identity(),
        ...changes,
      },
      manner,
    );
  }

  /** Logs a person in, and does that with the code; where there is none, the refusal is the answer. */
  async withCode(
    changes: LoginChanges,
    then: (code: string) => LoginAnswer | Promise<LoginAnswer>,
  ): Promise<LoginAnswer> {
    return afterCode(await this.#code(changes), then);
  }

  /** A whole login: the browser’s part, then the client’s. */
  login(changes: LoginChanges = {}): Promise<LoginAnswer> {
    return this.withCode(changes, (code) => this.exchange(code, changes.exchange));
  }

  refresh(token: string | undefined, changes: Changes = {}, address?: string): Promise<LoginAnswer> {
    return this.token(
      { grant_type: 'refresh_token', refresh_token: token, ...this.identity(), ...changes },
      { address },
    );
  }

  clientCredentials(changes: Changes = {}): Promise<LoginAnswer> {
    const { key, secret } = this.subject.consumer;
    return this.token({ grant_type: 'client_credentials', client_id: key, client_secret: secret, ...changes });
  }

  /** So many seconds from now, in seconds since 1970. */
  inSeconds(seconds: number): number {
    return Math.floor(Date.parse(this.place.now()) / 1000) + seconds;
  }

  /** An assertion of the JWT bearer flow, with claims and a key of one’s choice. */
  signed(claims: Json = {}, key: KeyObject = this.place.standIn): string {
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const all = {
      iss: this.subject.consumer.key,
      sub: this.subject.insider,
      aud: this.place.url,
      exp: this.inSeconds(120),
    };
    const signed = `${encode({ alg: 'RS256' })}.${encode({ ...all, ...claims })}`;
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
  }

  /** The JWT bearer flow. */
  assertion(claims?: Json, key?: KeyObject): Promise<LoginAnswer> {
    return this.present(this.signed(claims, key));
  }

  /** Signs in with an assertion that was made before. */
  present(assertion: string): Promise<LoginAnswer> {
    return this.token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  }

  /** Asks what the org knows of a token; `inactive` is all that it says about a token of another client. */
  async introspect(token: string): Promise<Answer> {
    const { key: client_id, secret: client_secret } = this.subject.consumer;
    const { active, error = 'inactive' } = await this.json('/services/oauth2/introspect', {
      ...{ token, client_id, client_secret },
    });
    return active === true
      ? { granted: true, said: 'whose token it is and what it opens' }
      : { granted: false, said: String(error) };
  }

  /** Whose access token it is. */
  async userOf(token: string): Promise<string> {
    const headers = { authorization: `Bearer ${token}` };
    const { body } = await this.send('/services/oauth2/userinfo', {}, { method: 'GET', headers });
    return String((JSON.parse(body) as Json)['preferred_username']);
  }

  /** Uses an access token as a client does. */
  async call(token: string): Promise<Answer> {
    const headers = { authorization: `Bearer ${token}` };
    const { status } = await this.send('/services/oauth2/userinfo', {}, { method: 'GET', headers });
    return status === 200
      ? { granted: true, said: 'the call was answered' }
      : { granted: false, said: `HTTP ${status}` };
  }

  async token(form: Changes, manner: Manner = {}): Promise<LoginAnswer> {
    const body = await this.json('/services/oauth2/token', form, manner);
    const { access_token: access, refresh_token: refresh } = body;
    if (typeof access !== 'string') {
      return { granted: false, said: `${String(body['error'])}: ${String(body['error_description'])}` };
    }
    const tokens = { access, refresh: typeof refresh === 'string' ? refresh : undefined };
    return { granted: true, said: `an access token for ${String(body['scope'])}`, tokens };
  }

  /** How the client names itself at the token endpoint. */
  identity(): Changes {
    const { key, secret } = this.subject.consumer;
    return { client_id: key, ...(this.#confidential && { client_secret: secret }) };
  }

  /** Asks for JSON. */
  async json(path: string, form: Changes, manner: Manner = {}): Promise<Json> {
    const { body } = await this.send(path, form, manner);
    return JSON.parse(body) as Json;
  }

  /** Sends a form, and takes down what went over the wire. */
  async send(
    path: string,
    form: Changes,
    { address = this.#home, headers = {}, inAddress = {}, method = 'POST' }: Manner = {},
  ): Promise<{
    readonly status: number;
    readonly location: string | null;
    readonly body: string;
    readonly cookie: string;
  }> {
    const fields = stated(form);
    const query = stated(method === 'GET' ? { ...form, ...inAddress } : inAddress);
    const all = { ...headers, ...(address !== undefined && { 'x-emulator-ip': address }) };
    const at = query.length === 0 ? path : `${path}?${new URLSearchParams(query).toString()}`;
    const answer = await fetch(this.place.url + at, {
      method,
      redirect: 'manual',
      headers: all,
      ...(method === 'POST' && { body: new URLSearchParams(fields) }),
    });
    const [location, body] = [answer.headers.get('location'), await answer.text()];
    const sent = [...query.map(([name, value]) => [`?${name}`, value] as const), ...(method === 'GET' ? [] : fields)];
    this.wire.record({ method, path, headers: all, fields: sent }, answer.status, location, body);
    return { status: answer.status, location, body, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
  }
}

/** Goes on with the code; where there is none, the refusal is the answer. */
export const afterCode = async (
  found: { readonly code: string } | { readonly refused: string },
  then: (code: string) => LoginAnswer | Promise<LoginAnswer>,
): Promise<LoginAnswer> => ('refused' in found ? { granted: false, said: found.refused } : then(found.code));

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

const stated = (form: Changes): [string, string][] =>
  Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
