import { isRecord } from '../options/owned';
import { apexClassKey } from '../values/apex-class-name';
import type { FieldRecord, FieldValue } from './component';
import { canonicalJson } from './digest';
import type { Field } from './fields/field';

/**
 * The one place that decides what a value is, whatever it was spelled like: from a retrieve, a manifest, a file.
 * Undefined means "no value": empty text and empty lists are stored by nobody.
 */
export function normalize(field: Field, value: FieldValue | undefined): FieldValue | undefined {
  if (value === undefined) return undefined;
  switch (field.kind.kind) {
    case 'set':
      return nonEmpty(members(field.kind.synonyms ?? {}, value));
    case 'lines':
      return nonEmpty(split(value, /\r\n|\r|\n/));
    case 'records':
      return nonEmpty(sortRecords(Array.isArray(value) ? (value as readonly FieldRecord[]) : []));
    case 'record':
      return isRecord(value) && Object.keys(value).length > 0 ? value : undefined;
    case 'certificate':
      return Array.isArray(value) ? undefined : nonBlank(certificateBody(asText(value)));
    case 'boolean':
    case 'integer':
      return Array.isArray(value) ? undefined : value;
    case 'text':
    case 'choice':
      return Array.isArray(value) ? undefined : nonBlank(asText(value).replace(/\r\n?/g, '\n').trim());
  }
}

/** True where two normalized values mean the same; the order of callback URLs means nothing to OAuth. */
export function sameValue(field: Field, a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (field.kind.kind === 'lines') return canonicalJson(sorted(a)) === canonicalJson(sorted(b));
  if (field.kind.kind === 'records') return canonicalJson(knownRows(field, a)) === canonicalJson(knownRows(field, b));
  const classes = field.kind.kind === 'text' && field.kind.names === 'apex-class';
  if (classes && typeof a === 'string' && typeof b === 'string') return apexClassKey(a) === apexClassKey(b);
  return canonicalJson(a) === canonicalJson(b);
}

/** The rows without members of a newer version, which Salesforce may fill in by itself. */
function knownRows({ kind }: Field, value: FieldValue | undefined): unknown {
  if (kind.kind !== 'records' || !Array.isArray(value)) return value;
  const names = new Set(kind.fields.map(({ name }) => name));
  const known = (row: FieldRecord): FieldRecord =>
    Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
  return sortRecords((value as readonly FieldRecord[]).map(known));
}

/** Declared rows with what the org keeps in the same rows and no one here knows. */
export function withUnknownMembers(field: Field, declared: FieldValue, live: FieldValue | undefined): FieldValue {
  if (field.kind.kind !== 'records' || !Array.isArray(declared) || !Array.isArray(live)) return declared;
  const rows = live as readonly FieldRecord[];
  return sortRecords(
    (declared as readonly FieldRecord[]).map((row) => rows.find((each) => sameValue(field, [row], [each])) ?? row),
  );
}

/** A scalar as its text; anything else as JSON, so that it never reads like a scalar. */
export const asText = (value: FieldValue): string => (typeof value === 'object' ? canonicalJson(value) : String(value));

/** A certificate in PEM; tools write what it says in words before and after it. */
const ARMOR = /-----BEGIN [A-Z0-9 ]+-----[^-]*-----END [A-Z0-9 ]+-----/g;

/** The base64 body of certificate text, without armor and white space. */
const certificateBody = (text: string): string =>
  (text.match(ARMOR)?.join('') ?? text).replace(/-----(BEGIN|END) [A-Z0-9 ]+-----/g, '').replace(/\s+/g, '');

function members(synonyms: Readonly<Record<string, string>>, value: FieldValue): readonly string[] {
  return [...new Set(split(value, /,/).map((member) => synonyms[member] ?? member))].sort();
}

function split(value: FieldValue, separator: RegExp): readonly string[] {
  const parts = Array.isArray(value) ? (value as readonly unknown[]).map(String) : asText(value).split(separator);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function sorted(value: FieldValue | undefined): unknown {
  return Array.isArray(value) ? [...(value as readonly string[])].sort() : value;
}

function sortRecords(list: readonly FieldRecord[]): readonly FieldRecord[] {
  return [...list].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
}

const nonBlank = (text: string): string | undefined => (text === '' ? undefined : text);
const nonEmpty = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);
