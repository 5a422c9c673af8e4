import { isMigrated } from '../../metadata/live-app';
import type { ObservedApp, ObservedOrg } from '../../metadata/observed';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard, AppGuardInput } from './guard';

/** What a reading cannot tell about two apps of one name. */
export const MIGRATION_UNKNOWN =
  'Salesforce leaves both after a migration in Setup; whether this Connected App was migrated, and whether it still ' +
  'issues tokens, is not in its metadata';
const WAS_MIGRATED =
  'It was migrated to the External Client App: both have the same consumer key. Salesforce keeps it read-only';

const migrationOf = (connectedApp: ObservedApp, observed: ObservedOrg): string =>
  isMigrated(observed, connectedApp) ? WAS_MIGRATED : MIGRATION_UNKNOWN;

/**
 * An External Client App and a Connected App of one name. Salesforce documents one way to come by both: a migration, which
 * leaves the Connected App behind, read-only, until the External Client App is deleted.
 */
export const guardSameName: AppGuard = (input) =>
  input.app.platform === 'connected-app' ? nextToExternal(input) : nextToConnected(input);

function nextToConnected({ app, live, situation }: AppGuardInput): readonly Diagnostic[] {
  const { connectedApps, connectedAppsUnread } = situation.observed;
  const { path, api_name: name } = app;
  if (live?.platform === 'connected-app') {
    const remedy =
      'migrate the Connected App in Setup (App Manager > the app > Migrate to External Client App), then adopt the ' +
      `External Client App with --adopt ${name}; or choose another apiName`;
    return [diagnose('connected-app-of-same-name', { path, remedy }, { app: name })];
  }
  const beside = connectedApps.get(name);
  if (beside) {
    const problem = `the org also has a Connected App named ${name}, which this plan does not change. ${migrationOf(beside, situation.observed)}`;
    const remedy =
      'look at Setup > Connected Apps OAuth Usage. If the External Client App is ever deleted, a Connected App that was ' +
      'migrated becomes active again, with the settings that it had then';
    return [diagnose('connected-app-beside', { path, problem, remedy }, { app: name })];
  }
  if (live || connectedAppsUnread === undefined) return [];
  return [diagnose('connected-apps-unread/beside', { path }, { app: name, reason: connectedAppsUnread })];
}

function nextToExternal({ app, live, situation }: AppGuardInput): readonly Diagnostic[] {
  const { path, api_name: name } = app;
  if (situation.observed.apps.get(name)?.platform !== 'external-client-app') return [];
  if (!live) return [diagnose('external-client-app-of-same-name', { path }, { app: name })];
  return [
    diagnose(
      'external-client-app-of-same-name',
      {
        path,
        severity: 'warning',
        problem: `the org also has an External Client App named ${name}. ${migrationOf(live, situation.observed)}`,
        allowed:
          'a Connected App that was not migrated; one that was is read-only, and Salesforce refuses to change it',
        remedy: 'after a migration, declare the External Client App instead, without platform',
      },
      { app: name },
    ),
  ];
}
