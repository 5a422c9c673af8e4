/** `1 token`, `2,600 tokens`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

/** The beginning of a sentence or a heading. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
