import type { Component } from '../../metadata/component';
import type { ObservedComponent, ObservedOrg } from '../../metadata/observed';
import type { ReferencesReading } from '../../metadata/references';
import type { OrgReading } from '../../operations/read-org';
import type { Clock } from '../../org/clock';
import type { Environment } from '../../org/login';
import type { Org } from '../../org/org';
import type { AccessToken } from '../../org/token';
import type { Secret } from '../../values/secret';
import { loadOrg } from '../load-org';
import type { Values } from '../wire/value';
import type { AppLogin } from './access-token';
import { createDependencies, createUsers, type DependenciesOf, type UsersOf } from './dependencies';
import { createJobs } from './jobs';
import type { AppOperation, AppResult } from './operation';
import type { ProviderConfig } from './provider-config';
import type { RecordOperation, RecordResult } from './record-operation';
import type { Traffic } from './traffic';

/** What the process lends: nothing below reads a clock or an environment of its own. */
export interface Edges {
  readonly environment: Environment;
  readonly clock: Clock;
  /** A line for Terraform's log (TF_LOG), never with a secret. Default: none. */
  readonly log?: (message: string) => void;
}

/** One provider configuration, which is one org, for as long as the process lives. */
export interface Session {
  readonly config: ProviderConfig;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
  /** False while a part of the provider's configuration is not known: then nothing can be asked. */
  readonly reachable: boolean;
  /** Terraform has read states in this process: it makes a plan, and applies none. */
  readonly refreshed: () => boolean;
  /** Notes that it does. */
  readonly reads: () => void;
  /** What Terraform's state has under that name (type and API name), whatever a plan says about it. */
  readonly stated: (name: string) => Values | undefined;
  /** The whole org, read once no deploy runs in it, and shared by all resources; read anew after a deploy. */
  readonly reading: () => Promise<OrgReading>;
  /** Deploys that ran on in the org although the first reading waited for them. */
  readonly running: () => Promise<readonly string[]>;
  /** The same, with the settings as this plan leaves them: what an app meets that depends on them. */
  readonly expected: () => Promise<OrgReading>;
  /** The same, with the connected user; asked for once, and only where the app of this login is concerned. */
  readonly knowingSelf: (reading: OrgReading) => Promise<OrgReading>;
  /** Tells which settings records this plan writes. */
  readonly expectSettings: (records: readonly Component[]) => void;
  /** Tells which custom scope or token exchange handler this plan writes. */
  readonly expectRecord: (record: Component) => void;
  /** The users of those names, and others; undefined: could not be read. */
  readonly users: UsersOf;
  /** What apps depend on beside client apps; asked for once, and only where an app needs it. */
  readonly dependencies: DependenciesOf;
  /** Metadata beside the apps that names one; read once, and only where an app is to be deleted. */
  readonly references: () => Promise<ReferencesReading>;
  /** Writes or deletes one app, together with those that arrive at about the same time. */
  readonly execute: (operation: AppOperation) => Promise<AppResult>;
  /** The same for a custom scope or a token exchange handler. */
  readonly writeRecord: (record: RecordOperation) => Promise<RecordResult>;
  /** A session of the provider's login, or of an app: a login of its own each time. */
  readonly accessToken: (app: AppLogin | undefined) => Promise<AccessToken>;
  /** Alone, after what is under way: the org's settings. */
  readonly alone: <T>(work: (org: Org) => Promise<T>) => Promise<T>;
  /** Notes that this plan stages no credentials in place of those with that key. */
  readonly plansNoStaging: (consumerKey: string) => void;
  /** This process plans, and applies nothing, as far as the credentials with that key are concerned. */
  readonly isPlanOf: (consumerKey: string) => boolean;
  /** Secrets of credentials that this very apply staged, by consumer key. They are in no state and in no plan. */
  readonly secrets: Map<string, Secret>;
  readonly log: (message: string) => void;
  /** Aborted once Terraform asks to stop. */
  readonly stopping: AbortSignal;
  /** Lets what runs finish and begins nothing more. */
  readonly stop: () => void;
}

/** How long to wait for more users to look up, in milliseconds. */
const USERS_MS = 15;

/** What the calls of one process have in common, whatever configuration they are for. */
export interface Process {
  readonly traffic: Traffic;
  /** Resources of Terraform's state, by type and API name. */
  readonly states: ReadonlyMap<string, Values>;
}

/** Opens nothing by itself: the first thing that needs the org logs in. */
export function openSession(
  config: ProviderConfig,
  { environment, clock, log = () => undefined }: Edges,
  shared: Process,
): Session {
  let opened: Promise<Org> | undefined;
  let reading: Promise<OrgReading> | undefined;
  let whole: { readonly reading: OrgReading; readonly at: number } | undefined;
  let running: Promise<readonly string[]> | undefined;
  let references: Promise<ReferencesReading> | undefined;
  let self: Promise<OrgReading> | undefined;
  let stopped = false;
  let refreshed = false;
  const settledKeys = new Set<string>();
  const stopping = new AbortController();
  const settings = new Map<string, ObservedComponent>();
  const records: Component[] = [];
  const today = (): string => new Date(clock.now()).toISOString().slice(0, 10);

  // The client library is loaded here and not before: most processes only tell the schema.
  const org = (): Promise<Org> => (opened ??= loadOrg.open().openOrg(config, environment, clock).then(noted));
  const noted = (port: Org): Org =>
    Object.assign(Object.create(port) as Org, {
      deploy: async (...given: Parameters<Org['deploy']>) => {
        const outcome = await port.deploy(...given);
        log(`deploy ${outcome.id}: ${outcome.status}`);
        return outcome;
      },
    });
  const settled = (): Promise<readonly string[]> =>
    (running ??= timed('waiting for deploys that run in the org', async () =>
      loadOrg.open().settle(await org(), config.apiVersion),
    ));
  const read = (): Promise<OrgReading> =>
    (reading ??= timed('reading the org', async () => {
      await settled();
      const found = await loadOrg.open().readWhole(await org(), config);
      whole = { reading: found, at: clock.now() };
      return found;
    }));
  async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
    const started = clock.now();
    try {
      return await work();
    } finally {
      log(`${what}: ${clock.now() - started} ms`);
    }
  }

  const inOneGo = { lookMs: USERS_MS, looks: () => 1, clock };
  const users = createUsers(inOneGo, async (names) => (await (await org()).facts(names)).users);
  const dependencies = createDependencies(inOneGo, async (needs) =>
    loadOrg.open().readDependencies(await org(), needs, config.apiVersion, {}),
  );

  const jobs = createJobs(shared.traffic, {
    clock,
    config,
    today,
    org,
    timed,
    stopped: () => stopped,
    recent: (ms) => (whole && clock.now() - whole.at < ms ? whole.reading : undefined),
    onReading: (found, isWhole = false) => {
      reading = found && Promise.resolve(found);
      whole = found && isWhole ? { reading: found, at: clock.now() } : undefined;
    },
  });

  return {
    config,
    today,
    reachable: config.login !== undefined,
    refreshed: () => refreshed,
    reads: () => {
      refreshed = true;
    },
    stated: (name) => shared.states.get(name),
    reading: read,
    running: settled,
    expected: async () => {
      const found = await read();
      const planned = { ...found.observed.settings, ...Object.fromEntries(settings) };
      return { ...found, observed: withRecords({ ...found.observed, settings: planned }, records) };
    },
    knowingSelf: async (found) => {
      const { facts } = await (self ??= org().then((port) => loadOrg.open().withOwnUser(port, found)));
      return { ...found, facts: { ...found.facts, ...(facts.ownUser && { ownUser: facts.ownUser }) } };
    },
    expectSettings: (records) => {
      for (const component of records) settings.set(component.type, { state: 'present', component });
    },
    expectRecord: (record) => {
      records.push(record);
    },
    users,
    dependencies,
    references: () =>
      (references ??= read().then(({ source: { types } }) =>
        timed('reading what names an app', async () =>
          loadOrg.open().readReferences(await org(), config.apiVersion, types, {}),
        ),
      )),
    execute: jobs.execute,
    writeRecord: jobs.writeRecord,
    accessToken: (app) => loadOrg.open().accessTokenOf(config, app, environment, clock),
    alone: jobs.alone,
    plansNoStaging: (key) => {
      settledKeys.add(key);
    },
    isPlanOf: (key) => refreshed || settledKeys.has(key),
    secrets: new Map(),
    log,
    stopping: stopping.signal,
    stop: () => {
      stopped = true;
      stopping.abort();
    },
  };
}

/** The records as this plan leaves them. */
function withRecords(observed: ObservedOrg, written: readonly Component[]): ObservedOrg {
  const oauthRecords = { ...observed.oauthRecords };
  for (const component of written) {
    const { byName = new Map<string, ObservedComponent>(), ...rest } = oauthRecords[component.type] ?? {};
    const names = new Map([...byName, [component.fullName, { state: 'present' as const, component }]]);
    oauthRecords[component.type] = { ...rest, byName: names };
  }
  return { ...observed, oauthRecords };
}
