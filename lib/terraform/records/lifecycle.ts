import { recordResource } from '../../metadata/attribute-names';
import type { OwnedValue } from '../../metadata/component';
import { canonicalJson } from '../../metadata/digest';
import { exists } from '../../metadata/fields/field';
import type { ManifestRecord } from '../../metadata/manifest';
import { nameField, type RecordKind } from '../../metadata/records/kind';
import { needsOf } from '../../operations/read-dependencies';
import { mayWiden } from '../../plan/effect';
import { findRecord, type ItemDraft, planItem } from '../../plan/plan-item';
import { type Diagnostic, isError } from '../../values/diagnostic';
import { configured } from '../app/app-config';
import type { Wish } from '../app/declare-app';
import { completeComponent, readComponent } from '../app/observe-fields';
import { planComponent } from '../app/plan-fields';
import { plannedValue } from '../app/planned-value';
import { reviewedFields } from '../app/reviewed-fields';
import type { SecureDefault } from '../app/secure-defaults';
import type { Session } from '../org/session';
import { manifestOf, situationOf } from '../org/situation';
import type { Answered, Planned, TerraformDiagnostic } from '../resource';
import { componentOf } from '../schema/component-attributes';
import { hasUnknown } from '../schema/field-value';
import { outcomeDiagnostics, toTerraform } from '../terraform-diagnostic';
import { isUnknown, text, Unknown, type Value, type Values, values } from '../wire/value';

const pathOf = ({ type }: RecordKind, apiName: string): string => `${recordResource(type)} ${apiName}`;

/** The record as the org has it now, in the words of the state where they mean the same. */
export async function readRecord(kind: RecordKind, state: Values, session: Session): Promise<Answered> {
  const apiName = text(state['api_name']) ?? '';
  const { observed } = await session.reading();
  const found = findRecord({ type: kind.type.name, name: apiName }, { observed });
  if (found.state === 'absent') return { state: null, diagnostics: [] };
  const component = componentOf(kind);
  if (found.state === 'unreadable') {
    const summary = `${pathOf(kind, apiName)}: cannot be read`;
    const known = state['id'] !== null && state['id'] !== undefined;
    return { state, diagnostics: [{ severity: known ? 'warning' : 'error', summary, detail: `${found.reason}.` }] };
  }
  const seen = { observed: found, apiVersion: session.config.apiVersion };
  // After an import there is nothing but the name.
  const before = state[component.name] === null ? undefined : state;
  return {
    state: { ...state, id: apiName, [component.name]: readComponent(component, seen, before) },
    diagnostics: [],
  };
}

/** What an apply will change. A record that exists already is taken over, field by field, as org settings are. */
export async function planRecordChange(
  kind: RecordKind,
  { prior, config }: { readonly prior: Values | undefined; readonly config: Values | undefined },
  session: Session,
): Promise<Planned> {
  if (!config) return { state: null, diagnostics: [stays(kind, text(prior?.['api_name']) ?? '')] };
  const component = componentOf(kind);
  const { apiVersion } = session.config;
  const apiName = config['api_name'] ?? null;
  const renamed = prior !== undefined && !sameName(prior['api_name'], apiName);
  const existing = renamed || prior === undefined ? await inOrg(kind, apiName, session) : prior;
  const fields = planComponent(component, {
    config,
    prior: existing,
    defaults: existing ? undefined : otherwise(kind),
    apiVersion,
    untouched: new Set(),
    unread: !session.reachable,
  });
  const state = { id: isUnknown(apiName) ? new Unknown() : apiName, api_name: apiName, [component.name]: fields };
  const replaced = renamed ? { requiresReplace: ['api_name'] } : {};
  if (!session.reachable || hasUnknown(config['api_name'])) return { state, ...replaced, diagnostics: [] };
  const changed = prior === undefined || canonicalJson(prior) !== canonicalJson(state);
  const draft = await draftOf(kind, { config, planned: state, prior }, session);
  if (draft.merged && !draft.diagnostics.some(isError)) session.expectRecord(draft.merged);
  const diagnostics = draft.diagnostics.map((diagnostic) =>
    toTerraform(diagnostic, changed && isError(diagnostic) && !mayFollow(diagnostic) ? 'error' : 'warning'),
  );
  return { state, ...replaced, diagnostics: changed ? [...diagnostics, ...impact(draft)] : diagnostics };
}

/** The app may be created by the same run, before the handler: what is missing now, the apply judges again. */
const mayFollow = ({ code }: Diagnostic): boolean => code === 'app-missing';

const sameName = (a: Value | undefined, b: Value): boolean =>
  !isUnknown(b) && (text(a) ?? '').toLowerCase() === (text(b) ?? '').toLowerCase();

/** What the org has under the name, where it can be asked. */
async function inOrg(kind: RecordKind, apiName: Value, session: Session): Promise<Values | undefined> {
  const name = isUnknown(apiName) ? undefined : text(apiName);
  if (!session.reachable || name === undefined) return undefined;
  const found = findRecord({ type: kind.type.name, name }, await session.reading());
  if (found.state !== 'present') return undefined;
  const seen = { observed: found, apiVersion: session.config.apiVersion };
  const component = componentOf(kind);
  return { api_name: name, [component.name]: readComponent(component, seen, undefined) };
}

function declare(kind: RecordKind, wish: Wish, apiVersion: number): ManifestRecord {
  const component = componentOf(kind);
  const { config, planned, prior } = wish;
  const name = text(planned['api_name']) ?? '';
  const defaults = otherwise(kind);
  const fields: Record<string, OwnedValue> = { ...nameField(kind.type, name) };
  for (const { name: attribute, field } of component.fields) {
    if (!exists(field, apiVersion)) continue;
    const value = plannedValue(field, {
      given: configured(config, component.name, attribute),
      planned: values(planned[component.name])[attribute],
      prior: prior && (values(prior[component.name])[attribute] ?? null),
      secure: prior ? undefined : defaults.get(field.name),
    });
    if (value) fields[field.name] = value;
  }
  return { type: component.type.name, name, path: pathOf(kind, name), fields, preserved: [], exceptions: [] };
}

const otherwise = (kind: RecordKind): ReadonlyMap<string, SecureDefault> =>
  new Map(Object.entries(kind.otherwise ?? {}).map(([field, value]) => [field, { known: true, value }]));

async function draftOf(kind: RecordKind, wish: Wish, session: Session): Promise<ItemDraft> {
  const record = declare(kind, wish, session.config.apiVersion);
  const reading = await session.expected();
  const named = usersIn(record);
  const [around, users] = await Promise.all([
    session.dependencies(needsOf({ apps: [], records: [record] })),
    named.length === 0 ? undefined : session.users(named),
  ]);
  const facts = { ...reading.facts, ...around.facts, ...(users && { users }) };
  const manifest = manifestOf(session.config, []);
  return planItem(record, situationOf(manifest, { ...reading, facts }, session.today(), {}));
}

/** Whom the rows of a handler run as. */
function usersIn({ fields }: ManifestRecord): readonly string[] {
  const rows = fields['enablements']?.value ?? [];
  return (rows as readonly Values[]).flatMap(({ apexExecutionUser: name }) => text(name) ?? []);
}

/** Writes the record, together with others that arrive at about the same time. A removed one stays in the org. */
export async function applyRecordChange(
  kind: RecordKind,
  change: { readonly prior: Values | undefined; readonly planned: Values | undefined; readonly config: Values },
  session: Session,
): Promise<Answered> {
  const { prior, planned, config } = change;
  if (!planned) return { state: null, diagnostics: [] };
  const component = componentOf(kind);
  const { apiVersion } = session.config;
  const record = declare(kind, { config, planned, prior }, apiVersion);
  const result = await session.writeRecord({ record, reviewed: prior && reviewedFields([component], prior, planned) });
  if (result.status === 'failed') {
    return { state: prior ?? null, diagnostics: result.diagnostics.map((diagnostic) => toTerraform(diagnostic)) };
  }
  const fields = completeComponent(component, planned[component.name] ?? null, { ...result, apiVersion });
  const state = { id: record.name, api_name: record.name, [component.name]: fields };
  return { state, diagnostics: outcomeDiagnostics(result.diagnostics, prior) };
}

/** What the change opens. */
function impact({ plan }: ItemDraft): readonly TerraformDiagnostic[] {
  const opens = plan.changes.filter(({ effect }) => mayWiden(effect));
  if (opens.length === 0 || plan.action !== 'update') return [];
  return [
    {
      severity: 'warning',
      summary: `${plan.path}: this change widens access`,
      detail: opens.map(({ title }) => title).join('\n'),
    },
  ];
}

const stays = (kind: RecordKind, apiName: string): TerraformDiagnostic => ({
  severity: 'warning',
  summary: `${pathOf(kind, apiName)}: stays in the org`,
  detail: `Nothing in the org says who made a ${kind.words}, so none is ever deleted. Terraform forgets it, and the org keeps it as it is; delete it in Setup if nothing uses it.`,
});
