import type { Setting } from '../declaration/client-app';

/**
 * A canonical field value, the only form ever compared: trimmed text, real booleans and numbers, lists either ordered
 * (callback URLs) or sorted (scopes, permission sets, ranges), nested records by field name.
 */
export type FieldValue = string | boolean | number | readonly string[] | FieldRecord | readonly FieldRecord[];

export interface FieldRecord {
  readonly [name: string]: string | boolean | number;
}

export const isRecord = (value: FieldValue | undefined): value is FieldRecord =>
  typeof value === 'object' && !Array.isArray(value);

/** Who decides a field of a declared component. Every other field of the type is preserved (D1). */
export type Ownership = 'stated' | 'default';

export interface OwnedValue {
  readonly value: FieldValue;
  readonly ownership: Ownership;
}

export const stated = (value: FieldValue): OwnedValue => ({ value, ownership: 'stated' });
export const byDefault = (value: FieldValue): OwnedValue => ({ value, ownership: 'default' });
export const owned = <T>(setting: Setting<T>, value: FieldValue): OwnedValue => ({ value, ownership: setting.origin });
/** Stated where there is a value; else the field is not written. */
export const ifStated = (value: FieldValue | undefined): OwnedValue | undefined =>
  value === undefined ? undefined : stated(value);

/** Declares that a field has no value: leftovers of another configuration would make Salesforce refuse this one. */
export const NOTHING: OwnedValue = byDefault([]);
