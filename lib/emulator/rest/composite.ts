import { type HttpRequest, isRefusal, refuse } from '../context';
import { QUERY_ROUTES } from './query';
import { jsonBody, ok, type RestAnswer, type RestCall, type RestHandler, type Route } from './route';
import { SOBJECT_ROUTES } from './sobjects';

/** Requests one composite request may have, and how many of them may be queries. */
const LIMIT = 25;
const QUERY_LIMIT = 5;

const INNER: readonly Route[] = [...QUERY_ROUTES, ...SOBJECT_ROUTES];

interface SubRequest {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
}

const composite: RestHandler = async (call) => {
  const list = jsonBody(call.request)?.['compositeRequest'];
  if (!Array.isArray(list) || !list.every(isSubRequest)) {
    return refuse('JSON_PARSER_ERROR', 'compositeRequest must be a list of {method, url, referenceId}');
  }
  if (list.length === 0 || list.length > LIMIT) {
    return refuse('LIMIT_EXCEEDED', `compositeRequest must have 1 to ${LIMIT} requests, not ${list.length}`);
  }
  const queries = list.filter(({ url }) => /\/query\b/.test(url)).length;
  if (queries > QUERY_LIMIT) {
    return refuse('LIMIT_EXCEEDED', `compositeRequest may have ${QUERY_LIMIT} queries, not ${queries}`);
  }
  if (new Set(list.map(({ referenceId }) => referenceId)).size < list.length) {
    return refuse('INVALID_INPUT', 'referenceId must be different for every request');
  }
  const compositeResponse = [];
  for (const sub of list) {
    const { status, json } = await carryOut(call, sub);
    compositeResponse.push({ body: json, httpHeaders: {}, httpStatusCode: status, referenceId: sub.referenceId });
  }
  return ok({ compositeResponse });
};

const isSubRequest = (value: unknown): value is SubRequest => {
  const sub = value as Partial<Record<keyof SubRequest, unknown>> | null;
  return typeof sub?.method === 'string' && typeof sub.url === 'string' && typeof sub.referenceId === 'string';
};

/** One request inside: the resources the emulator serves there are queries and records. */
async function carryOut(call: RestCall, { method, url }: SubRequest): Promise<RestAnswer> {
  const target = new URL(url, 'http://127.0.0.1');
  const rest = /^\/services\/data\/v(\d+\.\d)(\/.*)$/.exec(target.pathname);
  const route = INNER.find((one) => one.method === method && one.pattern.test(rest?.[2] ?? ''));
  const found = route?.pattern.exec(rest?.[2] ?? '');
  if (route === undefined || found === undefined || found === null) {
    return ok([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }], 404);
  }
  const request: HttpRequest = { ...call.request, method, path: target.pathname, query: target.searchParams };
  const answer = await route.handle({ ...call, request, version: Number(rest?.[1]), parts: found.slice(1) });
  return isRefusal(answer) ? ok([{ errorCode: answer.code, message: answer.message }], answer.status ?? 400) : answer;
}

export const COMPOSITE_ROUTES: readonly Route[] = [
  {
    method: 'POST',
    pattern: /^\/composite\/?$/,
    versioned: true,
    login: true,
    operation: 'composite',
    handle: composite,
  },
];
