import { nearest } from '../../values/nearest';
import type { ClientKind } from '../client-app';
import { COMMON_OPTIONS, NOT_OFFERED, OPTIONS } from '../option-names';
import type { Reading } from '../reading';
import type { Props } from './props';

/** Reports every option that the kind does not have. Values are never shown: the stray option may hold a secret. */
export function unknownOptions(props: Props, kind: ClientKind, reading: Reading): void {
  const valid = [...COMMON_OPTIONS, ...OPTIONS[kind]];
  for (const name of strays(props, valid)) {
    const why = NOT_OFFERED[kind][name];
    if (why === undefined) {
      unknownName(name, name, valid, reading);
      continue;
    }
    reading.report('option-not-offered', name, {
      problem: `a ${CONSTRUCT[kind]} has no option ${name}: ${why.because}`,
      allowed: valid.join(', '),
      remedy: why.remedy,
    });
  }
}

/** Reports every member that a nested object does not have. */
export function unknownMembers(record: Props, field: string, members: readonly string[], reading: Reading): void {
  for (const name of strays(record, members)) unknownName(name, `${field}.${name}`, members, reading);
}

export const CONSTRUCT: Readonly<Record<ClientKind, string>> = {
  private: 'PrivateClientApp',
  public: 'PublicClientApp',
  machine: 'MachineApp',
};

function strays(record: Props, valid: readonly string[]): readonly string[] {
  return Object.keys(record).filter((name) => record[name] !== undefined && !valid.includes(name));
}

function unknownName(name: string, field: string, valid: readonly string[], reading: Reading): void {
  const guess = nearest(name, valid);
  reading.report('unknown-option', field, {
    problem: `there is no option ${JSON.stringify(name)}`,
    allowed: valid.join(', '),
    remedy: guess === undefined ? 'remove it' : `write ${guess} if that is what you mean, else remove it`,
  });
}
