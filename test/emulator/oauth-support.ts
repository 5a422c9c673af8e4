import { createHash, randomBytes } from 'node:crypto';

import type { EmulatorOptions } from '../../lib/emulator';
import { appOf, type Components, type Fields, type Json, type Org, packageOf } from './support';
import { ADMIN, orgWith, post } from './usage-support';

export const CALLBACK = 'https://acme.example/callback';
export const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;

const PEOPLE = {
  users: [{ username: 'ann@acme.example', permissionSets: ['Access'] }, { username: 'bob@acme.example' }],
  permissionSets: [{ name: 'Access' }],
};

export interface Setup {
  readonly seed?: object;
  readonly files?: Readonly<Record<string, string>>;
  readonly switches?: EmulatorOptions['switches'];
  readonly global?: Fields;
  readonly oauth?: Fields;
  readonly policy?: Fields;
  readonly more?: Components;
  /** What is deployed before the app, as it has to be there first. */
  readonly first?: Components;
}

/** An org with an app Portal; its settings, and what else there is, are up to the test. */
export async function orgWithPortal(setup: Setup = {}): Promise<Org> {
  const { global = {}, oauth = {}, policy = {}, more = [], seed = PEOPLE, switches = {} } = setup;
  const org = await orgWith(seed, { switches }, setup.files);
  if (setup.first) expect((await org.deploy(setup.first)).problems).toEqual([]);
  const components = [
    ...more,
    ...appOf('Portal', {
      global: { callbackUrl: CALLBACK, consumerKey: 'portalkey1234', consumerSecret: 'portalsecret1234', ...global },
      oauth: { commaSeparatedOauthScopes: 'Api, RefreshToken, OpenID', ...oauth },
      policy,
    }),
  ];
  const deployed = await org.deploy(packageOf(components, '68.0'));
  expect(deployed.problems).toEqual([]);
  return org;
}

export const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
export const question = (changes: Record<string, string | undefined> = {}): Record<string, string> => {
  const all = {
    response_type: 'code',
    client_id: 'portalkey1234',
    redirect_uri: CALLBACK,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'xyz',
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
};

export interface Answer {
  readonly status: number;
  readonly to: URL | undefined;
  readonly text: string;
}

async function answered(response: Response): Promise<Answer> {
  const location = response.headers.get('location');
  return {
    status: response.status,
    to: location === null ? undefined : new URL(location),
    text: await response.text(),
  };
}

export const ask = async (org: Org, changes: Record<string, string | undefined> = {}): Promise<Answer> =>
  answered(
    await fetch(`${org.url}/services/oauth2/authorize?${new URLSearchParams(question(changes)).toString()}`, {
      redirect: 'manual',
    }),
  );

export async function login(org: Org, changes: Record<string, string | undefined> = {}): Promise<Answer> {
  const form = question({ username: ADMIN, password: 'emulator', approval: 'allow', ...changes });
  const init = { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' as const };
  return answered(await fetch(`${org.url}/services/oauth2/authorize`, init));
}

export async function codeOf(org: Org, changes: Record<string, string | undefined> = {}): Promise<string> {
  const { to, text } = await login(org, changes);
  const code = to?.searchParams.get('code') ?? undefined;
  if (code === undefined) throw new Error(`no code: ${to?.href ?? text}`);
  return code;
}

export async function token(org: Org, form: Record<string, string | undefined>): Promise<Json> {
  const sent = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const answer = await post(org, 'token', Object.fromEntries(sent));
  return { status: answer.status, ...((await answer.json()) as Json) };
}

export const exchange = (org: Org, code: string, changes: Record<string, string | undefined> = {}): Promise<Json> =>
  token(org, {
    grant_type: 'authorization_code',
    client_id: 'portalkey1234',
    client_secret: 'portalsecret1234',
    redirect_uri: CALLBACK,
    code_verifier: verifier,
    code,
    ...changes,
  });

export const refresh = (org: Org, held: unknown, changes: Record<string, string | undefined> = {}): Promise<Json> =>
  token(org, {
    grant_type: 'refresh_token',
    client_id: 'portalkey1234',
    client_secret: 'portalsecret1234',
    refresh_token: String(held),
    ...changes,
  });
