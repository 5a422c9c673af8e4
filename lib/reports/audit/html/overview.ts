import type { Audit } from '../../../operations/audit';
import { controlById } from '../../../policy/controls';
import type { Loss, Score } from '../../../policy/report';
import { SEVERITIES } from '../../../policy/severity';
import { type Diagnostic, formatDiagnostic } from '../../../values/diagnostic';
import { saidOnce } from '../../../values/same-diagnostics';
import { GAPS_REMEDY, gapsOf } from '../gaps';
import { gradeOf, GRADES, gradeWords, points } from '../words';
import { type Markup, markup } from './markup';

/** What one audit comes to: the score, what it is made of, and what could not be read. */
export function overview(audit: Audit, index: number): Markup {
  const { source, score } = audit;
  return markup`
<section class="overview" aria-labelledby="audit-${index}">
<h2 id="audit-${index}">${source}</h2>
<div class="cards">
${scoreCard(score)}
${countCard(audit)}
${lossCard(score)}
</div>
${gaps(audit)}
${excluded(audit)}
${unread(audit)}
${audit.usage_not_evaluated === undefined ? undefined : markup`<p class="note">${audit.usage_not_evaluated}</p>`}
${audit.diagnostics.length === 0 ? undefined : problems(audit.diagnostics)}
</section>`;
}

/** The circumference of a circle of radius 15.9155 is 100, so that points are lengths. */
function scoreCard({ value, evaluated, not_evaluated }: Score): Markup {
  const length = value ?? 0;
  const tone = value === undefined ? 'unknown' : value >= 90 ? 'good' : value >= 70 ? 'fair' : 'poor';
  return markup`<div class="card score-card">
<svg class="ring ${tone}" viewBox="0 0 36 36" aria-hidden="true">
<circle class="track" cx="18" cy="18" r="15.9155"></circle>
<circle class="value" cx="18" cy="18" r="15.9155" stroke-dasharray="${length} ${100 - length}" transform="rotate(-90 18 18)"></circle>
</svg>
<div><h3>Posture score</h3>
<p class="figure"><strong>${points(value)}</strong> of 100</p>
<p class="note">${evaluated} checks scored, ${not_evaluated} not evaluated.</p></div>
</div>`;
}

function countCard({ reports }: Audit): Markup {
  const counts = new Map<string, number>();
  for (const { results } of reports) {
    for (const result of results) counts.set(gradeOf(result), (counts.get(gradeOf(result)) ?? 0) + 1);
  }
  const failing = reports.filter(({ results }) => results.some(({ outcome }) => outcome === 'fail')).length;
  const shown = GRADES.filter((grade) => grade !== 'not-applicable').map(
    (grade) =>
      markup`<li class="${grade}${SEVERITIES.some((each) => each === grade) ? ' violation' : ''}"><strong>${counts.get(grade) ?? 0}</strong> ${gradeWords(grade)}</li>`,
  );
  return markup`<div class="card"><h3>Results</h3>
<p class="note">${failing} of ${reports.length} apps and settings violate a control.</p>
<ul class="counts">${shown}</ul></div>`;
}

const SHOWN_LOSSES = 6;

function lossCard({ losses }: Score): Markup {
  const rest = losses.slice(SHOWN_LOSSES);
  const all = rest.length === 0 ? undefined : more(rest);
  const list =
    losses.length === 0
      ? markup`<p class="note">Nothing that was evaluated lowers it.</p>`
      : markup`<ol class="losses">${losses.slice(0, SHOWN_LOSSES).map((each) => loss(each, losses[0]?.points ?? 1))}</ol>`;
  return markup`<div class="card wide"><h3>What lowers the score</h3>${list}${all}</div>`;
}

function loss({ control, points: lost, outcome, apps }: Loss, most: number): Markup {
  const width = Math.max(1, Math.round((100 * lost) / Math.max(most, 0.1)));
  const where = apps === undefined ? '' : `, ${apps} ${apps === 1 ? 'app' : 'apps'}`;
  return markup`<li><span class="loss-points">−${lost.toFixed(1)}</span>
<span class="loss-name">${lossWords(control, outcome)}<span class="note"> ${control}, ${gradeWords(outcome === 'fail' ? 'violated' : outcome).toLowerCase()}${where}</span></span>
<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width="${width}" height="4" rx="1"></rect></svg></li>`;
}

/** A loss to violations is headed by what is wrong. */
function lossWords(id: string, outcome: Loss['outcome']): string {
  const control = controlById(id);
  return (outcome === 'low-risk' ? control?.title : control?.finding) ?? id;
}

const more = (rest: readonly Loss[]): Markup =>
  markup`<details><summary>${rest.length} smaller ones</summary><ol class="losses">${rest.map((each) => loss(each, rest[0]?.points ?? 1))}</ol></details>`;

function gaps(audit: Audit): Markup | undefined {
  const found = gapsOf(audit);
  if (found.length === 0) return undefined;
  return markup`<div class="card problems"><h3>Not everything could be checked</h3><ul>${found.map((gap) => markup`<li>${gap}.</li>`)}</ul><p class="note">${GAPS_REMEDY}</p></div>`;
}

function excluded({ excluded: apps }: Audit): Markup | undefined {
  if (apps.length === 0) return undefined;
  const rows = apps.map(({ api_name, reason }) => markup`<tr><th scope="row">${api_name}</th><td>${reason}</td></tr>`);
  return markup`<details class="card unread" open><summary>${apps.length} ${apps.length === 1 ? 'app is' : 'apps are'} excluded by the configuration</summary>
<table><thead><tr><th scope="col">App</th><th scope="col">Reason</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}

function unread({ unread: files }: Audit): Markup | undefined {
  if (files.length === 0) return undefined;
  const rows = files.map(
    ({ path, reason }) => markup`<tr><th scope="row"><code>${path}</code></th><td>${reason}</td></tr>`,
  );
  return markup`<details class="card unread"><summary>${files.length} ${files.length === 1 ? 'file' : 'files'} could not be read; their contents are not evaluated</summary>
<table><thead><tr><th scope="col">File</th><th scope="col">Why</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}

const problems = (diagnostics: readonly Diagnostic[]): Markup =>
  markup`<div class="card problems"><h3>About exceptions and configuration</h3><ul>${saidOnce(diagnostics).map(
    (each) =>
      markup`<li>${formatDiagnostic(each)
        .split('\n')
        .map((text) => markup`${text}<br>`)}</li>`,
  )}</ul></div>`;
