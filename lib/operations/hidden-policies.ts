import type { ObservedApp, ObservedOrg } from '../metadata/observed';
import { toPackage } from '../metadata/package/package-files';
import type { CallOptions, Org, RetrieveAnswer } from '../org/org';
import { isOrgError } from '../org/org-error';
import { POLICY_TYPES, takenPolicies } from './policy-names';

/** Names to ask for, by metadata type. */
type Names = ReadonlyMap<string, readonly string[]>;

interface Asking {
  readonly org: Org;
  readonly apiVersion: number;
  readonly options: CallOptions;
}

/**
 * A policy record always exists once an app does, yet a wildcard may miss one under a name Salesforce chose. Asking for
 * the usual names finds it, so that it is never taken for missing (D4).
 */
export async function readHiddenPolicies(
  asking: Asking,
  observed: ObservedOrg,
  answer: RetrieveAnswer,
): Promise<RetrieveAnswer | undefined> {
  const wanted = new Map<string, readonly string[]>();
  for (const [type, apps] of lacking(observed)) wanted.set(type, apps.flatMap(usualNames));
  return readNamed(asking, wanted, answer);
}

/**
 * The same for policies under a name that nobody can guess. Salesforce tells it when it refuses a second record, so it is
 * asked to judge one and to keep nothing. Only about apps that concern the caller.
 */
export async function readUnguessedPolicies(
  asking: Asking,
  observed: ObservedOrg,
  answer: RetrieveAnswer,
  concerns: (app: ObservedApp) => boolean,
): Promise<RetrieveAnswer | undefined> {
  const probes = [...lacking(observed)].flatMap(([type, apps]) =>
    apps.filter(concerns).map(({ apiName }) => ({
      type,
      fullName: `${apiName}_${type === POLICY_TYPES[0] ? 'oauthPlcy' : 'plcy'}`,
      fields: {
        externalClientApplication: apiName,
        ...(type === POLICY_TYPES[0]
          ? { permittedUsersPolicyType: 'AdminApprovedPreAuthorized' }
          : { isEnabled: false }),
      },
    })),
  );
  if (probes.length === 0) return undefined;
  const { org, apiVersion, options } = asking;
  const files = toPackage(probes, { apiVersion });
  try {
    const outcome = await org.deploy({ files, apiVersion, checkOnly: true }, options);
    const wanted = new Map<string, string[]>();
    for (const { write, name, told } of takenPolicies(outcome, probes)) {
      if (told && name !== undefined) wanted.set(write.type, [...(wanted.get(write.type) ?? []), name]);
    }
    return await readNamed(asking, wanted, answer);
  } catch (error) {
    // Who may only read cannot ask: the record stays unknown, as it is for every other reader.
    if (isOrgError(error) && error.kind === 'refused') return undefined;
    throw error;
  }
}

/** Apps that must have a record of the type and of which none was read. */
function lacking(observed: ObservedOrg): ReadonlyMap<string, readonly ObservedApp[]> {
  const found = new Map<string, ObservedApp[]>();
  for (const app of observed.apps.values()) {
    if (app.condition !== 'present' || app.platform !== 'external-client-app') continue;
    for (const type of POLICY_TYPES) {
      if (app.components[type]?.state === 'absent') found.set(type, [...(found.get(type) ?? []), app]);
    }
  }
  return found;
}

function usualNames({ apiName, components }: ObservedApp): readonly string[] {
  const settings = components['ExtlClntAppOauthSettings'];
  const settingsName = settings?.state === 'present' ? settings.component.fullName : `${apiName}_oauth`;
  return [`${apiName}_oauthPlcy`, `${settingsName}_defaultPolicy`, `${apiName}_plcy`, `${apiName}_defaultPolicy`];
}

async function readNamed(
  { org, apiVersion, options }: Asking,
  types: Names,
  answer: RetrieveAnswer,
): Promise<RetrieveAnswer | undefined> {
  if (types.size === 0) return undefined;
  const more = await org.retrieve({ apiVersion, types }, options);
  const files = new Map([...answer.files, ...more.files]);
  return { ...answer, files, problems: [...answer.problems, ...more.problems] };
}
