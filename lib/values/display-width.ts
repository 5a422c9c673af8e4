/** Characters that a terminal draws over the one before them, or not at all. */
const NO_WIDTH = /^[\p{M}\p{Cf}]+$/u;
/** Drawn two columns wide: Unicode's East Asian Wide and Fullwidth, and emoji in color. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;

/** How many columns of a terminal a text takes, so that what follows it in a table stands where its column is. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}

/** The text, and blanks up to so many columns. */
export const padded = (text: string, width: number): string =>
  `${text}${' '.repeat(Math.max(0, width - displayWidth(text)))}`;
