import fc from 'fast-check';

import { NEWEST_API_VERSION, OLDEST_API_VERSION } from '../../lib/metadata/api-version';
import type { Component, FieldRecord, FieldValue } from '../../lib/metadata/component';
import { decode } from '../../lib/metadata/decode';
import { encode } from '../../lib/metadata/encode';
import {
  componentType,
  CONNECTED_APP_TYPES,
  EXTERNAL_CLIENT_APP_TYPES,
  SETTINGS_TYPES,
} from '../../lib/metadata/fields';
import { type ComponentType, exists, type Field } from '../../lib/metadata/fields/field';
import { normalize } from '../../lib/metadata/normalize';
import { parseXml } from '../../lib/metadata/package/xml';
import { cases } from '../deep';

const RUNS = cases(300, 5_000);

function read(typeName: string, xml: string): ReturnType<typeof decode> {
  const type = componentType(typeName);
  const parsed = parseXml(xml);
  if (!type || !parsed.ok) throw new Error('the test gives a type and XML');
  return decode(type, 'A', parsed.value);
}

const word = fc.stringMatching(/^[A-Za-z0-9&<>'"${}%é ,;]{0,20}[A-Za-z0-9]$/).map((text) => text.trim());
const plainWord = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,10}$/);

function scalar(field: Field): fc.Arbitrary<string | boolean | number> {
  switch (field.kind.kind) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: 0, max: 100_000 });
    case 'choice':
      return fc.constantFrom(...field.kind.values);
    default:
      return word;
  }
}

function record(fields: readonly Field[]): fc.Arbitrary<FieldRecord> {
  return fc
    .record(Object.fromEntries(fields.map((field) => [field.name, scalar(field)])), { requiredKeys: [] })
    .filter((row) => Object.keys(row).length > 0) as fc.Arbitrary<FieldRecord>;
}

function value(field: Field): fc.Arbitrary<FieldValue> {
  const { kind } = field;
  if (kind.kind === 'set' || kind.kind === 'lines') return fc.uniqueArray(plainWord, { minLength: 1, maxLength: 5 });
  if (kind.kind === 'record') return record(kind.fields);
  if (kind.kind === 'records') return fc.array(record(kind.fields), { minLength: 1, maxLength: 4 });
  if (kind.kind === 'certificate') return fc.base64String({ minLength: 8, maxLength: 400 });
  return scalar(field);
}

/** Components as an org may hold them: any subset of the fields that can be written, in canonical form. */
function components(type: ComponentType): fc.Arbitrary<Component> {
  const written = type.fields.filter(({ role }) => role === 'author' || role === 'join');
  const shape = Object.fromEntries(written.map((field) => [field.name, value(field)]));
  return fc.record(shape, { requiredKeys: [] }).map((fields) => {
    const canonical = written.flatMap((field) => {
      const normal = normalize(field, fields[field.name]);
      return normal === undefined ? [] : [[field.name, normal] as const];
    });
    return { type: type.name, fullName: 'A', fields: Object.fromEntries(canonical) };
  });
}

describe.each([...EXTERNAL_CLIENT_APP_TYPES, ...CONNECTED_APP_TYPES, ...SETTINGS_TYPES])('a file of $name', (type) => {
  it('reads back as the component that was written, for any fields', () => {
    fc.assert(
      fc.property(components(type), (component) => {
        const result = read(type.name, encode(component, { apiVersion: NEWEST_API_VERSION, packagedApps: new Set() }));
        // Fields that ended before the newest version are not written.
        const fields = Object.fromEntries(
          Object.entries(component.fields).filter(([name]) =>
            type.fields.some((field) => field.name === name && exists(field, NEWEST_API_VERSION)),
          ),
        );
        expect(result).toEqual({ ok: true, value: { ...component, fields } });
      }),
      { numRuns: RUNS },
    );
  });

  it('never holds a field that its API version does not know, nor a secret, nor a command', () => {
    const version = fc.integer({ min: OLDEST_API_VERSION, max: NEWEST_API_VERSION });
    const all = Object.fromEntries(
      type.fields.map((field) => [field.name, field.kind.kind === 'records' ? [{ key: 'x' }] : ['x']]),
    );
    fc.assert(
      fc.property(version, (apiVersion) => {
        const xml = encode({ type: type.name, fullName: 'A', fields: all }, { apiVersion });
        for (const field of type.fields) {
          const allowed = exists(field, apiVersion) && (field.role === 'author' || field.role === 'join');
          if (!allowed) expect(xml).not.toContain(`<${field.name}>`);
        }
      }),
    );
  });
});

const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
const inConsumer = (content: string): string =>
  `<${CONSUMER} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${CONSUMER}>`;

describe('reading a component', () => {
  it('drops secrets and keeps what it does not know, also through a write', () => {
    const xml = inConsumer('<consumerSecret>S3CRET</consumerSecret><isFromTheFuture><a>1</a></isFromTheFuture>');
    const result = read(CONSUMER, xml);
    expect(JSON.stringify(result)).not.toContain('S3CRET');
    if (!result.ok) throw new Error('refused');
    expect(encode(result.value, { apiVersion: 66 }).replace(/\s/g, '')).toContain(
      '<isFromTheFuture><a>1</a></isFromTheFuture>',
    );
  });

  it.each([
    ['<isPkceRequired>maybe</isPkceRequired>', 'not true or false'],
    ['<isPkceRequired>true</isPkceRequired><isPkceRequired>false</isPkceRequired>', 'twice'],
    ['<idTokenConfig><idTokenValidityInMinutes>two</idTokenValidityInMinutes></idTokenConfig>', 'not a whole number'],
    ['<label><b>x</b></label>', 'not plain text'],
  ])('refuses %s as a whole', (content, message) => {
    const result = read(CONSUMER, inConsumer(content));
    expect(result.ok ? '' : result.error.map(({ problem }) => problem).join()).toContain(message);
  });

  it('refuses a document of another type', () => {
    expect(read(CONSUMER, '<Package xmlns="http://soap.sforce.com/2006/04/metadata"/>').ok).toBe(false);
  });

  it('reads certificates with and without armor as the same', () => {
    const bare = read(CONSUMER, inConsumer('<certificate>QUJD REVG</certificate>'));
    const armored = '-----BEGIN CERTIFICATE-----\r\nQUJD\r\nREVG\r\n-----END CERTIFICATE-----';
    expect(read(CONSUMER, inConsumer(`<certificate>${armored}</certificate>`))).toEqual(bare);
  });
});

describe('the ownership line', () => {
  const header = (fields: Component['fields']): Component => ({
    type: 'ExternalClientApplication',
    fullName: 'A',
    fields,
  });
  const roundTrip = (fields: Component['fields']): unknown => {
    const result = read('ExternalClientApplication', encode(header(fields), { apiVersion: 66 }));
    return result.ok ? result.value.fields : result.error;
  };

  it('travels in the description and comes back as fields of its own', () => {
    const fields = {
      description: 'Portal\nof partners',
      managedBy: 'identity/prod',
      certificateFingerprint: 'a'.repeat(64),
    };
    expect(roundTrip(fields)).toEqual(fields);
    expect(encode(header(fields), { apiVersion: 66 })).toContain(
      `Portal\nof partners\nManaged as code by identity/prod; certificate sha256:${'a'.repeat(64)}</description>`,
    );
  });

  it('stands alone where there is no description', () => {
    expect(roundTrip({ managedBy: 'identity/prod' })).toEqual({ managedBy: 'identity/prod' });
  });

  it('is nothing when somebody only writes about it', () => {
    const fields = { description: 'Managed as code by nobody.\nSee the wiki' };
    expect(roundTrip(fields)).toEqual(fields);
  });
});
