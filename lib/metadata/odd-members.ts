import { parseXml, toNode, writeXml, type XmlNode } from './package/xml';

/*
 * Rows have no order, so an element inside one that no one here knows can only be kept in the row itself. A plain text is
 * a member like any other. Anything else is kept as XML, under a name that no element can have.
 */

/** The name of the member that keeps all elements of that name. */
export const oddMemberName = (element: string): string => `<${element}>`;

/** The elements as one text. Equal elements give equal texts. */
export const oddMember = (elements: readonly XmlNode[]): string =>
  writeXml({ name: 'row', children: elements })
    .replace(/^<\?xml[^>]*\?>/, '')
    .trim();

/** The elements of such a member; undefined where the member is an ordinary one. */
export function oddElements(name: string, value: string | boolean | number): readonly XmlNode[] | undefined {
  if (!name.startsWith('<') || typeof value !== 'string') return undefined;
  const xml = parseXml(value);
  return xml.ok ? xml.value.children.map(toNode) : [];
}
