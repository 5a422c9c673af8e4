import type { DeployQueue } from './deploy/jobs';
import type { FaultStore } from './faults';
import type { Mint } from './ids';
import type { RetrieveJobs } from './retrieve/jobs';
import type { OrgState, OrgUser } from './state';
import type { EmulatorSwitches } from './switches';
import { grantOfAccessToken, isClosedTo } from './usage/grants';

/** Rows of a query, handed out page by page. */
export interface Cursor {
  readonly rows: readonly unknown[];
  readonly page: number;
}

/** The running org: what every request handler works with. */
export interface OrgContext {
  readonly switches: EmulatorSwitches;
  readonly faults: FaultStore;
  readonly deploys: DeployQueue;
  readonly retrieves: RetrieveJobs;
  readonly mint: Mint;
  /** Access tokens made for tests, to the username they act for; those of the token endpoint are in the state. */
  readonly tokens: Map<string, string>;
  /** Rows of queries with more than one page, by the id in `nextRecordsUrl`. */
  readonly cursors: Map<string, Cursor>;
  state(): OrgState;
  /** Keeps a new state, in the file too where there is one. */
  commit(state: OrgState): void;
  now(): string;
  /** `http://127.0.0.1:<port>`. */
  url(): string;
}

/** Why a call was refused, with Salesforce's error code. */
export interface Refusal {
  readonly refused: true;
  readonly code: string;
  readonly message: string;
  /** HTTP status of the REST answer. Default 400; SOAP faults always have 500. */
  readonly status?: number;
}

export const refuse = (code: string, message: string, status = 400): Refusal => ({
  refused: true,
  code,
  message,
  status,
});

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;

/** An HTTP request, read completely. */
export interface HttpRequest {
  readonly method: string;
  /** Path with doubled slashes made single. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Buffer;
}

/** The active user a session id belongs to. */
export function userOfToken(context: OrgContext, token: string | undefined): OrgUser | undefined {
  const state = context.state();
  const username = token === state.accessToken ? state.deployUser.username : context.tokens.get(token ?? '');
  const grant = username === undefined ? grantOfAccessToken(state, token ?? '') : undefined;
  const owner = grant && state.users.find(({ id }) => id === grant.userId);
  if (grant && context.switches.stopEndsTokens && isClosedTo(state, grant.app, owner)) return undefined;
  return state.users.find((user) => user.active && (grant ? user.id === grant.userId : user.username === username));
}

/** True for a token of three dot-separated parts whose first is base64 JSON. */
export function looksLikeJwt(token: string): boolean {
  const [head, ...rest] = token.split('.');
  if (head === undefined || rest.length !== 2) return false;
  try {
    JSON.parse(Buffer.from(head, 'base64url').toString());
    return true;
  } catch {
    return false;
  }
}

/** The first supported version wrong for a path, as a refusal; undefined when the version is served. */
export function refusedVersion(version: number, switches: EmulatorSwitches): Refusal | undefined {
  if (version > switches.latestApiVersion) return refuse('NOT_FOUND', 'The requested resource does not exist', 404);
  if (version >= 31) return undefined;
  return refuse(
    'UNSUPPORTED_API_VERSION',
    `API version ${version.toFixed(1)} is retired`,
    switches.retiredVersionStatus,
  );
}
