import { EXTERNAL_CLIENT_APP_TYPES, SETTINGS_TYPES } from '../../lib/metadata/fields';
import { RESOURCES } from '../../lib/terraform/provider';
import { snakeCase } from '../../lib/values/snake-case';
import { app, type Project, project } from './provider-support';
import { type Attributes, flat, type SchemaJson, schemaOf } from './schema-of';
import { describeTerraform } from './support';

/**
 * What a description says beyond the name in Setup and in the metadata, Salesforce's default, and what the field table says of
 * every field: its versions, and what a change does to security and to clients.
 */
const beyondTheName = (description: string): string =>
  description
    .replace(/^[^.]*\(\w+\)\.\s*/, '')
    .replace(/Salesforce's default: `[^`]*`\./, '')
    .replace(
      /(API version \d+ or newer|Until API version \d+|Security: [^.]*|(To set (true|false)|Another value) [^.]*)\./g,
      '',
    )
    .trim();

/** Four words, one of which at least is not in the name. */
function saysMore(name: string, description = ''): boolean {
  const words = beyondTheName(description).split(/\s+/);
  const known = new Set(name.toLowerCase().split('_'));
  return words.length >= 4 && words.some((word) => !known.has(word.toLowerCase().replace(/\W/g, '')));
}

describeTerraform('the schema, as the real terraform tells it', () => {
  let work: Project;
  let schema: SchemaJson;
  const attributesOf = (name: string): Attributes => schema.resource_schemas[name]?.block.attributes ?? {};

  beforeAll(async () => {
    work = project({});
    work.write(app('Portal'));
    await work.run('init', '-input=false');
    schema = await schemaOf(work);
  });
  afterAll(() => work.remove());

  it('has the resources and the data source', () => {
    expect(Object.keys(schema.resource_schemas)).toEqual(
      expect.arrayContaining(['salesforce_external_client_app', 'salesforce_oauth_settings']),
    );
    expect(Object.keys(schema.data_source_schemas)).toEqual(['salesforce_client_apps']);
  });

  it('says of each attribute, block, function and parameter more than its name', () => {
    const blocks = Object.entries({
      provider: schema.provider,
      ...schema.resource_schemas,
      ...schema.data_source_schemas,
      ...schema.ephemeral_resource_schemas,
    });
    const functions = Object.entries(schema.functions);
    const described = [
      ...blocks.map(([name, { block }]) => [name, block.description] as const),
      ...blocks.flatMap(([name, { block }]) =>
        flat(block.attributes).map(([path, { description }]) => [`${name}.${path}`, description] as const),
      ),
      ...functions.map(([name, { description }]) => [name, description] as const),
      ...functions.flatMap(([name, { parameters }]) =>
        parameters.map((each) => [`${name}.${each.name}`, each.description] as const),
      ),
    ];
    expect(Object.keys(schema.resource_schemas)).toEqual(Object.keys(RESOURCES).sort());
    expect(functions.length).toBe(4);
    expect(described.length).toBeGreaterThan(950);
    const silent = described.filter(([name, text]) => !saysMore(name.slice(name.lastIndexOf('.') + 1), text));
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('describes every attribute in a sentence, and spells its name in lower case with underscores', () => {
    const blocks = [
      schema.provider,
      ...Object.values(schema.resource_schemas),
      ...Object.values(schema.data_source_schemas),
      ...Object.values(schema.ephemeral_resource_schemas),
    ];
    const attributes = blocks.flatMap(({ block }) => flat(block.attributes));
    expect(attributes.length).toBeGreaterThan(100);
    expect(attributes.filter(([, { description = '' }]) => !/\.$/.test(description)).map(([name]) => name)).toEqual([]);
    expect(attributes.filter(([name]) => !/^[a-z0-9_.]+$/.test(name)).map(([name]) => name)).toEqual([]);
  });

  it.each([
    ['salesforce_external_client_app', EXTERNAL_CLIENT_APP_TYPES],
    ['salesforce_oauth_settings', SETTINGS_TYPES],
  ] as const)(
    'has each field that an author may state in %s, below its component, with its own name',
    (name, types) => {
      const described = flat(attributesOf(name));
      for (const { fields, name: type } of types) {
        const stated = fields.filter(({ role, kind }) => role === 'author' && kind.kind !== 'certificate');
        for (const field of stated) {
          const found = described.filter(([path]) => path.split('.')[1] === snakeCase(field.name));
          expect([
            type,
            field.name,
            found.some(([, { description }]) => description?.includes(`(${field.name})`)),
          ]).toEqual([type, field.name, true]);
        }
      }
    },
  );

  it('keeps lists without order as sets, so that order is never a change', () => {
    const attributes = attributesOf('salesforce_external_client_app');
    expect(attributes['oauth']?.nested_type?.attributes['comma_separated_oauth_scopes']?.type).toEqual([
      'set',
      'string',
    ]);
    expect(attributes['global_oauth']?.nested_type?.attributes['callback_url']?.type).toEqual(['set', 'string']);
  });

  it('computes what Salesforce makes, and never keeps a certificate or shows a token', () => {
    const attributes = attributesOf('salesforce_external_client_app');
    for (const name of ['consumer_key', 'application_id', 'oauth_link', 'org_scoped_external_app', 'component_names']) {
      expect([name, attributes[name]?.computed, attributes[name]?.optional ?? false]).toEqual([name, true, false]);
    }
    expect(attributes['certificate']).toMatchObject({ write_only: true, optional: true });
    expect(attributes['certificate_fingerprint']).toMatchObject({ computed: true });
    expect(schema.provider.block.attributes['access_token']).toMatchObject({ sensitive: true });
    const paths = flat(attributes).map(([path]) => path);
    expect(paths.filter((path) => /secret$|rotate/.test(path))).toEqual([]);
  });
});
