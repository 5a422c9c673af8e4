import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';

import type { Subject } from './subject';

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
  /** Where the client and the browser come from. */
  readonly address?: string;
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

/** A client of an app that speaks OAuth as the published guides say, with one thing changed at a time. */
export class ProofClient {
  readonly #verifier = randomBytes(32).toString('base64url');

  readonly subject: Subject;
  readonly place: Place;
  readonly callbackUrl: string;
  readonly #confidential: boolean;

  constructor(subject: Subject, place: Place, how: { readonly confidential: boolean; readonly callbackUrl: string }) {
    this.subject = subject;
    this.place = place;
    this.callbackUrl = how.callbackUrl;
    this.#confidential = how.confidential;
  }

  /** The question a browser is sent with. */
  #question(changes: Changes = {}): Changes {
    return {
      response_type: 'code',
      client_id: this.subject.consumer.key,
      redirect_uri: this.callbackUrl,
      code_challenge: createHash('sha256').update(this.#verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: randomBytes(8).toString('hex'),
      ...changes,
    };
  }

  /** Logs a person in and gives the code, or why there is none. */
  async #code({ authorize = {}, user = this.subject.insider, address }: LoginChanges = {}): Promise<
    { readonly code: string } | { readonly refused: string }
  > {
    const form = { ...this.#question(authorize), username: user, password: this.place.password, approval: 'allow' };
    const answer = await this.#post('authorize', form, address);
    const location = answer.headers.get('location');
    const page = await answer.text();
    if (location === null)
      return {
        refused: /error=([^<]*)/.exec(page)?.[1]?.replace('&amp;error_description=', ': ') ?? `HTTP ${answer.status}`,
      };
    const { searchParams, hash } = new URL(location);
    const code = searchParams.get('code');
    if (code !== null) return { code };
    if (hash.includes('access_token')) return { code: '' };
    return { refused: `${searchParams.get('error')}: ${searchParams.get('error_description')}` };
  }

  exchange(code: string, changes: Changes = {}, address?: string): Promise<LoginAnswer> {
    return this.token(
      {
        grant_type: 'authorization_code',
        redirect_uri: this.callbackUrl,
        code_verifier: this.#verifier,
        code,
        ...this.#identity(),
        ...changes,
      },
      address,
    );
  }

  /** Logs a person in, and does that with the code; where there is none, the refusal is the answer. */
  async withCode(
    changes: LoginChanges,
    then: (code: string) => LoginAnswer | Promise<LoginAnswer>,
  ): Promise<LoginAnswer> {
    const found = await this.#code(changes);
    return 'refused' in found ? { granted: false, said: found.refused } : then(found.code);
  }

  /** A whole login: the browser’s part, then the client’s. */
  login(changes: LoginChanges = {}): Promise<LoginAnswer> {
    return this.withCode(changes, (code) => this.exchange(code, changes.exchange, changes.address));
  }

  refresh(token: string | undefined, changes: Changes = {}, address?: string): Promise<LoginAnswer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: token, ...this.#identity(), ...changes }, address);
  }

  clientCredentials(changes: Changes = {}): Promise<Answer> {
    const { key, secret } = this.subject.consumer;
    return this.token({ grant_type: 'client_credentials', client_id: key, client_secret: secret, ...changes });
  }

  /** So many seconds from now, in seconds since 1970. */
  inSeconds(seconds: number): number {
    return Math.floor(Date.parse(this.place.now()) / 1000) + seconds;
  }

  /** The JWT bearer flow, with claims and a key of one’s choice. */
  assertion(claims: Json = {}, key: KeyObject = this.place.standIn): Promise<Answer> {
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const all = {
      iss: this.subject.consumer.key,
      sub: this.subject.insider,
      aud: this.place.url,
      exp: this.inSeconds(120),
    };
    const signed = `${encode({ alg: 'RS256' })}.${encode({ ...all, ...claims })}`;
    const assertion = `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
    return this.token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  }

  /** Uses an access token as a client does. */
  async call(token: string): Promise<Answer> {
    const answer = await fetch(`${this.place.url}/services/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { granted: answer.ok, said: answer.ok ? 'the call was answered' : `HTTP ${answer.status}` };
  }

  async token(form: Changes, address?: string): Promise<LoginAnswer> {
    const answer = await this.#post('token', form, address);
    const body = (await answer.json()) as Json;
    const { access_token: access, refresh_token: refresh } = body;
    if (typeof access !== 'string') {
      return { granted: false, said: `${String(body['error'])}: ${String(body['error_description'])}` };
    }
    const tokens = { access, refresh: typeof refresh === 'string' ? refresh : undefined };
    return { granted: true, said: `an access token for ${String(body['scope'])}`, tokens };
  }

  #identity(): Changes {
    const { key, secret } = this.subject.consumer;
    return { client_id: key, ...(this.#confidential && { client_secret: secret }) };
  }

  #post(endpoint: string, form: Changes, address?: string): Promise<Response> {
    const sent = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return fetch(`${this.place.url}/services/oauth2/${endpoint}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(sent),
      ...(address !== undefined && { headers: { 'x-emulator-ip': address } }),
    });
  }
}
