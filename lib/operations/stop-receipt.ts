import type { Platform } from '../declaration/client-app';
import type { Component, FieldValue } from '../metadata/component';
import { canonicalJson } from '../metadata/digest';
import { componentType } from '../metadata/fields';
import { normalize } from '../metadata/normalize';

/** Version of the shape of stop receipts. */
export const STOP_FORMAT_VERSION = '1.3';

/** One field that a stop replaced. */
export interface ReplacedField {
  readonly field: string;
  /** Absent where the record had no value. */
  readonly before?: FieldValue;
  readonly after: FieldValue;
}

/** A stop or a start whose end no one has seen: a deploy of it is about to be sent, or was sent. */
export interface UnderWay {
  readonly verb: 'stop' | 'start';
  /** ISO time at which the run began; absent where its caller gave none. */
  readonly begun?: string;
  /** `0Af…`, as soon as the org has named it. */
  readonly deploy?: string;
  /** The tokens of the app are to end as well, which is not announced yet. */
  readonly revoke?: true;
}

/**
 * What a stop changed: all that it takes to undo it. Handed out before the org is written, so that a process that dies
 * leaves it. `announced`: the write was about to begin. `stopped`: the org was read, and it has these values. `started`:
 * undone, or nothing came of the stop.
 */
export interface StopChange {
  /** API name. */
  readonly app: string;
  readonly platform: Platform;
  readonly state: 'announced' | 'stopped' | 'started';
  /** Metadata type and full name of the one record that was written. */
  readonly type: string;
  readonly full_name: string;
  readonly replaced: readonly ReplacedField[];
  /** The login that stopped it came through the app itself, and someone accepted that by name. */
  readonly accepted_lockout?: true;
  /** Absent once the end was seen: the org was read again, or had refused the deploy. */
  readonly under_way?: UnderWay;
}

/** The change as a document. */
export interface StopReceipt extends StopChange {
  readonly format_version: string;
  readonly org: string;
  readonly org_id: string;
}

/** The change without anything under way, and without what a document adds to it. */
export const settled = (change: StopChange): StopChange => ({
  app: change.app,
  platform: change.platform,
  state: change.state,
  type: change.type,
  full_name: change.full_name,
  replaced: change.replaced,
  ...(change.accepted_lockout && { accepted_lockout: true }),
});

/** True where the record has this value in the field; nothing and the platform's default are the same. */
export function hasValue(record: Component | undefined, name: string, type: string, wanted?: FieldValue): boolean {
  return canonicalJson(valueIn(type, name, record?.fields[name])) === canonicalJson(valueIn(type, name, wanted));
}

function valueIn(type: string, name: string, value: FieldValue | undefined): FieldValue {
  const field = componentType(type)?.fields.find((each) => each.name === name);
  if (!field) throw new TypeError(`No field ${type}.${name} in the field table`);
  return normalize(field, value) ?? defaultOf(type, name);
}

/** What to write for no value: an empty list, or what the platform takes for it. */
export function defaultOf(type: string, name: string): FieldValue {
  const field = componentType(type)?.fields.find((each) => each.name === name);
  return field?.default ?? (field?.kind.kind === 'set' ? [] : false);
}

/**
 * What a stop of this record would replace. Values that an earlier stop wrote and no one changed since are no former ones:
 * of them, the earlier receipt knows what was there before.
 * @param mark A value that only a stop writes, as a member of a list.
 */
export function replacedBy(
  record: Component,
  wanted: Readonly<Record<string, FieldValue>>,
  earlier: StopChange | undefined,
  mark: string,
): readonly ReplacedField[] {
  const known = earlier && earlier.state !== 'started' && earlier.type === record.type ? earlier.replaced : [];
  const names = new Set([...Object.keys(wanted), ...known.map(({ field }) => field)]);
  return [...names].flatMap((field) => {
    const live = record.fields[field];
    const before = known.find((each) => each.field === field);
    const isOurs = before && (hasValue(record, field, record.type, before.after) || listOf(live).includes(mark));
    const after = wanted[field] ?? before?.after;
    if (after === undefined) return [];
    if (isOurs) return [{ ...before, after }];
    // The earlier stop wrote it, and someone has changed it since: it is not ours any more.
    if (wanted[field] === undefined) return [];
    return [{ field, ...(live !== undefined && { before: live }), after }];
  });
}

const listOf = (value: FieldValue | undefined): readonly unknown[] => (Array.isArray(value) ? value : []);
