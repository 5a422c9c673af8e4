import { fail, ok, type Result } from '../values/result';
import type { Component, FieldValue } from './component';
import { elementsByField, sectionsOf } from './connected-app/sections';
import { decodeRecord, decodeRecords } from './decode-record';
import { type DecodeProblem, decodeScalar, type Outcome, wrap } from './decode-scalar';
import type { ComponentType, Field } from './fields/field';
import { normalize } from './normalize';
import { splitDescription } from './ownership-line';
import { isNil, METADATA_NAMESPACE, toNode, type XmlElement, type XmlNode } from './package/xml';

/**
 * One metadata file as a component. Elements the field table does not know are kept as they are; secrets are dropped;
 * a value that cannot be what the schema says makes the whole component unreadable rather than half read.
 */
export function decode(
  type: ComponentType,
  fullName: string,
  root: XmlElement,
): Result<Component, readonly DecodeProblem[]> {
  const problems: DecodeProblem[] = [];
  if (root.name !== type.name) {
    return fail([
      { field: root.name, problem: `the root element is <${root.name}>, not <${type.name}>`, line: root.line },
    ]);
  }
  problems.push(...shapeProblems(type, root));
  const byName = elementsByField(type, root);
  const fields: Record<string, FieldValue> = {};
  const unknown: XmlNode[] = [];
  for (const field of type.fields) {
    const elements = byName.get(field.name) ?? [];
    if (field.role !== 'carried') byName.delete(field.name);
    if (field.role === 'secret' || field.role === 'carried' || elements.length === 0) continue;
    const outcome = decodeField(field, elements);
    if (outcome.problem) problems.push(outcome.problem);
    if (outcome.value !== undefined) fields[field.name] = outcome.value;
    if (outcome.unknown) unknown.push(...outcome.unknown);
  }
  if (problems.length > 0) return fail(problems);
  for (const [name, elements] of byName) unknown.push(...elements.map((element) => ({ ...toNode(element), name })));
  return ok({
    type: type.name,
    fullName,
    fields: carriesLine(type) ? withOwnershipLine(fields) : fields,
    ...(unknown.length > 0 && { unknown }),
  });
}

/** What an org would refuse, and what could not be written back: no one can tell what such a file means. */
function shapeProblems(type: ComponentType, root: XmlElement): readonly DecodeProblem[] {
  const names = sectionsOf(type);
  const sections = root.children.filter(({ name }) => names.has(name));
  const stated = sections.filter((section) => !isNil(section));
  const twice = stated.filter(({ name }, n) => stated.findIndex((other) => other.name === name) !== n);
  const loose = [root, ...sections].filter(({ text }) => text.trim() !== '');
  const foreign = firstForeign(root);
  return [
    ...twice.map((section) => problemOf(section, 'stands here twice')),
    ...loose.map((element) => problemOf(element, 'holds text between its elements')),
    ...(foreign ? [problemOf(foreign, 'is of another XML namespace than metadata')] : []),
  ];
}

const problemOf = ({ name, line }: XmlElement, what: string): DecodeProblem => ({
  field: name,
  problem: `<${name}> ${what}`,
  line,
});

/** The first element of a namespace that is not Salesforce's; files without any are common, and meant. */
function firstForeign(element: XmlElement): XmlElement | undefined {
  if (element.namespace !== '' && element.namespace !== METADATA_NAMESPACE) return element;
  for (const child of element.children) {
    const found = firstForeign(child);
    if (found) return found;
  }
  return undefined;
}

const carriesLine = (type: ComponentType): boolean => type.fields.some(({ role }) => role === 'carried');

function withOwnershipLine(fields: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  const { description, ...rest } = fields;
  if (typeof description !== 'string') return rest;
  const { text, line } = splitDescription(description);
  return {
    ...rest,
    ...(text !== '' && { description: text }),
    ...(line && { managedBy: line.managedBy }),
    ...(line?.certificate !== undefined && { certificateFingerprint: line.certificate }),
  };
}

function decodeField(field: Field, all: readonly XmlElement[]): Outcome {
  const elements = all.filter((element) => !isNil(element));
  const first = elements[0];
  if (!first) return {};
  const { kind } = field;
  if (kind.kind === 'records') {
    const rows = decodeRecords(field.name, kind.fields, elements);
    return rows.ok ? wrap(normalize(field, rows.value)) : { problem: rows.error };
  }
  if (kind.kind === 'set' && kind.repeated) {
    const nested = elements.find(({ children }) => children.length > 0);
    if (nested) return decodeScalar(field, nested);
    return wrap(
      normalize(
        field,
        elements.map(({ text }) => text),
      ),
    );
  }
  if (elements.length > 1) {
    return {
      problem: {
        field: field.name,
        problem: `<${field.name}> stands here twice`,
        line: elements[1]?.line ?? first.line,
      },
    };
  }
  if (kind.kind === 'record') return decodeRecord(field.name, kind.fields, first);
  return decodeScalar(field, first);
}
