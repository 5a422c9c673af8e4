import { profileLists } from '../profiles';
import type { OrgState, OrgUser } from '../state';
import { failed } from './answer';
import { holdsAddress } from './ranges';

export const IP_RESTRICTED = failed('invalid_grant', 'ip restricted');

/** True where the profile of the user has login IP ranges, and none of them holds the address. */
export function isOutside(org: OrgState, user: OrgUser, address: string): boolean {
  const ranges = profileLists(org, user.profile, 'loginIpRanges');
  return ranges.length > 0 && !holdsAddress(ranges, ['startAddress', 'endAddress'], address);
}
