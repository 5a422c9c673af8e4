import { schemaOf } from '../../../lib/emulator/schema/schema';
import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../../lib/metadata/api-version';
import { sectionsOf } from '../../../lib/metadata/connected-app/sections';
import { CONNECTED_APP_PARTS, connectedApp } from '../../../lib/metadata/fields/connected-app';
import { exists, type Field } from '../../../lib/metadata/fields/field';

const versions = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION + 1 }, (_, n) => OLDEST_API_VERSION + n);

/** Names of the elements that Salesforce's own schema has in a version; those of the sections by their path. */
function theirs(typeName: string, version: number, sections: ReadonlySet<string>, prefix = ''): readonly string[] {
  const fields = [...(schemaOf(typeName)?.fields.values() ?? [])];
  return fields
    .filter(({ since, until }) => (since ?? 0) <= version && version <= (until ?? Infinity))
    .flatMap(({ name, type }) =>
      sections.has(name) ? theirs(type, version, new Set(), `${name}.`) : [`${prefix}${name}`],
    );
}

const known = (fields: readonly Field[], version: number): readonly string[] =>
  fields.filter((field) => field.role !== 'carried' && exists(field, version)).map(({ name }) => name);

describe('the field table of ConnectedApp', () => {
  it.each(versions)('has at version %d the elements of Salesforce’s schema, all of them and no other', (version) => {
    const parts = CONNECTED_APP_PARTS.map(({ name }) => name);
    const ours = [...known(connectedApp.fields, version), ...parts];
    expect(ours.sort()).toEqual([...theirs('ConnectedApp', version, sectionsOf(connectedApp))].sort());
  });

  it.each([
    ['oauthConfig.idTokenConfig', 'ConnectedAppOauthIdToken'],
    ['oauthConfig.assetTokenConfig', 'ConnectedAppOauthAssetToken'],
    ['attributes', 'ConnectedAppAttribute'],
    ['ipRanges', 'ConnectedAppIpRange'],
  ])('has the elements of the record %s', (name, typeName) => {
    const kind = connectedApp.fields.find((field) => field.name === name)?.kind;
    if (kind?.kind !== 'record' && kind?.kind !== 'records') throw new Error(`${name} is no record`);
    expect([...known(kind.fields, 66)].sort()).toEqual([...theirs(typeName, 66, new Set())].sort());
  });
});
