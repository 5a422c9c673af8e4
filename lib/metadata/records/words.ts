import { RECORD_KINDS } from '.';
import type { RecordKind } from './kind';

/** The kind of that metadata type; undefined for the components of apps, and for org settings. */
export const recordKindOf = (type: string): RecordKind | undefined =>
  RECORD_KINDS.find((kind) => kind.type.name === type);

/** The name of the record that a change is of; undefined for the components of apps, and for org settings. */
export const recordOf = (change: { readonly type: string; readonly full_name: string }): string | undefined =>
  recordKindOf(change.type) && change.full_name;

/** `custom scopes and token exchange handlers`. */
export const RECORDS = listed(
  RECORD_KINDS.map(({ words }) => `${words}s`),
  'and',
);

/** `custom scopes and handlers`, as it is counted. */
export const RECORDS_COUNTED = counted((kind, index) => (index === 0 ? kind.words : kind.brief));

/** `scopes and handlers`. */
export const RECORDS_BRIEF = counted(({ brief }) => brief);

function counted(words: (kind: RecordKind, index: number) => string): readonly [one: string, many: string] {
  const names = RECORD_KINDS.map(words);
  return [
    listed(names, 'or'),
    listed(
      names.map((name) => `${name}s`),
      'and',
    ),
  ];
}

/** `a, b and c`. */
function listed(names: readonly string[], last: string): string {
  return names.join(', ').replace(/, ([^,]*)$/, ` ${last} $1`);
}
