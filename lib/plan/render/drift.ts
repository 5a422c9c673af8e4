import type { ManifestComponent } from '../../metadata/manifest';
import type { AppPlan, Effect, FieldChange, OrgPlan, RecordPlan } from '../plan';
import { named } from './change-lines';
import { diagnosticLines } from './diagnostic-lines';
import { driftEffect } from './drift-effect';
import { BLANK, type Line, line, marked, printLines, type Tone } from './lines';
import { recordHeading } from './record-lines';
import type { RenderOptions } from './style';
import { isExcepted } from './summary';
import { appHeading, orgHeading } from './text';
import { valueText } from './value';
import { visible } from './visible';
import { count } from './words';

const WORDS: Readonly<Record<Effect, { readonly mark: string; readonly tone: Tone; readonly text: string }>> = {
  widens: { mark: 'weaker ', tone: 'bad', text: "the org's value widens access" },
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
  const apps = org.apps.filter((app) => differs(app) && !isExcepted(org, app));
  return [
    ...orgHeading(org),
    ...(settings.length > 0 ? [BLANK, line(1, 'Org settings', 'bold')] : []),
    ...settings.flatMap((change) => fieldLines(change, org.manifest.settings, settings)),
    ...(records.length > 0 ? [BLANK, line(1, 'Custom scopes and token exchange handlers', 'bold')] : []),
    ...records.flatMap((record) => recordLines(record, org)),
    ...(apps.length > 0 ? [BLANK, line(1, 'Client apps', 'bold')] : []),
    ...apps.flatMap((app) => appLines(app, org)),
    ...(org.diagnostics.length > 0 ? [BLANK, ...diagnosticLines(1, org.diagnostics)] : []),
    BLANK,
    ...conclusion(org, apps, settings, records),
  ];
}

function recordLines(record: RecordPlan, org: OrgPlan): readonly Line[] {
  if (record.action === 'create') return [recordHeading(record, 'declared, not in the org')];
  const { changes } = record;
  const heading = recordHeading(record, `${count(changes.length, 'field')} differ${changes.length === 1 ? 's' : ''}`);
  return [heading, ...changes.flatMap((change) => fieldLines(change, org.manifest.records ?? [], changes))];
}

/** As drift is judged: a stopped app is not as declared; one that is no longer declared is not missing anything. */
const differs = ({ action, stopped, changes }: AppPlan): boolean =>
  (action !== 'none' && action !== 'orphaned') || stopped || changes.length > 0;

function appLines(app: AppPlan, org: OrgPlan): readonly Line[] {
  const declared = org.manifest.apps.find(({ api_name: name }) => name === app.api_name)?.components ?? [];
  const heading = appHeading(app, state(app));
  // Of an app that does not exist, every field differs; one line says it better.
  if (app.action === 'create') return [heading];
  return [heading, ...app.changes.flatMap((change) => fieldLines(change, declared, app.changes))];
}

function state({ action, stopped, changes }: AppPlan): string {
  if (action === 'create') return 'declared, not in the org';
  if (action === 'delete') return 'in the org, no longer declared';
  const fields = changes.length > 0 ? `${count(changes.length, 'field')} differ` : 'no field differs';
  const parts = [changes.length === 1 ? '1 field differs' : fields];
  if (stopped) parts.push('stopped in the org');
  if (action === 'blocked') parts.push('see the errors below');
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
  const left = nameList(
    'Not compared (--except)',
    org.apps.filter((app) => isExcepted(org, app)),
  );
  if (apps.length === 0 && settings.length === 0 && records.length === 0) {
    const errors = org.diagnostics.some(({ severity }) => severity === 'error');
    if (errors) return [line(1, `${name}: see the errors above.${left}`, 'bad')];
    return [line(1, `In sync: ${name} has what the code declares.${left}`, 'good')];
  }
  const existing = apps.filter(({ action }) => action !== 'create');
  const missing = records.filter(({ action }) => action === 'create').length;
  const fields = [...existing, ...records.filter(({ action }) => action !== 'create')].reduce(
    (sum, { changes }) => sum + changes.length,
    settings.length,
  );
  const stopped = apps.filter((app) => app.stopped).length;
  const parts = [
    ...(fields > 0 ? [count(fields, 'field')] : []),
    ...(existing.length < apps.length ? [count(apps.length - existing.length, 'missing app')] : []),
    ...(missing > 0 ? [count(missing, 'missing scope or handler', 'missing scopes and handlers')] : []),
    ...(stopped > 0 ? [count(stopped, 'stopped app')] : []),
  ];
  const what = parts.length > 0 ? parts.join(', ') : 'see above';
  return [line(1, `Drift in ${name}: ${what}.${left} client-apps plan shows what apply would do.`, 'bad')];
}

const nameList = (title: string, apps: readonly AppPlan[]): string =>
  apps.length === 0 ? '' : ` ${title}: ${apps.map((app) => visible(app.api_name)).join(', ')}.`;
