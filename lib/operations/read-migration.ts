import type { ClientKind } from '../declaration/client-app';
import { type MigrationState, migrationState, translate, type TranslatedApp } from '../import/migration';
import { checksOf, labelOf, type MigrationCheck, type MigrationWay } from '../import/migration-checks';
import { liveText } from '../metadata/live-app';
import type { CallOptions, Org } from '../org/org';
import { type MigrationGate, migrationGate } from '../usage/migration-gate';
import { gapsOf, usageOf } from '../usage/of-app';
import { readForImport } from './read-import';
import { readUsageFacts } from './read-usage';

/** Version of the shape of `migrate --json` and `migrate status --json` (D28). */
export const MIGRATION_FORMAT_VERSION = '1.0';

/** A way that a Connected App can go, with the program for the new app or why there is none. */
export interface MigrationOption {
  readonly way: MigrationWay;
  readonly possible: boolean;
  readonly program: TranslatedApp | { readonly not_declared: string };
}

/** A Connected App on its way to an External Client App, as far as it was read. */
export interface Migration {
  readonly org: string;
  readonly org_id?: string;
  readonly app: string;
  readonly label: string;
  readonly state: MigrationState;
  /** Of an app that is still there. */
  readonly checks: readonly MigrationCheck[];
  readonly ways: readonly MigrationOption[];
  /** Who still uses the old app. Absent: it is not there. */
  readonly gate?: MigrationGate;
  /** API names of the Connected Apps of the org, where none has the name that was asked for. */
  readonly connected_apps?: readonly string[];
  /** Id of the manifest whose line the old app carries. */
  readonly managed_by?: string;
}

export interface MigrationQuestion extends CallOptions {
  readonly org: Org;
  readonly name: string;
  readonly apiVersion: number;
  readonly app: string;
  /** API name of a new app beside the old one. */
  readonly successor: string;
  /** Whether an earlier command left word of a Connected App of that name in this org. */
  readonly seenBefore: (orgId: string) => boolean;
  readonly kind?: ClientKind;
  readonly today: string;
  /** ISO time: what was used since then counts. */
  readonly since: string;
}

/** Reads the app, its settings and its use. Writes nothing. */
export async function readMigration(question: MigrationQuestion): Promise<Migration> {
  const { org, name, apiVersion, app: apiName, successor, today, since, kind, signal } = question;
  const options = signal ? { signal } : {};
  const read = await readForImport(org, name, apiVersion, options);
  const state = migrationState(read.observed, {
    ...{ name: apiName, successor },
    seenBefore: read.identity !== undefined && question.seenBefore(read.identity.orgId),
  });
  const old = read.observed.connectedApps.get(apiName);
  const known = { org: name, ...(read.identity && { org_id: read.identity.orgId }), app: apiName, state };
  if (old?.condition !== 'present') {
    const names = [...read.observed.connectedApps.keys()].sort();
    return {
      ...{ ...known, label: apiName, checks: [], ways: [] },
      ...(state.stage === 'not-found' && { connected_apps: names }),
    };
  }
  const label = labelOf(old);
  const usage = await readUsageFacts(org, {
    ...{ org: name, today, since, known: [] },
    ...(read.identity && { orgId: read.identity.orgId }),
    ...options,
  });
  const named = { apiName, label, platform: 'connected-app' } as const;
  const gaps = gapsOf(named, usage.report);
  const flows = usageOf(named, usage.report)?.logins?.flows?.map(({ flow }) => flow) ?? [];
  const checks = checksOf(old, read, gaps.logins === undefined ? { flows } : { unread: gaps.logins });
  const ways = (['button', 'beside'] as const).map((way): MigrationOption => {
    const program = translate({
      ...{ app: old, org: read, way, today, apiName: way === 'button' ? apiName : successor },
      ...(kind && { kind }),
    });
    return {
      way,
      possible: checks.every((check) => check.verdict !== 'refuses' || !check.ways.includes(way)),
      program: program.ok ? program.value : { not_declared: program.error },
    };
  });
  const owner = liveText(old, 'managedBy');
  return {
    ...{ ...known, label, checks, ways, gate: gateOf(state, migrationGate(named, usage, { since, today })) },
    ...(owner !== undefined && { managed_by: owner }),
  };
}

const NO_SUCCESSOR = 'no new app is known to have replaced it';

/** An app that nothing uses stays all the same until another one has taken its place. */
function gateOf({ stage }: MigrationState, gate: MigrationGate): MigrationGate {
  if (stage === 'beside' || stage === 'migrated') return gate;
  return gate.state === 'open'
    ? { ...gate, state: 'closed', because: gate.because.map((because) => `${because}, but ${NO_SUCCESSOR}`) }
    : { ...gate, because: [...gate.because, NO_SUCCESSOR] };
}
