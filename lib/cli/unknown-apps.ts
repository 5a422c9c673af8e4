import type { Manifest } from '../metadata/manifest';
import { readUsage } from '../operations/read-usage';
import type { Org } from '../org/org';
import { isComplete, overdue, unknownApps, type UsageReport } from '../usage/report';
import type { KnownApp } from '../values/known-app';
import { EXIT, type ExitCode } from './exit-code';
import { DEFAULT_DAYS, timeSince } from './usage-question';
import type { Run } from './with-run';

/** Who uses the org, for the gate. @param known The allow-list of the configuration. */
export function unknownAppsOf(
  run: Run,
  known: readonly KnownApp[],
  { org, manifest }: { readonly org: Org; readonly manifest: Manifest },
): Promise<UsageReport> {
  const today = run.io.today();
  return readUsage(org, {
    org: manifest.org.name,
    today,
    since: timeSince('--since', `${DEFAULT_DAYS}d`, today),
    known,
    manifest,
    signal: run.interrupts.signal,
  });
}

/** The part of a report that the gate is about. */
export const unknownAppsJson = (report: UsageReport): object => ({
  org: report.org,
  complete: isComplete(report),
  unknown: unknownApps(report),
  review_overdue: overdue(report),
  not_evaluated: report.not_evaluated,
});

/** An app nobody knows is drift. Not having been able to look is an error, and never a pass. */
export function codeOfUsage(report: UsageReport): ExitCode {
  if (unknownApps(report).length > 0 || overdue(report).length > 0) return EXIT.changes;
  return isComplete(report) ? EXIT.ok : EXIT.error;
}
