import type { ClientKind, Platform } from '../declaration/client-app';
import { Duration, type DurationUnit } from '../values/duration';
import { call, type Expression, literal, members, texts } from './expression';
import { type FieldRecord, type FieldValue, isRecord } from './owned';
import { type Places, SETTINGS } from './settings';

/** What an option has to know of an app besides its own values. */
export interface Core {
  readonly kind: ClientKind;
  readonly platform: Platform;
}

/** An app as an org has it, for the options that say what their author would have to write for it. */
export interface Live extends Core {
  readonly apiVersion: number;
  /** The last day of an exception that is agreed to today. */
  readonly expires: string;
  /** The value in the words of External Client Apps, Salesforce's default included. Undefined: none, or not read. */
  value(places: Places): FieldValue | undefined;
  /** The value where it is not Salesforce's default. */
  own(places: Places): FieldValue | undefined;
  /** What is known of the certificate of a machine: the org may not return it, and then the ownership line may know it. */
  readonly certificateOnRecord: { readonly state: 'known' | 'none' | 'unknown'; readonly fingerprint?: string };
  /** A public certificate as a file beside the program; without its text, a gap that a person has to fill. */
  certificate(certificate: { readonly base64: string } | { readonly fingerprint?: string }, use: string): Expression;
}

export const textOf = (value: FieldValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/**
 * Whether the program states a certificate of a machine: the one that the org returns or the ownership line knows, or a gap
 * for the one that a machine without another way in has to have.
 */
export function statesCertificate(live: Live): boolean {
  if (textOf(live.value(SETTINGS.certificate)) !== undefined) return true;
  const { state, fingerprint } = live.certificateOnRecord;
  return state !== 'none' && (fingerprint !== undefined || live.value(SETTINGS.clientCredentials) !== true);
}

export const listOf = (value: FieldValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

export const rowsOf = (value: FieldValue | undefined): readonly FieldRecord[] =>
  Array.isArray(value) ? (value as readonly FieldValue[]).filter(isRecord) : [];

export const recordOf = (value: FieldValue | undefined): FieldRecord => (isRecord(value) ? value : {});

/** A scalar as it is. */
export const scalar = (value: FieldValue | undefined): Expression | undefined =>
  value === undefined || typeof value === 'object' ? undefined : literal(value);

/** Texts as they are; undefined where there are none. */
export const someTexts = (value: FieldValue | undefined): Expression | undefined => {
  const all = listOf(value);
  return all.length === 0 ? undefined : texts(all);
};

export const some = (values: Readonly<Record<string, Expression | undefined>>): Expression | undefined =>
  Object.values(values).some((value) => value !== undefined) ? members(values) : undefined;

export const duration = (amount: number, unit: DurationUnit): Expression => call({ Duration }, unit, literal(amount));

/** In the longest unit that has no remainder. */
export function minutes(count: number): Expression {
  if (count > 0 && count % 1440 === 0) return duration(count / 1440, 'days');
  return count > 0 && count % 60 === 0 ? duration(count / 60, 'hours') : duration(count, 'minutes');
}

/** The constants of a class, by name. */
export const constantsOf = <T>(type: object, is: (value: unknown) => value is T): readonly (readonly [string, T])[] =>
  Object.entries(type).flatMap(([constant, value]: readonly [string, unknown]) =>
    is(value) ? [[constant, value] as const] : [],
  );
