import { type KeyObject, randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import type { OrgContext } from './context';
import { createDeployQueue } from './deploy/jobs';
import { createFaults, type Faults } from './faults';
import { randomMint } from './ids';
import { createApiLimit } from './limits';
import { misused } from './misused';
import { accessJwt } from './oauth/jwt';
import { createSigner } from './oauth/signer';
import { loadState, saveState } from './persistence';
import { type RenewedOrg, resetOrg } from './reset';
import { resolveSwitches } from './resolve-switches';
import { createRetrieveJobs } from './retrieve/jobs';
import { refreshSandbox, type SandboxRefresh } from './sandbox/refresh';
import { createOrgServer, type EmulatorCall, type Exchange, type Watch } from './server';
import { type StartingOrg, startingOrg } from './starting-org';
import { consumersOf, deployingUser } from './state';
import { recorded } from './tracking/recorded';
import { aged } from './usage/age';
import { revokeToken, withoutGrants } from './usage/grants';

export type { EmulatorFault, FaultMatch } from './faults';
export type { AppDamage } from './sandbox/damage';
export type { RenewedOrg } from './reset';
export type { SandboxRefresh } from './sandbox/refresh';
export type { EmulatorCall, Exchange } from './server';
export type { Profile } from './state';
export type { EmulatorSwitches } from './switches';

export interface EmulatorOptions extends StartingOrg {
  /** TCP port on 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /**
   * JSON file that keeps the org. Read at the start and written atomically after every change; a file that cannot be used
   * is an error and stays as it is. Without it the org lives in memory. Deploy and retrieve jobs are never kept.
   */
  readonly stateFile?: string;
  /** Every answer comes this much later. Milliseconds, default 0. */
  readonly latencyMs?: number;
  /** Daily API requests of the org: those beyond are refused. Default: none is refused. */
  readonly apiRequests?: number;
  /** A request that has not arrived whole by then is refused. Milliseconds, default a minute. */
  readonly requestTimeoutMs?: number;
}

/** Who looks on while others talk to the org. */
export interface Watcher {
  /** Before a call is carried out, which waits for it. */
  readonly before?: (call: Omit<Exchange, 'answer'>) => Promise<void> | void;
  /** Before its answer is sent. */
  readonly after?: (exchange: Exchange) => void;
}

/** A running org. */
export interface Emulator {
  /** `http://127.0.0.1:<port>`, the instance URL. */
  readonly url: string;
  /** Session of the deploying user, of Salesforce's shape. */
  readonly accessToken: string;
  /** 18 characters. */
  readonly orgId: string;
  readonly port: number;
  /** Names of what the org was given at its start because it lacked it: see `lacking` of the options. */
  readonly given: readonly string[];
  /** Every call so far, in the order of the answers. */
  calls(): readonly EmulatorCall[];
  /** All that the org holds, as its state file would: secrets, too. */
  state(): object;
  /** Makes calls go wrong on request. */
  readonly faults: Faults;
  /** Key and secret of an app by its API name, as Setup shows them. */
  consumer(app: string): { readonly key: string; readonly secret: string } | undefined;
  /** Takes assertions that this key signed beside those of the app’s own key, which only its team has. */
  standIn(app: string, publicKey: KeyObject): void;
  /** ISO time of the org’s own clock. */
  now(): string;
  /** Moves the org’s clock forward, by milliseconds: tokens age, codes expire, deploys come to their end. */
  advance(ms: number): void;
  /**
   * Makes of the org, as it is now, a sandbox that was copied from it, with what such a copy breaks. `orgId` and
   * `accessToken` are then those of the copy.
   */
  refresh(refresh: SandboxRefresh): RenewedOrg;
  /** Makes of the org again what it started with, or would have without its state file; clock, faults and limits, too. */
  reset(): RenewedOrg;
  /** Makes everything that was given out so many milliseconds older, and leaves the clock as it is. */
  age(ms: number): void;
  /** Ends a token, as the revoke endpoint does; without one, everything that apps were ever given. */
  revoke(token?: string): void;
  /** From now on this person is at every browser, and logs in and allows access at once. */
  signInAs(username: string): void;
  /** From now on, calls that do not say where they come from come from this address; without one, from loopback. */
  callFrom(address?: string): void;
  /** Calls back around each call, in place of whoever watched before. What it is given holds tokens and secrets. */
  watch(watcher: Watcher): void;
  /** A session of the deploying user that is a JWT. */
  jwtToken(): string;
  /** Stops listening, cuts open connections and drops unfinished deploys. */
  close(): Promise<void>;
}

/** Starts a Salesforce org on loopback. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, stateFile, latencyMs = 0, requestTimeoutMs = 60_000, apiRequests } = options;
  let ahead = 0;
  const now = (): string => new Date(new Date().getTime() + ahead).toISOString();
  const loaded = stateFile === undefined ? undefined : loadState(stateFile);
  const { org: started, given } = startingOrg(loaded, options, now());
  let state = started;
  if (stateFile !== undefined && loaded !== started) saveState(stateFile, started);
  const switches = resolveSwitches(state.profile, options.switches);
  const calls: EmulatorCall[] = [];
  const firstNumber = randomInt(1, 1_000_000_000);
  let url = '';
  const context: OrgContext = {
    switches,
    faults: createFaults(),
    deploys: createDeployQueue({
      deployMs: switches.deployMs,
      unfinishedPolls: switches.unfinishedPolls,
      ...(switches.finalizingStatus === 'none' ? {} : { finalizing: switches.finalizingStatus }),
      now,
      firstNumber,
    }),
    retrieves: createRetrieveJobs(firstNumber),
    mint: randomMint,
    tokens: new Map(),
    codes: new Map(),
    devices: new Map(),
    pendingLogins: new Map(),
    browsers: new Map(),
    usedAssertions: new Map(),
    standIns: new Map(),
    person: undefined,
    address: undefined,
    cursors: new Map(),
    state: () => state,
    commit: (changed, user) => {
      const kept = user === undefined ? changed : recorded(state, changed, { user, now: now(), switches });
      if (stateFile !== undefined) saveState(stateFile, kept);
      state = kept;
    },
    now,
    ahead: () => ahead,
    advance: (ms) => {
      ahead += ms;
      context.deploys.elapsed();
    },
    limit: createApiLimit(now, apiRequests),
    apiRequests,
    fresh: (orgId) => startingOrg(undefined, { orgId, ...options }, new Date().toISOString()).org,
    signer: createSigner(),
    url: () => url,
  };
  let watcher: Watcher = {};
  const watch: Watch = {
    before: (call) => watcher.before?.(call),
    after: (call, exchange) => {
      calls.push(call);
      if (exchange) watcher.after?.(exchange);
    },
  };
  const server = createOrgServer(context, watch, latencyMs, requestTimeoutMs);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      const problem = `The emulator cannot listen on port ${port}: ${cause.message}.`;
      reject(misused('port', [problem], 'Name another port, or 0 for any free one.'));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    port: address.port,
    given,
    get accessToken() {
      return state.accessToken;
    },
    get orgId() {
      return state.orgId;
    },
    calls: () => [...calls],
    state: () => state,
    faults: context.faults,
    consumer: (app) => {
      const found = consumersOf(state).find((one) => one.app === app);
      return found && { key: found.consumer.key, secret: found.consumer.secret };
    },
    standIn: (app, publicKey) => context.standIns.set(app, publicKey),
    now,
    advance: (ms) => context.advance(ms),
    refresh: (refresh) => refreshSandbox(context, refresh),
    reset: () => resetOrg(context),
    age: (ms) => context.commit(aged(state, ms)),
    revoke: (token) => {
      const left = token === undefined ? withoutGrants(state, () => true) : revokeToken(state, token);
      if (left) context.commit(left);
    },
    signInAs: (username) => {
      context.person = username;
    },
    callFrom: (address) => {
      context.address = address;
    },
    watch: (other) => {
      watcher = other;
    },
    jwtToken: () => {
      const user = deployingUser(state);
      if (user === undefined) {
        throw misused('deployUser', ['The org has no such user any more.'], 'Correct or delete the state file.');
      }
      const expires = new Date(Date.parse(now()) + 7_200_000).toISOString();
      const token = accessJwt(context, user, { scopes: ['full'], expires });
      context.tokens.set(token, user.username);
      return token;
    },
    close: async () => {
      context.deploys.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
