import { DEFAULT_API_VERSION } from '../metadata/api-version';
import { authenticate } from './authenticate';
import { type Clock, SYSTEM_CLOCK } from './clock';
import type { Credentials } from './credentials';
import { Door } from './door';
import { jsforceOrg } from './jsforce-org';
import type { Org } from './org';
import { DEFAULT_POLL } from './poll';
import type { ProxySettings } from './proxy';
import { type RunProcess, runProcess } from './run-process';
import type { Exchanged } from './transport';

export interface ConnectOptions {
  /** Version for calls that do not name one (who we are, facts). Default: the pinned version. */
  readonly apiVersion?: number;
  /** Longest wait for one deploy or retrieve, in milliseconds. Default 30 minutes. */
  readonly jobTimeoutMs?: number;
  /** Failed status requests in a row that are put up with. Default 10. */
  readonly maxConsecutiveErrors?: number;
  /** Longest silence of one request, in milliseconds. Default 2 minutes. */
  readonly requestTimeoutMs?: number;
  /** Ask the org to cancel a deploy whose caller aborts. Default false: it goes on, and the error says so. */
  readonly cancelOnAbort?: boolean;
  /** Default: none. `proxySettings(environment)` reads the usual variables. */
  readonly proxy?: ProxySettings | undefined;
  /** Is given each request once it ended, without what it carried. Default: nothing is kept of them. */
  readonly onExchange?: ((exchanged: Exchanged) => void) | undefined;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: really runs the Salesforce CLI. */
  readonly run?: RunProcess;
  /** For the login itself. */
  readonly signal?: AbortSignal;
}

/**
 * Logs in and gives the org. An access token is not tried until the first call.
 * @throws OrgError `login`, `unreachable` or `answer`.
 */
export async function connect(credentials: Credentials, options: ConnectOptions = {}): Promise<Org> {
  const tools = {
    clock: options.clock ?? SYSTEM_CLOCK,
    run: options.run ?? runProcess,
    wire: { timeoutMs: options.requestTimeoutMs ?? 120_000, proxy: options.proxy, onExchange: options.onExchange },
  };
  const session = await authenticate(credentials, tools, options.signal);
  return jsforceOrg(new Door(credentials, session, tools), {
    apiVersion: options.apiVersion ?? DEFAULT_API_VERSION,
    timeoutMs: options.jobTimeoutMs ?? DEFAULT_POLL.timeoutMs,
    maxConsecutiveErrors: options.maxConsecutiveErrors ?? DEFAULT_POLL.maxConsecutiveErrors,
    cancelOnAbort: options.cancelOnAbort ?? false,
  });
}
