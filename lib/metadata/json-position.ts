/** A key or an element of a JSON text, and where it begins; lines and columns count from 1. */
export interface JsonPlace {
  readonly path: readonly (string | number)[];
  readonly line: number;
  readonly column: number;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

interface Open {
  readonly path: readonly (string | number)[];
  readonly isList: boolean;
  /** The element that comes next, or the key that was read last. */
  at: string | number;
}

/** Every key and every element, in the order of the text, which has to be valid JSON. A key given twice is there twice. */
export function placesIn(text: string): readonly JsonPlace[] {
  const places: JsonPlace[] = [];
  const open: Open[] = [];
  let expectsKey = false;
  const spotAt = spotter(text);
  const tokens = [...text.matchAll(TOKENS)];
  for (const [number, { 0: token, index }] of tokens.entries()) {
    const inside = open.at(-1);
    if (token === ',' && inside) {
      if (inside.isList) inside.at = Number(inside.at) + 1;
      expectsKey = !inside.isList;
    } else if (token === '}' || token === ']') {
      open.pop();
      expectsKey = false;
    } else if (token !== ':' && token !== ',') {
      if (expectsKey) {
        if (inside) inside.at = String(JSON.parse(token));
        expectsKey = false;
      }
      const isKey = tokens[number + 1]?.[0] === ':';
      if (inside && (isKey || inside.isList)) places.push({ path: [...inside.path, inside.at], ...spotAt(index) });
      if (token === '{' || token === '[') {
        open.push({
          path: inside ? [...inside.path, inside.at] : [],
          isList: token === '[',
          at: token === '[' ? 0 : '',
        });
        expectsKey = token === '{';
      }
    }
  }
  return places;
}

type Spot = Pick<JsonPlace, 'line' | 'column'>;

/** The line and column of an offset. */
export const spot = (text: string, offset: number): Spot => spotter(text)(offset);

/** The same for offsets that only grow: each line is passed once. */
function spotter(text: string): (offset: number) => Spot {
  let line = 1;
  let begin = 0;
  return (offset) => {
    for (let end = text.indexOf('\n', begin); end >= 0 && end < offset; end = text.indexOf('\n', begin)) {
      line += 1;
      begin = end + 1;
    }
    return { line, column: offset - begin + 1 };
  };
}

/** Where a value of this path begins: of two of the same path the last one, which is the one that counts. */
export const placeOf = (places: readonly JsonPlace[], path: readonly PropertyKey[]): JsonPlace | undefined =>
  places.findLast((place) => samePath(place.path, path));

const samePath = (a: readonly PropertyKey[], b: readonly PropertyKey[]): boolean =>
  a.length === b.length && a.every((part, index) => part === b[index]);

/** Keys that are there twice: of the two, JSON lets the last one count and says nothing of the other. */
export const repeatedKeys = (places: readonly JsonPlace[]): readonly JsonPlace[] => {
  const seen = new Set<string>();
  return places.filter(({ path }) => {
    const key = JSON.stringify(path);
    return seen.has(key) || !seen.add(key);
  });
};
