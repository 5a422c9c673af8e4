import type { OrgReading } from '../../operations/read-org';
import type { Clock } from '../../org/clock';
import type { Org } from '../../org/org';
import { diagnose } from '../../values/diagnose';
import { loadOrg } from '../load-org';
import { createBatch } from './batch';
import { appKey, type AppOperation, type AppResult, pathOfOperation } from './operation';
import type { ProviderConfig } from './provider-config';
import { recordNotStarted, type RecordOperation, type RecordResult } from './record-operation';
import type { Traffic } from './traffic';

/** What changes the org, in batches: what arrives close together is one deploy. */
export interface Jobs {
  readonly execute: (operation: AppOperation) => Promise<AppResult>;
  readonly writeRecord: (record: RecordOperation) => Promise<RecordResult>;
  /** Alone, after what is under way. */
  readonly alone: <T>(work: (org: Org) => Promise<T>) => Promise<T>;
}

interface Means {
  readonly clock: Clock;
  readonly config: ProviderConfig;
  /** `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly org: () => Promise<Org>;
  /** Notes in the log how long the work took. */
  readonly timed: <T>(what: string, work: () => Promise<T>) => Promise<T>;
  /** True as soon as nothing more may begin. */
  readonly stopped: () => boolean;
  /** The whole org, where it was read within so many milliseconds and nothing was written since. */
  readonly recent: (ms: number) => OrgReading | undefined;
  /** Is given the org as a batch left it, and whether all of it was read; nothing: what was read before is old. */
  readonly onReading: (reading?: OrgReading, isWhole?: boolean) => void;
}

type Job =
  | { readonly operation: AppOperation }
  | { readonly record: RecordOperation }
  | { readonly work: (org: Org) => Promise<unknown> };

/** Time between two looks for more changes, in milliseconds. */
const CHANGES_MS = 20;
/** Terraform works on as many resources at a time by default, so that many changes are all it has in hand. */
const WAVE = 10;
/** Looks that must find nothing new: for a full wave, and for anything else. */
const LOOKS = { full: 4, other: 15 } as const;
/** After so many full waves an apply says, once, how there would be fewer. */
const ADVISED = 2;
/** How old a reading may be for a batch to begin with it, in milliseconds: that of the provider, or of the batch before. */
const RECENT_MS = 2_000;

export function createJobs(
  traffic: Traffic,
  { clock, config, today, org, timed, stopped, recent, onReading }: Means,
): Jobs {
  /** Keys of the apps that were written. */
  const written = new Set<string>();
  /** Full waves so far. */
  let waves = 0;

  async function writeRecords(records: readonly RecordOperation[]): Promise<readonly RecordResult[]> {
    if (stopped()) return records.map(recordNotStarted);
    onReading();
    const port = await org();
    const names = records.map(({ record }) => record.path).join(', ');
    const { results, reading } = await timed(`one batch of ${records.length} records (${names})`, async () =>
      loadOrg.executeRecords().executeRecords(records, { org: port, config, today: today() }),
    );
    onReading(reading);
    return results;
  }

  async function changeApps(
    operations: readonly AppOperation[],
    known: OrgReading | undefined,
  ): Promise<readonly AppResult[]> {
    if (stopped()) return operations.map(notStarted);
    onReading();
    const port = await org();
    const more = operations.length >= WAVE;
    const names = operations.map((operation) => `${operation.kind} ${pathOfOperation(operation)}`).join(', ');
    const { results, reading } = await timed(`one batch of ${operations.length} apps (${names})`, async () =>
      loadOrg.execute().execute(operations, { org: port, config, today: today(), written, recent: known, more }),
    );
    // After a failure there may be more to know than what was read.
    onReading(reading, more && results.every(({ status }) => status === 'done'));
    for (const [index, operation] of operations.entries()) {
      if (operation.kind === 'write' && results[index]?.status === 'done') written.add(appKey(operation));
    }
    if (more) waves += 1;
    return more && waves === ADVISED
      ? results.map((result, index) => (index === 0 ? advised(result) : result))
      : results;
  }

  async function carryOut(batch: readonly Job[]): Promise<readonly unknown[]> {
    const results = new Map<Job, unknown>();
    const records = batch.flatMap((job) => ('record' in job ? [job] : []));
    const changes = batch.flatMap((job) => ('operation' in job ? [job] : []));
    const known = changes.length === batch.length ? recent(RECENT_MS) : undefined;
    for (const job of batch) {
      if (!('work' in job) || stopped()) continue;
      results.set(job, await outcomeOf(job.work(await org())));
      onReading();
    }
    const keep = (jobs: readonly Job[], outcomes: readonly unknown[]): void =>
      jobs.forEach((job, index) => results.set(job, outcomes[index]));
    if (records.length > 0) keep(records, await writeRecords(records.map(({ record }) => record)));
    const operations = changes.map(({ operation }) => operation);
    if (operations.length > 0) keep(changes, await changeApps(operations, known));
    return batch.map((job) => results.get(job));
  }

  const looks = (waiting: number): number => (waiting === WAVE ? LOOKS.full : LOOKS.other);
  const jobs = createBatch<Job, unknown>({ ...traffic, lookMs: CHANGES_MS, looks, clock }, carryOut);
  return {
    execute: (operation) => jobs.add({ operation }) as Promise<AppResult>,
    writeRecord: (record) => jobs.add({ record }) as Promise<RecordResult>,
    alone: async <T>(work: (port: Org) => Promise<T>) => {
      const result = (await jobs.add({ work })) as { readonly value: T } | { readonly error: unknown } | undefined;
      if (!result) throw new Error('Stopped on request before the org settings were written');
      if ('error' in result) throw result.error;
      return result.value;
    },
  };
}

const outcomeOf = <T>(running: Promise<T>): Promise<{ readonly value: T } | { readonly error: unknown }> =>
  running.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

const advised = (result: AppResult): AppResult => ({
  ...result,
  diagnostics: [...result.diagnostics, diagnose('a-deploy-for-ten-apps', { path: 'provider salesforce' })],
});

const notStarted = (operation: AppOperation): AppResult => ({
  status: 'failed',
  diagnostics: [diagnose('stopped-on-request', { path: pathOfOperation(operation) })],
});
