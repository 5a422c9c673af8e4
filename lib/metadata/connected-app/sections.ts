import type { ComponentType } from '../fields/field';
import { isNil, type XmlElement, type XmlNode } from '../package/xml';

/** Elements of a type whose children are fields of their own: `oauthConfig` where there is `oauthConfig.callbackUrl`. */
export function sectionsOf(type: ComponentType): ReadonlySet<string> {
  return new Set(type.fields.flatMap(({ name }) => (name.includes('.') ? [name.slice(0, name.indexOf('.'))] : [])));
}

/**
 * The elements of a record by field name. Children of a section go by their path.
 */
export function elementsByField(type: ComponentType, root: XmlElement): Map<string, XmlElement[]> {
  const sections = sectionsOf(type);
  const byName = new Map<string, XmlElement[]>();
  const add = (name: string, element: XmlElement): void => {
    const others = byName.get(name);
    if (others) others.push(element);
    else byName.set(name, [element]);
  };
  for (const child of root.children) {
    if (!sections.has(child.name)) {
      add(child.name, child);
    } else if (!isNil(child)) {
      for (const grandchild of child.children) add(`${child.name}.${grandchild.name}`, grandchild);
    }
  }
  return byName;
}

/** Nodes named by a path become children of one element each, in alphabetical order. */
export function nest(type: ComponentType, nodes: readonly XmlNode[]): readonly XmlNode[] {
  const sections = sectionsOf(type);
  const whole: XmlNode[] = [];
  const children = new Map<string, XmlNode[]>();
  for (const node of nodes) {
    const cut = node.name.indexOf('.');
    const section = node.name.slice(0, Math.max(cut, 0));
    if (!sections.has(section)) whole.push(node);
    else {
      const inside = children.get(section) ?? [];
      inside.push({ ...node, name: node.name.slice(cut + 1) });
      children.set(section, inside);
    }
  }
  for (const [name, inside] of children) whole.push({ name, children: inside.sort(byNodeName) });
  return whole;
}

/** The order in which Salesforce writes elements. */
export const byNodeName = (a: XmlNode, b: XmlNode): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
