import { sameId } from '../../values/record-id';
import { isRefusal, type OrgContext, refuse, sessionIdOf, sessionOfToken } from '../context';
import { authorize, type AuthorizeAnswer, EMULATOR_PASSWORD } from '../oauth/authorize';
import { addressOf } from '../oauth/credentials';
import { connectDevice, startDevice } from '../oauth/device';
import { headlessLogin } from '../oauth/headless';
import { discovery, introspect } from '../oauth/metadata';
import { startPasswordless } from '../oauth/passwordless';
import { grant, tokenBody } from '../oauth/token';
import { revokeToken } from '../usage/grants';
import { formOf, jsonBody, ok, type RestAnswer, type RestHandler, type Route } from './route';

const token: RestHandler = ({ context, request }) => {
  const form = formOf(request);
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
  const query = new URLSearchParams();
  for (const [name, value] of [...request.query, ...(posted ?? [])]) {
    if (!OF_THE_PAGES.includes(name)) query.set(name, value);
  }
  return written(
    query.get('response_type') === 'code_credentials'
      ? headlessLogin(context, { request, form: posted ?? new URLSearchParams(), query })
      : authorize(context, query, posted ?? answersOf(context), addressOf(request)),
  );
};

const written = (answer: AuthorizeAnswer): RestAnswer =>
  'redirect' in answer ? { status: 302, location: answer.redirect } : { status: answer.status, html: answer.page };

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
  const answer = introspect(context, form, request);
  return 'error' in answer ? ok({ error: answer.error, error_description: answer.description }, 401) : ok(answer.body);
};

const userinfo: RestHandler = ({ context, user }) => {
  if (user === undefined) return refuse('INVALID_SESSION_ID', 'Session expired or invalid', 401);
  const { orgId } = context.state();
  return ok({
    sub: `${context.url()}/id/${orgId}/${user.id}`,
    user_id: user.id,
    organization_id: orgId,
    preferred_username: user.username,
    name: user.username.split('@')[0],
    email: user.username,
    active: user.active,
    urls: {
      rest: `${context.url()}/services/data/v{version}/`,
      metadata: `${context.url()}/services/Soap/m/{version}/${orgId}`,
    },
  });
};

/** The identity URL: who the session belongs to. */
const identity: RestHandler = ({ context, user, parts }) => {
  const [org = '', id = ''] = parts;
  if (user === undefined || !sameId(org, context.state().orgId) || !sameId(id, user.id)) {
    return refuse('NOT_FOUND', 'The requested resource does not exist', 404);
  }
  return ok({
    id: context.url() + `/id/${org}/${id}`,
    user_id: user.id,
    organization_id: org,
    username: user.username,
  });
};

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
  route('GET', 'userinfo', true, userinfo),
  route('POST', 'userinfo', true, userinfo),
  route('POST', 'revoke', false, revoke),
  route('GET', 'revoke', false, revoke),
  at('GET', /^\/setup\/connect$/, { operation: 'connect', login: false }, connect),
  at('POST', /^\/setup\/connect$/, { operation: 'connect', login: false }, connect),
  at(
    'POST',
    /^\/services\/auth\/headless\/init\/passwordless\/login$/,
    { operation: 'passwordlessLogin', login: false },
    passwordless,
  ),
  at('GET', /^\/id\/(00D\w+)\/(005\w+)$/, { operation: 'identity', login: true }, identity),
  at(
    'GET',
    /^\/\.well-known\/openid-configuration$/,
    { operation: 'openidConfiguration', login: false },
    ({ context }) => ok(discovery(context)),
  ),
  at('GET', /^\/id\/keys$/, { operation: 'keys', login: false }, ({ context }) => ok({ keys: [context.signer.jwk()] })),
];
