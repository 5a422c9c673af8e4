import { liveText } from '../../metadata/live-app';
import { diagnose } from '../../values/diagnose';
import type { Diagnostic } from '../../values/diagnostic';
import type { AppGuard } from './guard';

/** May this app be created or written at all: absent, unreadable, broken, someone else's, deleted (D8, D10, D11). */
export const guardExistence: AppGuard = ({ app, live, situation }) => {
  const { manifest, consents, lastReceipt } = situation;
  const at = { severity: 'error', path: app.path } as const;
  if (!live) {
    if (!lastReceipt.apps.has(app.api_name) || consents.allow_recreate.includes(app.api_name)) return [];
    return [diagnose('deleted-in-org', at, { app: app.api_name })];
  }
  // Another app, of which guardSameName speaks.
  if (live.platform !== app.platform) return [];
  if (live.condition === 'unreadable') {
    return [diagnose('app-unreadable', at, { app: app.api_name, reason: live.reason ?? 'no reason given' })];
  }
  if (live.condition === 'broken' && situation.rebuilds?.has(app.api_name) !== true) {
    return [diagnose('app-broken', at, { app: app.api_name, reason: live.reason ?? 'no reason given' })];
  }
  const owner = liveText(live, 'managedBy');
  if (owner !== undefined && situation.takesOver?.get(app.api_name) === owner) return [];
  return ownership(app.api_name, app.path, app.adopt, owner, manifest.id, consents.adopt);
};

function ownership(
  apiName: string,
  path: string,
  declaredAdopt: boolean,
  owner: string | undefined,
  manifestId: string,
  adopt: readonly string[],
): readonly Diagnostic[] {
  if (owner === manifestId) return [];
  if (owner !== undefined) {
    return [
      diagnose('owned-by-another-manifest', { path, value: owner }, { app: apiName, owner, manifest: manifestId }),
    ];
  }
  if (declaredAdopt || adopt.includes(apiName)) {
    return [diagnose('adopts-app', { path }, { app: apiName })];
  }
  return [diagnose('adoption-needed', { path }, { app: apiName })];
}
