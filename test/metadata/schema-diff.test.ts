import type { FieldSchema, TypeSchema } from '../../lib/emulator/schema/notation';
import { fieldKnown, schemaOf, typeKnown, typeNamed } from '../../lib/emulator/schema/schema';
import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import { EXTERNAL_CLIENT_APP_TYPES, PRESERVED_TYPES, SETTINGS_TYPES } from '../../lib/metadata/fields';
import { schemaDiff } from '../../lib/metadata/schema-diff';
import { renderSchemaDiff } from '../../lib/metadata/schema-diff-text';

const TYPES = [...EXTERNAL_CLIENT_APP_TYPES, ...PRESERVED_TYPES, ...SETTINGS_TYPES].map(({ name }) => name);
const versions = Array.from({ length: NEWEST_API_VERSION - OLDEST_API_VERSION + 1 }, (_, n) => OLDEST_API_VERSION + n);
const pairs = versions.flatMap((from) => versions.filter((to) => to !== from).map((to) => [from, to] as const));

/** Every element of a type at a version, by Salesforce's own schema, which never saw the field table. */
function theirs(typeName: string, version: number): readonly string[] {
  const type = typeNamed(typeName);
  if (!type || !typeKnown(type, version)) return [];
  const of = (schema: TypeSchema | undefined, prefix: string): readonly string[] =>
    [...(schema?.fields.values() ?? [])]
      .filter((field) => fieldKnown(field, version))
      .flatMap((field) => [`${prefix}${field.name}`, ...inside(field, `${prefix}${field.name}`)]);
  const inside = (field: FieldSchema, name: string): readonly string[] => {
    const schema = schemaOf(field.type);
    if (schema?.kind !== 'enum') return of(schema, `${name}.`);
    return schema.literals.filter(({ since }) => since <= version).map(({ value }) => `${name}: ${value}`);
  };
  return of(schemaOf(typeName), '');
}

const names = (from: number, to: number, change: 'enters' | 'leaves') =>
  schemaDiff(from, to)
    .changes.filter(({ kind, type }) => TYPES.includes(type) && (kind === 'field' || kind === 'value'))
    .filter((each) => each.change === change)
    .map(({ type, name }) => `${type}.${name}`)
    .sort();

const expected = (from: number, to: number) =>
  TYPES.flatMap((type) => {
    const before = new Set(theirs(type, from));
    return theirs(type, to).flatMap((name) => {
      // The value of an enumeration comes with its field, unless it is younger.
      const field = name.split(': ')[0] ?? name;
      return before.has(name) || (name !== field && !before.has(field)) ? [] : [`${type}.${name}`];
    });
  }).sort();

describe('going from one Metadata API version to another', () => {
  it.each(pairs)('brings and takes what Salesforce’s schema says: %d to %d', (from, to) => {
    expect(names(from, to, 'enters')).toEqual(expected(from, to));
    expect(names(from, to, 'leaves')).toEqual(expected(to, from));
  });

  it('to itself changes nothing', () => {
    expect(schemaDiff(66, 66).changes).toEqual([]);
    expect(renderSchemaDiff(schemaDiff(66, 66))).toContain('nothing');
  });

  it('tells the first version, the default and what is still a preview', () => {
    const { changes } = schemaDiff(62, 68);
    expect(changes.find(({ name }) => name === 'isSamlPluginEnabled')).toMatchObject({
      change: 'enters',
      version: 63,
      default: true,
      preview: false,
    });
    expect(changes.find(({ name }) => name === 'isDPopEnabled')).toMatchObject({ version: 68, preview: true });
    expect(changes.find(({ name }) => name === 'enableExternalClientApps')).toMatchObject({
      change: 'leaves',
      version: 63,
    });
    expect(changes.filter(({ preview }) => preview).every(({ version }) => version >= 67)).toBe(true);
  });

  it('names new scopes and new types', () => {
    const found = schemaDiff(64, 67).changes.map(({ kind, name }) => `${kind} ${name}`);
    expect(found).toContain('scope MCP');
    expect(found).toContain('type ExtlClntAppOauthSecuritySettings');
    expect(found).toContain('type ExtlClntAppCanvasSettings');
    expect(found).toContain('value policyAction: StepUpMFA');
  });

  it('reads as text with a line for each element', () => {
    const diff = schemaDiff(62, 68);
    const text = renderSchemaDiff(diff);
    expect(text).toContain('Metadata API 62.0 to 68.0');
    expect(text).toContain('    63  isSamlPluginEnabled (SAML plugin enabled); default true\n');
    expect(text).toMatch(/^ {4}68 {2}isMtlsEnabled .*default false \(preview\)$/m);
    expect(text.split('\n').filter((line) => /^ {4}\d\d {2}/.test(line))).toHaveLength(diff.changes.length);
  });
});
