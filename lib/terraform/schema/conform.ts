import { isUnknown, type Value, type Values, values } from '../wire/value';
import { type Attribute, isNested } from './attribute';

/** The value with every attribute of the schema, null where there was none, and nothing else. */
export function conform(attributes: readonly Attribute[], given: Values): Values {
  return Object.fromEntries(attributes.map(({ name, type }) => [name, conformValue(type, given[name])]));
}

function conformValue(type: Attribute['type'], value: Value | undefined): Value {
  if (value === undefined || value === null || isUnknown(value)) return value ?? null;
  if (!isNested(type)) return value;
  if (!Array.isArray(value)) return conform(type.attributes, values(value));
  return (value as readonly Value[]).map((member) =>
    isUnknown(member) ? member : conform(type.attributes, values(member)),
  );
}
