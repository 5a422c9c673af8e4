import { isMigrated } from '../../metadata/live-app';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard, AppGuardInput } from './guard';

/**
 * An External Client App and a Connected App of one name. Salesforce documents one way to come by both: a migration, which
 * leaves the Connected App behind, read-only, until the External Client App is deleted.
 */
export const guardSameName: AppGuard = (input) =>
  input.app.platform === 'connected-app' ? nextToExternal(input) : nextToConnected(input);

function nextToConnected({ app, live, situation }: AppGuardInput): readonly Diagnostic[] {
  const { connectedApps, connectedAppsUnread } = situation.observed;
  const { path, api_name: name } = app;
  if (live?.platform === 'connected-app') return [diagnose('connected-app-of-same-name', { path }, { app: name })];
  const beside = connectedApps.get(name);
  if (beside) {
    const entry = isMigrated(situation.observed, beside) ? 'connected-app-beside/migrated' : 'connected-app-beside';
    return [diagnose(entry, { path }, { app: name })];
  }
  if (live || connectedAppsUnread === undefined) return [];
  return [diagnose('connected-apps-unread/beside', { path }, { app: name, reason: connectedAppsUnread })];
}

function nextToExternal({ app, live, situation }: AppGuardInput): readonly Diagnostic[] {
  const { path, api_name: name } = app;
  if (situation.observed.apps.get(name)?.platform !== 'external-client-app') return [];
  if (!live) return [diagnose('external-client-app-of-same-name', { path }, { app: name })];
  const entry = isMigrated(situation.observed, live)
    ? 'external-client-app-of-same-name/migrated'
    : 'external-client-app-of-same-name/beside';
  return [diagnose(entry, { path }, { app: name })];
}
