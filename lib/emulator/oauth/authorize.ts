import type { OrgContext } from '../context';
import type { OrgState, OrgUser } from '../state';
import { labelOf, sameApp, usageOf } from '../usage/grants';
import { approvedFor, clientOf, type OauthClient, scopesOf } from './client';
import { giveCode } from './codes';
import { consentPage, errorPage, loginPage } from './pages';
import { orgRequiresPkce } from './rules';

/** Every user of an emulated org has this password. */
export const EMULATOR_PASSWORD = 'emulator';

/** A page, or where the browser is sent. */
export type AuthorizeAnswer =
  { readonly page: string; readonly status: number } | { readonly redirect: string; readonly loggedInTo?: OauthClient };

/** What a client asks the authorization endpoint for, and may be answered. */
export interface Asked {
  readonly client: OauthClient;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
}

const refused = (error: string, description: string, status = 400): AuthorizeAnswer => ({
  page: errorPage(error, description),
  status,
});

/**
 * The authorization endpoint: who asks and for what is looked at first; then the user logs in, then lets the app in.
 * `posted` is what the forms of its pages send; a client may send all of it at once.
 */
export function authorize(
  context: OrgContext,
  query: URLSearchParams,
  posted: URLSearchParams | undefined,
  address: string,
): AuthorizeAnswer {
  const asked = whatIsAsked(context, query, 'code');
  if (!('client' in asked)) return asked;
  const { client } = asked;
  if (posted?.has('username') !== true) return { page: loginPage(query), status: 200 };
  const user = userWith(context.state(), posted.get('username'), posted.get('password'));
  if (user === undefined) return { page: loginPage(query, 'Please check your username and password.'), status: 200 };
  if (!client.rules.admits(address)) return refused('access_denied', 'ip restricted', 403);
  if (client.preAuthorized && !approvedFor(client, user)) {
    return refused('OAUTH_APP_ACCESS_DENIED', 'user is not admin approved to access this app', 403);
  }
  if (posted.get('approval') === 'deny') {
    return redirect(query, asked.redirectUri, {
      error: 'access_denied',
      error_description: 'end-user denied authorization',
    });
  }
  if (!client.preAuthorized && posted.get('approval') !== 'allow' && !letIn(context, client, user)) {
    const again = new URLSearchParams(query);
    for (const name of ['username', 'password']) again.set(name, posted.get(name) ?? '');
    return { page: consentPage(again, labelOf(context.state(), client.app), asked.scopes), status: 200 };
  }
  return { ...withCode(context, query, asked, user), loggedInTo: client };
}

/** Who has this name and password; unknown visitors of a site have neither. */
export const userWith = (org: OrgState, name: string | null, password: string | null): OrgUser | undefined =>
  password !== EMULATOR_PASSWORD
    ? undefined
    : org.users.find(({ username, active, site }) => active && site !== 'guest' && username === name);

export const letIn = (context: OrgContext, { app }: OauthClient, user: OrgUser): boolean =>
  usageOf(context.state()).grants.some((grant) => sameApp(grant.app, app) && grant.userId === user.id);

/** The client, where it may be answered, and what for; else the answer. */
export function whatIsAsked(
  context: OrgContext,
  query: URLSearchParams,
  responseType: 'code' | 'code_credentials',
): Asked | AuthorizeAnswer {
  const client = clientOf(context.state(), query.get('client_id') ?? '', context.switches);
  if (client === undefined) return refused('invalid_client_id', 'client identifier invalid');
  if (!client.enabled) return refused('invalid_client', 'the external client app is blocked');
  const redirectUri = query.get('redirect_uri') ?? '';
  // Never a redirect to where no one registered it: the answer would be the attacker’s.
  if (!client.rules.callbackUrls.includes(redirectUri)) {
    return refused('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  const problem = (error: string, description: string): AuthorizeAnswer =>
    redirect(query, redirectUri, { error, error_description: description });
  if (query.get('response_type') !== responseType) {
    return problem('unsupported_response_type', 'response type is not supported');
  }
  const challenge = query.get('code_challenge');
  if (challenge === null && (client.rules.pkceRequired || orgRequiresPkce(context.state()))) {
    return problem('invalid_request', 'missing required code challenge');
  }
  const method = query.get('code_challenge_method') ?? 'S256';
  if (challenge !== null && method !== 'S256') {
    return problem('invalid_request', 'code challenge method must be S256');
  }
  const scopes = scopesOf(client, query.get('scope'));
  return scopes === undefined
    ? problem('invalid_scope', 'the requested scope is not allowed')
    : { client, redirectUri, scopes };
}

/**
 * Sends the browser, or the client itself, to the callback URL with a code.
 * @param more What the answer says beside the code.
 */
export function withCode(
  context: OrgContext,
  query: URLSearchParams,
  asked: Asked,
  user: OrgUser,
  { visitor, ...more }: { readonly visitor?: string; readonly [name: string]: string } = {},
): AuthorizeAnswer {
  const [challenge, nonce] = [query.get('code_challenge'), query.get('nonce')];
  const code = giveCode(context, {
    clientId: asked.client.key,
    userId: user.id,
    redirectUri: asked.redirectUri,
    scopes: asked.scopes,
    ...(challenge !== null && { challenge }),
    ...(nonce !== null && { nonce }),
    ...(visitor !== undefined && { visitor }),
  });
  return redirect(query, asked.redirectUri, { code, ...more });
}

export function redirect(
  query: URLSearchParams,
  to: string,
  answer: Readonly<Record<string, string>>,
): AuthorizeAnswer {
  const url = new URL(to);
  const state = query.get('state');
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return { redirect: url.href };
}
