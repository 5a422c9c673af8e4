import XMLBuilder from 'fast-xml-builder';
import { SaxesParser } from 'saxes';

import { fail, ok, type Result } from '../../values/result';

/** The namespace of every Metadata API document. */
export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';
const XSD_NAMESPACE = 'http://www.w3.org/2001/XMLSchema';

/** An XML element without its prefix: local name, namespace, text or children. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  /** By local name; attributes of the namespaces of XML Schema instances and of XML itself as `xsi:nil`, `xml:lang`. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All character data directly inside, untrimmed; white space between children is dropped. */
  readonly text: string;
  /** 1-based line of the start tag. */
  readonly line: number;
}

/** Why a document was refused, and where. */
export interface XmlProblem {
  readonly problem: string;
  readonly line: number;
}

export interface XmlLimits {
  /** In UTF-16 units. Default 8 Mi: a metadata file of one OAuth client has a few kilobytes. */
  readonly maxLength?: number;
  /** Levels of nesting. Default 64: metadata of these types nests three deep. */
  readonly maxDepth?: number;
  /** Elements and attributes together. Default 100,000: a small text can hold millions, and each takes memory. */
  readonly maxNodes?: number;
}

interface Building {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
  readonly line: number;
}

class Refused extends Error {}

/**
 * Reads a well-formed, namespace-aware document into a tree. Refuses what metadata never needs and attackers like:
 * document type declarations (entity bombs, external entities), huge input, deep nesting.
 */
export function parseXml(text: string, limits: XmlLimits = {}): Result<XmlElement, XmlProblem> {
  const { maxLength = 8 * 1024 * 1024, maxDepth = 64, maxNodes = 100_000 } = limits;
  if (text.length > maxLength) {
    return fail({ problem: `the document has ${text.length} characters, more than the ${maxLength} allowed`, line: 1 });
  }
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: Building[] = [];
  let root: XmlElement | undefined;
  let startLine = 1;
  let nodes = 0;
  const count = (): void => {
    nodes += 1;
    if (nodes > maxNodes) throw new Refused(`there are more than ${maxNodes} elements and attributes`);
  };

  parser.on('error', (error) => {
    throw new Refused(clip(error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')));
  });
  parser.on('doctype', () => {
    throw new Refused('a document type declaration (<!DOCTYPE>) is not accepted');
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && !/^utf-?8$/i.test(encoding)) {
      throw new Refused(`the encoding ${clip(encoding)} is not accepted, only UTF-8`);
    }
  });
  parser.on('opentagstart', () => {
    count();
    startLine = parser.line;
  });
  parser.on('attribute', count);
  parser.on('opentag', (tag) => {
    if (open.length >= maxDepth) throw new Refused(`elements are nested deeper than ${maxDepth} levels`);
    const attributes: Record<string, string> = {};
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.prefix === 'xmlns' || attribute.name === 'xmlns') continue;
      const name = attributeName(attribute);
      attributes[name] =
        name === 'xsi:type' ? typeName(attribute.value, (prefix) => parser.resolve(prefix)) : attribute.value;
    }
    open.push({ name: tag.local, namespace: tag.uri, attributes, children: [], text: '', line: startLine });
  });
  const characters = (data: string): void => {
    const current = open.at(-1);
    if (current) current.text += data;
  };
  parser.on('text', characters);
  parser.on('cdata', characters);
  parser.on('closetag', () => {
    const done = open.pop();
    if (!done) return;
    const element: XmlElement = {
      ...done,
      text: done.children.length > 0 && done.text.trim() === '' ? '' : done.text,
    };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });

  try {
    parser.write(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text).close();
  } catch (error) {
    if (error instanceof Refused) return fail({ problem: error.message, line: parser.line });
    throw error;
  }
  return root ? ok(root) : fail({ problem: 'the document has no root element', line: 1 });
}

/** Text of any length from a document is reported on one line. */
const clip = (text: string): string => (text.length <= 200 ? text : `${text.slice(0, 200)}…`);

function attributeName({ uri, prefix, local }: { uri: string; prefix: string; local: string }): string {
  if (uri === XSI_NAMESPACE) return `xsi:${local}`;
  return prefix === 'xml' ? `xml:${local}` : local;
}

/** The name of a type with the prefix that a written document gives to its namespace. */
function typeName(value: string, namespaceOf: (prefix: string) => string | undefined): string {
  const [prefix, local] = value.trim().split(':');
  if (prefix === undefined || local === undefined) return value.trim();
  const namespace = namespaceOf(prefix);
  if (namespace === XSD_NAMESPACE) return `xsd:${local}`;
  return namespace === METADATA_NAMESPACE ? local : value.trim();
}

/** True for an element that says it has no value. */
export const isNil = ({ attributes }: XmlElement): boolean => /^\s*(true|1)\s*$/.test(attributes['xsi:nil'] ?? '');

/** An element to write; order of children is kept. */
export interface XmlNode {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly XmlNode[];
  readonly text?: string;
}

/** A parsed element as one to write again: name, attributes, text and children survive, prefixes do not. */
export function toNode(element: XmlElement): XmlNode {
  return {
    name: element.name,
    attributes: element.attributes,
    children: element.children.map(toNode),
    text: element.text,
  };
}

const BUILDER_OPTIONS = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@_',
  format: true,
  indentBy: '    ',
  suppressEmptyNode: true,
} as const;

/**
 * Writes a document with the XML declaration, four blanks of indentation and a final line feed: the shape
 * Salesforce's own tools write. `namespace` becomes the default namespace of the root.
 */
export function writeXml(root: XmlNode, namespace: string = METADATA_NAMESPACE): string {
  const declarations: Record<string, string> = { '@_xmlns': namespace };
  if (uses(root, (name) => name.startsWith('xsi:'))) declarations['@_xmlns:xsi'] = XSI_NAMESPACE;
  if (uses(root, (name, value) => name === 'xsi:type' && value.startsWith('xsd:'))) {
    declarations['@_xmlns:xsd'] = XSD_NAMESPACE;
  }
  const tree = [
    { '?xml': [{ '#text': '' }], ':@': { '@_version': '1.0', '@_encoding': 'UTF-8' } },
    toBuilderNode(root, declarations),
  ];
  const xml = new XMLBuilder(BUILDER_OPTIONS).build(tree);
  // A bare carriage return would be read back as a line feed, so it has to travel as a character reference.
  return `${xml.trim().replaceAll('\r', '&#xD;')}\n`;
}

function uses(node: XmlNode, wanted: (name: string, value: string) => boolean): boolean {
  return (
    Object.entries(node.attributes ?? {}).some(([name, value]) => wanted(name, value)) ||
    (node.children ?? []).some((child) => uses(child, wanted))
  );
}

function toBuilderNode(node: XmlNode, extra: Readonly<Record<string, string>> = {}): Record<string, unknown> {
  const attributes: Record<string, string> = { ...extra };
  for (const [name, value] of Object.entries(node.attributes ?? {})) attributes[`@_${name}`] = value;
  const content: unknown[] = (node.children ?? []).map((child) => toBuilderNode(child));
  if (node.text !== undefined && node.text !== '') content.unshift({ '#text': node.text });
  return Object.keys(attributes).length === 0 ? { [node.name]: content } : { [node.name]: content, ':@': attributes };
}
