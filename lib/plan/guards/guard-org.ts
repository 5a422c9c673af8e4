import { formatApiVersion } from '../../metadata/api-version';
import { everyApp, liveApp, liveText } from '../../metadata/live-app';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import { liveSwitch } from '../org-switch';
import type { Situation } from '../situation';
import { API_ACCESS_CONTROL } from './api-access';

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
    diagnose(
      'api-version-not-offered',
      {
        path: manifest.org.path,
        field: 'apiVersion',
        value: formatApiVersion(wanted),
        allowed: oldest === undefined || newest === undefined ? 'unknown' : `${oldest}.0 to ${newest}.0`,
      },
      { version: formatApiVersion(wanted) },
    ),
  ];
}

/** Something was not read and no one knows what: then nothing that seems absent may be created (D8). */
function incomplete({ manifest, observed }: Situation): readonly Diagnostic[] {
  const creates = manifest.apps.some((app) => liveApp(observed, app)?.condition !== 'present');
  return observed.unplaced.map((problem) =>
    diagnose('reading-incomplete', { severity: creates ? 'error' : 'warning', path: manifest.org.path }, { problem }),
  );
}

function assumptions(situation: Situation): readonly Diagnostic[] {
  const { manifest, observed } = situation;
  const assumed = manifest.assumptions.code_and_credentials_flow;
  if (assumed === undefined) return [];
  const at = { path: manifest.org.path, field: 'assumes.codeAndCredentialsFlow' };
  const live = liveSwitch(situation, 'oAuthCdCrdtFlowEnable');
  if (live === undefined) {
    const settings = observed.settings['OauthOidcSettings'];
    const reason = settings?.state === 'unreadable' ? settings.reason : 'the settings are absent';
    return [diagnose('assumption-unreadable', at, { reason })];
  }
  if (live === assumed) return [];
  return [
    diagnose(
      'assumption-wrong',
      { ...at, value: String(live), allowed: String(assumed) },
      { verb: assumed ? 'allows' : 'blocks' },
    ),
  ];
}

/** With a bare access token no one can tell which app it came from: say so instead of guarding nothing in silence. */
function unknownClient({ manifest, identity, observed }: Situation): readonly Diagnostic[] {
  const touchesExisting =
    manifest.apps.some((app) => liveApp(observed, app) !== undefined) ||
    everyApp(observed).some((app) => liveText(app, 'managedBy') === manifest.id) ||
    manifest.settings.some(({ fields }) => fields[API_ACCESS_CONTROL]?.value === true);
  if (identity.clientId !== undefined || !touchesExisting) return [];
  return [diagnose('own-app-unknown', { path: manifest.org.path })];
}

function unread({ manifest, facts }: Situation): readonly Diagnostic[] {
  return facts.unread.map((reason) => diagnose('fact-unread', { path: manifest.org.path }, { reason }));
}
