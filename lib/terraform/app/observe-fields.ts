import type { Component } from '../../metadata/component';
import { exists, type Field } from '../../metadata/fields/field';
import { normalize } from '../../metadata/normalize';
import type { ObservedComponent } from '../../metadata/observed';
import { observeField } from '../../plan/diff';
import type { ComponentAttribute } from '../schema/component-attributes';
import { sameMeaning, toValue } from '../schema/field-value';
import { isUnknown, type Value, type Values, values } from '../wire/value';

const live = (component: ObservedComponent | undefined): Component | undefined =>
  component?.state === 'present' ? component.component : undefined;

/** A component as it was read. */
export interface Seen {
  readonly observed: ObservedComponent | undefined;
  /** Fields that this version does not know have no value. */
  readonly apiVersion: number;
}

/**
 * The object of one component as the org has it. Where the state says the same in other words, the state's words stay:
 * no one wants to see a difference where there is none.
 * @param state Undefined where nothing is known yet, as after an import.
 */
export function readComponent(
  component: ComponentAttribute,
  { observed, apiVersion }: Seen,
  state: Values | undefined,
): Value {
  if (component.onlyStated && (state?.[component.name] ?? null) === null) return null;
  const current = state && values(state[component.name]);
  if (observed?.state === 'unreadable') return state?.[component.name] ?? null;
  return Object.fromEntries(
    component.fields.map(({ name, field }) => [
      name,
      exists(field, apiVersion) ? readField(field, live(observed), current?.[name]) : null,
    ]),
  );
}

function readField(field: Field, component: Component | undefined, current: Value | undefined): Value {
  const found = observeField(field, component);
  if (found.state === 'unreadable') return current ?? null;
  const value = toValue(field, found.state === 'value' ? found.value : undefined);
  if (current !== undefined) return sameMeaning(field, current, value) ? current : value;
  return value ?? emptyOf(field);
}

/** After an import or a move, a list without members is empty: a configuration that says so then changes nothing. */
const emptyOf = ({ kind }: Field): Value => (['set', 'lines', 'records'].includes(kind.kind) ? [] : null);

/** The planned object with what was not known filled in from the org. */
export function completeComponent(
  component: ComponentAttribute,
  planned: Value,
  { observed, apiVersion }: Seen,
): Value {
  if (component.onlyStated && planned === null) return null;
  const fields = isUnknown(planned) ? {} : values(planned);
  return Object.fromEntries(
    component.fields.map(({ name, field }) => {
      const value = isUnknown(planned) ? planned : (fields[name] ?? null);
      return [name, complete(field, value, exists(field, apiVersion) ? live(observed) : undefined)];
    }),
  );
}

function complete(field: Field, planned: Value, component: Component | undefined): Value {
  const found = normalize(field, component?.fields[field.name]) ?? (component ? field.default : undefined);
  if (isUnknown(planned)) return toValue(field, found);
  if (field.kind.kind !== 'record' || planned === null) return planned;
  const actual = values(toValue(field, found));
  return Object.fromEntries(
    Object.entries(values(planned)).map(([name, value]) => [name, isUnknown(value) ? (actual[name] ?? null) : value]),
  );
}
