import { z } from 'zod';

import { queryTogether, rowsAs } from './composite-query';
import type { Door } from './door';
import type { ApiClientHolders, CallOptions } from './org';

/** Every profile has a permission set behind it that its users hold, so this one object tells all of it. */
const QUERY =
  'SELECT Name, Label, IsOwnedByProfile, Profile.Name FROM PermissionSet WHERE PermissionsUseAnyApiClient = true';

const Holder = z.object({
  Name: z.string(),
  Label: z.string().nullish(),
  IsOwnedByProfile: z.boolean(),
  Profile: z.object({ Name: z.string() }).nullish(),
});

/** Reads which profiles and permission sets grant Use Any API Client; what the org refuses is a reason, never "none". */
export async function readApiClientHolders(
  door: Door,
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<ApiClientHolders> {
  const fact = 'who may use any API client';
  const { holders } = await queryTogether(door, { holders: QUERY }, { what: `read ${fact}`, apiVersion, signal });
  if ('refused' in holders) {
    // Only an org that has API Access Control knows the permission.
    return holders.errorCode === 'INVALID_FIELD'
      ? {
          unknown:
            'the org does not show the permission, as before Salesforce Support has made API Access Control available',
        }
      : { unknown: holders.refused };
  }
  const names = rowsAs(fact, Holder, holders.rows).map(({ Name, Label, IsOwnedByProfile, Profile }) =>
    IsOwnedByProfile ? `profile ${Profile?.Name ?? Label ?? Name}` : `permission set ${Name}`,
  );
  return { holders: names.sort() };
}
