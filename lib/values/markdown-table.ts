/** A Markdown table; cells are padded to their column, as formatters want it. A bar in a cell is text, also in a code span. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const [titles = [], ...cells] = [head, ...rows].map((row) => row.map(withoutBars));
  const widths = titles.map((cell, column) => Math.max(cell.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(titles), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

/** Behind an even number of backslashes, so that the last one escapes the bar and no other backslash. */
const withoutBars = (cell: string): string =>
  cell.replace(/(\\*)\|/g, (_, before: string) => `${before}${before.length % 2 === 1 ? '\\' : ''}\\|`);
