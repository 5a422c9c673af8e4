import fc from 'fast-check';

import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import { encode } from '../../lib/metadata/encode';
import { exists } from '../../lib/metadata/fields/field';
import { cases } from '../deep';
import { components, read, TYPES } from './random-components';

const seed = Number(process.env['CLIENT_APPS_SEED'] ?? Date.now() % 2 ** 31);
const options = { numRuns: cases(100, 5_000), seed };

// Printed, so that a run that failed can be repeated: CLIENT_APPS_SEED=… npx jest …
beforeAll(() => process.stdout.write(`every-field: seed ${seed}\n`));

const VERSIONS = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION + 1 }, (_, n) => OLDEST_API_VERSION + n);

describe.each(TYPES)('a $name', (type) => {
  const versions = VERSIONS.filter((version) => version >= type.since);

  it('is read as it was written, in every version, whatever its fields hold', () => {
    const any = fc
      .constantFrom(...versions)
      .chain((apiVersion) => components(type, apiVersion).map((component) => ({ apiVersion, component })));
    fc.assert(
      fc.property(any, ({ apiVersion, component }) => {
        expect(read(type.name, encode(component, { apiVersion }))).toEqual(component);
      }),
      options,
    );
  });

  it('reaches every field that is written: each stands in some random record', () => {
    const newest = Math.max(...versions);
    const seen = new Set(
      fc.sample(components(type, newest), { numRuns: 200, seed }).flatMap((component) => Object.keys(component.fields)),
    );
    const written = type.fields.filter(
      (field) => (field.role === 'author' || field.role === 'join') && exists(field, newest),
    );
    expect(written.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
  });
});
