import { fail, ok, type Result } from '../values/result';
import type { FieldRecord } from './component';
import { type DecodeProblem, decodeScalar, type Outcome } from './decode-scalar';
import type { Field } from './fields/field';
import { oddMember, oddMemberName } from './odd-members';
import { isNil, toNode, type XmlElement, type XmlNode } from './package/xml';

interface Row {
  readonly row: FieldRecord;
  readonly unknown: readonly XmlNode[];
}

/** An element with elements inside. Anything that is not a single text under its own name is reported as unknown, by its path. */
export function decodeRecord(name: string, fields: readonly Field[], element: XmlElement): Outcome {
  const read = decodeRow(name, fields, element);
  if (!read.ok) return { problem: read.error };
  const { row, unknown } = read.value;
  return {
    ...(Object.keys(row).length > 0 && { value: row }),
    ...(unknown.length > 0 && { unknown: unknown.map((node) => ({ ...node, name: `${name}.${node.name}` })) }),
  };
}

/** One row for each element; what is unknown and no plain text stays in its row, as XML. */
export function decodeRecords(
  name: string,
  fields: readonly Field[],
  elements: readonly XmlElement[],
): Result<readonly FieldRecord[], DecodeProblem> {
  const rows: FieldRecord[] = [];
  for (const element of elements) {
    const read = decodeRow(name, fields, element);
    if (!read.ok) return read;
    const row: Record<string, string | boolean | number> = { ...read.value.row };
    for (const odd of read.value.unknown) {
      row[oddMemberName(odd.name)] ??= oddMember(read.value.unknown.filter((node) => node.name === odd.name));
    }
    if (Object.keys(row).length > 0) rows.push(row);
  }
  return ok(rows);
}

function decodeRow(name: string, fields: readonly Field[], element: XmlElement): Result<Row, DecodeProblem> {
  const row: Record<string, string | boolean | number> = {};
  const unknown: XmlNode[] = [];
  if (element.text.trim() !== '') return fail(problemOf(name, 'holds text between its elements', element));
  const byName = new Map<string, XmlElement[]>();
  for (const child of element.children.filter((each) => !isNil(each))) {
    const others = byName.get(child.name);
    if (others) others.push(child);
    else byName.set(child.name, [child]);
  }
  for (const [childName, children] of byName) {
    const [first, second] = children;
    const field = fields.find((candidate) => candidate.name === childName);
    if (!first) continue;
    if (!field) {
      // A text of a newer version stays with the values around it; anything else has no place there.
      if (second || !isPlain(first)) unknown.push(...children.map(toNode));
      else if (first.text.trim() !== '') row[childName] = first.text.trim();
      continue;
    }
    if (second) return fail(problemOf(`${name}.${childName}`, 'stands here twice', second));
    const { problem, value } = decodeScalar(field, first);
    if (problem) return fail({ ...problem, field: `${name}.${problem.field}` });
    if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') row[childName] = value;
  }
  return ok({ row, unknown });
}

const isPlain = ({ children, attributes }: XmlElement): boolean =>
  children.length === 0 && Object.keys(attributes).length === 0;

const problemOf = (field: string, what: string, { line }: XmlElement): DecodeProblem => ({
  field,
  problem: `<${field.slice(field.lastIndexOf('.') + 1)}> ${what}`,
  line,
});
