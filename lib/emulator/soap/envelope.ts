import { METADATA_NAMESPACE, parseXml, writeXml, type XmlElement, type XmlNode } from '../../metadata/package/xml';
import type { Wire, WireRecord } from '../deploy/result';

/** A SOAP call: the operation's element and what the header says. */
export interface Envelope {
  readonly operation: XmlElement;
  readonly sessionId: string | undefined;
  readonly allOrNone: boolean;
}

/** 50 MB: the largest SOAP message, a 39 MB zip in base64 with a little around it. */
const MAX_MESSAGE = 56 * 1024 * 1024;

/** Reads a request, or says why it is not one. */
export function readEnvelope(text: string): Envelope | string {
  const parsed = parseXml(text, { maxLength: MAX_MESSAGE });
  if (!parsed.ok) return `${parsed.error.problem} (line ${parsed.error.line})`;
  const root = parsed.value;
  const body = childOf(root, 'Body');
  const operation = body?.children[0];
  if (root.name !== 'Envelope' || operation === undefined) return 'no SOAP envelope with a body and an operation in it';
  if (operation.namespace !== METADATA_NAMESPACE) return `the operation must be in the namespace ${METADATA_NAMESPACE}`;
  const header = childOf(root, 'Header');
  return {
    operation,
    sessionId: textIn(header && childOf(header, 'SessionHeader'), 'sessionId'),
    allOrNone: textIn(header && childOf(header, 'AllOrNoneHeader'), 'allOrNone') === 'true',
  };
}

export const childOf = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** The trimmed text of a child, undefined when there is none. */
export const textIn = (element: XmlElement | undefined, name: string): string | undefined =>
  element && childOf(element, name)?.text.trim();

export const textsIn = (element: XmlElement, name: string): readonly string[] =>
  childrenOf(element, name).map((child) => child.text.trim());

/** A wire record as elements; what is undefined is left out. */
export function toNodes(record: WireRecord): readonly XmlNode[] {
  return Object.entries(record).flatMap(([name, value]) => toNode(name, value));
}

function toNode(name: string, value: Wire): readonly XmlNode[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return (value as readonly Wire[]).flatMap((item) => toNode(name, item));
  if (typeof value === 'object') return [{ name, children: toNodes(value as WireRecord) }];
  return [{ name, text: typeof value === 'number' && name === 'totalTime' ? value.toFixed(1) : String(value) }];
}

export const result = (record: WireRecord): XmlNode => ({ name: 'result', children: toNodes(record) });

const SOAP_NAMESPACE = 'http://schemas.xmlsoap.org/soap/envelope/';

function envelope(content: XmlNode, attributes: Readonly<Record<string, string>> = {}): string {
  return writeXml({
    name: 'soapenv:Envelope',
    attributes: { 'xmlns:soapenv': SOAP_NAMESPACE, ...attributes },
    children: [{ name: 'soapenv:Body', children: [content] }],
  });
}

/** `<operationResponse>` around the results: envelope and body prefixed, the payload bare. */
export const writeResponse = (operation: string, results: readonly XmlNode[]): string =>
  envelope({ name: `${operation}Response`, children: results });

/** A fault: `faultcode` is `sf:<code>`, `faultstring` `<code>: <text>`, both without a prefix. */
export const writeFault = (code: string, message: string): string =>
  envelope(
    {
      name: 'soapenv:Fault',
      children: [
        { name: 'faultcode', text: `sf:${code}` },
        { name: 'faultstring', text: `${code}: ${message}` },
      ],
    },
    { xmlns: '', 'xmlns:sf': METADATA_NAMESPACE },
  );
