import { readUsage } from '../operations/read-usage';
import type { Org } from '../org/org';
import type { OrgPlan } from '../plan/plan';
import { isComplete, overdue, unknownApps, type UsageReport } from '../usage/report';
import type { KnownApp } from '../values/known-app';
import { EXIT, type ExitCode } from './exit-code';
import { DEFAULT_DAYS, timeSince } from './usage-question';
import type { Run } from './with-run';

/** Who uses the org of a plan, for the gate. @param known The allow-list of the configuration. */
export function unknownAppsOf(
  run: Run,
  org: Org,
  { known, plan }: { readonly known: readonly KnownApp[]; readonly plan: OrgPlan },
): Promise<UsageReport> {
  const today = run.io.today();
  return readUsage(org, {
    org: plan.org,
    orgId: plan.org_id,
    today,
    since: timeSince('--since', `${DEFAULT_DAYS}d`, today),
    known,
    manifest: plan.manifest,
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
