import type { HttpRequest, OrgContext, Refusal } from '../context';
import type { OrgUser } from '../state';

/** One REST call: the path's variable parts are in `parts`. */
export interface RestCall {
  readonly context: OrgContext;
  readonly request: HttpRequest;
  /** API version of the path; 0 outside `/services/data/vXX.0`. */
  readonly version: number;
  readonly parts: readonly string[];
  /** Who calls; for routes that need no login, a placeholder no one may use. */
  readonly user: OrgUser | undefined;
}

export interface RestAnswer {
  readonly status: number;
  /** Left out: no body. */
  readonly json?: unknown;
  /** In the place of JSON. */
  readonly csv?: string;
  /** In the place of JSON: a page. */
  readonly html?: string;
  /** What a browser keeps. */
  readonly cookie?: string;
  /** Where a browser is sent. */
  readonly location?: string;
}

export type RestHandler = (call: RestCall) => RestAnswer | Refusal | Promise<RestAnswer | Refusal>;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Of the whole path, without the version part when `versioned`. */
  readonly pattern: RegExp;
  readonly versioned: boolean;
  /** False for the version list and the token endpoint. */
  readonly login: boolean;
  /** Name in `calls()` and for faults. */
  readonly operation: string;
  readonly handle: RestHandler;
}

export const ok = (json: unknown, status = 200): RestAnswer => ({ status, json });

/** The request's fields, as an HTML form or an OAuth client sends them. */
export const formOf = (request: HttpRequest): URLSearchParams => new URLSearchParams(request.body.toString('utf8'));

/** The request's JSON object, or undefined when the body is something else. */
export function jsonBody(request: HttpRequest): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
