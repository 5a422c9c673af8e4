import { isComplete, overdue, unknownApps, type UsageReport } from '../usage/report';
import { EXIT, type ExitCode } from './exit-code';

/** The part of a report that the gate is about. */
export const unknownAppsJson = (report: UsageReport): object => ({
  org: report.org,
  complete: isComplete(report),
  unknown: unknownApps(report),
  review_overdue: overdue(report),
  not_evaluated: report.not_evaluated,
});

/** An app no one knows is drift. Not having been able to look is an error, and never a pass. */
export function codeOfUsage(report: UsageReport): ExitCode {
  if (unknownApps(report).length > 0 || overdue(report).length > 0) return EXIT.changes;
  return isComplete(report) ? EXIT.ok : EXIT.error;
}
