import { rmSync } from 'node:fs';
import { ClientRequest } from 'node:http';

import type { Emulator, EmulatorFault, EmulatorOptions } from '../../lib/emulator';
import { between } from './between';
import type { Interrupt, LineFault } from './fault-table';
import { writeSeed } from './messy-support';
import { standing } from './org-state';
import {
  type Ended,
  fastOrg,
  login,
  mobile,
  type Project,
  project,
  type RunOptions,
  threeDeploys,
  twoApps,
} from './support';

const NS = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const OLD = `<ConnectedApp ${NS}><contactEmail>a@acme.example</contactEmail><description>By hand</description><label>Old</label><oauthConfig><callbackUrl>https://old.acme.example/cb</callbackUrl><consumerKey>OLDKEY1234567</consumerKey><isAdminApproved>false</isAdminApproved><scopes>Api</scopes></oauthConfig></ConnectedApp>`;
const NEW = `<ExternalClientApplication ${NS}><contactEmail>a@acme.example</contactEmail><distributionState>Local</distributionState><label>New</label></ExternalClientApplication>`;
const KEY = `<ExtlClntAppGlobalOauthSettings ${NS}><callbackUrl>https://old.acme.example/cb</callbackUrl><consumerKey>NEWKEY1234567</consumerKey><externalClientApplication>Old_ECA</externalClientApplication><label>Old_ECA</label></ExtlClntAppGlobalOauthSettings>`;
const DATES = { created: '2026-01-01T00:00:00Z', lastUsed: '2026-11-01T00:00:00Z' };
/** An app for each revocation that is tried, as tokens that ended do not come back. */
const TICKETS = Array.from({ length: 1000 }, (_, n) => `Ticket${n}`);
const USAGE = {
  uninstalledApps: TICKETS.map((label) => ({ label, consumerKey: `3MVG9${label}` })),
  tokens: TICKETS.flatMap((app) => [1, 2].map((uses) => ({ ...DATES, app, user: 'ann@acme.example', uses }))),
};
const SEED = new Map([
  ['connectedApps/Old.connectedApp', OLD],
  ['externalClientApps/Old_ECA.eca', NEW],
  ['extlClntAppGlobalOauthSets/Old_ECA_glbloauth.ecaGlblOauth', KEY],
  ['org.json', JSON.stringify({ users: [{ username: 'ann@acme.example' }], usage: USAGE })],
]);

/** A project and its org. */
export interface World {
  readonly here: Project;
  readonly salesforce: Emulator;
  readonly run: (commandLine: string) => Promise<Ended>;
  /** All that matters of the org, as the emulator keeps it: no reading of ours is asked. */
  readonly state: () => string;
  /** Runs a command while these calls from now on go wrong, counted from 1; nothing of it is left afterward. */
  readonly failing: (commandLine: string, faults: readonly Failing[]) => Promise<Ended>;
  /** How many requests a command makes where nothing goes wrong, and how many of them deploy. */
  readonly requests: (commandLine: string) => Promise<Requests>;
  /** Org and memory as they were at the beginning. */
  readonly renew: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface Failing {
  /** The number of the request, or of the deploy where the fault is one of the work itself. */
  readonly request: number;
  readonly fault: EmulatorFault | LineFault | Interrupt;
  /** How many requests in a row. Default: one. */
  readonly times?: number;
}

/** A project of two apps, applied to an org that has a Connected App and tokens of an unknown app as well. */
export async function world(): Promise<World> {
  const here = project();
  here.synth(twoApps);
  return begin(here, { seedDir: writeSeed(here, SEED) }, true);
}

/** A project whose first apply takes three deploys, and an org without an app. */
export function emptyWorld(): Promise<World> {
  const here = project();
  here.synth((stack) => mobile(threeDeploys(stack)));
  return begin(here, {}, false);
}

async function begin(here: Project, options: EmulatorOptions, applied: boolean): Promise<World> {
  let salesforce = await fastOrg(options);
  const run = (commandLine: string, options: RunOptions = {}): Promise<Ended> =>
    here.run(commandLine, { ...options, environment: login(salesforce) });
  const start = async (): Promise<void> => {
    if (!applied) return;
    const first = await run('apply --auto-approve');
    if (first.code !== 0) throw new Error(first.stderr);
  };
  await start();
  const state = (): string => standing(salesforce.state());
  const failing: World['failing'] = (commandLine, faults) =>
    underFaults(salesforce, faults, (options) => here.run(commandLine, options));
  return {
    here,
    get salesforce() {
      return salesforce;
    },
    run,
    state,
    failing,
    requests: async (commandLine) => {
      const before = salesforce.calls().length;
      await run(commandLine);
      return requestsOf(salesforce.calls().slice(before));
    },
    renew: async () => {
      await salesforce.close();
      rmSync(here.path('.client-apps'), { recursive: true, force: true });
      salesforce = await fastOrg(options);
      await start();
    },
    close: async () => {
      await salesforce.close();
      here.remove();
    },
  };
}

/** How many requests a command makes, and how many of them deploy. */
export interface Requests {
  readonly all: number;
  readonly deploys: number;
}

export const requestsOf = (calls: ReturnType<Emulator['calls']>): Requests => ({
  all: calls.length,
  deploys: calls.filter(({ operation }) => operation === 'deploy').length,
});

/** Longer than this machine takes for an answer, however busy it is. */
const SILENCE_MS = 700;

const OF_DEPLOYS: readonly EmulatorFault['kind'][] = ['canceled', 'deploy-fails'];

/** Runs a command while this goes wrong; nothing of it is left afterward. @param command Is given how to reach the org. */
export async function underFaults(
  salesforce: Emulator,
  failing: readonly Failing[],
  command: (options: RunOptions) => Promise<Ended>,
): Promise<Ended> {
  const line = failing.find(({ fault }) => fault.kind === 'line');
  const options = { ...arm(salesforce, failing), environment: login(salesforce) };
  try {
    return await (line ? overLine(salesforce, line, options, command) : command(options));
  } finally {
    disarm(salesforce);
  }
}

/** The connection goes wrong. Two minutes of silence pass at once. */
async function overLine(
  salesforce: Emulator,
  { request, fault, times = 1 }: Failing,
  options: RunOptions,
  command: (options: RunOptions) => Promise<Ended>,
): Promise<Ended> {
  if (fault.kind !== 'line') throw new Error('no fault of the line');
  const isIt = (n: number): boolean => n >= request && n < request + times;
  const proxy = await between(
    salesforce,
    fault.how === 'refused' ? { refusedFrom: request } : { [fault.how === 'silent before' ? 'before' : 'after']: isIt },
  );
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is put back, and called with its own request
  const real = ClientRequest.prototype.setTimeout;
  ClientRequest.prototype.setTimeout = function (ms, ...rest) {
    return real.call(this, ms > 5000 ? SILENCE_MS : ms, ...rest);
  };
  try {
    return await command({ ...options, environment: { ...options.environment, SF_INSTANCE_URL: proxy.url } });
  } finally {
    ClientRequest.prototype.setTimeout = real;
    proxy.close();
  }
}

/**
 * Each kind of them one after the other: the next one counts from where the last one ends. Nothing is left of what was
 * armed before.
 * @returns What the command has to be run with.
 */
export function arm(salesforce: Pick<Emulator, 'faults' | 'watch'>, failing: readonly Failing[]): RunOptions {
  const { faults } = salesforce;
  faults.clear();
  salesforce.watch({});
  const next = new Map<string, number>();
  let options: RunOptions = {};
  for (const { request, fault, times = 1 } of [...failing].sort((a, b) => a.request - b.request)) {
    if (fault.kind === 'interrupt') {
      options = { onBegin: (interrupt) => interruptAt(salesforce, request, () => repeat(fault.count, interrupt)) };
      continue;
    }
    if (fault.kind === 'line') continue;
    const ofDeploys = OF_DEPLOYS.includes(fault.kind);
    const counted = ofDeploys ? fault.kind : 'request';
    const from = next.get(counted) ?? 1;
    faults.failNext({ operation: ofDeploys ? 'deploy' : '*', after: Math.max(0, request - from) }, fault, times);
    next.set(counted, Math.max(from, request) + times);
  }
  return options;
}

/** Nothing more goes wrong. */
export function disarm({ faults, watch }: Pick<Emulator, 'faults' | 'watch'>): void {
  faults.clear();
  watch({});
}

const repeat = (count: number, work: () => void): void => Array.from({ length: count }, work).forEach(() => undefined);

function interruptAt({ watch }: Pick<Emulator, 'watch'>, request: number, interrupt: () => void): void {
  let count = 0;
  watch({
    before: () => {
      count += 1;
      if (count === request) interrupt();
    },
  });
}
