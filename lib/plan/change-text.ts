import type { FieldRecord, FieldValue } from '../metadata/component';
import { canonicalJson } from '../metadata/digest';
import { componentType } from '../metadata/fields';
import type { Observed } from '../metadata/observed';
import { Certificate } from '../values/certificate';
import { quoted, visible } from '../values/visible';
import type { FieldChange } from './plan';

const NONE = '(none)';
const UNREADABLE = '(cannot be read)';

/** A value in full, on one line; of a certificate its fingerprint, holder and end, never its bytes. */
export function valueText(type: string, field: string, observed: Observed): string {
  if (observed.state === 'absent') return NONE;
  if (observed.state === 'unreadable') return UNREADABLE;
  return isCertificate(type, field) && typeof observed.value === 'string'
    ? certificateText(observed.value)
    : plainText(observed.value, orderOf(type, field));
}

/** Before and after of a change: lists by the members that come, go and stay, everything else as `old -> new`. */
export function transitionText({ type, field, before, after }: FieldChange): string {
  const had = membersOf(before, orderOf(type, field));
  const has = membersOf(after, orderOf(type, field));
  if (had === undefined || has === undefined || (had.size === 0 && before.state === 'absent')) {
    const now = valueText(type, field, after);
    return before.state === 'absent' ? now : `${valueText(type, field, before)} -> ${now}`;
  }
  const added = [...has].filter(([key]) => !had.has(key)).map(([, text]) => `+ ${text}`);
  const removed = [...had].filter(([key]) => !has.has(key)).map(([, text]) => `- ${text}`);
  const stays = [...had].filter(([key]) => has.has(key)).map(([, text]) => text);
  const moves = [...added, ...removed].join(', ');
  return stays.length > 0 ? `${moves === '' ? 'different order' : moves} (stays: ${stays.join(', ')})` : moves;
}

/** List members by identity; undefined for what is no list, empty for no value at all. */
function membersOf(observed: Observed, order: Order): ReadonlyMap<string, string> | undefined {
  if (observed.state === 'unreadable') return undefined;
  if (observed.state === 'absent') return new Map();
  if (!Array.isArray(observed.value)) return undefined;
  const members = observed.value as readonly (string | FieldRecord)[];
  return new Map(members.map((member) => [canonicalJson(member), plainText(member, order)]));
}

/** Names of the members of a row, as the field table has them. */
type Order = readonly string[];

function orderOf(type: string, field: string): Order {
  const kind = componentType(type)?.fields.find(({ name }) => name === field)?.kind;
  return kind !== undefined && 'fields' in kind ? kind.fields.map(({ name }) => name) : [];
}

function plainText(value: FieldValue, order: Order): string {
  if (typeof value === 'string') return value === '' ? '""' : quoted(value);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    const members = value as readonly (string | FieldRecord)[];
    return members.length === 0 ? NONE : members.map((member) => plainText(member, order)).join(', ');
  }
  // An org may spell the members of a row in any order; those that the table does not know come last, by name.
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const entries = Object.entries(value as FieldRecord)
    .sort(([one], [other]) => place(one) - place(other) || (one < other ? -1 : 1))
    .map(([name, member]) => `${visible(name)}: ${plainText(member, order)}`);
  return `{ ${entries.join(', ')} }`;
}

export const isCertificate = (type: string, field: string): boolean =>
  componentType(type)?.fields.some(({ name, kind }) => name === field && kind.kind === 'certificate') ?? false;

function certificateText(base64: string): string {
  const parsed = Certificate.parse(base64);
  if (!parsed.ok) return '(a certificate that cannot be parsed)';
  const { fingerprint, subject, notAfter } = parsed.value;
  return `certificate sha256:${fingerprint}, ${quoted(subject)}, expires ${notAfter.slice(0, 10)}`;
}
