import fc from 'fast-check';

import { NEWEST_API_VERSION } from '../../lib/metadata/api-version';
import type { Component } from '../../lib/metadata/component';
import { canonicalJson } from '../../lib/metadata/digest';
import { encode } from '../../lib/metadata/encode';
import { componentType } from '../../lib/metadata/fields';
import { exists } from '../../lib/metadata/fields/field';
import { buildManifest } from '../../lib/metadata/manifest';
import { observe } from '../../lib/metadata/observe';
import { newComponent } from '../../lib/metadata/package/install-packages';
import { parseXml } from '../../lib/metadata/package/xml';
import { apps } from '../constructs/arbitraries';
import { declaredIn } from '../constructs/declared';
import { cases } from '../deep';
import { components, read, TYPES } from './random-components';
import { respell, spellings } from './respell';

const RUNS = cases(60, 2_000);

/** The text, written another way. Names of plain fields that it lacks may turn up as elements without a value. */
const respelled = (text: string, absent: readonly string[]): fc.Arbitrary<string> => {
  const root = parseXml(text);
  if (!root.ok) throw new Error(root.error.problem);
  return spellings(absent).map((spelling) => respell(root.value, spelling));
};

const absentIn = ({ type, fields }: Component): string[] =>
  (componentType(type)?.fields ?? [])
    .filter(
      ({ name, role, kind }) =>
        role === 'author' && kind.kind !== 'records' && !name.includes('.') && !(name in fields),
    )
    .map(({ name }) => name);

describe.each(TYPES)('a file of $name', (type) => {
  it('says the same however it is spelled', () => {
    const any = components(type, NEWEST_API_VERSION).chain((component) =>
      respelled(encode(component, { apiVersion: NEWEST_API_VERSION }), absentIn(component)).map((text) => ({
        component,
        text,
      })),
    );
    fc.assert(
      fc.property(any, ({ component, text }) => {
        expect(read(type.name, text)).toEqual(component);
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps elements of a newer version, also inside records, through a write', () => {
    const fields = type.fields.filter((field) => exists(field, NEWEST_API_VERSION));
    const records = fields.filter(({ kind }) => kind.kind === 'record').map(({ name }) => name);
    const unknown = ['isFromTheFuture', ...records.map((name) => `${name}.fromTheFuture`)].flatMap((name) => [
      { name, text: 'first', attributes: {}, children: [] },
      { name, text: '', attributes: {}, children: [{ name: 'deep', text: ' a ', attributes: {}, children: [] }] },
    ]);
    const component = { type: type.name, fullName: 'A', fields: {}, unknown };
    const again = read(type.name, encode(component, { apiVersion: 66 }));
    const byName = (list: Component['unknown'] = []): string[] => list.map(canonicalJson).sort();
    expect(typeof again === 'string' ? again : byName(again.unknown)).toEqual(byName(unknown));
  });
});

describe('the files of a random app', () => {
  it('say the same however they are spelled', () => {
    const spelled = apps.chain((random) => {
      const manifest = buildManifest({
        id: 'identity/prod',
        name: 'prod',
        path: 'identity/prod',
        apiVersion: 66,
        engine: 'null',
        settings: {},
        assumptions: {},
        apps: [{ app: declaredIn(66, random) }],
      });
      const all = manifest.apps.flatMap((app) => app.components.map((each) => newComponent(each, app.api_name)));
      return fc.tuple(
        ...all.map((component) => {
          const text = encode(component, { apiVersion: 66 });
          return respelled(text, absentIn(component)).map((other) => ({ type: component.type, text, other }));
        }),
      );
    });
    fc.assert(
      fc.property(spelled, (files) => {
        for (const { type, text, other } of files) expect(read(type, other)).toEqual(read(type, text));
      }),
      { numRuns: RUNS },
    );
  });
});

const inside = (type: string, content: string): string =>
  `<${type} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${type}>`;

describe('shapes found in the wild', () => {
  it('distributionState Packageable, which many guides print, is kept as it is', () => {
    const type = 'ExternalClientApplication';
    expect(read(type, inside(type, '<distributionState>Packageable</distributionState>'))).toMatchObject({
      fields: { distributionState: 'Packageable' },
    });
  });

  it('scopes as repeated elements, as a Connected App has them, are kept and not taken for scopes', () => {
    const type = 'ExtlClntAppOauthSettings';
    const text = inside(type, '<scopes>Api</scopes><scopes>Full</scopes>');
    const component = read(type, text);
    expect(component).toMatchObject({ fields: {}, unknown: [{ text: 'Api' }, { text: 'Full' }] });
    if (typeof component === 'string') throw new Error(component);
    expect(encode(component, { apiVersion: 66 })).toMatch(/<scopes>Api<\/scopes>\s*<scopes>Full<\/scopes>/);
  });

  it('a switch that is not known yet is kept', () => {
    const type = 'ExtlClntAppConfigurablePolicies';
    const component = read(type, inside(type, '<isMcpPluginEnabled>true</isMcpPluginEnabled>'));
    expect(component).toMatchObject({ unknown: [{ name: 'isMcpPluginEnabled', text: 'true' }] });
  });

  it('the type of a value is kept, whatever prefix the document gives to the namespace of XML Schema', () => {
    const type = 'ExtlClntAppConfigurablePolicies';
    const schema = 'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:s="http://www.w3.org/2001/XMLSchema"';
    const component = read(type, inside(type, `<new ${schema} i:type="s:string">x</new>`));
    if (typeof component === 'string') throw new Error(component);
    const text = encode(component, { apiVersion: 66 });
    expect(text).toContain('xmlns:xsd="http://www.w3.org/2001/XMLSchema"');
    expect(text).toContain('<new xsi:type="xsd:string">x</new>');
    expect(read(type, text)).toEqual(component);
  });

  it('elements of a newer version inside a row go back into that row, whatever they hold', () => {
    const type = 'ExtlClntAppOauthSettings';
    const schema = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
    const odd = `<tags>1</tags><tags>2</tags><new><deep a="b">1</deep></new><kind ${schema} xsi:type="Odd">x</kind>`;
    const text = inside(
      type,
      `<customAttributes><key>b</key></customAttributes><customAttributes><key>a</key>${odd}</customAttributes>`,
    );
    const component = read(type, text);
    if (typeof component === 'string') throw new Error(component);
    const written = encode(component, { apiVersion: 66 });
    const rows = written.replace(/>\s+</g, '><').split('</customAttributes>');
    expect(rows).toHaveLength(3);
    const row = rows.find((each) => each.includes('<key>a</key>'));
    expect(row).toContain('<new><deep a="b">1</deep></new>');
    expect(row).toContain('<kind xsi:type="Odd">x</kind>');
    expect(row).toContain('<tags>1</tags><tags>2</tags>');
    expect(rows.find((each) => each.includes('<key>b</key>'))).not.toContain('<new>');
    expect(read(type, written)).toEqual(component);
  });

  it.each<[string, string, RegExp]>([
    [
      'an element of another namespace',
      '<x:isEnabled xmlns:x="urn:x">true</x:isEnabled>',
      /<isEnabled> is of another XML namespace/,
    ],
    ['text between its elements', 'true<isEnabled>true</isEnabled>', /holds text between its elements/],
    ['a switch twice', '<isEnabled>true</isEnabled><isEnabled>false</isEnabled>', /<isEnabled> stands here twice/],
    ['elements in a switch', '<isEnabled>true<b/></isEnabled>', /not plain text/],
  ])('a record with %s cannot be read, and says why', (_what, content, message) => {
    const type = 'ExtlClntAppConfigurablePolicies';
    expect(read(type, inside(type, content))).toMatch(message);
  });

  it.each([
    ['no namespace', '<ConnectedApp><label>x</label></ConnectedApp>'],
    [
      'a prefix',
      '<m:ConnectedApp xmlns:m="http://soap.sforce.com/2006/04/metadata"><m:label>x</m:label></m:ConnectedApp>',
    ],
    ['a tag broken before its bracket', '<ConnectedApp><label\n    >x</label></ConnectedApp>'],
    ['attributes', '<ConnectedApp version="3"><label required="true">x</label></ConnectedApp>'],
    ['nothing but a comment beside it', '<ConnectedApp><!--<label>y</label>--><label>x</label></ConnectedApp>'],
  ])('a Connected App written with %s is read', (_how, text) => {
    expect(read('ConnectedApp', text)).toMatchObject({ fields: { label: 'x' } });
  });

  it('a certificate with words around the armor is the certificate', () => {
    const type = 'ExtlClntAppGlobalOauthSettings';
    const pem = 'subject=CN = feed\n-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\nissued 2026';
    expect(read(type, inside(type, `<certificate>${pem}</certificate>`))).toMatchObject({
      fields: { certificate: 'QUJD' },
    });
  });

  it.each([
    ['a blank inside', 'My App', 'My App'],
    ['CDATA', '<![CDATA[Portal]]>', 'Portal'],
    ['a comment', 'Por<!-- x -->tal', 'Portal'],
    ['line breaks around it', '\n    Portal\n', 'Portal'],
  ])('a record joins its app where the name is written with %s', (_how, written, name) => {
    const type = 'ExtlClntAppOauthSettings';
    const record = inside(type, `<externalClientApplication>${written}</externalClientApplication>`);
    const { apps: found } = observe({
      files: new Map([
        [`externalClientApps/${encodeURIComponent(name)}.eca`, inside('ExternalClientApplication', '<label>x</label>')],
        ['extlClntAppOauthSettings/other_name.ecaOauth', record],
      ]),
      problems: [],
      types: new Set(),
    });
    expect([...found.keys()]).toEqual([name]);
    expect(found.get(name)?.components[type]).toMatchObject({ state: 'present' });
  });

  it('a record that names no app makes the app that its own name hints at unreadable, with the reason', () => {
    const { apps: found } = observe({
      files: new Map([
        ['externalClientApps/Portal.eca', inside('ExternalClientApplication', '<label>x</label>')],
        ['extlClntAppOauthSettings/Portal_oauth.ecaOauth', inside('ExtlClntAppOauthSettings', '')],
      ]),
      problems: [],
      types: new Set(),
    });
    expect(found.get('Portal')).toMatchObject({ condition: 'unreadable' });
    expect(found.get('Portal')?.reason).toContain('the record names no external client app');
  });

  it('an XML declaration after a comment is no XML, and the message says so', () => {
    const text = `<!-- Copyright -->\n<?xml version="1.0"?>${inside('ExternalClientApplication', '')}`;
    expect(read('ExternalClientApplication', text)).toMatch(/^line 2: .*declaration must be at the start/);
  });
});
