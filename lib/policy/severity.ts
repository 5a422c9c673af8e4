import { capital } from '../values/plural';

/** How bad a violation is, by the bands of CVSS 3.1. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Violations of this severity or a worse one stop synth, and every change that brings them, unless said otherwise. */
export const FAIL_ON: Severity = 'high';

/** The severity from which on a violation blocks; `none`: nothing that may be excused does. */
export type FailOn = Severity | 'none';

export const FAIL_ON_VALUES: readonly FailOn[] = ['none', ...SEVERITIES];

export const failOnOf = (given: unknown): FailOn | undefined => FAIL_ON_VALUES.find((value) => value === given);

/** Where a score lies, both ends included, and who estimated it: Salesforce's article, or this library where none does. */
export interface CvssRange {
  readonly from: number;
  readonly to: number;
  readonly by: 'salesforce' | 'ours';
}

const LOWEST: Readonly<Record<Severity, number>> = { critical: 9, high: 7, medium: 4, low: 0 };
const HIGHEST: Readonly<Record<Severity, number>> = { critical: 10, high: 8.9, medium: 6.9, low: 3.9 };

/** The whole band as a range. */
export const band = (severity: Severity, by: CvssRange['by']): CvssRange => ({
  from: severity === 'low' ? 0.1 : LOWEST[severity],
  to: HIGHEST[severity],
  by,
});

/**
 * Of a switch that Salesforce rates High on External Client Apps and Critical on Connected Apps: the whole of both, so
 * that it is critical only where something makes it so.
 */
export const TWO_RATINGS: CvssRange = { from: LOWEST.high, to: HIGHEST.critical, by: 'salesforce' };

export const WHY_TWO_RATINGS =
  'Salesforce rates the very same switch High on External Client Apps and Critical on Connected Apps. This control spans ' +
  'both, and is critical only where a circumstance makes it worse and none makes it better.';

/** The band that a score falls into. */
export function severityOf(score: number): Severity {
  return SEVERITIES.find((severity) => score >= LOWEST[severity]) ?? 'low';
}

/** `High (7.0 to 8.9)`, `Medium to High (6.0 to 8.5)`. */
export function formatRange({ from, to }: CvssRange): string {
  const [low, high] = [severityOf(from), severityOf(to)].map(capital);
  const names = low === high ? low : `${low} to ${high}`;
  return `${names} (${from.toFixed(1)} to ${to.toFixed(1)})`;
}

/** The score inside the range: its upper end where only raising conditions hold, its lower end where only lowering do. */
export function scoreWithin(range: CvssRange, raised: boolean, lowered: boolean): number {
  if (raised && !lowered) return range.to;
  if (lowered && !raised) return range.from;
  return Math.round((range.from + range.to) * 5) / 10;
}
