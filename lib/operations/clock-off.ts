import { clockWords } from '../org/clock';
import type { Org } from '../org/org';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';

/** Dates are judged by days: half of one is no slip of a clock any more. */
const MOST_MS = 12 * 3_600_000;

/**
 * That the clock of this machine and that of the org are too far apart for what depends on a date. Nothing where they are
 * not, or where the org has not answered yet.
 */
export function clockOff(
  { clockSkewMs = 0 }: Pick<Org, 'clockSkewMs'>,
  path: string,
  what: string,
): readonly Diagnostic[] {
  if (Math.abs(clockSkewMs) < MOST_MS) return [];
  return [diagnose('clock-off', { path }, { skew: clockWords(clockSkewMs), what })];
}
