import type { ManifestApp } from '../metadata/manifest';
import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { toPackage } from '../metadata/package/package-files';
import { SETTINGS } from '../options/settings';
import type { CallOptions, Org } from '../org/org';
import { isOrgError } from '../org/org-error';
import { OAUTH_SETTINGS } from '../values/metadata-types';
import { automaticName, POLICY_TYPES, takenPolicies } from './policy-names';

/** Names to ask for, by metadata type. */
export type Names = ReadonlyMap<string, readonly string[]>;

/** What the org called the records of an app, by type, when it was last written. */
export type RealNames = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** Whose policies are looked for. */
export type Concerns = (app: ObservedApp) => boolean;

export interface Asking {
  readonly org: Org;
  readonly apiVersion: number;
  readonly options: CallOptions;
}

/**
 * Names under which the policies of these apps may be kept from a wildcard: asked for together with it, they cost no call.
 */
export function likelyPolicies(apps: readonly ManifestApp[], lastReceipt: RealNames = new Map()): Names {
  const external = apps.filter(({ platform }) => platform === 'external-client-app');
  return new Map(
    POLICY_TYPES.map((type) => [
      type,
      external.flatMap(({ api_name: app, components }) => {
        const nameOf = (of: string): string | undefined => components.find((each) => each.type === of)?.name;
        const names = [lastReceipt.get(app)?.[type], nameOf(type), automaticName(type, app, nameOf(OAUTH_SETTINGS))];
        return names.filter((name) => name !== undefined);
      }),
    ]),
  );
}

/**
 * A policy record always exists once an app does, yet a wildcard may miss one under a name Salesforce chose. Asking for
 * the usual names finds it, so that it is never taken for missing (D4).
 */
export const hiddenPolicies = (observed: ObservedOrg, concerns: Concerns): Names =>
  new Map([...lacking(observed, concerns)].map(([type, apps]) => [type, apps.flatMap(usualNames)]));

/**
 * The same for policies under a name that no one can guess. Salesforce tells it when it refuses a second record, so it is
 * asked to judge one and to keep nothing. Only about apps that concern the caller.
 */
export async function unguessedPolicies(
  { org, apiVersion, options }: Asking,
  observed: ObservedOrg,
  concerns: Concerns,
): Promise<Names> {
  const wanted = new Map<string, string[]>();
  const probes = [...lacking(observed, concerns)].flatMap(([type, apps]) =>
    apps.map(({ apiName }) => ({
      type,
      fullName: `${apiName}_${type === POLICY_TYPES[0] ? 'oauthPlcy' : 'plcy'}`,
      fields: {
        externalClientApplication: apiName,
        ...(type === POLICY_TYPES[0]
          ? { [SETTINGS.permittedUsers.eca.field]: 'AdminApprovedPreAuthorized' }
          : { [SETTINGS.appEnabled.eca.field]: false }),
      },
    })),
  );
  if (probes.length === 0) return wanted;
  const files = toPackage(probes, { apiVersion });
  try {
    const outcome = await org.deploy({ files, apiVersion, checkOnly: true }, options);
    for (const { write, name, taken } of takenPolicies(outcome, probes)) {
      if (taken && name !== undefined) wanted.set(write.type, [...(wanted.get(write.type) ?? []), name]);
    }
  } catch (error) {
    // Who may only read cannot ask: the record stays unknown, as it is for every other reader.
    if (!isOrgError(error) || error.kind !== 'refused') throw error;
  }
  return wanted;
}

/** Apps that must have a record of the type and of which none was read. */
function lacking(observed: ObservedOrg, concerns: Concerns): ReadonlyMap<string, readonly ObservedApp[]> {
  const found = new Map<string, ObservedApp[]>();
  for (const app of observed.apps.values()) {
    if (app.condition !== 'present' || app.platform !== 'external-client-app' || !concerns(app)) continue;
    for (const type of POLICY_TYPES) {
      if (app.components[type]?.state === 'absent') found.set(type, [...(found.get(type) ?? []), app]);
    }
  }
  return found;
}

function usualNames({ apiName, components }: ObservedApp): readonly string[] {
  const settings = components[OAUTH_SETTINGS];
  const settingsName = settings?.state === 'present' ? settings.component.fullName : undefined;
  const automatic = POLICY_TYPES.map((type) => automaticName(type, apiName, settingsName));
  return [`${apiName}_oauthPlcy`, `${apiName}_plcy`, ...automatic];
}
