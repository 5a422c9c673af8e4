import { defaultSuccessor } from '../../import/migration';
import { withoutCredentials } from '../../import/notes';
import { type Migration, MIGRATION_FORMAT_VERSION, readMigration } from '../../operations/read-migration';
import { checkOrgId } from '../../operations/read-org';
import { migrationStatusText, migrationText, STAGES } from '../../reports/migration';
import { jsonText } from '../../values/ci-commands';
import { diagnose } from '../../values/diagnose';
import type { ClientAppsError } from '../../values/diagnostic';
import { nearest } from '../../values/nearest';
import { visible } from '../../values/visible';
import { apiVersionOf, eachOrg, type OrgTarget } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput } from '../files';
import type { LockoutFlags, MigrateFlags, OrgFlags } from '../flags';
import type { Io } from '../io';
import { chooseOneOrg } from '../stop-orgs';
import { stopReceipts } from '../stop-receipts';
import { renderOptions } from '../style';
import { timeSince } from '../usage-question';
import { withRun } from '../with-run';
import { apply } from './apply';
import { stop } from './stop';

const DEFAULT_WINDOW = '90d';

/** The plan of a migration. Writes nothing. */
export const migrate = (io: Io, text: string, flags: MigrateFlags): Promise<ExitCode> =>
  looked(io, text, flags, (migration) => {
    show(io, flags, migration, migrationText);
    const { checks, ways, state } = migration;
    if (state.stage === 'not-evaluated') return EXIT.error;
    return checks.length > 0 && ways.every(({ possible }) => !possible) ? EXIT.error : EXIT.ok;
  });

/** How far it came: 0 where nothing stands against the last step, 2 where the old app is in use. */
export const migrateStatus = (io: Io, text: string, flags: MigrateFlags): Promise<ExitCode> =>
  looked(io, text, flags, (migration) => {
    show(io, flags, migration, migrationStatusText);
    if (migration.state.stage === 'done') return EXIT.ok;
    if (migration.gate === undefined || migration.gate.state === 'not-evaluated') return EXIT.error;
    return migration.gate.state === 'open' ? EXIT.ok : EXIT.changes;
  });

/** Stops the old app, once nothing uses it. */
export const migrateStop = (io: Io, text: string, flags: MigrateFlags): Promise<ExitCode> =>
  looked(io, text, flags, async (migration) => {
    const { stage } = migration.state;
    if (stage === 'migrated')
      refuse(migration, 'it was migrated in Setup and is read-only, so there is nothing to stop');
    if (stage !== 'beside') refuse(migration, STAGES[stage]);
    requireOpen(migration);
    return stop(io, text, orgFlags(flags));
  });

/** Deletes the old app, once nothing uses it: an apply with its name in --allow-delete. */
export const migrateDelete = (io: Io, text: string, flags: MigrateFlags): Promise<ExitCode> =>
  looked(io, text, flags, async (migration, target) => {
    const { stage, stopped } = migration.state;
    if (stage !== 'migrated' && stage !== 'beside') refuse(migration, STAGES[stage]);
    if (stage === 'beside' && !stopped)
      refuse(migration, `it has not been stopped; run client-apps migrate stop ${migration.app} first, and wait`);
    requireOpen(migration);
    const { manifest } = target;
    if (manifest === undefined || migration.managed_by !== manifest.id) {
      refuse(
        migration,
        'its description does not have the ownership line of this program, and nothing else is deleted; delete it in Setup > App Manager',
      );
    }
    if (manifest.apps.some(({ api_name: name, platform }) => name === migration.app && platform === 'connected-app'))
      refuse(migration, 'the program still declares it; remove it from the program and synthesize again');
    return apply(io, undefined, {
      ...orgFlags(flags),
      org: [target.org],
      allowDelete: [`ConnectedApp:${migration.app}`],
    });
  });

function requireOpen(migration: Migration): void {
  const { gate } = migration;
  if (gate?.state !== 'open') refuse(migration, gate?.because.join('; ') ?? 'its usage was not read');
}

function refuse({ app }: Migration, reason: string): never {
  throw invalidInput(diagnose('migration-not-finished', { path: app }, { app: visible(app), reason }));
}

/** The options of a migration that the commands that do the work have, too. */
const orgFlags = ({ manifest, org, local, seed, acceptLockout }: MigrateFlags): OrgFlags & LockoutFlags => ({
  ...(manifest && { manifest }),
  ...(org && { org }),
  ...(local !== undefined && { local }),
  ...(seed !== undefined && { seed }),
  ...(acceptLockout && { acceptLockout }),
});

/** The start of the window. One that has not begun holds no use, and would open the gate of any app. */
function windowSince(text: string, today: string): string {
  const since = timeSince('--window', text, today);
  if (since.slice(0, 10) < today) return since;
  throw invalidInput(diagnose('window-empty', { path: '--window', value: text }));
}

async function looked(
  io: Io,
  text: string,
  flags: MigrateFlags,
  work: (migration: Migration, target: OrgTarget) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  const today = io.today();
  const since = windowSince(flags.window ?? DEFAULT_WINDOW, today);
  const { app, names, targets } = chooseOneOrg(io, text, flags, 'migrate');
  const found = await withRun(io, flags, names, (run) =>
    eachOrg(run, targets, async (target, org) => {
      run.progress.onEvent({ kind: 'step', message: `reading ${target.org}` });
      const migration = await readMigration({
        ...{ org, name: target.org, apiVersion: apiVersionOf(target.manifest), app, today, since },
        ...{ successor: flags.as ?? defaultSuccessor(app), signal: run.interrupts.signal },
        ...(flags.kind && { kind: flags.kind }),
        seenBefore: (orgId) => stopReceipts(io, flags, target.org, { orgId }).read(app, 'connected-app') !== undefined,
      });
      if (target.manifest) checkOrgId(target.manifest, await org.identify({ user: false }));
      return { migration, target };
    }),
  );
  const [read] = found.results;
  if (!read) return worst(found.codes);
  if (read.migration.state.stage === 'not-found') {
    if (flags.json) show(io, flags, read.migration, migrationText);
    throw notFound(read.migration);
  }
  return work(read.migration, read.target);
}

function notFound({ app, state, connected_apps: names = [] }: Migration): ClientAppsError {
  const beside = state.successor === undefined ? '' : `: the External Client App ${state.successor} is not proof of it`;
  const meant = nearest(app, names);
  const allowed = names.length > 0 ? { allowed: visible(names.join(', ')) } : {};
  const place = { path: app, ...allowed, meant: meant && visible(meant) };
  return invalidInput(diagnose('no-such-connected-app', place, { app: visible(app), beside: visible(beside) }));
}

function show(io: Io, flags: MigrateFlags, migration: Migration, text: typeof migrationText): void {
  if (flags.json)
    io.stdout.write(withoutCredentials(jsonText({ format_version: MIGRATION_FORMAT_VERSION, ...migration })));
  else io.stdout.write(text(migration, renderOptions(io.stdout, io.environment)));
}
