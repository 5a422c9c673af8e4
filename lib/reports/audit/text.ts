import type { Audit } from '../../operations/audit';
import { diagnosticLines } from '../diagnostic-lines';
import { BLANK, type Line, line, marked, printLines, type Tone } from '../lines';
import type { RenderOptions } from '../style';
import { visible } from '../../values/visible';
import { findings, headline, placeOf, stoppedWords, subjectName } from '../../policy/findings';
import type { KindVerdict } from '../../policy/client-kind';
import type { CheckReport, ControlResult, Score } from '../../policy/report';
import { reportLines as usageLines } from '../usage/text';
import { gapsOf, unevaluated } from './gaps';
import { GRADES, kindWords, packWords } from './words';

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

function auditLines(audit: Audit): readonly Line[] {
  const { source, reports, diagnostics, score, unread, excluded, origin } = audit;
  return [
    line(0, `Audit of ${visible(source)}: posture ${outOf(score.value)}`, 'bold'),
    ...scoreLines(score),
    ...gapsOf(audit).map((gap) => marked(1, 'not clean', 'warn', visible(gap))),
    BLANK,
    ...reports.flatMap((report) => reportLines(report, origin)),
    ...controlLines(reports),
    ...excluded.map(({ api_name, reason }) =>
      marked(1, 'excluded', 'warn', `${visible(api_name)}: ${visible(reason)}`),
    ),
    ...unread.map(({ path, reason }) => marked(1, 'not read', 'warn', `${visible(path)}: ${visible(reason)}`)),
    ...diagnosticLines(1, diagnostics),
    BLANK,
    ...(audit.usage ? usageLines(audit.usage) : notAsked(audit)),
  ];
}

/** An audit that says nothing of tokens must not read as if there were none. */
const notAsked = ({ usage_not_evaluated: why }: Audit): readonly Line[] =>
  why === undefined ? [] : [line(1, why, 'dim'), BLANK];

function reportLines(report: CheckReport, origin: Audit['origin']): readonly Line[] {
  const { kind, results, score } = report;
  const all = findings([report]);
  const told = all.filter(({ result }) => TOLD.includes(result.outcome));
  const count = (outcome: ControlResult['outcome']): number =>
    results.filter((each) => each.outcome === outcome).length;
  const as = kind ? `, client kind ${kindWords(kind)}` : '';
  return [
    line(1, `${visible(subjectName(report))}${stoppedWords(report.subject)}${as}: ${outOf(score.value)}`, 'bold'),
    ...(kind ? evidenceLines(kind) : []),
    ...(report.pack ? [line(2, visible(packWords(report.pack)), 'bold')] : []),
    ...told.flatMap(({ result }) => resultLines(report, result)),
    line(
      2,
      `${count('pass')} passed, ${count('fail')} failed, ${count('low-risk')} low risk, ${count('justified')} justified, ` +
        `${count('not-evaluated')} not evaluated, ${count('not-applicable')} not applicable`,
      'dim',
    ),
    ...unevaluated(all, origin).map((reason) => line(2, visible(reason), 'dim')),
    BLANK,
  ];
}

function resultLines(report: CheckReport, result: ControlResult): readonly Line[] {
  const { outcome, severity, control, because, exception } = result;
  const place = placeOf(report, result);
  const mark = outcome === 'fail' ? (severity ?? 'fail') : outcome;
  return [
    marked(2, mark.padEnd(9), TONE[outcome], visible(`${headline(result)} (${control})`)),
    ...(result.finding === undefined ? [] : [line(4, visible(because))]),
    ...(place ? [line(4, visible(`${place.file}:${place.line}`), 'dim')] : []),
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

/** Where several subjects violate controls: which control how often, the worst and commonest first. */
function controlLines(reports: readonly CheckReport[]): readonly Line[] {
  const byControl = new Map<string, { readonly words: string; readonly mark: string; count: number }>();
  for (const { result } of findings(reports)) {
    if (result.outcome !== 'fail') continue;
    const mark = result.severity ?? 'low';
    const key = `${mark} ${result.control}`;
    const known = byControl.get(key) ?? { words: `${headline(result)} (${result.control})`, mark, count: 0 };
    byControl.set(key, { ...known, count: known.count + 1 });
  }
  const rows = [...byControl.values()];
  if (reports.length < 2 || rows.length === 0) return [];
  const rank = ({ mark }: (typeof rows)[number]): number => GRADES.indexOf(mark);
  return [
    line(1, 'By control', 'bold'),
    ...rows
      .sort((a, b) => rank(a) - rank(b) || b.count - a.count)
      .map(({ mark, count, words }) => marked(2, mark.padEnd(9), 'bad', visible(`${count} × ${words}`))),
    line(2, 'client-apps explain CONTROL says how to fix it.', 'dim'),
    BLANK,
  ];
}

const outOf = (value: number | undefined): string =>
  value === undefined ? 'nothing could be evaluated' : `${value.toFixed(1)} of 100`;

/** How many of the losses are named; JSON has them all. */
const LOSSES = 5;

function scoreLines({ losses, evaluated, not_evaluated }: Score): readonly Line[] {
  const told = losses.slice(0, LOSSES).map(({ control, points }) => `${control} -${points.toFixed(1)}`);
  const more = losses.length > LOSSES ? ` and ${losses.length - LOSSES} smaller ones` : '';
  const lost = told.length === 0 ? 'nothing lowers it' : `it lost ${told.join(', ')}${more}`;
  return [line(1, `${evaluated} results count, ${not_evaluated} could not be evaluated; ${lost}.`, 'dim')];
}

/** Why an app that nobody declared is taken for what it is judged as. */
function evidenceLines({ confidence, evidence, judged_as }: KindVerdict): readonly Line[] {
  if (confidence === 'declared' || confidence === 'stated') return [];
  const because = evidence.map((each) => `${each.because} (${each.kind})`);
  const told = because.length === 0 ? 'nothing that was read tells what kind of client it is' : because.join('; ');
  const both =
    judged_as.length > 1
      ? `. Judged by the policies of ${judged_as.join(' and ')} clients, the worse result counts; --config can state the kind`
      : '';
  return [line(2, visible(`evidence: ${told}${both}`), 'dim')];
}
