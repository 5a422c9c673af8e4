import { DEFAULT_API_VERSION } from '../../metadata/api-version';
import type { Manifest } from '../../metadata/manifest';
import { checkOrgId } from '../../operations/read-org';
import { stopApp } from '../../operations/stop-app';
import { splitName } from '../consents';
import { eachOrg, type OrgTarget } from '../each-org';
import { type ExitCode, worst } from '../exit-code';
import { invalidInput } from '../files';
import type { OrgFlags } from '../flags';
import type { Io } from '../io';
import { loadManifestsIfThere } from '../manifests';
import { withRun } from '../with-run';

interface StopTarget extends OrgTarget {
  readonly manifest?: Manifest;
}

/** Switches an app off, declared or not. Asks nothing: whoever types this is in a hurry. */
export async function stop(io: Io, app: string, flags: OrgFlags): Promise<ExitCode> {
  const name = splitName(app).app;
  const { all, targets } = chooseOrgs(io, app, flags);
  return withRun(io, flags, all, async (run) => {
    run.interrupts.beginWriting();
    const { codes } = await eachOrg(run, targets, async ({ org: orgName, manifest }, org) => {
      const { signal } = run.interrupts;
      const identity = await org.identify({ signal });
      if (manifest) checkOrgId(manifest, identity);
      const { already_stopped: already } = await stopApp({
        org,
        apiName: name,
        apiVersion: manifest?.org.api_version ?? DEFAULT_API_VERSION,
        onEvent: run.progress.onEvent,
        signal,
      });
      run.progress.clear();
      const where = `${orgName} (${identity.orgId} at ${identity.instanceUrl})`;
      io.stdout.write(
        already
          ? `${name} was already off in ${where}; nothing was written.\n`
          : `${name} is off in ${where}: no client can use it. It stays off until apply --re-enable ${name}.\n`,
      );
    });
    return worst(codes);
  });
}

/**
 * `ORG/Name`: that org. `Name`: the org of the run, and of several those that declare it. Where nothing was
 * synthesized the name of the org, or none, only says which credentials count.
 */
function chooseOrgs(
  io: Io,
  text: string,
  flags: OrgFlags,
): { readonly all: readonly string[]; readonly targets: readonly StopTarget[] } {
  const { org, app } = splitName(text);
  const named = org === undefined ? flags.org : [org];
  const manifests = loadManifestsIfThere(io, { ...flags, ...(named && { org: named }) });
  if (manifests.length === 0) {
    const all = named ?? ['org'];
    return { all, targets: all.map((name) => ({ org: name, path: name })) };
  }
  const all = manifests.map((manifest) => manifest.org.name);
  const declaring = manifests.filter(({ apps }) => apps.some(({ api_name: name }) => name === app));
  const chosen = manifests.length === 1 ? manifests : declaring;
  if (chosen.length === 0) {
    throw invalidInput({
      code: 'which-org',
      path: 'stop',
      problem: `no org of this run declares ${app}, and there are several that may have it`,
      allowed: all.map((name) => `${name}/${app}`).join(', '),
      remedy: 'name the org: client-apps stop ORG/NAME',
    });
  }
  return {
    all,
    targets: chosen.map((manifest) => ({ org: manifest.org.name, path: manifest.org.path, manifest })),
  };
}
