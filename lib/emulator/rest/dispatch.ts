import { NONE_LEFT, refusedCall, REST_ACCESS } from '../access';
import {
  type HttpAnswer,
  type HttpRequest,
  isRefusal,
  mayCallApi,
  type OrgContext,
  type Refusal,
  refuse,
  refusedVersion,
  sessionIdOf,
  sessionOfToken,
} from '../context';
import { ADMIN_ROUTES } from './admin';
import { COMPOSITE_ROUTES } from './composite';
import { CREDENTIAL_ROUTES } from './credentials';
import { DEPLOY_ROUTES } from './deploy-request';
import { OAUTH_ROUTES } from './oauth';
import { QUERY_ROUTES, TOOLING_ROUTES } from './query';
import type { RestAnswer, RestCall, Route } from './route';
import { SOBJECT_ROUTES } from './sobjects';
import { USAGE_ROUTES } from './usage';
import { VERSION_ROUTES } from './versions';

/** Every REST resource the emulator serves. */
export const ROUTES: readonly Route[] = [
  ...VERSION_ROUTES,
  ...OAUTH_ROUTES,
  ...DEPLOY_ROUTES,
  ...QUERY_ROUTES,
  ...TOOLING_ROUTES,
  ...COMPOSITE_ROUTES,
  ...SOBJECT_ROUTES,
  ...USAGE_ROUTES,
  ...CREDENTIAL_ROUTES,
  ...ADMIN_ROUTES,
];

export interface Matched {
  readonly route: Route;
  readonly version: number;
  readonly parts: readonly string[];
}

const VERSIONED = /^\/services\/data\/v(\d+\.\d)(\/.*)?$/;

/** That the path exists with other methods only: for whoever is logged in, or for everybody. */
type OtherMethod = 'method' | 'open-method';

/** The route of a request. */
export function matchRoute(method: string, path: string): Matched | OtherMethod | undefined {
  const [, versionText, rest = ''] = VERSIONED.exec(path) ?? [];
  const version = Number(versionText ?? 0);
  let other: OtherMethod | undefined;
  for (const route of ROUTES) {
    if (route.versioned !== (versionText !== undefined)) continue;
    const found = route.pattern.exec(route.versioned ? rest : path);
    if (found === null) continue;
    if (route.method === method)
      return {
        route,
        version,
        parts: found
          .slice(1)
          .filter((part) => part !== undefined)
          .map(decode),
      };
    other = route.login ? (other ?? 'method') : 'open-method';
  }
  return other;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const json = (status: number, body: unknown): HttpAnswer => ({
  status,
  contentType: 'application/json;charset=UTF-8',
  body: body === undefined ? '' : JSON.stringify(body),
});

/** A refusal as the REST API words it. */
export const restError = ({ code, message, status = 400 }: Omit<Refusal, 'refused'>): HttpAnswer =>
  json(status, [{ message, errorCode: code }]);

export const EXPIRED = refuse('INVALID_SESSION_ID', 'Session expired or invalid', 401);

/** Carries out a REST call: version and authentication first, then the resource. */
export async function answerRest(
  context: OrgContext,
  request: HttpRequest,
  matched: Matched | OtherMethod | undefined,
): Promise<HttpAnswer> {
  const answer = await carryOut(context, request, matched);
  const written = isRefusal(answer) ? restError(answer) : httpAnswer(answer);
  // Reported with every call that counts.
  if (!VERSIONED.test(request.path) || written.status === EXPIRED.status) return written;
  const { used, max } = context.limit.usage();
  return { ...written, headers: { ...written.headers, 'sforce-limit-info': `api-usage=${used}/${max}` } };
}

function httpAnswer(answer: RestAnswer): HttpAnswer {
  const { status, csv, html, location, cookie } = answer;
  const kept = cookie === undefined ? {} : { 'set-cookie': cookie };
  if (location !== undefined) return { status, contentType: 'text/plain', body: '', headers: { location, ...kept } };
  if (html !== undefined) return { status, contentType: 'text/html;charset=UTF-8', body: html, headers: kept };
  return csv === undefined ? json(status, answer.json) : { status, contentType: 'text/csv;charset=UTF-8', body: csv };
}

/** The answer before it is written: what composite requests use. */
async function carryOut(
  context: OrgContext,
  request: HttpRequest,
  matched: Matched | OtherMethod | undefined,
): Promise<RestAnswer | Refusal> {
  const version = Number(VERSIONED.exec(request.path)?.[1] ?? context.switches.latestApiVersion);
  const wrongVersion = refusedVersion(version, context.switches);
  if (wrongVersion) return wrongVersion;
  const session = sessionOfToken(context, sessionIdOf(request));
  const { user } = session ?? {};
  const open = matched === 'open-method' || (typeof matched === 'object' && !matched.route.login);
  if (session === undefined && !open) return EXPIRED;
  if (session !== undefined && !mayCallApi(session) && VERSIONED.test(request.path) && !open) {
    return refuse('INVALID_SESSION_ID', 'This session is not valid for use with the REST API', 401);
  }
  if (session !== undefined && VERSIONED.test(request.path) && !context.limit.take()) return NONE_LEFT;
  if (matched === undefined) return refuse('NOT_FOUND', 'The requested resource does not exist', 404);
  if (typeof matched !== 'object') {
    return refuse('METHOD_NOT_ALLOWED', `HTTP Method '${request.method}' not allowed. Allowed are others`, 405);
  }
  const refused = user && matched.route.versioned && refusedCall(context, user, REST_ACCESS[matched.route.operation]);
  if (refused) return refused;
  const call: RestCall = { context, request, version: matched.version, parts: matched.parts, user };
  return matched.route.handle(call);
}
