import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard, AppGuardInput } from './guard';

/** What a reading cannot tell about two apps of one name. */
export const MIGRATION_UNKNOWN =
  'Salesforce leaves both after a migration in Setup; whether this Connected App was migrated, and whether it still ' +
  'issues tokens, is not in its metadata';

/**
 * An External Client App and a Connected App of one name. Salesforce documents one way to come by both: a migration, which
 * leaves the Connected App behind, read-only, until the External Client App is deleted.
 */
export const guardSameName: AppGuard = (input) =>
  input.app.platform === 'connected-app' ? besideExternal(input) : besideConnected(input);

function besideConnected({ app, live, situation }: AppGuardInput): readonly Diagnostic[] {
  const { connectedApps, connectedAppsUnread } = situation.observed;
  const at = { path: app.path, code: 'connected-app-of-same-name' } as const;
  const name = app.api_name;
  if (live?.platform === 'connected-app') {
    return [
      {
        ...at,
        severity: 'error',
        problem: `the org has a Connected App named ${name}, and no External Client App of that name`,
        allowed:
          'a name that no Connected App has; Salesforce documents one way to have both, the migration of the Connected App',
        remedy:
          'migrate the Connected App in Setup (App Manager > the app > Migrate to External Client App), then adopt the ' +
          `External Client App with --adopt ${name}; or choose another apiName`,
      },
    ];
  }
  if (connectedApps.has(name)) {
    return [
      {
        ...at,
        code: 'connected-app-beside',
        severity: 'note',
        problem: `the org also has a Connected App named ${name}, which this plan neither reads nor changes. ${MIGRATION_UNKNOWN}`,
        remedy:
          'look at Setup > Connected Apps OAuth Usage. If the External Client App is ever deleted, a Connected App that was ' +
          'migrated becomes active again, with the settings that it had then',
      },
    ];
  }
  if (live || connectedAppsUnread === undefined) return [];
  return [
    {
      ...at,
      code: 'connected-apps-unread',
      severity: 'warning',
      problem: `whether the org has a Connected App named ${name} is not known: ${connectedAppsUnread}`,
      remedy: 'look at Setup > App Manager; Salesforce may refuse a new app of the name of a Connected App',
    },
  ];
}

function besideExternal({ app, live, situation }: AppGuardInput): readonly Diagnostic[] {
  const name = app.api_name;
  if (situation.observed.apps.get(name)?.platform !== 'external-client-app') return [];
  const at = { path: app.path, code: 'external-client-app-of-same-name' } as const;
  const remedy = 'after a migration, declare the External Client App instead, without platform';
  if (!live) {
    return [
      {
        ...at,
        severity: 'error',
        problem: `the org has an External Client App named ${name}, and no Connected App of that name`,
        allowed: 'a name that no External Client App has',
        remedy: `choose another apiName; or, ${remedy}`,
      },
    ];
  }
  return [
    {
      ...at,
      severity: 'warning',
      problem: `the org also has an External Client App named ${name}. ${MIGRATION_UNKNOWN}`,
      allowed: 'a Connected App that was not migrated; one that was is read-only, and Salesforce refuses to change it',
      remedy,
    },
  ];
}
