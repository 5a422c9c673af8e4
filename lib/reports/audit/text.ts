import type { Audit } from '../../operations/audit';
import { affectedText, byControl, bySentence, type ControlFindings } from '../../policy/by-control';
import type { KindVerdict } from '../../policy/client-kind';
import { type Finding, findings, headline, placeOf, stoppedWords, subjectName } from '../../policy/findings';
import type { CheckReport, ControlResult, Score } from '../../policy/report';
import type { Severity } from '../../policy/severity';
import { visible } from '../../values/visible';
import { diagnosticLines } from '../diagnostic-lines';
import { BLANK, type Line, line, marked, printLines, type Tone } from '../lines';
import type { RenderOptions } from '../style';
import { reportLines as usageLines } from '../usage/text';
import { gapsOf, unevaluated } from './gaps';
import { type AuditGrouping, kindWords, nameOf, packWords, scoreBasis, worstReportsFirst } from './words';

const TONE: Readonly<Record<string, Tone>> = {
  fail: 'bad',
  justified: 'warn',
  'low-risk': 'warn',
  'not-evaluated': 'dim',
};
const SHOWN = ['fail', 'justified', 'low-risk'];

type AuditOptions = RenderOptions & { readonly by?: AuditGrouping };

/** An audit for people: the worst of each app first, what passed only counted, what lowered the score named. */
export function auditText(audits: readonly Audit[], options: AuditOptions = {}): string {
  return printLines(
    audits.flatMap((audit) => auditLines(audit, options)),
    options,
  );
}

function auditLines(audit: Audit, options: AuditOptions): readonly Line[] {
  const { source, reports, diagnostics, score, unread, excluded, origin } = audit;
  return [
    line(0, `Audit of ${visible(source)}: posture ${outOf(score)}`, 'bold'),
    ...scoreLines(score),
    ...gapsOf(audit).map((gap) => marked(1, 'incomplete', 'warn', visible(gap))),
    BLANK,
    ...(options.by === 'control'
      ? [...groupLines(reports), ...exceptionLines(reports), ...restLines(reports)]
      : appLines(reports, origin)),
    ...excluded.map(({ api_name, reason }) =>
      marked(1, 'excluded', 'warn', `${visible(api_name)}: ${visible(reason)}`),
    ),
    ...unread.map(({ path, reason }) => marked(1, 'not read', 'warn', `${visible(path)}: ${visible(reason)}`)),
    ...diagnosticLines(1, diagnostics),
    BLANK,
    ...(audit.usage ? usageLines(audit.usage, options) : notAsked(audit)),
  ];
}

/** An audit that says nothing of tokens must not read as if there were none. */
const notAsked = ({ usage_not_evaluated: why }: Audit): readonly Line[] =>
  why === undefined ? [] : [line(1, why, 'dim'), BLANK];

/** First which controls are violated how often, then each app, the worst first. */
const appLines = (reports: readonly CheckReport[], origin: Audit['origin']): readonly Line[] => [
  ...controlLines(reports),
  ...worstReportsFirst(reports).flatMap((report) => reportLines(report, origin)),
];

/** Every violated control with what to do about it, and the apps that it is to be done to. */
const groupLines = (reports: readonly CheckReport[]): readonly Line[] =>
  byControl(reports).flatMap((group) => groupedLines(group));

const groupedLines = (group: ControlFindings): readonly Line[] => {
  const { control, severity, remedy } = group;
  return [
    marked(1, severity.padEnd(9), 'bad', visible(`${group.headline} (${control}): ${affectedText(group)}`)),
    ...(remedy ? [line(2, `in code:  ${visible(remedy.code)}`), line(2, `in Setup: ${visible(remedy.setup)}`)] : []),
    ...bySentence(group).flatMap((same) => sentenceLines(same, severity)),
    BLANK,
  ];
};

/** What was found, then the apps: those of an org on one line, those of files each with its place. */
function sentenceLines([first, ...more]: readonly [Finding, ...Finding[]], worst: Severity): readonly Line[] {
  const all = [first, ...more];
  const worse = first.result.severity === worst ? '' : ` (${first.result.severity ?? 'low'})`;
  const named = all.map(({ report, result }) => {
    const place = placeOf(report, result);
    return {
      name: `${nameOf(report.subject)}${stoppedWords(report.subject)}`,
      where: place && `${place.file}:${place.line}`,
    };
  });
  const shown = line(2, visible(`- ${first.result.because}${worse}`));
  if (named.every(({ where }) => where === undefined)) {
    return [shown, line(3, visible(named.map(({ name }) => name).join(', ')))];
  }
  return [shown, ...named.map(({ name, where = '' }) => line(3, visible(`${name}  ${where}`)))];
}

/** What someone answers for is no finding, and is named all the same. */
const exceptionLines = (reports: readonly CheckReport[]): readonly Line[] => {
  const lines = findings(reports)
    .filter(({ result }) => result.outcome === 'justified')
    .flatMap(({ report, result }) => [
      marked(2, 'justified', 'warn', visible(`${subjectName(report)}: ${headline(result)} (${result.control})`)),
      ...exceptionLine(result),
    ]);
  return lines.length === 0 ? [] : [line(1, 'Exceptions', 'bold'), ...lines, BLANK];
};

/** Every other result as a number, so that none is taken for a pass. */
function restLines(reports: readonly CheckReport[]): readonly Line[] {
  const results = reports.flatMap((report) => report.results);
  const counts = (['pass', 'low-risk', 'not-evaluated', 'not-applicable'] as const)
    .map((outcome) => [results.filter((each) => each.outcome === outcome).length, GRADE_WORDS[outcome]] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`);
  return counts.length === 0 ? [] : [line(1, `Also ${counts.join(', ')}; see --by app for the reasons.`, 'dim'), BLANK];
}

const GRADE_WORDS = {
  pass: 'passed',
  'low-risk': 'low risk',
  'not-evaluated': 'not evaluated',
  'not-applicable': 'not applicable',
} as const;

function reportLines(report: CheckReport, origin: Audit['origin']): readonly Line[] {
  const { kind, results, score } = report;
  const all = findings([report]);
  const shown = all.filter(({ result }) => SHOWN.includes(result.outcome));
  const count = (outcome: ControlResult['outcome']): number =>
    results.filter((each) => each.outcome === outcome).length;
  const as = kind ? `, client kind ${kindWords(kind)}` : '';
  return [
    line(1, `${visible(subjectName(report))}${stoppedWords(report.subject)}${as}: ${outOf(score)}`, 'bold'),
    ...(kind ? evidenceLines(kind) : []),
    ...(report.pack ? [line(2, visible(packWords(report.pack)), 'bold')] : []),
    ...shown.flatMap(({ result }) => resultLines(report, result)),
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
  const { outcome, severity, control, because } = result;
  const place = placeOf(report, result);
  const mark = outcome === 'fail' ? (severity ?? 'fail') : outcome;
  return [
    marked(2, mark.padEnd(9), TONE[outcome], visible(`${headline(result)} (${control})`)),
    ...(result.finding === undefined ? [] : [line(4, visible(because))]),
    ...(place ? [line(4, visible(`${place.file}:${place.line}`), 'dim')] : []),
    ...exceptionLine(result),
  ];
}

const exceptionLine = ({ exception }: ControlResult): readonly Line[] =>
  exception
    ? [line(4, visible(`justified until ${exception.expires} by ${exception.approved_by}: ${exception.reason}`))]
    : [];

/** Where several subjects violate controls: which control how often, the worst and commonest first. */
function controlLines(reports: readonly CheckReport[]): readonly Line[] {
  const groups = byControl(reports);
  if (reports.length < 2 || groups.length === 0) return [];
  return [
    line(1, 'By control', 'bold'),
    ...groups.map(({ severity, findings: found, headline: words, control }) =>
      marked(2, severity.padEnd(9), 'bad', visible(`${found.length} × ${words} (${control})`)),
    ),
    line(2, '--by control lists them with the affected apps and how to fix each.', 'dim'),
    BLANK,
  ];
}

const outOf = (score: Score): string =>
  score.value === undefined ? 'nothing could be evaluated' : `${score.value.toFixed(1)} of 100${scoreBasis(score)}`;

/** How many of the losses are named; JSON has them all. */
const LOSSES = 5;

function scoreLines({ losses, evaluated, not_evaluated }: Score): readonly Line[] {
  const shown = losses.slice(0, LOSSES).map(({ control, points }) => `${control} -${points.toFixed(1)}`);
  const more = losses.length > LOSSES ? ` and ${losses.length - LOSSES} smaller ones` : '';
  const lost = shown.length === 0 ? 'no points lost' : `points lost: ${shown.join(', ')}${more}`;
  return [line(1, `${evaluated} checks scored, ${not_evaluated} not evaluated; ${lost}.`, 'dim')];
}

/** Why an app that no one declared is taken for what it is judged as. */
function evidenceLines({ confidence, evidence, judged_as }: KindVerdict): readonly Line[] {
  if (confidence === 'declared' || confidence === 'stated') return [];
  const because = evidence.map((each) => `${each.because} (${each.kind})`);
  const shown = because.length === 0 ? 'nothing that was read shows what kind of client it is' : because.join('; ');
  const both =
    judged_as.length > 1
      ? `. Checked against the policies of ${judged_as.join(' and ')} clients, and the worse result counts; --config can set the kind`
      : '';
  return [line(2, visible(`evidence: ${shown}${both}`), 'dim')];
}
