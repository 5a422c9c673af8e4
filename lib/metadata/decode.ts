import { fail, ok, type Result } from '../values/result';
import type { Component, FieldRecord, FieldValue } from './component';
import { elementsByField } from './connected-app/sections';
import type { ComponentType, Field } from './fields/field';
import { normalise } from './normalise';
import { splitDescription } from './ownership-line';
import { toNode, type XmlElement } from './package/xml';

/** A value that is not what its field allows, and where it stands. */
export interface DecodeProblem {
  readonly field: string;
  readonly problem: string;
  readonly line: number;
}

type Outcome = { readonly value?: FieldValue; readonly problem?: DecodeProblem };

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
  for (const field of type.fields) {
    const elements = byName.get(field.name) ?? [];
    if (field.role !== 'carried') byName.delete(field.name);
    if (field.role === 'secret' || field.role === 'carried' || elements.length === 0) continue;
    const outcome = decodeField(field, elements);
    if (outcome.problem) problems.push(outcome.problem);
    if (outcome.value !== undefined) fields[field.name] = outcome.value;
  }
  if (problems.length > 0) return fail(problems);
  const unknown = [...byName].flatMap(([name, elements]) => elements.map((element) => ({ ...toNode(element), name })));
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
  const elements = all.filter((element) => element.attributes['xsi:nil'] !== 'true');
  const first = elements[0];
  if (!first) return {};
  const { kind } = field;
  if (kind.kind === 'records') {
    const rows = elements.map((element) => decodeRecord(field.name, kind, element));
    const problem = rows.find((row) => row.problem)?.problem;
    return problem
      ? { problem }
      : wrap(
          normalise(
            field,
            rows.map((row) => row.value as FieldRecord | undefined).filter((row) => row !== undefined),
          ),
        );
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
  if (kind.kind === 'record') return decodeRecord(field.name, kind, first);
  return decodeScalar(field, first);
}

function decodeRecord(
  name: string,
  kind: Extract<Field['kind'], { kind: 'record' | 'records' }>,
  element: XmlElement,
): Outcome {
  const row: Record<string, string | boolean | number> = {};
  for (const child of element.children) {
    const field = kind.fields.find((candidate) => candidate.name === child.name);
    if (child.attributes['xsi:nil'] === 'true') continue;
    // A nested element of a newer version is kept as text under its own name, so that a write gives it back.
    const outcome: Outcome = field ? decodeScalar(field, child) : { value: child.text.trim() };
    if (outcome.problem) return { problem: { ...outcome.problem, field: `${name}.${outcome.problem.field}` } };
    if (outcome.value !== undefined) row[child.name] = outcome.value as string | boolean | number;
  }
  return Object.keys(row).length > 0 ? { value: row } : {};
}

function decodeScalar(field: Field, element: XmlElement): Outcome {
  const text = element.text.trim();
  const refuse = (allowed: string): Outcome => ({
    problem: {
      field: field.name,
      problem: `<${field.name}> is ${JSON.stringify(text.slice(0, 40))}, not ${allowed}`,
      line: element.line,
    },
  });
  if (element.children.length > 0) return refuse('plain text');
  if (text === '') return {};
  switch (field.kind.kind) {
    case 'boolean':
      if (/^(true|1)$/i.test(text)) return { value: true };
      return /^(false|0)$/i.test(text) ? { value: false } : refuse('true or false');
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? { value: Number(text) } : refuse('a whole number');
    default:
      return wrap(normalise(field, text));
  }
}

const wrap = (value: FieldValue | undefined): Outcome => (value === undefined ? {} : { value });
