import type { Component, FieldRecord, FieldValue, Ownership } from '../metadata/component';
import { componentType } from '../metadata/fields';
import { CONNECTED_APP_PARTS } from '../metadata/fields/connected-app';
import { exists, type Field } from '../metadata/fields/field';
import type { ManifestComponent } from '../metadata/manifest';
import { normalize, sameValue, withUnknownMembers } from '../metadata/normalize';
import type { Observed } from '../metadata/observed';
import { isRecord } from '../options/owned';
import { assess, type EffectFacts, impactOf } from './effect';
import type { FieldChange, KeptField } from './plan';

/** What differs between a declared component and the one the org has. */
export interface ComponentDiff {
  readonly changes: readonly FieldChange[];
  readonly kept: readonly KeptField[];
  /** Managed fields the org does not return, so that no one can tell whether they differ. */
  readonly unreadable: readonly string[];
  /** Fields that Salesforce forces to true although the code says false (D7). */
  readonly serverWins: readonly string[];
  /** How many managed values the org has as declared. */
  readonly unchanged: number;
  /** The whole record to write: declared values over live ones (D1, D2). */
  readonly merged: Component;
}

interface Leaf {
  readonly field: Field;
  /** As shown: `idTokenConfig.idTokenAudience` for a nested one. */
  readonly name: string;
  readonly before: Observed;
  readonly after: FieldValue | undefined;
  readonly ownership: Ownership;
}

/**
 * The one comparison: plan, apply, drift and read-back all go through it. `live` is undefined where the org has no such
 * component. `fullName` is the real name of the component.
 */
export function diffComponent(
  declared: ManifestComponent,
  live: Component | undefined,
  apiVersion: number,
  fullName: string,
  facts: EffectFacts = {},
): ComponentDiff {
  const type = componentType(declared.type);
  if (!type) throw new TypeError(`No component type ${declared.type} in the field table`);
  const known = type.fields.filter((field) => exists(field, apiVersion));
  const merged = merge(declared, live, known, fullName);
  const leaves = known.flatMap((field) => leavesOf(field, declared, live));
  const serverWins = leaves
    .filter(({ field, before, after }) => isServerWins(field, before, after))
    .map(({ name }) => name);
  const changes: FieldChange[] = [];
  for (const leaf of leaves) {
    if (serverWins.includes(leaf.name) || isSame(leaf, live !== undefined)) continue;
    const transition = {
      field: leaf.field,
      before: valueOf(leaf.before),
      after: leaf.after,
      recordBefore: live ?? { type: type.name, fields: {} },
      recordAfter: merged,
      facts,
    };
    const { effect, reason } = assess(transition);
    changes.push({
      type: declared.type,
      full_name: fullName,
      field: leaf.name,
      title: leaf.field.title,
      before: leaf.before,
      after: observed(leaf.after),
      ownership: leaf.ownership,
      effect,
      // A new app has no earlier lifetime to compare with; what is not known stays so.
      ...(reason !== undefined && (live || effect === 'unknown') && { reason }),
      impact: live ? impactOf(transition, effect) : { level: 'none' },
    });
  }
  const unread = leaves.filter(({ before }) => before.state === 'unreadable');
  return {
    changes,
    unchanged: leaves.length - changes.length - serverWins.length - unread.length,
    kept: live ? [...keptFields(declared, live, known), ...keptWhole(live)] : [],
    unreadable: unread.map(({ name }) => `${declared.type}.${name}`),
    serverWins,
    merged,
  };
}

/** A field as the org has it: an element that was left out stands for the platform's default, where there is one. */
export function observeField(field: Field, live: Component | undefined): Observed {
  if (!live) return { state: 'absent' };
  const value =
    normalize(field, live.fields[field.name]) ??
    (field.default === undefined ? undefined : normalize(field, field.default));
  if (value !== undefined) return { state: 'value', value };
  return field.writeOnly ? { state: 'unreadable' } : { state: 'absent' };
}

function leavesOf(field: Field, declared: ManifestComponent, live: Component | undefined): readonly Leaf[] {
  const owned = declared.fields[field.name];
  if (!owned) return [];
  const before = observeField(field, live);
  const { ownership } = owned;
  if (field.kind.kind !== 'record' || !isRecord(owned.value)) {
    const declaredValue = normalize(field, owned.value);
    // Rows that stay are written with what a newer version keeps in them, so they are no news.
    const after = declaredValue === undefined ? undefined : withUnknownMembers(field, declaredValue, valueOf(before));
    return [{ field, name: field.name, before, after, ownership }];
  }
  const liveRecord = before.state === 'value' && isRecord(before.value) ? before.value : {};
  const wanted: FieldRecord = owned.value;
  return field.kind.fields
    .filter((nested) => nested.name in wanted)
    .map((nested) => {
      const value = liveRecord[nested.name] ?? (live ? nested.default : undefined);
      return {
        field: nested,
        name: `${field.name}.${nested.name}`,
        before: observed(normalize(nested, value)),
        after: normalize(nested, wanted[nested.name]),
        ownership,
      };
    });
}

const observed = (value: FieldValue | undefined): Observed =>
  value === undefined ? { state: 'absent' } : { state: 'value', value };
const valueOf = (state: Observed): FieldValue | undefined => (state.state === 'value' ? state.value : undefined);

function isSame(leaf: Leaf, exists: boolean): boolean {
  // A value no one can read is not a change; what was sent last stands in the ownership line (D5).
  if (leaf.before.state === 'unreadable') return exists;
  return sameValue(leaf.field, valueOf(leaf.before), leaf.after);
}

const isServerWins = (field: Field, before: Observed, after: FieldValue | undefined): boolean =>
  field.serverWins === true && after === false && valueOf(before) === true;

function merge(
  declared: ManifestComponent,
  live: Component | undefined,
  known: readonly Field[],
  fullName: string,
): Component {
  const fields: Record<string, FieldValue> = {};
  for (const field of known) {
    const owned = declared.fields[field.name];
    const kept = normalize(field, live?.fields[field.name]);
    let value = owned ? normalize(field, owned.value) : kept;
    if (owned && isRecord(value) && isRecord(kept)) value = { ...kept, ...value };
    if (owned && value !== undefined) value = withUnknownMembers(field, value, kept);
    // The org's true stands where it forces true: sending false would only be ignored again (D7).
    if (owned && isServerWins(field, observed(kept), value)) value = true;
    // Where leaving the element out keeps the list, its end has to be said.
    if (value === undefined && owned && field.clearedByEmptyElement && kept !== undefined) value = [];
    if (value !== undefined) fields[field.name] = value;
  }
  return { type: declared.type, fullName, fields, ...(live?.unknown && { unknown: live.unknown }) };
}

/** Elements outside the field table, which a write gives back as they are. */
function keptWhole({ type, unknown = [] }: Component): readonly KeptField[] {
  return [...new Set(unknown.map(({ name }) => name))].map((field) => ({
    type,
    field,
    title: CONNECTED_APP_PARTS.find(({ name }) => name === field)?.title ?? 'Not known to this program',
    value: { state: 'value', value: 'kept as it is' },
  }));
}

/** Fields with a value of their own that the code does not mention; defaults and server-owned ones are not news. */
function keptFields(declared: ManifestComponent, live: Component, known: readonly Field[]): readonly KeptField[] {
  return known.flatMap((field) => {
    if (field.role !== 'author' || field.name in declared.fields) return [];
    const value = normalize(field, live.fields[field.name]);
    if (value === undefined || sameValue(field, value, field.default) || field.name === 'label') return [];
    return [{ type: declared.type, field: field.name, title: field.title, value: observed(value) }];
  });
}
