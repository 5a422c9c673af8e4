import { markdownTable } from '../../lib/values/markdown-table';

/** The cells of a row as GitHub takes it apart: a bar behind an odd number of backslashes is text. */
const cellsOf = (row: string): readonly string[] =>
  row
    .slice(1, -1)
    .split(/(?<=(?:^|[^\\])(?:\\\\)*)\|/)
    .map((cell) => cell.trim());

it.each(['a|b', '`a|b`', '||', 'a\\|b', 'a\\\\|b', '|', 'no bar \\'])('a cell that holds %s is one cell', (text) => {
  const [head = '', , row = ''] = markdownTable(['x', text], [[text, 'y']]).split('\n');
  expect(cellsOf(head)).toHaveLength(2);
  expect(cellsOf(row)).toHaveLength(2);
});

it('pads its columns, and leaves what has no bar as it is', () => {
  expect(markdownTable(['a', 'b'], [['long', '\\']])).toBe('| a    | b |\n| ---- | - |\n| long | \\ |');
});
