import fc from 'fast-check';

import { placeOf, placesIn, repeatedKeys } from '../../lib/metadata/json-position';

type Path = readonly (string | number)[];

/** The path of every key and element, by the value instead of the text. */
function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return entries.flatMap(([key, member]) => [[...at, key], ...pathsOf(member, [...at, key])]);
}

describe('places in a JSON text', () => {
  it('are those of its keys and elements, however it is written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        // Read again, as JSON has no -0 and orders keys that are numbers.
        expect(
          placesIn(text)
            .map(({ path }) => JSON.stringify(path))
            .sort(),
        ).toEqual(
          pathsOf(JSON.parse(text))
            .map((path) => JSON.stringify(path))
            .sort(),
        );
      }),
    );
  });

  it('are lines and columns from 1, with the line ends of any system', () => {
    const places = placesIn('{\r\n  "a": [1, {"b": "}\\""}]\r\n}');
    expect(placeOf(places, ['a'])).toMatchObject({ line: 2, column: 3 });
    expect(placeOf(places, ['a', 1, 'b'])).toMatchObject({ line: 2, column: 13 });
    expect(placeOf(places, ['c'])).toBeUndefined();
  });

  it('tell a key that is there twice', () => {
    expect(repeatedKeys(placesIn('{"a":1,"b":{"a":2},"a":3}'))).toEqual([{ path: ['a'], line: 1, column: 20 }]);
  });
});
