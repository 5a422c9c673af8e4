import type { ManifestComponent } from '../../metadata/manifest';
import { RECORDS, RECORDS_BRIEF } from '../../metadata/records/words';
import { valueText } from '../../plan/change-text';
import type { AppPlan, Effect, FieldChange, OrgPlan, RecordPlan } from '../../plan/plan';
import { forcedFields, standingOf } from '../../plan/standing';
import { capital } from '../../values/plural';
import { visible } from '../../values/visible';
import { diagnosticLines } from '../diagnostic-lines';
import { BLANK, type Line, line, marked, printLines, type Tone } from '../lines';
import { named } from '../plan/change-lines';
import { recordHeading } from '../plan/record-lines';
import { asDeclaredText, leftAsItIsText, notComparedText, noteLines } from '../plan/standing-words';
import { appHeading, orgHeading } from '../plan/text';
import { count } from '../plan/words';
import type { RenderOptions } from '../style';
import { driftEffect } from './effect';

const WORDS: Readonly<Record<Effect, { readonly mark: string; readonly tone: Tone; readonly text: string }>> = {
  widens: { mark: 'weaker ', tone: 'bad', text: "the org's value widens access" },
  mixed: {
    mark: 'mixed  ',
    tone: 'bad',
    text: "the org's value widens access in one respect and narrows it in another",
  },
  unknown: { mark: 'unknown', tone: 'warn', text: "whether the org's value widens access is not known" },
  narrows: { mark: 'tighter', tone: 'warn', text: "the org's value narrows access" },
  neutral: { mark: 'differs', tone: 'dim', text: 'no effect on security' },
};

/** What the org has otherwise than declared, and what that does to security. Takes the plans that would repair it. */
export function driftText(plans: readonly OrgPlan[], options: RenderOptions = {}): string {
  return printLines(
    plans.flatMap((plan) => [...orgLines(plan), BLANK]),
    options,
  );
}

function orgLines(org: OrgPlan): readonly Line[] {
  const settings = org.settings.flatMap((record) => record.changes);
  const records = org.records.filter(({ action }) => action !== 'none');
  const { asDeclared, inPart, leftAlone } = standingOf(org);
  const apps = org.apps.filter((app) => ![asDeclared, inPart, leftAlone].some((group) => group.includes(app)));
  return [
    ...orgHeading(org),
    ...(settings.length > 0 ? [BLANK, line(1, 'Org settings', 'bold')] : []),
    ...settings.flatMap((change) => fieldLines(change, org.manifest.settings, settings)),
    ...(records.length > 0 ? [BLANK, line(1, capital(RECORDS), 'bold')] : []),
    ...records.flatMap((record) => recordLines(record, org)),
    ...(apps.length > 0 ? [BLANK, line(1, 'Client apps', 'bold')] : []),
    ...apps.flatMap((app) => appLines(app, org)),
    ...(org.diagnostics.length > 0 ? [BLANK, ...diagnosticLines(1, org.diagnostics)] : []),
    BLANK,
    ...conclusion(org, apps, settings, records),
  ];
}

/** What guards block stays as it is, whatever the plan shows of it. */
function repairText(apps: readonly AppPlan[]): string {
  const { length } = apps.filter(({ action }) => action === 'blocked');
  const plan = 'client-apps plan shows what apply would do.';
  return length === 0 ? plan : `An apply would not repair ${count(length, 'app')}: see the errors above. ${plan}`;
}

function recordLines(record: RecordPlan, org: OrgPlan): readonly Line[] {
  if (record.action === 'create') return [recordHeading(record, 'declared, not in the org')];
  const { changes } = record;
  const heading = recordHeading(record, `${count(changes.length, 'field')} differ${changes.length === 1 ? 's' : ''}`);
  return [heading, ...changes.flatMap((change) => fieldLines(change, org.manifest.records ?? [], changes))];
}

function appLines(app: AppPlan, org: OrgPlan): readonly Line[] {
  const declared = org.manifest.apps.find(({ api_name: name }) => name === app.api_name)?.components ?? [];
  const heading = appHeading(app, org, state(app, forcedFields(org, app)));
  // Of an app that does not exist, every field differs; one line says it better.
  if (app.missing || app.action === 'create') return [heading];
  return [heading, ...app.changes.flatMap((change) => fieldLines(change, declared, app.changes))];
}

function state({ action, missing, stopped, changes }: AppPlan, forced: number): string {
  if (action === 'create') return 'declared, not in the org';
  if (action === 'delete' || action === 'orphaned') return 'in the org, no longer declared';
  if (missing) return 'declared, not in the org; see the errors below';
  const differing = changes.length + forced;
  const fields =
    differing > 0 ? `${count(differing, 'field')} differ${differing === 1 ? 's' : ''}` : 'no field differs';
  const parts = [fields];
  if (forced > 0) parts.push(`${forced} of them forced by Salesforce`);
  if (stopped) parts.push('stopped in the org');
  if (action === 'blocked') {
    if (changes.length === 0) return 'not compared, see the errors below';
    parts.push('see the errors below');
  }
  return parts.join(', ');
}

function fieldLines(
  change: FieldChange,
  declared: readonly ManifestComponent[],
  siblings: readonly FieldChange[],
): readonly Line[] {
  const { type, field, title, before, after } = change;
  const effect = driftEffect(change, declared, siblings);
  const { mark, tone, text } = WORDS[effect];
  const values = `declared ${valueText(type, field, after)}, org has ${valueText(type, field, before)}`;
  return [
    marked(3, mark, tone, `${named(title, field)}: ${values}`),
    line(7, members(change, text), effect === 'neutral' ? 'dim' : undefined),
  ];
}

/** The members that came and went say more about a list than the two lists do. */
function members({ before, after }: FieldChange, text: string): string {
  const has = before.state === 'value' ? before.value : [];
  const wanted = after.state === 'value' ? after.value : [];
  if (!isTexts(has) || !isTexts(wanted)) return text;
  const added = has.filter((member) => !wanted.includes(member)).map((member) => `added ${visible(member)}`);
  const missing = wanted.filter((member) => !has.includes(member)).map((member) => `lacks ${visible(member)}`);
  return [...added, ...missing, text].join('; ');
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((member) => typeof member === 'string');

function conclusion(
  org: OrgPlan,
  apps: readonly AppPlan[],
  settings: readonly FieldChange[],
  records: readonly RecordPlan[],
): readonly Line[] {
  const name = visible(org.org);
  const notCompared = noteLines(notComparedText(org));
  const errors = org.diagnostics.some(({ severity }) => severity === 'error');
  const { differing, missing, stopped, removed, unknown, forced } = standingOf(org);
  if (apps.length + settings.length + records.length + forced.length === 0) {
    if (errors) return [line(1, `${name}: see the errors above.`, 'bad'), ...notCompared];
    return [line(1, `In sync: ${asDeclaredText(org)}`, 'good'), ...notCompared];
  }
  const created = records.filter(({ action }) => action === 'create').length;
  const fields = [...differing, ...stopped, ...records.filter(({ action }) => action !== 'create')].reduce(
    (sum, { changes }) => sum + changes.length,
    settings.length,
  );
  const parts = [
    ...(fields > 0 ? [count(fields, 'field')] : []),
    ...(forced.length > 0
      ? [count(forced.length, 'field that Salesforce forces', 'fields that Salesforce forces')]
      : []),
    ...(missing.length > 0 ? [count(missing.length, 'missing app')] : []),
    ...(created > 0 ? [count(created, `missing ${RECORDS_BRIEF[0]}`, `missing ${RECORDS_BRIEF[1]}`)] : []),
    ...(stopped.length > 0 ? [count(stopped.length, 'stopped app')] : []),
    ...(removed.length > 0 ? [count(removed.length, 'app no longer declared', 'apps no longer declared')] : []),
    ...(unknown.length > 0
      ? [count(unknown.length, 'app that could not be compared', 'apps that could not be compared')]
      : []),
  ];
  const what = parts.length > 0 ? parts.join(', ') : 'see above';
  const left = noteLines(leftAsItIsText(org));
  return [line(1, `Drift in ${name}: ${what}. ${repairText(apps)}`, 'bad'), ...left, ...notCompared];
}
