import type { XmlElement } from '../../metadata/package/xml';
import type { Fields, FieldValue } from '../fields';
import type { FieldSchema, TypeSchema } from '../schema/notation';
import { fieldKnown, schemaOf } from '../schema/schema';
import { error, type Position, type Problem } from './messages';

const NAMESPACE = '{http://soap.sforce.com/2006/04/metadata}';
/** Every metadata type has these two; they are no fields of the record. */
const INHERITED = ['fullName', 'module'];

export interface ReadFields {
  readonly fields: Fields;
  readonly problems: readonly Problem[];
  /** Where each top-level field stands. */
  readonly positions: ReadonlyMap<string, Position>;
}

/** Reads and checks one record against the schema of an API version. `source` is the document, for columns. */
export function readFields(element: XmlElement, typeName: string, version: number, source = ''): ReadFields {
  const problems: Problem[] = [];
  const positions = new Map<string, Position>();
  const lines = source.split('\n');
  const locate = ({ name, line }: XmlElement): Position => ({
    line,
    column: Math.max(0, (lines[line - 1] ?? '').indexOf(`<${name}`)) + 1,
  });
  const report = (at: XmlElement, text: string): void => {
    problems.push({ ...error(text), position: locate(at) });
  };
  const fields = readRecord(element, typeName, version, report);
  for (const child of element.children) if (!positions.has(child.name)) positions.set(child.name, locate(child));
  return { fields, problems, positions };
}

type Report = (at: XmlElement, text: string) => void;

function readRecord(element: XmlElement, typeName: string, version: number, report: Report): Fields {
  const schema = schemaOf(typeName);
  const fields: Record<string, FieldValue> = {};
  const seen = new Set<string>();
  if (element.text.trim() !== '') report(element, `Error parsing file: text is not allowed inside ${typeName}`);
  for (const child of element.children) {
    const field = schema?.fields.get(child.name);
    if (field === undefined || !fieldKnown(field, version)) {
      if (schema?.kind === 'metadata' && INHERITED.includes(child.name)) continue;
      report(child, unknownElement(child.name, typeName, field, version));
      continue;
    }
    if (seen.has(child.name) && !field.many) {
      report(child, `Error parsing file: Duplicate element ${child.name} in type ${typeName}`);
      continue;
    }
    seen.add(child.name);
    const value = readValue(child, field, version, report);
    if (value === undefined) continue;
    const before = fields[field.name];
    fields[field.name] = field.many ? [...((before as FieldValue[] | undefined) ?? []), value] : value;
  }
  for (const field of schema?.fields.values() ?? []) {
    if (field.required && fieldKnown(field, version) && fields[field.name] === undefined) {
      report(element, `Required field is missing: ${field.name}`);
    }
  }
  return fields;
}

function unknownElement(name: string, typeName: string, field: FieldSchema | undefined, version: number): string {
  const text = `Error parsing file: Element ${NAMESPACE}${name} invalid at this location in type ${typeName}`;
  if (field === undefined) return text;
  const versions = version < field.since ? `since ${field.since.toFixed(1)}` : `until ${field.until.toFixed(1)}`;
  return `${text} (API version ${version.toFixed(1)}; the element exists ${versions})`;
}

function readValue(element: XmlElement, field: FieldSchema, version: number, report: Report): FieldValue | undefined {
  if (element.attributes['xsi:nil'] === 'true') return undefined;
  const schema = schemaOf(field.type);
  if (schema !== undefined && schema.kind !== 'enum') return readRecord(element, field.type, version, report);
  if (element.children.length > 0) {
    report(element, `Error parsing file: Element ${element.name} has elements inside; it is of type ${field.type}`);
    return undefined;
  }
  const text = element.text.trim();
  return schema === undefined
    ? readSimple(text, element, field, report)
    : readEnum(text, element, schema, version, report);
}

function readEnum(
  text: string,
  element: XmlElement,
  schema: TypeSchema,
  version: number,
  report: Report,
): FieldValue | undefined {
  if (text === '') return undefined;
  if (schema.literals.some(({ value, since }) => value === text && since <= Math.max(version, 60))) return text;
  report(element, `'${text}' is not a valid value for the enum '${schema.name}'`);
  return undefined;
}

function readSimple(text: string, element: XmlElement, field: FieldSchema, report: Report): FieldValue | undefined {
  switch (field.type) {
    case 'boolean':
      if (text === 'true' || text === '1') return true;
      if (text === 'false' || text === '0') return false;
      break;
    case 'int':
    case 'long':
      if (/^[+-]?\d{1,15}$/.test(text)) return Number(text);
      break;
    case 'double':
      if (text !== '' && Number.isFinite(Number(text))) return Number(text);
      break;
    default:
      return text === '' && !field.many ? undefined : text;
  }
  const type = `xsd:${field.type} (${field.name})`;
  report(element, `Error parsing file: '${text}' is not a valid value for the type ${type}`);
  return undefined;
}
