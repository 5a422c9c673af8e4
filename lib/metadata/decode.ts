import { fail, ok, type Result } from '../values/result';
import type { Component, FieldValue } from './component';
import { elementsByField } from './connected-app/sections';
import { decodeRecord, decodeRecords } from './decode-record';
import { decodeScalar, type DecodeProblem, type Outcome, wrap } from './decode-scalar';
import type { ComponentType, Field } from './fields/field';
import { normalise } from './normalise';
import { splitDescription } from './ownership-line';
import { isNil, toNode, type XmlElement, type XmlNode } from './package/xml';

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

const carriesLine = (type: ComponentType): boolean => type.fields.some(({ role }) => role === 'carried');

function withOwnershipLine(fields: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  const { description, ...rest } = fields;
  if (typeof description !== 'string') return rest;
  const { text, line } = splitDescription(description);
  return {
    ...rest,
    ...(text !== '' && { description: text }),
    ...(line && { managedBy: line.managedBy }),
    ...(line?.certificateFingerprint !== undefined && { certificateFingerprint: line.certificateFingerprint }),
  };
}

function decodeField(field: Field, all: readonly XmlElement[]): Outcome {
  const elements = all.filter((element) => !isNil(element));
  const first = elements[0];
  if (!first) return {};
  const { kind } = field;
  if (kind.kind === 'records') {
    const rows = decodeRecords(field.name, kind.fields, elements);
    return rows.ok ? wrap(normalise(field, rows.value)) : { problem: rows.error };
  }
  if (kind.kind === 'set' && kind.repeated) {
    const nested = elements.find(({ children }) => children.length > 0);
    if (nested) return decodeScalar(field, nested);
    return wrap(
      normalise(
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
