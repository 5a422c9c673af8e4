import { z } from 'zod';

import { formatApiVersion } from '../metadata/api-version';
import { Secret } from '../values/secret';
import type { Door } from './door';
import { isOrgError, OrgError } from './org-error';
import { requestToken } from './token';
import { exchange } from './transport';

/** As those of the port, which knows this file. */
interface CallOptions {
  readonly signal?: AbortSignal;
}

/** A consumer of an External Client App: its key is public. */
export interface Consumer {
  readonly id: string;
  readonly key: string;
}

export interface KeyAndSecret {
  readonly key: string;
  readonly secret: Secret;
}

/** Credentials beside those in use: `Active` are new ones, `Rotated` are the former ones, which still open the app. */
export interface StagedSet {
  readonly id: string;
  readonly key: string;
  readonly state: string;
  readonly secret?: Secret;
  /** ISO time at which Salesforce ends them by itself. */
  readonly expires?: string;
}

/** Whether credentials open an app. `undecided`: it was refused for another reason than the credentials. */
export type Proof = { readonly proved: true } | { readonly refused: string } | { readonly undecided: string };

/** The resource of the Connect REST API for the credentials of External Client Apps (staged ones since version 65). */
export interface Consumers {
  /** @param app Record id, or API name. */
  list(app: string, options?: CallOptions): Promise<readonly Consumer[]>;
  current(app: string, consumer: string, options?: CallOptions): Promise<KeyAndSecret>;
  staged(app: string, consumer: string, options?: CallOptions): Promise<readonly StagedSet[]>;
  /** New credentials beside the present ones. Where the answer gets lost, they are looked up. */
  stage(app: string, consumer: string, options?: CallOptions): Promise<StagedSet>;
  /** Puts the staged credentials in the place of the present ones, which stay valid beside them. */
  promote(app: string, consumer: string, staged: string, options?: CallOptions): Promise<void>;
  discard(app: string, consumer: string, staged: string, options?: CallOptions): Promise<void>;
  /** Logs in with the client credentials flow, and ends that session again. */
  prove(credentials: KeyAndSecret, options?: CallOptions & { readonly onWaiting?: () => void }): Promise<Proof>;
}

const ConsumerShape = z.object({ id: z.string().min(1), key: z.string().min(1) });
const List = z.object({ consumers: z.array(ConsumerShape) });
const Both = z.object({ key: z.string().min(1), secret: z.string().min(1) });
const Staged = z.object({
  id: z.string().min(1),
  key: z.string().min(1),
  state: z.string(),
  secret: z.string().min(1).optional(),
  expirationDate: z.string().optional(),
});
/** Which name the list has in the answer is not published, nor whether there is a list where one set was made. */
const StagedSets = z.union([
  z.array(Staged),
  Staged.transform((one) => [one]),
  z.record(z.string(), z.unknown()).transform((record, context) => {
    const list = Object.values(record).find((value) => Array.isArray(value));
    const parsed = z.array(Staged).safeParse(list);
    if (parsed.success) return parsed.data;
    context.addIssue('no list of credentials');
    return z.NEVER;
  }),
]);

/** New credentials are known everywhere after minutes, in rare cases half an hour. */
const ATTEMPTS = 40;
const PAUSE_MS = 15_000;
/** What the token endpoint says of credentials that it does not know, or not yet. */
const UNKNOWN = ['invalid_client_id', 'invalid_client', 'OAUTH_EC_APP_NOT_FOUND'];

/** What was sent cannot be taken as not done: new credentials may be beside the present ones. */
const unclear = ({ kind, message, remedy, errorCode }: OrgError): OrgError =>
  new OrgError(kind, message, remedy, { errorCode, inDoubt: true });

export function consumersOf(door: Door, apiVersion: number): Consumers {
  const root = `/services/data/v${formatApiVersion(apiVersion)}/apps/oauth/credentials`;
  const path = (...parts: readonly string[]): string => [root, ...parts.map(encodeURIComponent)].join('/');
  type Verb = 'GET' | 'POST' | 'PATCH' | 'DELETE';
  const ask = (what: string, method: Verb, url: string, options: CallOptions = {}, body?: object): Promise<unknown> =>
    door.call(
      {
        what,
        apiVersion,
        signal: options.signal,
        mode: method === 'GET' ? 'read' : 'write',
        protocol: 'rest',
        inDoubt: unclear,
      },
      (api) =>
        api.connection.request({
          method,
          url,
          ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
        }),
    );
  const parsed = <T>(what: string, shape: z.ZodType<T>, answer: unknown): T => {
    const found = shape.safeParse(answer);
    if (found.success) return found.data;
    throw new OrgError('answer', `Could not ${what}: the answer is not valid`, 'try again later');
  };
  const learned = (secret: string): Secret => {
    door.learn([secret]);
    return new Secret(secret);
  };
  const setsOf = (what: string, answer: unknown): readonly StagedSet[] =>
    parsed(what, StagedSets, answer).map(({ id, key, state, secret, expirationDate: expires }) => ({
      id,
      key,
      state,
      ...(secret !== undefined && { secret: learned(secret) }),
      ...(expires !== undefined && { expires }),
    }));
  const staged: Consumers['staged'] = async (app, consumer, options) => {
    const what = `read the staged credentials of ${app}`;
    return setsOf(what, await ask(what, 'GET', path(app, consumer, 'staged'), options));
  };
  const activeOf = (sets: readonly StagedSet[]): StagedSet | undefined => sets.find(({ state }) => state === 'Active');

  return {
    staged,
    list: async (app, options) => {
      const what = `read the consumers of ${app}`;
      return parsed(what, List, await ask(what, 'GET', path(app), options)).consumers;
    },
    current: async (app, consumer, options) => {
      const what = `read the credentials of ${app}`;
      const answer = await ask(what, 'GET', `${path(app, consumer)}?part=keyandsecret`, options);
      const { key, secret } = parsed(what, Both, answer);
      return { key, secret: learned(secret) };
    },
    stage: async (app, consumer, options) => {
      const what = `stage new credentials of ${app}`;
      const orUnclear = (error: unknown): never => {
        throw isOrgError(error) ? unclear(error) : error;
      };
      let made: readonly StagedSet[];
      try {
        made = setsOf(what, await ask(what, 'POST', path(app, consumer, 'staged'), options, {}));
      } catch (error) {
        if (!isOrgError(error) || !(error.inDoubt || error.kind === 'answer')) throw error;
        // Nothing was staged before: what is there now came of this request.
        made = await staged(app, consumer).catch(() => []);
        if (made.length === 0) throw unclear(error);
      }
      const active = activeOf(made);
      const whole = active?.secret ? active : activeOf(await staged(app, consumer, options).catch(orUnclear));
      if (whole) return whole;
      throw unclear(new OrgError('answer', `Could not ${what}: the org shows none`, 'look at the app in Setup'));
    },
    promote: async (app, consumer, id, options) => {
      const what = `put the staged credentials of ${app} into use`;
      await ask(what, 'PATCH', path(app, consumer, 'staged', id), options, { command: 'rotate' });
    },
    discard: async (app, consumer, id, options) => {
      await ask(`delete credentials of ${app}`, 'DELETE', path(app, consumer, 'staged', id), options);
    },
    prove: (credentials, options) => prove(door, credentials, options),
  };
}

async function prove(
  door: Door,
  { key, secret }: KeyAndSecret,
  { signal, onWaiting }: CallOptions & { readonly onWaiting?: () => void } = {},
): Promise<Proof> {
  const { wire, clock } = door.tools;
  const value = secret.reveal();
  const form = { grant_type: 'client_credentials', client_id: key, client_secret: value };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { accessToken } = await requestToken(door.instanceUrl, form, [value], { ...wire, signal }, clock);
      door.learn([accessToken]);
      await endSession(door, accessToken);
      return { proved: true };
    } catch (error) {
      if (!isOrgError(error) || error.kind === 'aborted') throw error;
      if (!UNKNOWN.includes(error.errorCode ?? '')) return { undecided: error.message };
      if (attempt === ATTEMPTS || signal?.aborted) return { refused: error.message };
      if (attempt === 1) onWaiting?.();
      await clock.sleep(PAUSE_MS, signal);
    }
  }
}

/** As far as that is possible: it ends by itself, too. */
async function endSession({ instanceUrl, tools }: Door, token: string): Promise<void> {
  const request = {
    method: 'POST',
    url: `${instanceUrl}/services/oauth2/revoke`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token }).toString(),
  };
  await exchange(request, tools.wire).catch(() => undefined);
}
