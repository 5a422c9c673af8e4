import { everyApp, fullNameOf } from '../metadata/live-app';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { postureOf } from '../policy/posture/of-app';
import { known } from '../policy/reading';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import type { FieldChange } from './plan';

/** The org-wide switch that holds back every app with the Authorization Code and Credentials Flow on. */
export const HEADLESS_LOGIN_SWITCH = 'oAuthCdCrdtFlowEnable';

/**
 * The apps of the org that start to accept the Authorization Code and Credentials Flow once the org allows it: all that
 * have it on, whoever manages them. What could not be read counts, and says so.
 */
export function openedApps(
  changes: readonly FieldChange[],
  observed: ObservedOrg,
  apiVersion: number,
): readonly string[] {
  const opens = changes.some(({ field, effect }) => field === HEADLESS_LOGIN_SWITCH && effect === 'widens');
  if (!opens) return [];
  const apps = everyApp(observed).flatMap((app) => {
    const on = hasFlowOn(app, apiVersion);
    if (on === false) return [];
    const name = fullNameOf(app);
    return [on === undefined ? `${name} (could not be read)` : name];
  });
  return [
    ...apps.sort(),
    ...(observed.connectedAppsUnread === undefined ? [] : ['any Connected App (they could not be listed)']),
    ...(observed.unplaced.length === 0 ? [] : ['any app that the org did not return']),
  ];
}

function hasFlowOn(app: ObservedApp, apiVersion: number): boolean | undefined {
  if (app.condition === 'unreadable' || app.condition === 'broken') return undefined;
  const { oauth, fields } = postureOf(app, { apiVersion, origin: 'read' });
  if (oauth === 'absent') return false;
  return known(fields.codeAndCredentials, (value) => value === true);
}

/** Names those apps in every plan. */
export function openedAppsWarning(opened: readonly string[], path: string): readonly Diagnostic[] {
  if (opened.length === 0) return [];
  return [
    diagnose(
      'org-switch-opens-apps',
      { path, field: `OauthOidcSettings.${HEADLESS_LOGIN_SWITCH}`, value: opened.join(', ') },
      { apps: opened.join(', ') },
    ),
  ];
}
