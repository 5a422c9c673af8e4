import { grants, profileGrants } from '../profiles';
import { PERMISSION_SET } from '../schema/types';
import { componentOf, type OrgState, type OrgUser, permitted } from '../state';

/** True where the user has the permission: of the deploying user org.json says, of others profile and permission sets. */
export function holds(state: OrgState, user: OrgUser | undefined, permission: string): boolean {
  if (user === undefined) return false;
  if (user.username === state.deployUser.username) return permitted(state, `Permissions${permission}`);
  return profileGrants(state, user.profile, permission) || setGrants(state, user, permission);
}

/** True where a permission set of the user, or of a group of theirs, grants the permission. */
function setGrants(state: OrgState, { permissionSets, groups = [] }: OrgUser, permission: string): boolean {
  const sets = [...permissionSets, ...groups.flatMap((group) => group.permissionSets)];
  return sets.some((name) => grants(componentOf(state, PERMISSION_SET, name)?.fields ?? {}, permission));
}

/** True where the user may call APIs at all: the seed says it of a user’s profile, and permission sets add to it. */
export const mayUseApi = (state: OrgState, user: OrgUser): boolean =>
  user.username === state.deployUser.username
    ? permitted(state, 'PermissionsApiEnabled')
    : user.apiEnabled || setGrants(state, user, 'ApiEnabled');
