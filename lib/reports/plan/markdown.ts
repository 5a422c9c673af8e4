import { transitionText } from '../../plan/change-text';
import type { AppPlan, AppPlanUsage, FieldChange, OrgPlan, Plan, RecordPlan } from '../../plan/plan';
import { type Diagnostic, formatDiagnostic } from '../../values/diagnostic';
import { saidOnce } from '../../values/same-diagnostics';
import { type Block, fit, sizeOf } from '../budget';
import { harmless } from '../diagnostic-lines';
import { prose } from '../markdown-prose';
import { asHtml, code, fenced } from '../markdown-text';
import { sameFindings } from './control-lines';
import { overviewBlock } from './markdown-overview';
import { isCounted, isNew } from './new-app';
import { hasDirection, RECORD_ACTIONS } from './record-lines';
import { SIGNS, signs } from './signs';
import { isFullyAsDeclared, leftAsItIsText, leftNames, notComparedText } from './standing-words';
import { mixedText, type PlanSummary, summarize, summaryText } from './summary';
import { usageText } from './usage-words';
import { ACTIONS, actionWords, appRemarks, count, impactText, kindWords } from './words';
import { worstChangesFirst, worstFirst } from './worst-first';

/** Lets a script find its earlier comment and update it in place. */
export const MARKDOWN_MARKER = '<!-- client-apps plan -->';

/** The longest comment GitHub takes; counted in bytes, which are never fewer than characters. */
export const MARKDOWN_LIMIT = 65_536;

/** A plan as one comment on a pull request: worst first, what does not change folded away, never over the limit. */
export function planMarkdown(plan: Plan, limit: number = MARKDOWN_LIMIT): string {
  const summary = summarize(plan.orgs);
  const title = titleOf(plan, summary);
  const widening =
    summary.widening > 0
      ? `\n**${SIGNS.widens} ${count(summary.widening, 'change')} widening existing access${mixedText(summary)}**\n`
      : '';
  const uncertain =
    summary.uncertain > 0
      ? `\n**${SIGNS.unknown} ${count(summary.uncertain, 'change')} for which it is not known whether existing access widens**\n`
      : '';
  const errors =
    summary.errors > 0
      ? `\n**⛔ ${count(summary.errors, 'error')}: nothing can be applied to the affected orgs**\n`
      : '';
  const head = `${MARKDOWN_MARKER}\n## Client apps: ${title}\n${errors}${widening}${uncertain}`;
  const legend = `\n${SIGNS.widens} widens access · ${SIGNS.mixed} widens and narrows · ${SIGNS.unknown} not known · ${SIGNS.narrows} narrows access · ${SIGNS.neutral} neutral\n`;
  const blocks = blocksOf(plan);
  const room = limit - sizeOf(head) - sizeOf(legend) - sizeOf(lossText(blocks.length, blocks.length));
  const { text, shortened, omitted } = fit(blocks, room);
  return `${head}${text}${legend}${lossText(shortened, omitted)}`;
}

/** `no changes` only where everything was compared and the orgs have it. */
function titleOf({ orgs }: Plan, summary: PlanSummary): string {
  const idle = orgs.every((org) => org.phases.length === 0) && summary.errors === 0;
  if (!idle) return summaryText(summary);
  return orgs.every(isFullyAsDeclared) ? 'no changes' : `nothing to apply: ${summaryText(summary)}`;
}

/** What a reviewer of the comment alone does not get to see. */
function lossText(shortened: number, omitted: number): string {
  const parts = [
    ...(shortened > 0 ? [`${count(shortened, 'section')} shown without details`] : []),
    ...(omitted > 0 ? [`${count(omitted, 'section')} left out`] : []),
  ];
  if (parts.length === 0) return '';
  return `\n> ⚠️ Too long for one comment: ${parts.join(', ')}. The saved plan and the log have everything.\n`;
}

function blocksOf({ orgs }: Plan): readonly Block[] {
  const several = orgs.length > 1;
  const ranked = worstFirst(orgs).map((part) => {
    switch (part.kind) {
      case 'settings':
        return settingsBlock(part.org);
      case 'record':
        return recordBlock(part.org, part.record, several);
      case 'app':
        return appBlock(part.org, part.app, several);
    }
  });
  return [
    ...orgs.map(orgBlock),
    ...orgs.flatMap((org) => diagnosticsBlock(org, 'error')),
    ...overviewBlock(orgs),
    ...ranked,
    ...orgs.flatMap((org) => diagnosticsBlock(org, 'warning')),
    ...orgs.flatMap((org) => diagnosticsBlock(org, 'note')),
    ...orgs.flatMap(quietBlock),
  ];
}

function orgBlock(org: OrgPlan): Block {
  const counted = summaryText(summarize([org]));
  const phases = org.phases.map(({ title }, index) => `${index + 1}. ${title}`).join(' → ');
  const deploys = phases === '' ? '' : ` Deploys: ${phases}.`;
  const caveats = [leftAsItIsText(org), notComparedText(org)]
    .filter((text) => text !== '')
    .map((text) => `\n⚠️ ${prose(text)}\n`);
  const full = `\n### Org ${code(org.org)}\n${code(org.org_id)} at ${code(org.instance_url)}: ${counted}.${deploys}\n${caveats.join('')}`;
  return { versions: [full, `\n- Org ${code(org.org)}: ${counted}\n`] };
}

function appBlock(org: OrgPlan, app: AppPlan, several: boolean): Block {
  const { sign } = ACTIONS[app.action];
  const words = actionWords(app);
  const name = `${several ? `${code(org.org)} ` : ''}${code(app.api_name)}`;
  const label = app.label === app.api_name ? '' : ` ${code(app.label)}`;
  const heading = `**\\${sign} ${name}**${label}: ${kindWords(app)}, ${words}`;
  const remarks = appRemarks(app).map((remark) => `- ⚠️ ${remark}\n`);
  const kept = app.kept.map(({ field }) => code(field));
  const stays = kept.length > 0 ? `- stays as it is in the org: ${kept.join(', ')}\n` : '';
  const unreadable = app.unreadable.map(
    (field) => `- not returned by the org, compared by what the ownership line records: ${code(field)}\n`,
  );
  const controls = sameFindings(app.controls).map(
    ([{ sign: mark, verb, because }, ids]) => `- ${mark} ${verb}: ${prose(because)} (${ids.join(', ')})\n`,
  );
  const unchanged = app.unchanged ? `- ${count(app.unchanged, 'value')} unchanged\n` : '';
  const details = [...remarks, ...controls, valuesText(app), ...unreadable, stays, unchanged].join('');
  const brief = isNew(app) ? '' : `; ${signs(app.changes)}`;
  // Nothing of a new app can break what runs today; what changes an app is open, to be read.
  return {
    versions: [
      folded(heading, `${code(app.path)}\n\n${details}`, !isNew(app)),
      `\n${heading}${brief}\n`,
      `\n- \\${sign} ${name}\n`,
    ],
  };
}

/** Of an app that changes each change; of a new one its values, the secure defaults together. */
function valuesText(app: AppPlan): string {
  const { changes, usage } = app;
  if (!isNew(app))
    return worstChangesFirst(changes)
      .map((change) => changeLine(change, usage))
      .join('');
  const counted = changes.filter(isCounted);
  const shown = changes.filter((change) => !counted.includes(change)).map((change) => `- ${valueText(change)}\n`);
  const rest = counted.map(valueText).join(' · ');
  return [...shown, ...(rest === '' ? [] : [`- + ${count(counted.length, 'secure default')}: ${rest}\n`])].join('');
}

function settingsBlock(org: OrgPlan): Block {
  const changes = org.settings.flatMap((record) => record.changes);
  const heading = `**Org settings of ${code(org.org)}**`;
  return {
    versions: [
      `\n${heading}\n${worstChangesFirst(changes)
        .map((change) => changeLine(change))
        .join('')}`,
      `\n${heading}: ${signs(changes)}\n`,
    ],
  };
}

function recordBlock(org: OrgPlan, record: RecordPlan, several: boolean): Block {
  const name = `${several ? `${code(org.org)} ` : ''}${code(record.full_name)}`;
  const { sign, words } = RECORD_ACTIONS[record.action];
  const heading = `**${record.title} ${name}**: \\${sign} ${words}`;
  const full = `\n${heading} (${code(record.path)})\n${worstChangesFirst(record.changes)
    .map((change) => (hasDirection(record, change, org) ? changeLine(change) : `- ${valueText(change)}\n`))
    .join('')}`;
  return { versions: [full, `\n${heading}; ${signs(record.changes)}\n`, `\n- ${heading}\n`] };
}

/** What is quoted stands as code, so that nothing in it is markup. */
const valueText = (change: FieldChange): string =>
  `${change.title} ${code(change.field)}: ${code(transitionText(change))}${change.ownership === 'default' ? ' *(default)*' : ''}`;

function changeLine(change: FieldChange, usage?: AppPlanUsage): string {
  const impact = impactText(change.impact);
  const why = change.reason === undefined ? '' : `: ${prose(change.reason)}`;
  const numbers = usageText(usage, change);
  const felt = `${why}${impact === undefined ? '' : ` (**${impact}**)`}${numbers === undefined ? '' : `: ${prose(numbers)}`}`;
  return `- ${SIGNS[change.effect]} ${valueText(change)}${felt}\n`;
}

function diagnosticsBlock(org: OrgPlan, severity: Diagnostic['severity']): readonly Block[] {
  const found = saidOnce(org.diagnostics.filter((diagnostic) => diagnostic.severity === severity));
  return found.map((diagnostic) => {
    const lines = formatDiagnostic(harmless(diagnostic)).split('\n');
    const block = `\n${fenced(lines)}\n`;
    return {
      versions: [
        severity === 'note' ? folded(`note: ${code(diagnostic.code)}`, `\n${fenced(lines)}\n`) : block,
        `\n- ${severity}: ${code(diagnostic.code)} ${code(diagnostic.path)}${diagnostic.where === undefined ? '' : `: ${code(diagnostic.where)}`}\n`,
      ],
    };
  });
}

/** What is in sync, left alone or unmanaged, folded away. */
const quietBlock = (org: OrgPlan): readonly Block[] =>
  leftNames(org).map(([title, names]) => {
    const heading = `${code(org.org)}: ${title} (${names.length})`;
    return { versions: [folded(heading, `${names.map(code).join(', ')}\n`), `\n- ${heading}\n`] };
  });

const folded = (heading: string, details: string, open = false): string =>
  `\n<details${open ? ' open' : ''}><summary>${asHtml(heading)}</summary>\n\n${details}\n</details>\n`;
