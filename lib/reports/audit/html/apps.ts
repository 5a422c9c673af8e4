import type { CheckReport, ControlResult } from '../../../policy/report';
import { SEVERITIES } from '../../../policy/severity';
import { gradeOf, gradeWords, kindWords, nameOf, packWords, platformOf, points, scoreBasis } from '../words';
import { header } from './filter';
import { type Markup, markup } from './markup';
import { badge, stoppedBadge } from './words';

/** A report beside the audit it comes from. */
export interface PlacedReport {
  readonly source: string;
  readonly anchor: string;
  readonly report: CheckReport;
}

/** Every app and the org settings in one table; on a phone a card for each. The roles are for that, too. */
export function appsTable(all: readonly PlacedReport[], severalSources: boolean): Markup {
  const head = [
    header('App'),
    ...(severalSources ? [header('Source')] : []),
    header('Platform'),
    header('Client kind'),
    header('Score', 'number'),
    ...SEVERITIES.map((severity) => header(gradeWords(severity), 'number')),
    header('Not evaluated', 'number'),
  ];
  return markup`
<section aria-labelledby="apps">
<h2 id="apps">Apps and settings</h2>
<div class="scroll" role="region" aria-label="Table of apps and settings" tabindex="0">
<table role="table" class="sortable stack" id="apps-table"><thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">${all.map((each) => row(each, severalSources))}</tbody></table>
</div>
</section>`;
}

function row({ source, anchor, report }: PlacedReport, severalSources: boolean): Markup {
  const { subject, kind, results, score } = report;
  const count = (grade: string): number => results.filter((result) => gradeOf(result) === grade).length;
  const cell = (grade: string): Markup =>
    markup`<td role="cell" data-label="${gradeWords(grade)}" class="number${count(grade) === 0 ? ' none' : ` ${grade}`}">${count(grade)}</td>`;
  const label = subject.type === 'app' && subject.label !== undefined && subject.label !== subject.api_name;
  return markup`<tr role="row">
<th role="rowheader" scope="row"><a href="#${anchor}">${nameOf(subject)}</a>${label ? markup`<span class="note">${subject.label}</span>` : undefined}${stoppedBadge(subject)}</th>
${severalSources ? markup`<td role="cell" data-label="Source">${source}</td>` : undefined}
<td role="cell">${platformOf(subject)}</td>
<td role="cell">${kind ? kindWords(kind) : '—'}</td>
<td role="cell" class="number score" data-label="Score" data-value="${score.value ?? -1}"><strong>${points(score.value)}</strong></td>
${SEVERITIES.map(cell)}
${cell('not-evaluated')}
</tr>`;
}

/** All about each app: why it is taken for its kind, what its score lost, and every control that did not object. */
export const appSections = (all: readonly PlacedReport[]): Markup =>
  markup`<section aria-labelledby="details"><h2 id="details">Evidence by app</h2>${all.map(appSection)}</section>`;

function appSection({ source, anchor, report }: PlacedReport): Markup {
  const { subject, kind, results, score } = report;
  const losses = score.losses.map(
    ({ control, points: lost, outcome }) =>
      markup`<li><code>${control}</code> −${lost.toFixed(1)} (${gradeWords(outcome === 'fail' ? 'violated' : outcome).toLowerCase()})</li>`,
  );
  const evidence = kind?.evidence.map(
    ({ kind: of, because, fields }) =>
      markup`<li>${of}: ${because} ${fields.map((field) => markup`<code>${field}</code> `)}</li>`,
  );
  const unclassified =
    kind !== undefined && kind.judged_as.length > 1
      ? markup`<p>The evidence is not conclusive. The app is checked against the policies of ${kind.judged_as.join(' and ')} clients, and the worse result counts; set the kind in an audit configuration to use only one.</p>`
      : undefined;
  return markup`<details class="card app" id="${anchor}"><summary><strong>${nameOf(subject)}</strong>${stoppedBadge(subject)} <span class="note">${platformOf(subject)} · ${report.places?.subject?.file ?? source} · ${points(score.value)} of 100${scoreBasis(score)}</span></summary>
${kind && markup`<h3>Client kind: ${kindWords(kind)}</h3>${unclassified}${evidence && evidence.length > 0 ? markup`<ul>${evidence}</ul>` : undefined}`}
${report.pack && markup`<h3>Requirements</h3><p>${packWords(report.pack)}</p>`}
<h3>Score</h3>
${losses.length === 0 ? markup`<p>Nothing that was evaluated lowers it.</p>` : markup`<ul>${losses}</ul>`}
${quiet(results)}
</details>`;
}

/** What did not object; the findings stand in their own table. */
function quiet(results: readonly ControlResult[]): Markup {
  const passed = results.filter(({ outcome }) => outcome === 'pass');
  const beside = results.filter(({ outcome }) => outcome === 'not-applicable');
  const found = results.length - passed.length - beside.length;
  return markup`<h3>${found} ${found === 1 ? 'finding' : 'findings'}, ${passed.length} passed</h3>
<ul class="all">${passed.map(line)}</ul>
<h3>${beside.length} not applicable</h3>
<p class="note">${beside.map(({ control }) => markup`<code>${control}</code> `)}</p>`;
}

const line = (result: ControlResult): Markup =>
  markup`<li>${badge(gradeOf(result))} <span><code>${result.control}</code> ${result.because}</span></li>`;
