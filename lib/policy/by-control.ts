import { groupBy } from '../values/group-by';
import { plural } from '../values/plural';
import { type Finding, findings, headline, remedyOf } from './findings';
import type { CheckReport } from './report';
import { SEVERITIES, type Severity } from './severity';

/** Every violation of one control, and one remedy for all of them. */
export interface ControlFindings {
  readonly control: string;
  /** Of the worst of them. */
  readonly severity: Severity;
  readonly headline: string;
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly remedy: ReturnType<typeof remedyOf>;
}

/** What fails, control by control: the worst first, and of equally bad ones the commonest. */
export function byControl(reports: readonly CheckReport[]): readonly ControlFindings[] {
  const failures = findings(reports).filter(({ result }) => result.outcome === 'fail');
  // Worst first already, so that the first of each group is its worst, and the groups come by their worst.
  return [...groupBy(failures, ({ result }) => result.control).values()]
    .map((found): ControlFindings => {
      const [{ result }] = found;
      const severity = result.severity ?? 'low';
      return {
        control: result.control,
        severity,
        headline: headline(result),
        findings: found,
        remedy: remedyOfAll(found),
      };
    })
    .sort((a, b) => rankOf(a) - rankOf(b) || b.findings.length - a.findings.length);
}

/** The two kinds of app are set up in different places. */
function remedyOfAll(found: readonly Finding[]): ControlFindings['remedy'] {
  const remedies = found.flatMap(({ report, result }) => remedyOf(report, result) ?? []);
  const [first] = remedies;
  return first && { ...first, setup: [...new Set(remedies.map(({ setup }) => setup))].join(', or ') };
}

/** Findings that say the same, each with those that it is said of. */
export const bySentence = ({ findings: found }: ControlFindings): readonly (readonly [Finding, ...Finding[]])[] => [
  ...groupBy(found, ({ result }) => `${result.severity ?? 'low'} ${result.because}`).values(),
];

/** `3 apps`, or `org settings`, which are no app. */
export const affectedText = ({ findings: found }: ControlFindings): string =>
  found.every(({ report }) => report.subject.type === 'org') ? 'org settings' : plural(found.length, 'app');

const rankOf = ({ severity }: ControlFindings): number => SEVERITIES.indexOf(severity);
