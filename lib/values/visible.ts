import { unicodeEscape, withoutCommands } from './ci-commands';

/**
 * Characters that print nothing, print as something else, or move what is printed: controls, line and paragraph
 * separators, every blank but the ordinary one, invisible and direction-changing format characters, fillers and
 * selectors that count as letters or marks (Default_Ignorable_Code_Point), the empty Braille pattern, lone surrogates.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{DI}\u2800]|(?! )\p{Zs}/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The text with each of these characters as the given function spells it. */
export const spellUnseen = (text: string, spell: (character: string) => string): string => text.replace(UNSEEN, spell);

/**
 * Text from an org or a file as it may be printed: on one line, with everything invisible spelled out. Whoever names an
 * app can choose its characters; this is what keeps them from forging a line of ours, or a command of the CI server.
 */
export function visible(text: string): string {
  const seen = spellUnseen(text, (character) => SHORT[character] ?? escaped(character));
  return withoutCommands(seen, unicodeEscape);
}

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\u{${code}}`;
}

/** The same, in quotes wherever the reader could not tell where the value ends, or take it for a remark like `(none)`. */
export function quoted(text: string): string {
  const shown = visible(text);
  return /^(?!\()[^\s"'`]+$/u.test(shown) ? shown : `"${shown.replaceAll('"', '\\"')}"`;
}

/** Each as a line of its own. */
export const visibleLines = (lines: readonly string[]): string => lines.map((each) => `${visible(each)}\n`).join('');
