import { isInRange } from '../../values/ip-range';
import { textOf } from '../fields';
import { profileLists } from '../profiles';
import type { OrgState, OrgUser } from '../state';
import { failed } from './answer';

export const IP_RESTRICTED = failed('invalid_grant', 'ip restricted');

/** True where the profile of the user has login IP ranges, and none of them holds the address. */
export function isOutside(org: OrgState, user: OrgUser, address: string): boolean {
  const ranges = profileLists(org, user.profile, 'loginIpRanges');
  return (
    ranges.length > 0 &&
    !ranges.some((range) => isInRange(address, textOf(range, 'startAddress') ?? '', textOf(range, 'endAddress') ?? ''))
  );
}
