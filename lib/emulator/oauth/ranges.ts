import { isInRange } from '../../values/ip-range';
import { type Fields, textOf } from '../fields';

/** True where one of the records is a range that holds the address; its ends are the fields of these names. */
export const holdsAddress = (
  ranges: readonly Fields[],
  [start, end]: readonly [start: string, end: string],
  address: string,
): boolean => ranges.some((range) => isInRange(address, textOf(range, start) ?? '', textOf(range, end) ?? ''));
