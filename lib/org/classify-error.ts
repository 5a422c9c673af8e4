import { OrgError, type OrgErrorKind } from './org-error';
import type { Redact } from './redact';
import { TransportError } from './transport';

/** A failed call, judged. */
export interface Failure {
  readonly error: OrgError;
  /** The org may have done what it was asked, although the caller cannot know. */
  readonly inDoubt: boolean;
}

interface Verdict {
  readonly kind: OrgErrorKind;
  readonly remedy: string;
}

const PERMISSION: Verdict = {
  kind: 'refused',
  remedy: 'give the deploying user the permissions that docs/bootstrap.md lists',
};
/** Turned away at the door: nothing was done, and it may be asked again later. */
const LIMIT: Verdict = { kind: 'unreachable', remedy: 'wait until the API limit of the org is reset, or raise it' };
const TOO_MUCH: Verdict = { kind: 'refused', remedy: 'ask for less at a time' };
const FEATURE: Verdict = { kind: 'refused', remedy: 'switch the feature on in Setup, or use an edition that has it' };
const NO_API: Verdict = {
  kind: 'refused',
  remedy: 'grant the user the permission API Enabled, or use an edition that has API access',
};
const EXPIRED: Verdict = { kind: 'login', remedy: 'log in again: the access token has expired or was revoked' };
const LATER: Verdict = { kind: 'unreachable', remedy: 'try again later; trust.salesforce.com announces maintenance' };
const VERSION: Verdict = { kind: 'refused', remedy: 'use an API version that the org offers' };

/** By Salesforce's own codes; their texts change between releases and languages. */
const BY_CODE: Readonly<Record<string, Verdict>> = {
  INVALID_SESSION_ID: EXPIRED,
  INVALID_AUTH_HEADER: EXPIRED,
  Bad_OAuth_Token: EXPIRED,
  Missing_OAuth_Token: EXPIRED,
  ERROR_HTTP_401: EXPIRED,
  SERVER_UNAVAILABLE: LATER,
  ERROR_HTTP_420: LATER,
  ERROR_HTTP_502: LATER,
  ERROR_HTTP_503: LATER,
  ERROR_HTTP_504: LATER,
  REQUEST_LIMIT_EXCEEDED: LIMIT,
  LIMIT_EXCEEDED: TOO_MUCH,
  ERROR_HTTP_429: LIMIT,
  INSUFFICIENT_ACCESS: PERMISSION,
  INSUFFICIENT_ACCESS_OR_READONLY: PERMISSION,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: PERMISSION,
  ERROR_HTTP_403: PERMISSION,
  API_CURRENTLY_DISABLED: PERMISSION,
  API_DISABLED_FOR_ORG: NO_API,
  FUNCTIONALITY_NOT_ENABLED: FEATURE,
  ORG_SETTING_REQUIRED: FEATURE,
  REQUIRED_FEATURE_MISSING: FEATURE,
  UNSUPPORTED_API_VERSION: VERSION,
};

const UNKNOWN_CODE: Verdict = { kind: 'refused', remedy: "see the message; it is Salesforce's own" };
const NO_SENSE: Verdict = {
  kind: 'answer',
  remedy: 'check that the instance URL is the My Domain of a Salesforce org and that no proxy answers in its place',
};
const NO_CONNECTION: Verdict = { kind: 'unreachable', remedy: 'check the instance URL, the network and the proxy' };

/** Contention and server errors that pass; repeated for reads only. */
const PASSING = new Set(['UNKNOWN_EXCEPTION', 'UNABLE_TO_LOCK_ROW', 'ALREADY_IN_PROCESS', 'ERROR_HTTP_500']);

/** True where the same read may succeed a moment later. */
export function isTransient(error: OrgError): boolean {
  return error.kind === 'unreachable' || PASSING.has(error.errorCode ?? '');
}

const BUSY = new Set(['REQUEST_LIMIT_EXCEEDED', 'ERROR_HTTP_429', 'ERROR_HTTP_503', 'SERVER_UNAVAILABLE']);

/** True where the org, or what stands before it, has too much to do: worth a longer wait. */
export const isBusy = ({ errorCode = '' }: OrgError): boolean => BUSY.has(errorCode);

/** Turns whatever jsforce or the transport threw into an error without secrets. `what` completes "Could not …". */
export function classify(thrown: unknown, what: string, redact: Redact, retryAfterMs?: number): Failure {
  if (thrown instanceof OrgError) return { error: thrown, inDoubt: false };
  if (thrown instanceof TransportError) return transportFailure(thrown, what, redact);
  const { code, message } = read(thrown);
  if (code === undefined) {
    return { error: build(NO_SENSE, `Could not ${what}: ${message}`, undefined, redact), inDoubt: true };
  }
  const page = /^\s*(<(!doctype|html)|HTTP response contains html)/i.test(message) || message.trim() === '';
  const verdict = BY_CODE[code] ?? (code.startsWith('ERROR_HTTP_') ? NO_SENSE : UNKNOWN_CODE);
  const text = page ? 'the server answered with a web page or with nothing' : message;
  return {
    error: build(verdict, `Could not ${what}: ${text} (${code})`, code, redact, retryAfterMs),
    inDoubt: (verdict.kind === 'unreachable' && verdict !== LIMIT) || PASSING.has(code) || verdict === NO_SENSE,
  };
}

function transportFailure(thrown: TransportError, what: string, redact: Redact): Failure {
  const { code, message, sent } = thrown;
  if (code === 'ABORTED') {
    const verdict: Verdict = { kind: 'aborted', remedy: 'run the command again' };
    return { error: build(verdict, `Stopped while trying to ${what}`, undefined, redact), inDoubt: sent };
  }
  const verdict = code === 'REDIRECTED' || code === 'TOO_LARGE' ? NO_SENSE : NO_CONNECTION;
  return { error: build(verdict, `Could not ${what}: ${message} (${code})`, code, redact), inDoubt: sent };
}

function build(
  verdict: Verdict,
  message: string,
  errorCode: string | undefined,
  redact: Redact,
  retryAfterMs?: number,
): OrgError {
  const text = redact(message.length > 2000 ? `${message.slice(0, 2000)}…` : message);
  return new OrgError(verdict.kind, text, verdict.remedy, { errorCode, retryAfterMs });
}

/** The code of a SOAP fault comes with a prefix (`sf:INVALID_SESSION_ID`). */
function read(thrown: unknown): { readonly code: string | undefined; readonly message: string } {
  if (!(thrown instanceof Error)) return { code: undefined, message: 'an unknown error' };
  const code = 'errorCode' in thrown && typeof thrown.errorCode === 'string' ? thrown.errorCode : undefined;
  return { code: code?.replace(/^\w+:/, ''), message: thrown.message };
}
