import { referencesIn, type ReferencesReading, REFERRING_TYPES } from '../metadata/references';
import type { CallOptions, Org } from '../org/org';
import { isOrgError } from '../org/org-error';

/**
 * Reads which metadata beside the apps names an app: one retrieve, and only where an app is to be deleted. What the org
 * does not show is said, and never counts as "nothing".
 * @param offered The metadata types of the org, as a reading of it has them.
 * @throws OrgError where the org cannot be reached or its answer makes no sense.
 */
export async function readReferences(
  org: Org,
  apiVersion: number,
  offered: ReadonlySet<string>,
  options: CallOptions,
): Promise<ReferencesReading> {
  const types = REFERRING_TYPES.filter((type) => offered.has(type));
  const missing = REFERRING_TYPES.filter((type) => !offered.has(type)).map(
    (type) => `${type}: the org does not offer it`,
  );
  if (types.length === 0) return { found: [], unread: missing };
  try {
    const wanted = new Map(types.map((type) => [type, ['*']]));
    const { files, problems } = await org.retrieve({ apiVersion, types: wanted }, options);
    const { found, unread } = referencesIn(files);
    return { found, unread: [...missing, ...problems.map(({ problem }) => problem), ...unread] };
  } catch (error) {
    if (!isOrgError(error) || error.kind !== 'refused') throw error;
    return { found: [], unread: [...missing, `${types.join(', ')}: ${error.message}`] };
  }
}
