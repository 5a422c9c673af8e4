import { controlById } from '../../../policy/controls';
import { type Finding, headline, placeOf, remedyOf } from '../../../policy/findings';
import type { CheckReport, ControlResult } from '../../../policy/report';
import { gradeOf, GRADES, gradeWords, nameOf } from '../words';
import { filterForm, header } from './filter';
import { type Markup, markup } from './markup';
import { badge, settingWords, stoppedBadge } from './words';

/** A finding beside the audit it comes from. */
export interface PlacedFinding extends Finding {
  readonly source: string;
  /** Anchor of the app's own section. */
  readonly anchor: string;
}

/** What is no finding: it is counted, and listed with its app. */
const QUIET: readonly ControlResult['outcome'][] = ['pass', 'not-applicable'];

export const isReported = ({ outcome }: ControlResult): boolean => !QUIET.includes(outcome);

/**
 * Every finding as a row, worst first; each opens to the evidence and the remedy. The roles are said aloud, because on
 * small screens cells stand below each other, and browsers then no longer take a table for one.
 */
export function findingsTable(all: readonly PlacedFinding[], severalSources: boolean): Markup {
  if (all.length === 0) {
    return markup`<section aria-labelledby="findings"><h2 id="findings">Findings</h2><p>No findings.</p></section>`;
  }
  const present = new Set(all.map(({ result }) => gradeOf(result)));
  const columns = ['Severity', ...(severalSources ? ['Source'] : []), 'App', 'Finding'];
  return markup`
<section aria-labelledby="findings">
<h2 id="findings">Findings</h2>
${filterForm({
  id: 'filter',
  table: 'findings-table',
  noun: 'findings',
  placeholder: 'app, control or words',
  choices: GRADES.filter((grade) => present.has(grade)).map((grade) => ({ grade, words: gradeWords(grade) })),
  total: all.length,
})}
<div class="scroll" role="region" aria-label="Table of findings" tabindex="0">
<table role="table" class="sortable" id="findings-table">
<thead role="rowgroup"><tr role="row">${columns.map((title) => header(title))}</tr></thead>
<tbody role="rowgroup">${all.map((finding) => row(finding, severalSources))}</tbody>
</table>
</div>
</section>`;
}

function row({ source, anchor, report, result }: PlacedFinding, severalSources: boolean): Markup {
  const grade = gradeOf(result);
  return markup`<tr role="row" data-grade="${grade}">
<td role="cell" data-value="${String(GRADES.indexOf(grade)).padStart(2, '0')}">${badge(grade)}</td>
${severalSources ? markup`<td role="cell">${source}</td>` : undefined}
<td role="cell"><a href="#${anchor}">${nameOf(report.subject)}</a>${stoppedBadge(report.subject)}</td>
<td role="cell" data-value="${result.control}"><details><summary><strong>${headline(result)}</strong> <code>${result.control}</code>${result.finding === undefined ? undefined : markup`<span class="because">${result.because}</span>`}</summary>${body(report, result)}</details></td>
</tr>`;
}

function body(report: CheckReport, result: ControlResult): Markup {
  const control = controlById(result.control);
  const [place, remedy] = [placeOf(report, result), remedyOf(report, result)];
  const { observed, conditions, exception, cvss, by_kind } = result;
  const excuse =
    exception &&
    markup`<p class="exception">Justified until <strong>${exception.expires}</strong> by ${exception.approved_by}: ${exception.reason}${exception.ticket === undefined ? undefined : markup` (${exception.ticket})`}</p>`;
  const settings =
    observed.length === 0
      ? undefined
      : markup`<p class="note">Observed values</p><dl class="evidence">${observed.map(settingWords)}</dl>`;
  const shown = conditions.map(
    ({ effect, text, holds }) =>
      markup`<li>${effect === 'raises' ? 'Higher' : 'Lower'} risk when ${text}: <strong>${holds === 'unknown' ? 'not known, so it does not count' : holds}</strong></li>`,
  );
  const kinds = by_kind?.map(({ kind, because }) => markup`<li>As a ${kind} client: ${because}</li>`);
  const fix =
    control &&
    remedy &&
    markup`<dl><dt>Why it matters</dt><dd>${control.risk}</dd><dt>In code</dt><dd>${remedy.code}</dd><dt>In Setup</dt><dd>${remedy.setup}</dd></dl>`;
  return markup`<div class="detail">${place && markup`<p class="note"><code>${place.file}:${place.line}</code></p>`}${excuse}${settings}${kinds && markup`<ul>${kinds}</ul>`}${shown.length === 0 ? undefined : markup`<ul>${shown}</ul>`}${fix}<p class="note">${cvss === undefined ? undefined : `CVSS estimate ${cvss.toFixed(1)}. `}client-apps explain ${result.control}</p></div>`;
}
