/**
 * What a CI server carries out when a job prints it. Azure Pipelines, GitHub and TeamCity find `##vso[`, `##[` and
 * `##teamcity[` anywhere in a line; GitHub finds `::command::` at its start, and a long line may be broken at any blank.
 */
const ANYWHERE = /#(?=#\w{0,20}\[)/g;
const LEADING = /(?<!\S)::(?=[A-Za-z][^\n]*?::)/g;

/** The text with the first character of every such command in another spelling. */
export const withoutCommands = (text: string, spell: (character: '#' | ':') => string): string =>
  text.replace(ANYWHERE, () => spell('#')).replace(LEADING, () => `${spell(':')}:`);

/** As JSON and code spell it. */
export const unicodeEscape = (character: string): string =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;

/** Controls that JSON may have as they are, and terminals obey: JSON escapes the others by itself. */
const CONTROLS = /[\x7f-\x9f]/g;

/** A document as the text that is printed or kept: the same JSON, and no command for a CI server or terminal that shows it. */
export const jsonText = (document: unknown): string =>
  `${JSON.stringify(document, null, 2).replace(ANYWHERE, unicodeEscape).replace(CONTROLS, unicodeEscape)}\n`;
