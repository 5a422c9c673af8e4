/** A text as a SOQL literal, quotes included: nothing in it can end the literal. */
export function soqlText(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}

export const soqlList = (texts: readonly string[]): string => `(${texts.map(soqlText).join(', ')})`;

/** Servers accept an address of 16 KiB; a name may be escaped to three times its length. */
const LIST_LENGTH = 12_000;

/** Names as lists that each fit into one query, each name once. */
export function inQueries(names: readonly string[]): readonly (readonly string[])[] {
  const lists: string[][] = [];
  let left = 0;
  for (const name of new Set(names)) {
    const length = encodeURIComponent(`${soqlText(name)}, `).length;
    if (lists.length === 0 || left < length) {
      lists.push([]);
      left = LIST_LENGTH;
    }
    left -= length;
    lists.at(-1)?.push(name);
  }
  return lists;
}
