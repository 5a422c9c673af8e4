import type { KeyObject } from 'node:crypto';

import type { DeployQueue } from './deploy/jobs';
import type { FaultStore } from './faults';
import type { Mint } from './ids';
import type { ApiLimit } from './limits';
import type { AuthorizationCode } from './oauth/authorization-code';
import type { Signer } from './oauth/signer';
import type { PendingLogin, WaitingDevice } from './oauth/waiting';
import type { RetrieveJobs } from './retrieve/jobs';
import type { OrgState, OrgUser } from './state';
import type { EmulatorSwitches } from './switches';
import { grantOfAccessToken, isClosedTo } from './usage/grants';
import type { GrantedApp } from './usage/state';

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
  /** Authorization codes that the org has given out, by the code. */
  readonly codes: Map<string, AuthorizationCode>;
  /** Devices that wait to be let in, by the device code. */
  readonly devices: Map<string, WaitingDevice>;
  /** Logins that wait for a one-time password, by their identifier. */
  readonly pendingLogins: Map<string, PendingLogin>;
  /** Until when an assertion may not be used again, as ISO time, by client and jti. */
  readonly usedAssertions: Map<string, string>;
  /** Keys whose assertions count beside those of an app’s certificate, by API name. */
  readonly standIns: Map<string, KeyObject>;
  /** The apps that a person logged in to, by the cookie of the browser. */
  readonly browsers: Map<string, readonly GrantedApp[]>;
  /** Who is at every browser, logs in and allows access at once; undefined: the pages are shown. */
  person: string | undefined;
  /** Where calls come from that do not say so; undefined: from loopback. */
  address: string | undefined;
  /** Rows of queries with more than one page, by the id in `nextRecordsUrl`. */
  readonly cursors: Map<string, Cursor>;
  state(): OrgState;
  /**
   * Keeps a new state, in the file too where there is one.
   * @param user Whose change in Setup it is: the setup audit trail lists it. Left out: it is not a change in Setup.
   */
  commit(state: OrgState, user?: OrgUser): void;
  /** ISO time of the org’s own clock. */
  now(): string;
  /** By how many milliseconds it is ahead of the machine’s. */
  ahead(): number;
  /** Moves the org’s clock forward. */
  advance(ms: number): void;
  /** Daily API requests. */
  readonly limit: ApiLimit;
  /** How many of them the org was started with; undefined: none is refused. */
  readonly apiRequests: number | undefined;
  /** What a new org starts with; it has this id where its seed names none. */
  fresh(orgId: string): OrgState;
  /** Signs JWTs of the org; made at the first need. */
  readonly signer: Signer;
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
  readonly headers?: Readonly<Record<string, string>>;
}

/** Who calls, and what for. */
export interface Session {
  readonly user: OrgUser;
  /** Run-time names of what the token may be used for; left out: everything, as for the emulator’s own session. */
  readonly scopes?: readonly string[];
}

/** The session of a token: of an active user, not yet ended, of an app that is still there. */
export function sessionOfToken(context: OrgContext, token = ''): Session | undefined {
  const state = context.state();
  const username = token === state.accessToken ? state.deployUser.username : context.tokens.get(token);
  const active = (found: (user: OrgUser) => boolean): OrgUser | undefined =>
    state.users.find((user) => user.active && found(user));
  if (username !== undefined) {
    const user = active((one) => one.username === username);
    return user && { user };
  }
  const grant = grantOfAccessToken(state, token);
  const user = grant && active(({ id }) => id === grant.userId);
  if (grant === undefined || user === undefined) return undefined;
  const { expires, scopes } = grant.sessions?.[token] ?? {};
  if (expires !== undefined && expires <= context.now()) return undefined;
  if (context.switches.stopEndsTokens && isClosedTo(state, grant.app, user)) return undefined;
  return { user, ...(scopes && { scopes }) };
}

/** The session id that a REST call brings. */
export const sessionIdOf = ({ headers }: HttpRequest): string | undefined =>
  /^(?:Bearer|OAuth) (.+)$/i.exec(headers['authorization'] ?? '')?.[1];

/** True where a session has the scope, by its run-time name; `full` stands for all. */
export const mayUse = ({ scopes }: Session, needed: string): boolean =>
  scopes === undefined || scopes.some((scope) => scope === needed || scope === 'full');

/** True where a session may call the data, metadata and tooling APIs. */
export const mayCallApi = (session: Session): boolean => mayUse(session, 'api');

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
