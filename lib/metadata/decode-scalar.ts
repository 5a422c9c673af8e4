import type { FieldValue } from './component';
import type { Field } from './fields/field';
import { normalize } from './normalize';
import type { XmlElement, XmlNode } from './package/xml';

/** A value that is not what its field allows, and where it stands. */
export interface DecodeProblem {
  readonly field: string;
  readonly problem: string;
  readonly line: number;
}

/** What an element says: a value, nothing, or why it cannot be read. */
export interface Outcome {
  readonly value?: FieldValue;
  readonly problem?: DecodeProblem;
  /** Elements inside that the field table does not know, by their path. */
  readonly unknown?: readonly XmlNode[];
}

/** The canonical value of an element that holds text. */
export function decodeScalar(field: Field, element: XmlElement): Outcome {
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
      return wrap(normalize(field, text));
  }
}

/** An outcome of that value, or of none. */
export const wrap = (value: FieldValue | undefined): Outcome => (value === undefined ? {} : { value });
