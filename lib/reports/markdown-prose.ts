import { visible } from '../values/visible';

export { code } from './markdown-text';

/** Every character that some flavor of Markdown, or HTML inside it, takes for its own. */
const PUNCTUATION = /[\\`*_{}[\]<>#!|~$&^]|:(?=\/\/|[\w+-]+:)|=(?==)/g;
const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** What a forge takes for a mention, a reference or an address wherever it stands in the finished text. */
const REFERENCE = /(?<=@|\\[#!~$^:]|%|&amp;)(?=[\w/"])|\bGH(?=-\d)|\bwww(?=\.)/gi;

/**
 * A sentence that may quote an org or a file, as Markdown text on one line: no markup, link, mention or reference comes
 * out of it. Escaping does not stop a platform from finding mentions in the finished text; an empty comment does.
 */
export const prose = (text: string): string =>
  visible(text)
    .replace(PUNCTUATION, (character) => ENTITIES[character] ?? `\\${character}`)
    .replace(/^(?:[-+]|\d+(?=[.)]))/, (marker) => (/\d/.test(marker) ? `${marker}\\` : `\\${marker}`))
    .replace(REFERENCE, '$&<!-- -->');
