import { liveList } from '../../metadata/live-app';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard, AppGuardInput } from './guard';

/** Connected Apps are hardened where they are; nobody makes new ones since Spring '26. */
export const guardConnectedApp: AppGuard = (input) => {
  if (input.app.platform !== 'connected-app') return [];
  return input.live ? withoutOauth(input) : creation(input);
};

function creation({ app, situation }: AppGuardInput): readonly Diagnostic[] {
  const at = { severity: 'error', path: app.path } as const;
  const { connectedAppsUnread } = situation.observed;
  if (connectedAppsUnread !== undefined) {
    return [
      {
        ...at,
        code: 'connected-apps-unread',
        problem: `whether the org has the Connected App ${app.api_name} is not known: ${connectedAppsUnread}`,
        allowed: 'an app is written only when all of it could be read',
        remedy: 'give the connected user the permissions of docs/bootstrap.md',
      },
    ];
  }
  if (app.creation_allowed_by_support) return [];
  return [
    {
      ...at,
      code: 'connected-app-creation-closed',
      field: 'platform',
      problem: `the org has no Connected App ${app.api_name}, and since Spring '26 none can be created`,
      allowed: 'a Connected App that exists, or an org for which Salesforce Support has allowed the creation',
      remedy:
        'remove platform to declare an External Client App; correct apiName if the app exists; or, where Support has ' +
        'allowed it, state creationAllowedBySupport: true',
      source: "Salesforce Help: New Connected Apps Can No Longer Be Created in Spring '26",
    },
  ];
}

/** A Connected App may be there for SAML or canvas alone: OAuth settings would make a client of it. */
function withoutOauth({ app, live }: AppGuardInput): readonly Diagnostic[] {
  if (live?.condition !== 'present' || liveList(live, 'callbackUrls').length > 0) return [];
  return [
    {
      code: 'connected-app-without-oauth',
      severity: 'error',
      path: app.path,
      problem: `${app.api_name} has no OAuth settings that can be read, so there is no OAuth client to harden`,
      allowed: 'a Connected App with OAuth settings of its own; those of a package stay with its vendor',
      remedy: 'enable OAuth for the app in Setup first, or remove the declaration',
    },
  ];
}
