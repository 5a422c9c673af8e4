/** Continuation lines stand deeper than any line of ours, so that a wrapped value cannot pass for one. */
const HANG = '        ';
const NARROWEST = 40;

/**
 * One logical line as lines that fit: broken at blanks where possible, inside a word where it is longer than a line,
 * never shortened. The indentation of the first line is kept by those that follow, and deepened.
 * @param width Columns; undefined leaves the line whole.
 */
export function wrap(line: string, width: number | undefined): readonly string[] {
  if (width === undefined || line.length <= width) return [line];
  const limit = Math.max(width, NARROWEST);
  const indent = `${/^ */.exec(line)?.[0] ?? ''}${HANG}`.slice(0, Math.floor(limit / 2));
  const lines: string[] = [];
  let rest = line;
  while (rest.length > limit) {
    const blank = rest.lastIndexOf(' ', limit);
    const start = lines.length === 0 ? (/\S/.exec(rest)?.index ?? 0) : indent.length;
    const cut = blank > start ? blank : limit;
    lines.push(rest.slice(0, cut));
    rest = `${indent}${rest.slice(blank > start ? cut + 1 : cut)}`;
  }
  lines.push(rest);
  return lines;
}
