/** Continuation lines stand deeper than any line of ours, so that a wrapped value cannot pass for one. */
const HANG = '        ';
const NARROWEST = 40;

/** From here on (Hangul, Han, kana, full-width forms, emoji) a character may take two columns of a terminal. */
const FIRST_WIDE = 0x1100;
const BLANK = 0x20;

/**
 * One logical line as lines that fit: broken at blanks where possible, inside a word where it is longer than a line,
 * never shortened and never inside a character. The indentation of the first line is kept by those that follow, and
 * deepened. Where it cannot be known how wide a character is drawn it counts as two columns: were a line of ours too
 * long, the terminal would break it, and what it puts at the left edge could pass for a line of ours.
 * @param width Columns; undefined leaves the line whole.
 */
export function wrap(line: string, width: number | undefined): readonly string[] {
  if (width === undefined || (line.length <= width && columns(line) <= width)) return [line];
  const limit = Math.max(width, NARROWEST);
  const margin = /^ */.exec(line)?.[0] ?? '';
  const indent = `${margin}${HANG}`.slice(0, Math.floor(limit / 2));
  const lines: string[] = [];
  let [from, lead, used] = [0, '', 0];
  // The last place to break at; none inside the margin.
  let blank = -1;
  let at = 0;
  while (at < line.length) {
    const code = line.codePointAt(at) ?? 0;
    if (code === BLANK && at > Math.max(from, margin.length)) blank = at;
    if (used + columnsOf(code) > limit) {
      const cut = blank > from ? blank : at;
      lines.push(`${lead}${line.slice(from, cut)}`);
      // What follows the blank is measured anew: it stands deeper now.
      from = at = blank > from ? cut + 1 : cut;
      [lead, used, blank] = [indent, indent.length, -1];
    } else {
      used += columnsOf(code);
      at += code > 0xffff ? 2 : 1;
    }
  }
  return from < line.length ? [...lines, `${lead}${line.slice(from)}`] : lines;
}

const columnsOf = (code: number): number => (code < FIRST_WIDE ? 1 : 2);

function columns(text: string): number {
  let count = 0;
  for (const character of text) count += columnsOf(character.codePointAt(0) ?? 0);
  return count;
}
