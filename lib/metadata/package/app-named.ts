import { parseXml } from './xml';

const PLAIN = /<(?:[\w.-]+:)?externalClientApplication>([^<&]*)<\//;

/** The app that the text of a satellite names; undefined where it names none or cannot be read. */
export function appNamedIn(text: string): string | undefined {
  // Where neither comments nor CDATA nor entities can hide or spell it, one look is enough.
  const name = /<!|&/.test(text) ? parsedName(text) : (PLAIN.exec(text)?.[1]?.trim() ?? parsedName(text));
  return name === '' ? undefined : name;
}

function parsedName(text: string): string | undefined {
  const xml = parseXml(text);
  if (!xml.ok) return undefined;
  return xml.value.children.find(({ name }) => name === 'externalClientApplication')?.text.trim();
}
