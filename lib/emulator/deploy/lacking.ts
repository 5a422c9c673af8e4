import type { Fields } from '../fields';
import { CONNECTED_APP, HEADER, type MetadataType } from '../schema/types';
import type { OrgState, OrgUser } from '../state';
import { holds } from '../usage/permissions';
import { error, type Problem } from './messages';

/** Permissions, one of each group. */
type Groups = readonly (readonly string[])[];

const APP: Groups = [['ExternalClientAppDeveloper']];
const POLICIES: Groups = [['ExternalClientAppAdmin']];
const CONNECTED: Groups = [['CustomizeApplication'], ['ModifyAllData', 'ManageRemoteAccess']];
/** Who may use a Connected App is more than how it is configured. */
const ADMITTING: Groups = [['CustomizeApplication'], ['ModifyAllData'], ['ManageProfilesPermissionsets']];

/** What a component takes of the user who writes or deletes it, beside what every call of the Metadata API takes. */
function takes({ name, satellite }: MetadataType, given: Fields = {}): Groups {
  if (name === CONNECTED_APP) {
    const admits = 'permissionSetName' in given || 'profileName' in given;
    return admits ? ADMITTING : CONNECTED;
  }
  if (name !== HEADER && !satellite) return [];
  return /Policies$/.test(name) ? POLICIES : APP;
}

/** Why the user may not write the component, or delete it where nothing is given. Without a user, the org does it itself. */
export function checkPermissions(
  org: OrgState,
  user: OrgUser | undefined,
  type: MetadataType,
  given?: Fields,
): readonly Problem[] {
  if (user === undefined) return [];
  const lacking = takes(type, given).some((group) => !group.some((permission) => holds(org, user, permission)));
  return lacking ? [error('INSUFFICIENT_ACCESS_OR_READONLY: insufficient access rights on object id')] : [];
}
