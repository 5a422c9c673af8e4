import fc from 'fast-check';

import type { Component, FieldRecord, FieldValue } from '../../lib/metadata/component';
import { decode } from '../../lib/metadata/decode';
import {
  componentType,
  CONNECTED_APP_TYPES,
  EXTERNAL_CLIENT_APP_TYPES,
  PRESERVED_TYPES,
  SETTINGS_TYPES,
} from '../../lib/metadata/fields';
import { type ComponentType, exists, type Field } from '../../lib/metadata/fields/field';
import { normalize } from '../../lib/metadata/normalize';
import { parseXml } from '../../lib/metadata/package/xml';

/** Every type of the field table. */
export const TYPES = [...EXTERNAL_CLIENT_APP_TYPES, ...PRESERVED_TYPES, ...CONNECTED_APP_TYPES, ...SETTINGS_TYPES];

/** What the text says; one line for each problem where it says nothing that can be read. */
export function read(typeName: string, text: string): Component | string {
  const type = componentType(typeName);
  if (!type) throw new Error(`no type ${typeName}`);
  const xml = parseXml(text);
  if (!xml.ok) return `line ${xml.error.line}: ${xml.error.problem}`;
  const decoded = decode(type, 'A', xml.value);
  if (decoded.ok) return decoded.value;
  return decoded.error.map(({ line, problem }) => `line ${line}: ${problem}`).join('\n');
}

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
const awkward = fc.constantFrom('a & <b> "c" \'d\' ]]>', 'x\ny', '<!-- no comment -->', '&amp;', '{{A}} ${A}', '%20');
// XML has no way to say a control character.
const text = fc
  .oneof(words, awkward)
  // eslint-disable-next-line no-control-regex -- those that XML forbids
  .filter((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(value));
const member = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_ &<>é]{0,12}[A-Za-z]$/);

function scalar({ kind }: Field): fc.Arbitrary<string | boolean | number> {
  if (kind.kind === 'boolean') return fc.boolean();
  if (kind.kind === 'integer') return fc.integer({ min: -1, max: 1_000_000 });
  return kind.kind === 'choice' ? fc.oneof(fc.constantFrom(...kind.values), text) : text;
}

function record(fields: readonly Field[], version: number): fc.Arbitrary<FieldRecord> {
  const shape = Object.fromEntries(
    fields.filter((field) => exists(field, version)).map((field) => [field.name, scalar(field)]),
  );
  return fc.record(shape, { requiredKeys: [] }) as fc.Arbitrary<FieldRecord>;
}

function value(field: Field, version: number): fc.Arbitrary<FieldValue> {
  const { kind } = field;
  switch (kind.kind) {
    case 'set':
    case 'lines':
      return fc.uniqueArray(member, { minLength: 1, maxLength: 5 });
    case 'record':
      return record(kind.fields, version);
    case 'records':
      return fc.array(record(kind.fields, version), { minLength: 1, maxLength: 4 });
    case 'certificate':
      return fc.base64String({ minLength: 8, maxLength: 400 });
    default:
      return scalar(field);
  }
}

/** Any values of the fields that a version knows and that are written, in canonical form. */
export function components(type: ComponentType, version: number): fc.Arbitrary<Component> {
  const written = type.fields.filter(
    (field) => (field.role === 'author' || field.role === 'join') && exists(field, version),
  );
  const shape = Object.fromEntries(written.map((field) => [field.name, value(field, version)]));
  return fc.record(shape, { requiredKeys: [] }).map((given) => {
    const fields = written.flatMap((field) => {
      const normal = normalize(field, trimmed(given[field.name]));
      return normal === undefined ? [] : [[field.name, normal] as const];
    });
    return { type: type.name, fullName: 'A', fields: Object.fromEntries(fields) };
  });
}

/** Rows as the platform keeps them: text without blanks around it, empty text and empty rows not at all. */
function trimmed(given: FieldValue | undefined): FieldValue | undefined {
  if (Array.isArray(given)) {
    const rows = given as readonly (string | FieldRecord)[];
    return rows
      .map((row) => (typeof row === 'string' ? row : (trimmed(row) as FieldRecord)))
      .filter((row) => typeof row === 'string' || Object.keys(row).length > 0) as FieldValue;
  }
  if (typeof given !== 'object') return given;
  const entries = Object.entries(given as FieldRecord).flatMap(([name, inside]) => {
    const clean = typeof inside === 'string' ? inside.replace(/\r\n?/g, '\n').trim() : inside;
    return clean === '' ? [] : [[name, clean] as const];
  });
  return Object.fromEntries(entries);
}
