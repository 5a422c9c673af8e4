import type { CheckReport, ControlResult } from '../report';
import { SEVERITIES, type Severity } from '../severity';

/** One result beside what it is about. */
export interface Finding {
  readonly subject: string;
  readonly report: CheckReport;
  readonly result: ControlResult;
}

/** `app PartnerPortal`, `connected app Old`, `org settings`. */
export function subjectName({ subject }: CheckReport): string {
  if (subject.type === 'org') return 'org settings';
  return `${subject.platform === 'connected-app' ? 'connected app' : 'app'} ${subject.api_name}`;
}

/** Every result of every report, worst first: failures by severity, then everything else in its order. */
export function findings(reports: readonly CheckReport[]): readonly Finding[] {
  return reports
    .flatMap((report) => report.results.map((result) => ({ subject: subjectName(report), report, result })))
    .sort((a, b) => rank(a.result) - rank(b.result));
}

function rank({ outcome, severity }: ControlResult): number {
  if (outcome === 'fail') return severity === undefined ? 0 : SEVERITIES.indexOf(severity);
  return ['justified', 'low-risk', 'not-evaluated', 'pass', 'not-applicable'].indexOf(outcome) + SEVERITIES.length;
}

/** The failures at or above the threshold: what makes an audit exit with 3. */
export function failuresAtLeast(reports: readonly CheckReport[], threshold: Severity): readonly Finding[] {
  return findings(reports).filter(
    ({ result: { outcome, severity } }) =>
      outcome === 'fail' && SEVERITIES.indexOf(severity ?? 'low') <= SEVERITIES.indexOf(threshold),
  );
}
