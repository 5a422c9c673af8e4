/** A metadata value as the org keeps it: text, number, boolean, a nested record or a list of these. */
export type FieldValue = string | number | boolean | Fields | readonly FieldValue[];

/** The fields of a component or of a record inside one, by element name. */
export interface Fields {
  readonly [name: string]: FieldValue;
}

export const isFields = (value: FieldValue | undefined): value is Fields =>
  typeof value === 'object' && !Array.isArray(value);

/** The text of a field, or undefined when it is absent, empty or something else. */
export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The field as a list of records; a single record counts as a list of one. */
export function recordsOf(fields: Fields, name: string): readonly Fields[] {
  const value = fields[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? (value as readonly FieldValue[]) : [value]).filter(isFields);
}

/** The field as a list of texts. */
export function textsOf(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? (value as readonly FieldValue[]) : [value]).filter((item) => typeof item === 'string');
}

/** A comma-separated list as its trimmed, non-empty items. */
export function splitCommas(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
