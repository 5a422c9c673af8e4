import { visible } from '../values/visible';

export { code } from './markdown-text';

/** Every character that some flavour of Markdown, or HTML inside it, takes for its own. */
const PUNCTUATION = /[\\`*_{}[\]<#!|~$&]|:(?=\/\/)/g;

/**
 * A sentence that may quote an org or a file, as Markdown text on one line: no markup, link, mention or reference comes
 * out of it. Escaping does not stop a platform from finding mentions in the finished text; an empty comment does.
 */
export const prose = (text: string): string =>
  visible(text)
    .replace(PUNCTUATION, (character) => (character === '<' ? '&lt;' : character === '&' ? '&amp;' : `\\${character}`))
    .replace(/@|\\[#!~$](?=\w)/g, (sign) => `${sign}<!-- -->`)
    .replace(/\b(?=www\.)/gi, '<!-- -->');
