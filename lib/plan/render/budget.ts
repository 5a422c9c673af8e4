/** Something to show, with shorter ways to say it for when room runs out: longest first. */
export interface Block {
  readonly versions: readonly string[];
}

export const sizeOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/**
 * As many of the blocks as fit, in order. A block that does not fit in full takes its next shorter version; one that
 * does not fit at all is counted. Every block gets its shortest version before any later one gets more than that.
 */
export function fit(blocks: readonly Block[], room: number): { readonly text: string; readonly omitted: number } {
  const chosen: string[] = [];
  let left = room;
  const shortest = blocks.map(({ versions }) => sizeOf(versions.at(-1) ?? ''));
  let reserved = shortest.reduce((sum, size) => sum + size, 0);
  let omitted = 0;
  blocks.forEach(({ versions }, index) => {
    reserved -= shortest[index] ?? 0;
    // While the short versions of all that follows still fit, they are not given up for the length of this one.
    const available = reserved <= left ? left - reserved : left;
    const version =
      versions.find((text) => sizeOf(text) <= available) ?? versions.findLast((text) => sizeOf(text) <= left);
    if (version === undefined) omitted += 1;
    else {
      chosen.push(version);
      left -= sizeOf(version);
    }
  });
  return { text: chosen.join(''), omitted };
}
