import type { Audit } from '../operations/audit';
import { diagnosticLines } from '../plan/render/diagnostic-lines';
import { BLANK, type Line, line, marked, printLines, type Tone } from '../plan/render/lines';
import type { RenderOptions } from '../plan/render/style';
import { visible } from '../plan/render/visible';
import { findings, subjectName } from '../policy/formats/findings';
import type { CheckReport, ControlResult } from '../policy/report';

const TONE: Readonly<Record<string, Tone>> = {
  fail: 'bad',
  justified: 'warn',
  'low-risk': 'warn',
  'not-evaluated': 'dim',
};
const TOLD = ['fail', 'justified', 'low-risk'];

/** An audit for people: the worst of each app first, what passed only counted, what lowered the score named. */
export function auditText(audits: readonly Audit[], options: RenderOptions = {}): string {
  return printLines(audits.flatMap(auditLines), options);
}

function auditLines({ source, reports, diagnostics, score, unread }: Audit): readonly Line[] {
  return [
    line(0, `Audit of ${visible(source)}: posture ${points(score.value)} of 100`, 'bold'),
    BLANK,
    ...reports.flatMap(reportLines),
    ...unread.map(({ path, reason }) => marked(1, 'not read', 'warn', `${visible(path)}: ${visible(reason)}`)),
    ...diagnosticLines(1, diagnostics),
    BLANK,
  ];
}

function reportLines(report: CheckReport): readonly Line[] {
  const { kind, results, score } = report;
  const told = findings([report]).filter(({ result }) => TOLD.includes(result.outcome));
  const count = (outcome: ControlResult['outcome']): number =>
    results.filter((each) => each.outcome === outcome).length;
  const as = kind ? `, ${kind.judged_as.join(' or ')} client` : '';
  return [
    line(1, `${visible(subjectName(report))}${as}: ${points(score.value)} of 100`, 'bold'),
    ...told.flatMap(({ result }) => resultLines(result)),
    line(
      2,
      `${count('pass')} passed, ${count('fail')} failed, ${count('low-risk')} low risk, ${count('justified')} justified, ` +
        `${count('not-evaluated')} not evaluated, ${count('not-applicable')} not applicable`,
      'dim',
    ),
    BLANK,
  ];
}

function resultLines({ outcome, severity, control, title, because, exception }: ControlResult): readonly Line[] {
  const mark = outcome === 'fail' ? (severity ?? 'fail') : outcome;
  return [
    marked(2, mark.padEnd(9), TONE[outcome], `${control}: ${title}`),
    line(4, visible(because)),
    ...(exception
      ? [
          line(
            4,
            `justified until ${visible(exception.expires)} by ${visible(exception.approved_by)}: ${visible(exception.reason)}`,
          ),
        ]
      : []),
  ];
}

const points = (value: number | undefined): string => (value === undefined ? 'not evaluated' : value.toFixed(1));
