/** Something to show, with shorter ways to say it for when room runs out: longest first. */
export interface Block {
  readonly versions: readonly string[];
}

export const sizeOf = (text: string): number => Buffer.byteLength(text, 'utf8');

export interface Fitted {
  readonly text: string;
  /** How many blocks are there in a shorter version only. */
  readonly shortened: number;
  /** How many are not there at all. */
  readonly omitted: number;
}

/**
 * As many of the blocks as fit, in order. A block that does not fit in full takes its next shorter version. Every block
 * gets its shortest version before any later one gets more than that.
 */
export function fit(blocks: readonly Block[], room: number): Fitted {
  const chosen: string[] = [];
  let left = room;
  const shortest = blocks.map(({ versions }) => sizeOf(versions.at(-1) ?? ''));
  let reserved = shortest.reduce((sum, size) => sum + size, 0);
  let [shortened, omitted] = [0, 0];
  blocks.forEach(({ versions }, index) => {
    reserved -= shortest[index] ?? 0;
    // While the short versions of all that follows still fit, they are not given up for the length of this one.
    const available = reserved <= left ? left - reserved : left;
    const version =
      versions.find((text) => sizeOf(text) <= available) ?? versions.findLast((text) => sizeOf(text) <= left);
    if (version === undefined) omitted += 1;
    else {
      chosen.push(version);
      if (version !== versions[0]) shortened += 1;
      left -= sizeOf(version);
    }
  });
  return { text: chosen.join(''), shortened, omitted };
}
