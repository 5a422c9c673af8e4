import { isUnknown, type Value, type Values, values } from '../wire/value';
import { type Attribute, type BlockSchema, isNested } from './attribute';

/** The value with every attribute of the schema, null where there was none, and nothing else. */
export function conform(attributes: readonly Attribute[], given: Values): Values {
  return Object.fromEntries(attributes.map(({ name, type }) => [name, conformValue(type, given[name])]));
}

/**
 * The same for the way to Terraform: numbers as decimal text. Terraform reads them from text with more digits of precision
 * than from binary, and takes two states for different whose numbers differ in precision alone.
 */
export function conformForWire(attributes: readonly Attribute[], given: Values): Values {
  return Object.fromEntries(attributes.map(({ name, type }) => [name, conformValue(type, given[name], decimal)]));
}

/** The state that an import by name begins with; a text where the id can be none. @param words `an app is its API name` */
export const importByName =
  ({ attributes }: BlockSchema, words: string) =>
  (id: string): Values | string =>
    id.trim() === '' ? `The id of ${words}, as Setup shows it.` : conform(attributes, { api_name: id.trim() });

const same = (value: Value): Value => value;
const decimal = (value: Value): Value =>
  typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;

function conformValue(type: Attribute['type'], value: Value | undefined, leaf: (value: Value) => Value = same): Value {
  if (value === undefined || value === null || isUnknown(value)) return value ?? null;
  if (!isNested(type)) return leaf(value);
  const object = (member: Value): Values =>
    Object.fromEntries(
      type.attributes.map((attribute) => [
        attribute.name,
        conformValue(attribute.type, values(member)[attribute.name], leaf),
      ]),
    );
  if (!Array.isArray(value)) return object(value);
  return (value as readonly Value[]).map((member) => (isUnknown(member) ? member : object(member)));
}
