import type { Manifest } from '../metadata/manifest';
import { diagnose } from '../values/diagnose';
import { isClientAppsError } from '../values/diagnostic';
import { visible } from '../values/visible';
import { splitName } from './consents';
import type { OrgTarget } from './each-org';
import { invalidInput } from './files';
import type { OrgFlags } from './flags';
import type { Io } from './io';
import { loadManifestsIfThere, oneOrg, targetsIfThere } from './manifests';

export interface StopTarget extends OrgTarget {
  readonly manifest?: Manifest;
  /** Nothing names the org but the login. */
  readonly anonymous?: boolean;
}

/**
 * `ORG/Name`: that org. `Name`: the org of the run, and of several those that declare it. Where nothing was
 * synthesized the name of the org, or none, only says which credentials count.
 */
export function chooseOrgs(
  io: Io,
  text: string,
  flags: OrgFlags,
  command: 'stop' | 'start' | 'incident',
): { readonly all: readonly string[]; readonly targets: readonly StopTarget[] } {
  const { org, app } = splitName(text);
  const named = org === undefined ? flags.org : [org];
  const manifests = usableManifests(io, { ...flags, ...(named && { org: named }) });
  if (manifests.length === 0) {
    const all = named ?? ['org'];
    return { all, targets: all.map((each) => ({ org: each, path: each, anonymous: named === undefined })) };
  }
  const all = manifests.map((manifest) => manifest.org.name);
  const declaring = manifests.filter(({ apps }) => apps.some(({ api_name: name }) => name === app));
  const chosen = manifests.length === 1 ? manifests : declaring;
  if (chosen.length === 0) {
    throw invalidInput(
      diagnose('which-org', { path: command, allowed: all.map((name) => `${name}/${app}`).join(', ') }, { app }),
    );
  }
  return {
    all,
    targets: chosen.map((manifest) => ({ org: manifest.org.name, path: manifest.org.path, manifest })),
  };
}

/**
 * `APP` or `ORG/APP` of a command that works on one org at a time. An org that no program describes will do: its name
 * then only chooses the credentials. @throws ClientAppsError where there are several.
 */
export function chooseOneOrg(
  io: Io,
  text: string,
  flags: OrgFlags,
  command: 'revoke' | 'rotate' | 'migrate',
): { readonly app: string; readonly names: readonly string[]; readonly targets: readonly [OrgTarget] } {
  const { org, app } = splitName(text);
  const targets = oneOrg(targetsIfThere(io, org === undefined ? flags : { ...flags, org: [org] }), { app, command });
  return { app, names: targets.map((target) => target.org), targets };
}

/** What an emergency must not wait for: a build, or the repair of one. */
const DAMAGED: ReadonlySet<string> = new Set([
  'manifest-unusable',
  'cdktf-output-unusable',
  'file-missing',
  'file-unusable',
]);

function usableManifests(io: Io, flags: OrgFlags): readonly Manifest[] {
  try {
    return loadManifestsIfThere(io, flags);
  } catch (error) {
    if (flags.manifest || !isClientAppsError(error) || !error.diagnostics.every(({ code }) => DAMAGED.has(code)))
      throw error;
    const files = [...new Set(error.diagnostics.map(({ path }) => path))].join(', ');
    io.stderr.write(
      `${visible(`warning: continuing without the synthesized files, which cannot be used: ${files}`)}\n` +
        'warning: the org is determined only by the credentials in the environment\n',
    );
    return [];
  }
}
