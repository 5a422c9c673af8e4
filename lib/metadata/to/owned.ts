import type { Setting } from '../../declaration/client-app';
import type { FieldValue, OwnedValue } from '../component';

export type Fields = Record<string, OwnedValue>;

export const stated = (value: FieldValue): OwnedValue => ({ value, ownership: 'stated' });
export const byDefault = (value: FieldValue): OwnedValue => ({ value, ownership: 'default' });
export const owned = <T>(setting: Setting<T>, value: FieldValue): OwnedValue => ({ value, ownership: setting.origin });

/** Declares that a field has no value: leftovers of another configuration would make Salesforce refuse this one. */
export const NOTHING: OwnedValue = byDefault([]);

export function put(fields: Fields, name: string, value: FieldValue | undefined): void {
  if (value !== undefined) fields[name] = stated(value);
}

/** A flow of kinds with users, as a machine has it. */
export const byDefaultOff = { value: { enabled: false }, origin: 'default' } as const;
