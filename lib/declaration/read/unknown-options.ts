import { nearest } from '../../values/nearest';
import type { ClientKind } from '../client-app';
import type { Reading } from '../reading';
import type { Props } from './props';

/** Reports every member that a nested object does not have. */
export function unknownMembers(record: Props, field: string, members: readonly string[], reading: Reading): void {
  for (const name of strays(record, members)) unknownName(name, `${field}.${name}`, members, reading);
}

export const CONSTRUCT: Readonly<Record<ClientKind, string>> = {
  private: 'PrivateClientApp',
  public: 'PublicClientApp',
  machine: 'MachineApp',
};

export function strays(record: Props, valid: readonly string[]): readonly string[] {
  return Object.keys(record).filter((name) => record[name] !== undefined && !valid.includes(name));
}

export function unknownName(name: string, field: string, valid: readonly string[], reading: Reading): void {
  const guess = nearest(name, valid);
  reading.report('unknown-option', field, {
    problem: `there is no option ${JSON.stringify(name)}`,
    allowed: valid.join(', '),
    remedy: guess === undefined ? 'remove it' : `write ${guess} if that is what you mean, else remove it`,
  });
}
