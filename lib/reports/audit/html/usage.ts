import { rehearsalWords } from '../../../policy/usage-facts';
import { overview } from '../../../usage/overview';
import type { AppUsage, UsageReport } from '../../../usage/report';
import { dayOf, standingWord } from '../../usage/words';
import { filterForm, header } from './filter';
import { type Markup, markup } from './markup';

/** Who uses which org, as a table of apps that can be filtered and sorted; undefined where no one asked. */
export function usageSection(reports: readonly UsageReport[]): Markup | undefined {
  if (reports.length === 0) return undefined;
  const several = reports.length > 1;
  const rows = reports.flatMap((report) => report.apps.map((app) => row(app, report, several)));
  const words = [...new Set(reports.flatMap(({ apps }) => apps.map(gradeOf)))].sort();
  const columns = [
    header('App'),
    ...(several ? [header('Org')] : []),
    header('Standing'),
    ...NUMBERS.map((title) => header(title, 'number')),
    header('Last used'),
    header('Reaches'),
  ];
  return markup`
<section aria-labelledby="usage">
<h2 id="usage">Who uses the org</h2>
${reports.map(head)}
${filterForm({
  id: 'usage-filter',
  table: 'usage-table',
  noun: 'apps',
  placeholder: 'app, standing or words',
  choices: words.map((grade) => ({ grade, words: grade.replace('-', ' ') })),
  total: rows.length,
})}
<div class="scroll" role="region" aria-label="Table of apps that use the org" tabindex="0">
<table role="table" class="sortable stack" id="usage-table">
<thead role="rowgroup"><tr role="row">${columns}</tr></thead>
<tbody role="rowgroup">${rows}</tbody>
</table>
</div>
</section>`;
}

const NUMBERS = ['Users', 'Inactive', 'Tokens', 'Uses'];

/** What was seen, what was not, and what API Access Control would stop. */
function head(report: UsageReport): Markup {
  const [first = '', ...gaps] = overview(report);
  const { rehearsal } = report;
  const shown =
    rehearsal === undefined
      ? undefined
      : 'not_evaluated' in rehearsal
        ? `not evaluated: ${rehearsal.not_evaluated}`
        : rehearsalWords(rehearsal);
  return markup`<p class="note">${report.org}: ${first}.</p>
${gaps.length === 0 ? undefined : markup`<ul>${gaps.map((gap) => markup`<li>${gap}</li>`)}</ul>`}
${shown === undefined ? undefined : markup`<p class="note">API Access Control: ${shown}</p>`}`;
}

const gradeOf = (app: AppUsage): string =>
  app.look_alike && !app.known ? 'look-alike' : standingWord(app).replace(' ', '-');

function row(app: AppUsage, { org }: UsageReport, several: boolean): Markup {
  const { label, api_name: name, tokens, look_alike: look, reach } = app;
  const number = (value: number | undefined, index: number): Markup =>
    markup`<td role="cell" class="number" data-label="${NUMBERS[index] ?? ''}" data-value="${value ?? -1}">${value === undefined ? 'not read' : value.toLocaleString('en-US')}</td>`;
  const note = look ? `looks like ${look.of}: ${look.why}` : name === undefined || name === label ? undefined : name;
  return markup`<tr role="row" data-grade="${gradeOf(app)}">
<th role="rowheader" scope="row">${label}${note === undefined ? undefined : markup`<span class="note">${note}</span>`}</th>
${several ? markup`<td role="cell" data-label="Org">${org}</td>` : undefined}
<td role="cell" class="score">${gradeOf(app).replace('-', ' ')}</td>
${[tokens?.users_active, tokens?.users_inactive, tokens?.count, tokens?.uses].map(number)}
<td role="cell" data-label="Last used">${tokens === undefined ? 'not read' : dayOf(tokens.last_used)}</td>
<td role="cell" class="wide" data-label="Reaches">${reach}</td>
</tr>`;
}
