import { grants, profileGrants } from '../profiles';
import { PERMISSION_SET } from '../schema/types';
import { componentOf, type OrgState, type OrgUser, permitted } from '../state';

/** True where the user has the permission: of the deploying user org.json says, of others profile and permission sets. */
export function holds(state: OrgState, user: OrgUser | undefined, permission: string): boolean {
  if (user === undefined) return false;
  if (user.username === state.deployUser.username) return permitted(state, `Permissions${permission}`);
  if (profileGrants(state, user.profile, permission)) return true;
  return user.permissionSets.some((name) => grants(componentOf(state, PERMISSION_SET, name)?.fields ?? {}, permission));
}
