import { formatApiVersion } from '../../metadata/api-version';
import { liveApp } from '../../metadata/live-app';
import type { Diagnostic } from '../../values/diagnostic';
import type { Situation } from '../situation';

/** Guards that concern the org as a whole. An error blocks everything in it. */
export function guardOrg(situation: Situation): readonly Diagnostic[] {
  return [
    ...apiVersion(situation),
    ...incomplete(situation),
    ...assumptions(situation),
    ...unknownClient(situation),
    ...unread(situation),
  ];
}

function apiVersion({ manifest, identity }: Situation): readonly Diagnostic[] {
  const wanted = manifest.org.api_version;
  if (identity.apiVersions.includes(wanted)) return [];
  const [oldest, newest] = [identity.apiVersions[0], identity.apiVersions.at(-1)];
  return [
    {
      code: 'api-version-not-offered',
      severity: 'error',
      path: manifest.org.path,
      field: 'apiVersion',
      problem: `the org does not offer API version ${formatApiVersion(wanted)}`,
      value: formatApiVersion(wanted),
      allowed: oldest === undefined || newest === undefined ? 'unknown' : `${oldest}.0 to ${newest}.0`,
      remedy: 'set apiVersion on the SalesforceOrg to one the org offers, and synthesize again',
    },
  ];
}

/** Something was not read and nobody knows what: then nothing that seems absent may be created (D8). */
function incomplete({ manifest, observed }: Situation): readonly Diagnostic[] {
  const creates = manifest.apps.some((app) => liveApp(observed, app)?.condition !== 'present');
  return observed.unplaced.map((problem) => ({
    code: 'reading-incomplete',
    severity: creates ? ('error' as const) : ('warning' as const),
    path: manifest.org.path,
    problem: `the org could not return everything: ${problem}`,
    allowed: 'apps are created only when everything could be read',
    remedy: 'give the connected user the permissions of docs/bootstrap.md, or repair the component in Setup',
  }));
}

function assumptions({ manifest, observed }: Situation): readonly Diagnostic[] {
  const assumed = manifest.assumptions.code_and_credentials_flow;
  if (assumed === undefined) return [];
  const settings = observed.settings['OauthOidcSettings'];
  const at = { path: manifest.org.path, field: 'assumes.codeAndCredentialsFlow' };
  if (settings?.state !== 'present') {
    return [
      {
        ...at,
        code: 'assumption-unreadable',
        severity: 'error',
        problem: `what the code assumes about the org could not be checked: ${settings?.state === 'unreadable' ? settings.reason : 'the settings are absent'}`,
        remedy: 'give the connected user View Setup and Configuration, or drop the assumption',
      },
    ];
  }
  const live = settings.component.fields['oAuthCdCrdtFlowEnable'] === true;
  if (live === assumed) return [];
  return [
    {
      ...at,
      code: 'assumption-wrong',
      severity: 'error',
      problem: `the code assumes that the org ${assumed ? 'allows' : 'blocks'} the Authorization Code and Credentials Flow, and it does not`,
      value: String(live),
      allowed: String(assumed),
      remedy: 'have the owners of the org settings change them, or correct the assumption',
    },
  ];
}

/** With a bare access token nobody can tell which app it came from: say so instead of guarding nothing in silence. */
function unknownClient({ manifest, identity, observed }: Situation): readonly Diagnostic[] {
  const touchesExisting = manifest.apps.some((app) => liveApp(observed, app) !== undefined);
  if (identity.clientId !== undefined || !touchesExisting) return [];
  return [
    {
      code: 'own-app-unknown',
      severity: 'note',
      path: manifest.org.path,
      problem:
        'logged in with an access token only, so a change to the app behind this very login cannot be recognized',
      remedy: 'log in with SF_CLIENT_ID to have it guarded',
    },
  ];
}

function unread({ manifest, facts }: Situation): readonly Diagnostic[] {
  return facts.unread.map((reason) => ({
    code: 'fact-unread',
    severity: 'note' as const,
    path: manifest.org.path,
    problem: reason,
    remedy: 'where that is a missing permission: docs/bootstrap.md lists those that the connected user needs',
  }));
}
