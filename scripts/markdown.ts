import { markdownTable } from '../lib/values/markdown-table';

/** A Markdown table whose cells may hold anything. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(
    head.map(cell),
    rows.map((cells) => cells.map(cell)),
  );

export const code = (text: string): string => `\`${text}\``;

const cell = (text: string): string => text.replaceAll('\n', ' ');
