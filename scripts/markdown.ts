/** A Markdown table. Cells are escaped; prettier, which writes the file, sees to the columns. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const separator = head.map(() => '---');
  return [head, separator, ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

export const code = (text: string): string => `\`${text}\``;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
