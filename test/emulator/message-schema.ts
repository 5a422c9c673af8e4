import { parseXml, type XmlElement } from '../../lib/metadata/package/xml';
import schema from './generated/message-schema.json';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const METADATA = 'http://soap.sforce.com/2006/04/metadata';

interface Declared {
  readonly name: string;
  readonly type: string;
  readonly least: 0 | 1;
  readonly many: boolean;
  readonly nil: boolean;
}

type Sequences = Readonly<Record<string, readonly string[]>>;
const RESPONSES: Sequences = schema.responses;
const TYPES: Sequences = schema.types;
const ENUMS: Sequences = schema.enums;

/** Operations whose answers the WSDL describes. */
export const KNOWN_OPERATIONS = Object.keys(RESPONSES);

const PRIMITIVES: Readonly<Record<string, RegExp>> = {
  boolean: /^(true|false|0|1)$/,
  int: /^-?\d+$/,
  long: /^-?\d+$/,
  double: /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/,
  dateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  ID: /^([a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/,
  base64Binary: /^[A-Za-z0-9+/\s]*={0,2}$/,
  string: /^[^]*$/,
};

const declared = (text: string): Declared => {
  const [, name = '', type = '', count = '', nil] = /^(\w+) (\w+)([?*]?)( nil)?$/.exec(text) ?? [];
  return { name, type, least: count === '' ? 1 : 0, many: count === '*', nil: nil !== undefined };
};

/** What an answer of a SOAP operation has that Salesforce's schema does not allow; empty where it is valid. */
export function problemsOfAnswer(operation: string, xml: string): readonly string[] {
  const content = inEnvelope(xml);
  if (typeof content === 'string') return [content];
  if (content.name !== `${operation}Response`) return [`${content.name} is no answer of ${operation}`];
  return [
    ...(content.namespace === METADATA ? [] : [`${content.name} is in the namespace ${content.namespace}`]),
    ...sequence(content, RESPONSES[operation] ?? [], content.name),
  ];
}

/** The same of a fault: SOAP 1.1 wants its elements in order, in no namespace, and a code that is a qualified name. */
export function problemsOfFault(xml: string): readonly string[] {
  const fault = inEnvelope(xml);
  if (typeof fault === 'string') return [fault];
  const names = fault.children.map(({ name }) => name);
  const [code, text] = fault.children;
  const [, prefix, name] = /^(\w+):([A-Z_]+)$/.exec(code?.text ?? '') ?? [];
  return [
    ...(fault.name === 'Fault' && fault.namespace === SOAP ? [] : [`${fault.name} is no fault`]),
    ...(names.join() === 'faultcode,faultstring' ? [] : [`the fault has ${names.join()}`]),
    ...fault.children.flatMap((child) => (child.namespace === '' ? [] : [`${child.name} is in ${child.namespace}`])),
    ...(prefix !== undefined && xml.includes(`xmlns:${prefix}="`) ? [] : [`${code?.text} is no qualified name`]),
    ...(name !== undefined && text?.text.startsWith(`${name}: `) === true
      ? []
      : [`${text?.text} does not begin with it`]),
  ];
}

function inEnvelope(xml: string): XmlElement | string {
  const parsed = parseXml(xml);
  if (!parsed.ok) return parsed.error.problem;
  const [body, ...others] = parsed.value.children;
  const [content, ...more] = body?.children ?? [];
  const isEnvelope = parsed.value.name === 'Envelope' && parsed.value.namespace === SOAP && body?.name === 'Body';
  return isEnvelope && content && others.length + more.length === 0
    ? content
    : 'no envelope with one thing in its body';
}

/** Elements must come in the order of the schema, as often as it says, and no others. */
function sequence(element: XmlElement, elements: readonly string[], path: string): readonly string[] {
  let left = [...element.children];
  const problems = elements.map(declared).flatMap((wanted) => {
    const own = left.findIndex(({ name }) => name !== wanted.name);
    const found = left.slice(0, own < 0 ? left.length : own);
    left = left.slice(found.length);
    const at = `${path}.${wanted.name}`;
    if (found.length < wanted.least) return [`${at} is missing`];
    if (found.length > 1 && !wanted.many) return [`${at} is there ${found.length} times`];
    return found.flatMap((one) => value(one, wanted, at));
  });
  return [...problems, ...left.map(({ name }) => `${path}.${name} is unknown, or not in its place`)];
}

function value(element: XmlElement, { type, nil }: Declared, path: string): readonly string[] {
  if (element.attributes['xsi:nil'] === 'true') {
    // The platform answers so for records that do not exist, although its schema does not say it may.
    return nil || type === 'Metadata' ? [] : [`${path} may not be nil`];
  }
  // What a record holds is for the schema of its type.
  if (type === 'Metadata') return element.children[0]?.name === 'fullName' ? [] : [`${path} has no fullName`];
  const members = TYPES[type];
  if (members) return sequence(element, members, path);
  const literals = ENUMS[type];
  if (literals) return literals.includes(element.text) ? [] : [`${path} is ${element.text}, which is no ${type}`];
  return PRIMITIVES[type]?.test(element.text) === true ? [] : [`${path} is ${element.text}, which is no ${type}`];
}
