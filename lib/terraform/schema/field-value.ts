import { attributeValue } from '../../metadata/attribute-names';
import type { FieldRecord, FieldValue } from '../../metadata/component';
import type { Field } from '../../metadata/fields/field';
import { normalize, sameValue } from '../../metadata/normalize';
import { snakeCase } from '../../values/snake-case';
import { isUnknown, type Value, type Values, values } from '../wire/value';

/** A canonical field value as Terraform's; undefined is null. */
export function toValue(field: Field, value: FieldValue | undefined): Value {
  return value === undefined ? null : attributeValue(field, value);
}

/** Terraform's value in canonical form. Members that are not known yet, or null, have no value. */
export function fromValue(field: Field, value: Value | undefined): FieldValue | undefined {
  if (value === undefined || value === null || isUnknown(value)) return undefined;
  const { kind } = field;
  if (kind.kind === 'record') return normalize(field, record(kind.fields, values(value)));
  if (!Array.isArray(value)) {
    return typeof value === 'bigint' ? Number(value) : normalize(field, value as string | number | boolean);
  }
  const known = (value as readonly Value[]).filter((member) => member !== null && !isUnknown(member));
  if (kind.kind !== 'records') return normalize(field, known.map(String));
  return normalize(
    field,
    known.map((row) => stored(record(kind.fields, values(row)))),
  );
}

/** Salesforce stores no empty text, so a row with one is the row without it. */
const stored = (row: FieldRecord): FieldRecord =>
  Object.fromEntries(Object.entries(row).filter(([, member]) => member !== ''));

function record(fields: readonly Field[], row: Values): FieldRecord {
  const members: Record<string, string | boolean | number> = {};
  for (const { name } of fields) {
    const member = row[snakeCase(name)];
    if (typeof member === 'string' || typeof member === 'boolean' || typeof member === 'number') members[name] = member;
    if (typeof member === 'bigint') members[name] = Number(member);
  }
  return members;
}

/** True where two values mean the same to Salesforce; no value stands for the platform's default. */
export function sameMeaning(field: Field, a: Value | undefined, b: Value | undefined): boolean {
  if (field.kind.kind === 'record') {
    const [left, right] = [values(a), values(b)];
    return field.kind.fields.every((member) => {
      const name = snakeCase(member.name);
      return sameMeaning(member, left[name], right[name]);
    });
  }
  const [left, right] = [a, b].map((value) => fromValue(field, value) ?? normalize(field, field.default));
  return sameValue(field, left, right);
}

/** True where a part of the value is not known yet. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === undefined || value === null || typeof value !== 'object') return false;
  if (isUnknown(value)) return true;
  return (Array.isArray(value) ? (value as readonly Value[]) : Object.values(values(value))).some(hasUnknown);
}
