import { fullNameOf } from '../metadata/live-app';
import { type Manifest, manifestDigest } from '../metadata/manifest';
import type { OrgPlan } from './plan';

/**
 * The same owner, and nothing declared: its plan deletes the apps that carry the owner's line, as far as that is asked for,
 * and leaves everything else of the org as it is.
 */
export function withoutApps({ format_version, id, org }: Manifest): Manifest {
  const body = { format_version, id, org, assumptions: {}, settings: [], apps: [] };
  return { ...body, digest: manifestDigest(body) };
}

/** The apps of a teardown, as `Type:name`. */
export const fullNames = ({ apps }: Pick<OrgPlan, 'apps'>): readonly string[] =>
  apps.flatMap(({ api_name: name, names }) => Object.keys(names).map((type) => `${type}:${name}`));

/** Declared apps that a teardown does not delete, as `Type:name`. */
export interface Untouched {
  /** The org has it without our line: it was made by hand and never applied, or another program owns it. */
  readonly notOurs: readonly string[];
  readonly absent: readonly string[];
}

/** @param plan Of the manifest without its apps. */
export function untouched(manifest: Manifest, plan: OrgPlan): Untouched {
  const declared = manifest.apps.map(({ platform, api_name: apiName }) => fullNameOf({ platform, apiName }));
  const ours = new Set(fullNames(plan));
  const others = new Set(plan.unmanaged);
  return {
    notOurs: declared.filter((name) => others.has(name)),
    absent: declared.filter((name) => !others.has(name) && !ours.has(name)),
  };
}
