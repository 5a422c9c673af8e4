import type { Manifest, ManifestApp } from '../metadata/manifest';
import { readOrg } from '../operations/read-org';
import { asIn } from '../proof/clients/as-in';
import { diagnose } from '../values/diagnose';
import { invalidInput } from './files';
import type { OrgFlags } from './flags';
import type { Io } from './io';
import { unknownOrg } from './manifests';
import { withRun } from './with-run';

/** Whose app, and as in which org. */
export interface Today {
  readonly manifest: Manifest;
  readonly app: ManifestApp;
  /** Every org of the program. */
  readonly all: readonly Manifest[];
  readonly org: string;
}

/** The manifest with the app as an org has it today; nothing is written there. @throws ClientAppsError where it does not have it. */
export async function settingsToday(
  io: Io,
  flags: OrgFlags,
  { manifest, app, all, org: name }: Today,
): Promise<Manifest> {
  const names = all.map(({ org }) => org.name);
  const asked = all.find(({ org }) => org.name === name);
  if (asked === undefined) throw invalidInput(unknownOrg('--as-in', name, names));
  return withRun(io, flags, names, async ({ connections, interrupts: { signal } }) => {
    const org = await connections.open(name);
    // Which apps are read is said by the manifest; which org it is, by the one of --as-in.
    const { observed } = await readOrg(org, { ...manifest, org: asked.org }, { signal, lookOnly: true });
    const live = (app.platform === 'connected-app' ? observed.connectedApps : observed.apps).get(app.api_name);
    if (live?.condition === 'present') return asIn(manifest, app, observed, live);
    const reason =
      live?.reason === undefined ? `${name} has no such app` : `${name} has it, but it cannot be read: ${live.reason}`;
    throw invalidInput(diagnose('prove-option-wrong', { path: '--as-in', value: app.api_name }, { reason }));
  });
}
