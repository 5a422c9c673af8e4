import type { Audit } from '../../operations/audit';
import { affectedText, byControl, type ControlFindings } from '../../policy/by-control';
import { controlById } from '../../policy/controls';
import { type Finding, findings, headline, placeOf, remedyOf, stoppedWords } from '../../policy/findings';
import type { CheckReport, ControlResult } from '../../policy/report';
import { SEVERITIES } from '../../policy/severity';
import { formatDiagnostic } from '../../values/diagnostic';
import { saidOnce } from '../../values/same-diagnostics';
import { type Block, fit, sizeOf } from '../budget';
import { escapeHtml } from '../escape-html';
import { code, prose } from '../markdown-prose';
import { MARKDOWN_LIMIT } from '../plan/markdown';
import { usageMarkdown, usageSummary } from '../usage/table';
import { GAPS_REMEDY, gapsOf, unevaluated } from './gaps';
import {
  type AuditGrouping,
  gradeOf,
  gradeWords,
  kindWords,
  nameOf,
  packWords,
  platformOf,
  points,
  scoreBasis,
  worstReportsFirst,
} from './words';

/** Lets a script find its earlier comment and update it in place. */
export const AUDIT_MARKDOWN_MARKER = '<!-- client-apps audit -->';

interface Placed extends Finding {
  readonly source: string;
}

const SIGNS: Readonly<Record<string, string>> = { critical: '🟥', high: '🟧', medium: '🟨', low: '🟦' };

/**
 * Audits as one comment on a pull request: violations first, worst first, then what someone answered for, then folded
 * away what is bearable, unknown or fine. Never over the limit, in bytes, of which there are never fewer than characters:
 * what does not fit is shortened, then left out and counted.
 */
export function auditMarkdown(
  audits: readonly Audit[],
  { limit = MARKDOWN_LIMIT, by = 'app' }: { readonly limit?: number; readonly by?: AuditGrouping } = {},
): string {
  const placed = audits.flatMap(({ source, reports }) =>
    findings(reports).map((finding): Placed => ({ ...finding, source })),
  );
  const of = (...outcomes: readonly ControlResult['outcome'][]): readonly Placed[] =>
    placed.filter(({ result }) => outcomes.includes(result.outcome));
  const violations = [...of('fail')].sort((a, b) => severityRank(a) - severityRank(b));
  const several = audits.length > 1;
  const head = `${AUDIT_MARKDOWN_MARKER}\n## Client app audit: ${title(violations)}\n`;
  const blocks: readonly Block[] = [
    ...audits.map(scoreBlock),
    ...audits.flatMap(gapBlocks),
    ...problemBlocks(audits),
    ...(by === 'control'
      ? audits.flatMap((audit) => byControl(audit.reports).map((group) => controlBlock(group, audit.source, several)))
      : violations.map((finding) => violationBlock(finding, several))),
    ...of('justified').map((finding) => justifiedBlock(finding, several)),
    ...folded('Low risk', of('low-risk'), several),
    ...audits.flatMap(unevaluatedBlock),
    ...audits.flatMap(excludedBlock),
    ...audits.flatMap(unreadBlock),
    ...audits.flatMap(subjectsBlock),
    ...audits.flatMap(usageBlock),
  ];
  const { text, shortened, omitted } = fit(
    blocks,
    limit - sizeOf(head) - sizeOf(lossText(blocks.length, blocks.length)),
  );
  return `${head}${text}${lossText(shortened, omitted)}`;
}

const severityRank = ({ result }: Finding): number => SEVERITIES.indexOf(result.severity ?? 'low');

function title(violations: readonly Finding[]): string {
  if (violations.length === 0) return 'no violations';
  const parts = SEVERITIES.flatMap((severity) => {
    const count = violations.filter(({ result }) => result.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  return `${violations.length} ${violations.length === 1 ? 'violation' : 'violations'} (${parts.join(', ')})`;
}

function lossText(shortened: number, omitted: number): string {
  const parts = [
    ...(shortened > 0 ? [`${shortened} entries shown without details`] : []),
    ...(omitted > 0 ? [`${omitted} entries left out, the least severe ones`] : []),
  ];
  return parts.length === 0
    ? ''
    : `\n> ⚠️ Too long for one comment: ${parts.join(', ')}. The JSON report has everything.\n`;
}

const LOSSES = 3;

function scoreBlock({ source, score, reports }: Audit): Block {
  const failing = reports.filter(({ results }) => results.some(({ outcome }) => outcome === 'fail')).length;
  const short = `\n**${code(source)}**: posture **${points(score.value)}** of 100${scoreBasis(score)}; ${failing} of ${reports.length} apps and settings violate a control.\n`;
  const lost = score.losses
    .slice(0, LOSSES)
    .map(({ control, points: lostPoints }) => `${control} −${lostPoints.toFixed(1)}`);
  return { versions: lost.length === 0 ? [short] : [`${short}Most points lost to ${lost.join(', ')}.\n`, short] };
}

const gapBlocks = (audit: Audit): readonly Block[] =>
  gapsOf(audit).map((gap) => ({ versions: [`\n⚠️ ${code(audit.source)}: ${prose(gap)}. ${GAPS_REMEDY}\n`] }));

/** The reasons, and of how many results of which app each is one. */
function unevaluatedBlock({ origin, reports }: Audit): readonly Block[] {
  const lines = reports.flatMap((report) =>
    unevaluated(findings([report]), origin).map((reason) => `- ${code(nameOf(report.subject))}: ${prose(reason)}`),
  );
  const count = findings(reports).filter(({ result }) => result.outcome === 'not-evaluated').length;
  return lines.length === 0 ? [] : [listBlock(`Not evaluated (${count})`, lines)];
}

function problemBlocks(audits: readonly Audit[]): readonly Block[] {
  return saidOnce(audits.flatMap(({ diagnostics }) => diagnostics)).map((diagnostic) => {
    const lines = formatDiagnostic(diagnostic).split('\n');
    const sign = diagnostic.severity === 'error' ? '⛔' : '⚠️';
    return {
      versions: [`\n${sign} ${lines.map(prose).join('<br>')}\n`, `\n${sign} ${prose(lines[0] ?? '')}\n`],
    };
  });
}

const subjectOf = ({ source, report }: Placed, several: boolean): string =>
  `${several ? `${code(source)} ` : ''}${code(nameOf(report.subject))}${stoppedWords(report.subject)}`;

function violationBlock(finding: Placed, several: boolean): Block {
  const { result } = finding;
  const severity = result.severity ?? 'low';
  const short = `\n${SIGNS[severity] ?? ''} **${gradeWords(severity)}** ${subjectOf(finding, several)}: **${prose(headline(result))}** (${result.control})\n`;
  const control = controlById(result.control);
  const remedy = remedyOf(finding.report, result);
  if (!control || !remedy) return { versions: [short] };
  const place = placeOf(finding.report, result);
  const where = place ? ` ${code(`${place.file}:${place.line}`)}` : '';
  const fix = [`- In code: ${prose(remedy.code)}`, `- In Setup: ${prose(remedy.setup)}`];
  const more = `${prose(result.because)}${where}\n<details><summary>Why it matters, and how to fix it</summary>\n\n${prose(control.risk)}\n\n${fix.join('\n')}\n\n</details>\n`;
  return { versions: [`${short}${more}`, short] };
}

/** One control with its remedy said once, and every app that violates it. */
function controlBlock(group: ControlFindings, source: string, several: boolean): Block {
  const { control, severity, findings: found, remedy } = group;
  const of = several ? `${code(source)} ` : '';
  const short = `\n${SIGNS[severity] ?? ''} **${gradeWords(severity)}** ${of}**${prose(group.headline)}** (${control}): ${affectedText(group)}\n`;
  const names = found.map(({ report }) => code(nameOf(report.subject))).join(', ');
  const lines = found.map(({ report, result }) => {
    const place = placeOf(report, result);
    const where = place ? ` ${code(`${place.file}:${place.line}`)}` : '';
    const worse = result.severity === severity ? '' : ` (${result.severity ?? 'low'})`;
    return `- ${code(nameOf(report.subject))}${stoppedWords(report.subject)}${worse}: ${prose(result.because)}${where}`;
  });
  const risk = controlById(control)?.risk;
  const fix = remedy
    ? `${risk === undefined ? '' : `${prose(risk)}\n\n`}- In code: ${prose(remedy.code)}\n- In Setup: ${prose(remedy.setup)}\n\n`
    : '';
  const full = `${short}<details><summary>How to fix it, and where</summary>\n\n${fix}${lines.join('\n')}\n\n</details>\n`;
  return { versions: [full, `${short}${names}\n`, short] };
}

function justifiedBlock(finding: Placed, several: boolean): Block {
  const { result } = finding;
  const { exception } = result;
  const short = `\n🟪 **Justified** ${subjectOf(finding, several)}: ${prose(headline(result))} (${result.control})`;
  if (!exception) return { versions: [`${short}\n`] };
  const { approved_by, expires, reason, ticket } = exception;
  const stated = ` until ${prose(expires)} by ${code(approved_by)}${ticket === undefined ? '' : ` (${code(ticket)})`}: ${prose(reason)}`;
  return { versions: [`${short}${stated}\n`, `${short} until ${prose(expires)}\n`] };
}

/** How many lines a shortened list still has. */
const FEW = 20;

function folded(heading: string, all: readonly Placed[], several: boolean): readonly Block[] {
  if (all.length === 0) return [];
  const lines = all.map(
    (finding) => `- ${subjectOf(finding, several)}: ${prose(finding.result.because)} (${finding.result.control})`,
  );
  return [listBlock(`${heading} (${all.length})`, lines)];
}

function listBlock(summary: string, lines: readonly string[]): Block {
  const block = (shown: readonly string[]): string =>
    `\n<details><summary>${summary}</summary>\n\n${shown.join('\n')}\n\n</details>\n`;
  const few = [...lines.slice(0, FEW), `- … and ${lines.length - FEW} more`];
  return { versions: [block(lines), ...(lines.length > FEW ? [block(few)] : []), `\n${summary}\n`] };
}

function unreadBlock({ unread }: Audit): readonly Block[] {
  if (unread.length === 0) return [];
  const lines = unread.map(({ path, reason }) => `- ${code(path)}: ${prose(reason)}`);
  return [listBlock(`Files that could not be read (${unread.length})`, lines)];
}

function excludedBlock({ excluded }: Audit): readonly Block[] {
  if (excluded.length === 0) return [];
  const lines = excluded.map(({ api_name, reason }) => `- ${code(api_name)}: ${prose(reason)}`);
  return [listBlock(`Apps excluded by the configuration (${excluded.length})`, lines)];
}

/** Who uses the org, or that no one asked. */
function usageBlock({ usage, usage_not_evaluated: why }: Audit): readonly Block[] {
  if (usage) {
    const short = `\n${usageSummary(usage)}\n`;
    return [{ versions: [`\n${usageMarkdown([usage])}`, short] }];
  }
  return why === undefined ? [] : [{ versions: [`\n${why}\n`] }];
}

/** Everything that was judged, with what passed only counted. */
function subjectsBlock({ source, reports }: Audit): readonly Block[] {
  if (reports.length === 0) return [];
  const worst = worstReportsFirst(reports);
  return [
    listBlock(`All ${reports.length} apps and settings of <code>${escapeHtml(source)}</code>`, worst.map(subjectLine)),
  ];
}

function subjectLine({ subject, kind, results, score, places, pack }: CheckReport): string {
  const counts = new Map<string, number>();
  for (const result of results) counts.set(gradeOf(result), (counts.get(gradeOf(result)) ?? 0) + 1);
  const stated = [...counts].map(([grade, count]) => `${count} ${gradeWords(grade).toLowerCase()}`).sort();
  const as = kind ? `, ${kindWords(kind)}` : '';
  const file = places?.subject ? ` in ${code(places.subject.file)}` : '';
  return `- ${code(nameOf(subject))}${stoppedWords(subject)} (${platformOf(subject)}${as})${file}: ${points(score.value)} of 100${scoreBasis(score)}; ${stated.join(', ')}${pack ? `; **${prose(packWords(pack))}**` : ''}`;
}
