import {
  isRefusal,
  type OrgContext,
  type Refusal,
  refuse,
  type Session,
  sessionIdOf,
  sessionOfToken,
} from '../context';
import { authorize, type AuthorizeAnswer, EMULATOR_PASSWORD } from '../oauth/authorize';
import type { OauthClient } from '../oauth/client';
import { addressOf } from '../oauth/credentials';
import { connectDevice, startDevice } from '../oauth/device';
import { headlessLogin } from '../oauth/headless';
import { identity, userinfo } from '../oauth/identity';
import { cookieOfLogin, logout } from '../oauth/logout';
import { discovery, introspect } from '../oauth/metadata';
import { errorPage } from '../oauth/pages';
import { repeated } from '../oauth/parameters';
import { startPasswordless } from '../oauth/passwordless';
import { grant, tokenBody } from '../oauth/token';
import { revokeToken } from '../usage/grants';
import { formOf, jsonBody, ok, type RestAnswer, type RestHandler, type Route } from './route';

/** Of an endpoint that takes a form. */
const refusedForm = (form: URLSearchParams): RestAnswer | undefined => {
  const name = repeated(form);
  return name === undefined ? undefined : ok({ error: 'invalid_request', error_description: twice(name) }, 400);
};

const twice = (name: string): string => `${name.slice(0, 100)} comes more than once`;

const token: RestHandler = ({ context, request }) => {
  const form = formOf(request);
  const refused = refusedForm(form);
  if (refused) return refused;
  if (form.get('response_type') === 'device_code') return deviceCodes(startDevice(context, form, request));
  const answer = grant(context, form, request);
  if ('error' in answer) return ok({ error: answer.error, error_description: answer.description }, answer.status);
  return ok(tokenBody(context, answer, form.get('grant_type') ?? '', addressOf(request)));
};

const deviceCodes = (answer: object): RestAnswer =>
  'error' in answer && 'description' in answer
    ? ok({ error: answer.error, error_description: answer.description }, 400)
    : ok(answer);

/** By GET the question alone; by POST the question, what its forms send, or both at once. */
const authorization: RestHandler = ({ context, request }) => {
  const posted = request.method === 'POST' ? formOf(request) : undefined;
  const name = repeated(request.query, ...(posted ? [posted] : []));
  // Never a redirect: whose address would it be?
  if (name !== undefined) return { status: 400, html: errorPage('invalid_request', twice(name)) };
  const query = new URLSearchParams();
  for (const [name, value] of [...request.query, ...(posted ?? [])]) {
    if (!OF_THE_PAGES.includes(name)) query.set(name, value);
  }
  return written(
    query.get('response_type') === 'code_credentials'
      ? headlessLogin(context, { request, form: posted ?? new URLSearchParams(), query })
      : authorize(context, query, posted ?? answersOf(context), addressOf(request)),
    (client) => cookieOfLogin(context, request, client),
  );
};

function written(answer: AuthorizeAnswer, cookie?: (client: OauthClient) => string): RestAnswer {
  if ('page' in answer) return { status: answer.status, html: answer.page };
  const { redirect: location, loggedInTo: client } = answer;
  return { status: 302, location, ...(client && cookie && { cookie: cookie(client) }) };
}

const loggedOut: RestHandler = ({ context, request }) => {
  const { page, cookie } = logout(context, request);
  return { status: 200, html: page, cookie };
};

/** Where a person lets a device in. */
const connect: RestHandler = ({ context, request }) =>
  written(connectDevice(context, request.method === 'POST' ? formOf(request) : userCodeIn(request.query)));

/** An address carries the code alone: never a name or a password. */
const userCodeIn = (query: URLSearchParams): URLSearchParams =>
  new URLSearchParams({ user_code: query.get('user_code') ?? '' });

const passwordless: RestHandler = ({ context, request }) => {
  const given = jsonBody(request) ?? Object.fromEntries(formOf(request));
  const started = startPasswordless(context, given, sessionOfToken(context, sessionIdOf(request)));
  return isRefusal(started) ? started : ok(started);
};

/** What a client is shown that sends itself a code, as one in a browser does that has no address of its own. */
const echo: RestHandler = ({ request }) => ok(Object.fromEntries(request.query));

/** What the person at the browser says to every page, where there is one. */
const answersOf = ({ person }: OrgContext): URLSearchParams | undefined =>
  person === undefined
    ? undefined
    : new URLSearchParams({ username: person, password: EMULATOR_PASSWORD, approval: 'allow' });

/** What the pages of the endpoint ask a person; the rest is the client’s question. */
const OF_THE_PAGES = ['username', 'password', 'approval'];

const introspection: RestHandler = ({ context, request }) => {
  const form = formOf(request);
  const refused = refusedForm(form);
  if (refused) return refused;
  const answer = introspect(context, form, request);
  return 'error' in answer ? ok({ error: answer.error, error_description: answer.description }, 401) : ok(answer.body);
};

/** A resource of whoever the session belongs to. */
const ofSession =
  (answer: (context: OrgContext, session: Session, parts: readonly string[]) => object | Refusal): RestHandler =>
  ({ context, request, parts }) => {
    const session = sessionOfToken(context, sessionIdOf(request));
    if (session === undefined) return refuse('INVALID_SESSION_ID', 'Session expired or invalid', 401);
    const found = answer(context, session, parts);
    return isRefusal(found) ? found : ok(found);
  };

const userinfoOfSession = ofSession(userinfo);
const identityOfUser = ofSession((context, session, [org = '', user = '']) =>
  identity(context, session, { org, user }),
);

/** Tokens that apps hold can be revoked, and so can a DeleteToken; the emulator's own session stays. */
const revoke: RestHandler = ({ context, request }) => {
  const revoked = formOf(request).get('token') ?? request.query.get('token') ?? '';
  const left = context.tokens.delete(revoked) ? context.state() : revokeToken(context.state(), revoked);
  if (left !== undefined && left !== context.state()) context.commit(left);
  return left !== undefined
    ? { status: 200 }
    : ok({ error: 'unsupported_token_type', error_description: 'this token is not supported' }, 400);
};

const at = (
  method: Route['method'],
  pattern: RegExp,
  { operation, login }: Pick<Route, 'operation' | 'login'>,
  handle: RestHandler,
): Route => ({ method, pattern, versioned: false, login, operation, handle });

const route = (method: Route['method'], name: string, login: boolean, handle: RestHandler): Route =>
  at(method, new RegExp(`^/services/oauth2/${name}$`), { operation: name, login }, handle);

export const OAUTH_ROUTES: readonly Route[] = [
  route('POST', 'token', false, token),
  route('GET', 'authorize', false, authorization),
  route('POST', 'authorize', false, authorization),
  route('GET', 'echo', false, echo),
  route('POST', 'introspect', false, introspection),
  route('GET', 'userinfo', true, userinfoOfSession),
  route('POST', 'userinfo', true, userinfoOfSession),
  route('POST', 'revoke', false, revoke),
  route('GET', 'revoke', false, revoke),
  at('GET', /^\/services\/auth\/idp\/oidc\/logout$/, { operation: 'logout', login: false }, loggedOut),
  at('GET', /^\/setup\/connect$/, { operation: 'connect', login: false }, connect),
  at('POST', /^\/setup\/connect$/, { operation: 'connect', login: false }, connect),
  at(
    'POST',
    /^\/services\/auth\/headless\/init\/passwordless\/login$/,
    { operation: 'passwordlessLogin', login: false },
    passwordless,
  ),
  at('GET', /^\/id\/(00D\w+)\/(005\w+)$/, { operation: 'identity', login: true }, identityOfUser),
  at(
    'GET',
    /^\/\.well-known\/openid-configuration$/,
    { operation: 'openidConfiguration', login: false },
    ({ context }) => ok(discovery(context)),
  ),
  at('GET', /^\/id\/keys$/, { operation: 'keys', login: false }, ({ context }) => ok({ keys: [context.signer.jwk()] })),
];
