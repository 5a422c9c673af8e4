import type { FieldSchema } from '../../lib/emulator/schema/notation';
import { schemaOf, typeKnown, typeNamed } from '../../lib/emulator/schema/schema';
import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import {
  EXTERNAL_CLIENT_APP_TYPES,
  OAUTH_RECORD_TYPES,
  PRESERVED_TYPES,
  SETTINGS_TYPES,
} from '../../lib/metadata/fields';
import { exists, type Field } from '../../lib/metadata/fields/field';

/** Salesforce's own schema, as generated from its WSDL for the emulator, which never sees the field table. */
function theirs(typeName: string): ReadonlyMap<string, FieldSchema> {
  const fields = schemaOf(typeName)?.fields;
  if (!fields) throw new Error(`the schema does not know ${typeName}`);
  return new Map([...fields.values()].map((field) => [field.name, field]));
}

const versions = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION + 1 }, (_, n) => OLDEST_API_VERSION + n);
const own = (fields: readonly Field[]): readonly Field[] => fields.filter(({ role }) => role !== 'carried');

describe.each([...EXTERNAL_CLIENT_APP_TYPES, ...PRESERVED_TYPES, ...OAUTH_RECORD_TYPES, ...SETTINGS_TYPES])(
  'the field table of $name',
  (type) => {
    const schema = theirs(type.name);

    it('has the fields of Salesforce’s schema, all of them and no other, in every version', () => {
      for (const version of versions) {
        const known = typeNamed(type.name);
        if (!known || !typeKnown(known, version)) continue;
        const ours = own(type.fields).filter((field) => exists(field, version));
        const expected = [...schema.values()].filter(
          ({ since, until }) => (since ?? 0) <= version && version <= (until ?? Infinity),
        );
        expect([version, ours.map(({ name }) => name).sort()]).toEqual([
          version,
          expected.map(({ name }) => name).sort(),
        ]);
      }
    });

    it('has the directory and suffix of the package', () => {
      expect(typeNamed(type.name)).toMatchObject({ directory: type.directory, suffix: type.suffix });
    });
  },
);
