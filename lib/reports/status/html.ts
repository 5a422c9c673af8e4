import { APP_STATES, type AppState, type FleetRow, type OrgStatus } from '../../plan/status';
import { filterForm, header } from '../audit/html/filter';
import { type Markup, markup } from '../audit/html/markup';
import { type HtmlOptions, htmlPage } from '../audit/html/page';
import { calendarLines } from './calendar';
import { cellWords, detailsOf, fleetWords, orgWords, rowName, STATE_MEANINGS, STATE_WORDS } from './words';
import { stateIn, worstRowsFirst } from './worst-first';

/** The tone of a badge, in the classes of the audit page. */
const BADGES: Readonly<Record<AppState, string>> = {
  'in-sync': 'pass',
  'in-part': 'low',
  drifted: 'high',
  forced: 'medium',
  missing: 'high',
  stopped: 'critical',
  removed: 'medium',
  migrated: 'quiet',
  unmanaged: 'quiet',
  'not-evaluated': 'justified',
};

/** The fleet as one page that needs nothing else: apps by orgs, and below what differs in each org. */
export function statusHtml(orgs: readonly OrgStatus[], options: HtmlOptions): string {
  const rows = worstRowsFirst(orgs);
  const present = APP_STATES.filter((state) => rows.some(({ grade }) => grade === state));
  // A row is graded by its worst cell; the others have words that need a meaning as well.
  const shown = new Set(rows.flatMap(({ row }) => orgs.map((org, index) => stateIn(org, row.cells[index]))));
  const legend = APP_STATES.filter((state) => shown.has(state));
  const table =
    rows.length === 0
      ? undefined
      : markup`${filterForm({
          id: 'fleet-filter',
          table: 'fleet-table',
          noun: 'apps',
          placeholder: 'app or state',
          choices: present.map((grade) => ({ grade, words: STATE_WORDS[grade] })),
          total: rows.length,
        })}
<div class="scroll" role="region" aria-label="Table of apps by org" tabindex="0">
<table role="table" class="sortable stack" id="fleet-table">
<thead role="rowgroup"><tr role="row">${[header('App'), ...orgs.map(({ org }) => header(org))]}</tr></thead>
<tbody role="rowgroup">${rows.map(({ row, grade }) => fleetRow(row, grade, orgs))}</tbody>
</table>
</div>
<ul>${legend.map((state) => markup`<li class="note">${STATE_WORDS[state]}: ${STATE_MEANINGS[state]}</li>`)}</ul>`;
  const [heading, ...ends] = calendarLines(orgs, options.today);
  return htmlPage({
    ...options,
    heading: 'Client apps by org',
    about: orgs.map(({ org }) => org).join(', '),
    links: [
      { id: 'fleet', words: 'Fleet' },
      { id: 'orgs', words: 'Orgs' },
      { id: 'ends', words: 'Calendar' },
    ],
    main: markup`<section aria-labelledby="fleet"><h2 id="fleet">Apps by org</h2>
<p>${fleetWords(orgs)}.</p>
${table}</section>
<section aria-labelledby="orgs"><h2 id="orgs">Orgs</h2>${orgs.map(orgCard)}</section>
<section aria-labelledby="ends"><h2 id="ends">Calendar</h2><p>${heading}</p>
${ends.length === 0 ? undefined : markup`<ul>${ends.map((text) => markup`<li>${text}</li>`)}</ul>`}</section>`,
    footer: 'What was not read is not counted as in sync.',
  });
}

function fleetRow(row: FleetRow, grade: AppState, orgs: readonly OrgStatus[]): Markup {
  const cells = orgs.map((org, index) => {
    const cell = row.cells[index];
    const state = stateIn(org, cell);
    const words = cellWords(cell, org);
    const badge = state === undefined ? markup`${words}` : markup`<span class="badge ${BADGES[state]}">${words}</span>`;
    return markup`<td role="cell" data-label="${org.org}">${badge}</td>`;
  });
  return markup`<tr role="row" data-grade="${grade}"><th role="rowheader" scope="row">${rowName(row)}</th>${cells}</tr>`;
}

function orgCard(org: OrgStatus): Markup {
  const details = detailsOf(org);
  return markup`<div class="card app"><h3>${org.org}</h3><p>${orgWords(org)}</p>
${details.length === 0 ? undefined : markup`<ul>${details.map((text) => markup`<li>${text}</li>`)}</ul>`}</div>`;
}
