import { controlById } from './controls';
import { setupOf } from './describe';
import type { CheckReport, ControlResult, Place, ReportSubject } from './report';
import { SEVERITIES, type Severity } from './severity';

/** One result beside what it is about. */
export interface Finding {
  readonly subject: string;
  readonly report: CheckReport;
  readonly result: ControlResult;
}

/** The one line that says what was found: what is wrong of a violation, the sentence about this app of anything else. */
export const headline = ({ finding, because }: ControlResult): string => finding ?? because;

/** `app PartnerPortal`, `connected app Old`, `org settings`. */
export function subjectName({ subject }: CheckReport): string {
  if (subject.type === 'org') return 'org settings';
  return `${subject.platform === 'connected-app' ? 'connected app' : 'app'} ${subject.api_name}`;
}

/** What stands behind the name of an app that someone switched off; it is judged as it would be when switched on. */
export const stoppedWords = (subject: ReportSubject): string =>
  subject.type === 'app' && subject.stopped ? ' (stopped)' : '';

/** Where it is written what the result is about; else where its app is. */
export const placeOf = ({ places }: CheckReport, { control }: ControlResult): Place | undefined =>
  places?.controls[control] ?? places?.subject;

/** How to put it right, in the words of the subject's own platform. */
export function remedyOf(
  { subject }: CheckReport,
  { control: id }: ControlResult,
): { readonly code: string; readonly setup: string } | undefined {
  const control = controlById(id);
  if (!control) return undefined;
  const platform = subject.type === 'app' ? subject.platform : undefined;
  return { code: control.remedy.code, setup: setupOf(control, platform) };
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
