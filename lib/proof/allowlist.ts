import { valueOf } from '../policy/reading';
import { isInRange } from '../values/ip-range';
import type { Subject } from './subject';

/** Addresses of documentation (RFC 5737), which no one has. */
const ELSEWHERE = ['192.0.2.99', '198.51.100.99', '203.0.113.99'];

/** All that counts of an app here. */
interface Listed {
  readonly fields: Pick<Subject['fields'], 'refreshIpRanges'>;
}

const rangesOf = ({ fields }: Listed) => valueOf(fields.refreshIpRanges) ?? [];

/** An address that the allowlist of refresh tokens lets in; undefined where there is no list. */
export const insideOf = (subject: Listed): string | undefined => rangesOf(subject)[0]?.start;

/** One that it keeps out; undefined where there is no list, or one that holds everything. */
export function outsideOf(subject: Listed): string | undefined {
  const ranges = rangesOf(subject);
  if (ranges.length === 0) return undefined;
  return ELSEWHERE.find((address) => !ranges.some(({ start, end }) => isInRange(address, start, end)));
}
