import { liveList } from '../../metadata/live-app';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard, AppGuardInput } from './guard';

/** Connected Apps are hardened where they are; no one makes new ones since Spring '26. */
export const guardConnectedApp: AppGuard = (input) => {
  if (input.app.platform !== 'connected-app') return [];
  return input.live ? withoutOauth(input) : creation(input);
};

function creation({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  const at = { severity: 'error', path: app.path } as const;
  const { connectedAppsUnread } = situation.observed;
  if (connectedAppsUnread !== undefined) {
    return [diagnose('connected-apps-unread', at, { app: app.api_name, reason: connectedAppsUnread })];
  }
  if (app.creation_allowed_by_support) return [];
  return [
    diagnose(
      'connected-app-creation-closed',
      {
        ...at,
        field: 'platform',
        source: "Salesforce Help: New Connected Apps Can No Longer Be Created in Spring '26",
      },
      { app: app.api_name },
    ),
  ];
}

/** A Connected App may be there for SAML or canvas alone: OAuth settings would make a client of it. */
function withoutOauth({ app, live }: AppGuardInput): readonly Diagnostic[] {
  if (live?.condition !== 'present' || liveList(live, 'callbackUrls').length > 0) return [];
  return [diagnose('connected-app-without-oauth', { path: app.path }, { app: app.api_name })];
}
