import { transitionText } from '../../plan/change-text';
import type { AppPlan, AppPlanUsage, Effect, FieldChange, OrgPlan, Plan } from '../../plan/plan';
import { formatDiagnostic } from '../../values/diagnostic';
import type { SaidOnce } from '../../values/same-diagnostics';
import { visible } from '../../values/visible';
import { type Markup, markup } from '../audit/html/markup';
import { type HtmlOptions, htmlPage } from '../audit/html/page';
import { errorsFirst, harmless } from '../diagnostic-lines';
import { sameFindings } from './control-lines';
import { isCounted, isNew } from './new-app';
import { hasDirection, RECORD_ACTIONS } from './record-lines';
import { leftAsItIsText, leftNames, notComparedText } from './standing-words';
import { mixedText, summarize, summaryText } from './summary';
import { usageText } from './usage-words';
import { ACTIONS, actionWords, appRemarks, count, impactText, kindWords } from './words';
import { type PlanPart, worstChangesFirst, worstFirst } from './worst-first';

/** The tone of an effect, in the classes of the audit page. */
const BADGES: Readonly<Record<Effect, string>> = {
  widens: 'critical',
  mixed: 'high',
  unknown: 'medium',
  narrows: 'pass',
  neutral: 'quiet',
};

/** A plan as one page that needs nothing else: what blocks it, then what it changes, worst first, then what stays. */
export function planHtml({ orgs }: Plan, options: HtmlOptions): string {
  const parts = worstFirst(orgs);
  return htmlPage({
    ...options,
    heading: 'Client app plan',
    about: orgs.map(({ org }) => org).join(', '),
    links: [
      { id: 'orgs', words: 'Orgs' },
      { id: 'changes', words: 'Changes' },
      { id: 'rest', words: 'Left as it is' },
    ],
    main: markup`<section aria-labelledby="orgs"><h2 id="orgs">Orgs</h2>${orgs.map(orgCard)}</section>
<section aria-labelledby="changes"><h2 id="changes">Changes</h2>
${parts.length === 0 ? markup`<p>The plan writes nothing.</p>` : parts.map((part) => partCard(part, orgs.length > 1))}</section>
<section aria-labelledby="rest"><h2 id="rest">Left as it is</h2>${orgs.map(restCard)}</section>`,
    footer: 'Secure defaults that the code does not set are marked. What was not compared is listed with each org.',
  });
}

function orgCard(org: OrgPlan): Markup {
  const summary = summarize([org]);
  const phases = org.phases.map(({ title }) => markup`<li>${title} (one deploy, all or nothing)</li>`);
  const caveats = [leftAsItIsText(org), notComparedText(org)].filter((text) => text !== '');
  const diagnostics = errorsFirst(org.diagnostics);
  return markup`<div class="card app"><h3>${org.org}</h3>
<p class="note">organization ${org.org_id} at ${org.instance_url}</p>
<p><strong>${summaryText(summary)}</strong></p>
${summary.errors > 0 ? markup`<p><span class="badge critical">blocked</span> ${count(summary.errors, 'error')}: nothing can be applied to this org.</p>` : undefined}
${summary.widening > 0 ? markup`<p><span class="badge ${BADGES.widens}">widens</span> ${count(summary.widening, 'change')} widening existing access${mixedText(summary)}.</p>` : undefined}
${summary.uncertain > 0 ? markup`<p><span class="badge ${BADGES.unknown}">unknown</span> ${count(summary.uncertain, 'change')} for which it is not known whether existing access widens.</p>` : undefined}
${phases.length > 0 ? markup`<ol>${phases}</ol>` : undefined}
${caveats.map((text) => markup`<p>${text}</p>`)}
${diagnostics.map(diagnosticText)}</div>`;
}

/** Line by line: whatever is escaped is on one line. */
const diagnosticText = (diagnostic: SaidOnce): Markup =>
  markup`<pre class="diagnostic">${formatDiagnostic(harmless(diagnostic))
    .split('\n')
    .map((text) => markup`${text}\n`)}</pre>`;

function partCard(part: PlanPart, several: boolean): Markup {
  switch (part.kind) {
    case 'settings':
      return markup`<div class="card app"><h3>Org settings of ${part.org.org}</h3>${changeList(part.org.settings.flatMap(({ changes }) => changes))}</div>`;
    case 'record': {
      const { record, org } = part;
      const { title, full_name: name, path, action, changes } = record;
      const { sign, words } = RECORD_ACTIONS[action];
      return markup`<div class="card app"><h3>${sign} ${title} ${name}${several ? inOrg(org) : undefined}</h3><p>${words} <span class="note">${path}</span></p><ul>${worstChangesFirst(
        changes,
      ).map((change) => (hasDirection(record, change, org) ? changeItem(change) : valueItem(change)))}</ul></div>`;
    }
    case 'app':
      return appCard(part.app, several ? inOrg(part.org) : undefined);
  }
}

const inOrg = ({ org }: OrgPlan): Markup => markup` <span class="note">in ${org}</span>`;

function appCard(app: AppPlan, where: Markup | undefined): Markup {
  const label = app.label === app.api_name ? undefined : markup` <span class="note">${app.label}</span>`;
  const kept = app.kept.map(({ field }) => markup`<code>${field}</code> `);
  const controls = sameFindings(app.controls).map(
    ([{ sign, verb, because }, ids]) =>
      markup`<li>${sign} ${verb}: ${because} ${ids.map((id) => markup`<code>${id}</code> `)}</li>`,
  );
  return markup`<div class="card app"><h3>${ACTIONS[app.action].sign} ${app.api_name}${label}${where}</h3>
<p>${kindWords(app)}, ${actionWords(app)} <span class="note">${app.path}</span></p>
${appRemarks(app).map((remark) => markup`<p>${remark}</p>`)}
${controls.length > 0 ? markup`<ul>${controls}</ul>` : undefined}
${isNew(app) ? newValues(app) : changeList(app.changes, app.usage)}
${app.unchanged ? markup`<p class="note">${count(app.unchanged, 'value')} unchanged</p>` : undefined}
${app.unreadable.length > 0 ? markup`<p class="note">not returned by the org, compared by what the ownership line records: ${app.unreadable.join(', ')}</p>` : undefined}
${kept.length > 0 ? markup`<p class="note">stays as it is in the org: ${kept}</p>` : undefined}</div>`;
}

const changeList = (changes: readonly FieldChange[], usage?: AppPlanUsage): Markup =>
  markup`<ul>${worstChangesFirst(changes).map((change) => changeItem(change, usage))}</ul>`;

function newValues({ changes }: AppPlan): Markup {
  const counted = changes.filter(isCounted);
  const shown = changes.filter((change) => !counted.includes(change));
  return markup`<ul>${shown.map(valueItem)}</ul>
${counted.length > 0 ? markup`<details><summary>+ ${count(counted.length, 'secure default')}</summary><ul>${counted.map(valueItem)}</ul></details>` : undefined}`;
}

/** What has no before has no direction. */
const valueItem = (change: FieldChange): Markup =>
  markup`<li>${change.title} <code>${change.field}</code>: <code>${transitionText(change)}</code>${byDefault(change)}</li>`;

const byDefault = ({ ownership }: FieldChange): Markup | undefined =>
  ownership === 'default' ? markup` <em>(default)</em>` : undefined;

function changeItem(change: FieldChange, usage?: AppPlanUsage): Markup {
  const felt = [change.reason, impactText(change.impact), usageText(usage, change)].filter(
    (text) => text !== undefined,
  );
  return markup`<li><span class="badge ${BADGES[change.effect]}">${change.effect}</span> ${change.title} <code>${change.field}</code>: <code>${transitionText(change)}</code>${byDefault(change)}${felt.map((text) => markup`<br>${visible(text)}`)}</li>`;
}

function restCard(org: OrgPlan): Markup {
  const items = leftNames(org).map(
    ([title, names]) => markup`<li>${title} (${names.length}): ${names.join(', ')}</li>`,
  );
  return markup`<div class="card app"><h3>${org.org}</h3>${items.length > 0 ? markup`<ul>${items}</ul>` : markup`<p>The plan lists no other app.</p>`}</div>`;
}
