import { Engine, MachineApp, PermittedUsers, Platform, Scope } from '../../constructs';
import { parseXml, toNode, writeXml, type XmlNode } from '../../lib/metadata/package/xml';
import type { Org } from '../../lib/org/org';
import { machineProps } from '../constructs/support';
import { benchWith, LEGACY, removeSeeds } from './connected-app-support';
import { type Bench, declared } from './support';

const manifest = declared(
  (org) =>
    new MachineApp(org, 'Legacy', {
      label: 'Legacy',
      platform: Platform.CONNECTED_APP,
      adopt: true,
      scopes: [Scope.API, Scope.BASIC],
      permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Access'] }),
      certificate: machineProps.certificate,
    }),
  { engine: Engine.NULL },
);

let salesforce: Bench;
beforeAll(async () => {
  salesforce = await benchWith({ Legacy: LEGACY });
  await salesforce.apply(manifest);
});
afterAll(async () => {
  await salesforce.close();
  removeSeeds();
});

/** The org, its Connected Apps spelled another way without meaning anything else. */
function respelled(org: Org, spell: (xml: string) => string): Org {
  const retrieve: Org['retrieve'] = async (request, options) => {
    const answer = await org.retrieve(request, options);
    const files = [...answer.files].map(([path, text]): [string, string] =>
      path.startsWith('connectedApps/') ? [path, spell(text)] : [path, text],
    );
    return { ...answer, files: new Map(files) };
  };
  return Object.assign(Object.create(org) as Org, { retrieve });
}

function reversed(xml: string): string {
  const turn = (node: XmlNode): XmlNode => ({ ...node, children: [...(node.children ?? [])].reverse().map(turn) });
  const parsed = parseXml(xml);
  if (!parsed.ok) throw new Error(parsed.error.problem);
  return writeXml(turn(toNode(parsed.value)));
}

const armored = (xml: string): string =>
  xml.replace(/<certificate>([^<]+)</, (_all, body: string) => {
    const lines = body.match(/.{1,64}/g) ?? [];
    return `<certificate>-----BEGIN CERTIFICATE-----\r\n${lines.join('\r\n')}\r\n-----END CERTIFICATE-----\r\n<`;
  });

describe('of a Connected App no spelling makes a difference', () => {
  it.each<[string, (xml: string) => string]>([
    ['as it is', (xml) => xml],
    ['elements in another order, also inside its records', reversed],
    ['Windows line ends', (xml) => xml.replaceAll('\n', '\r\n')],
    ['comments', (xml) => xml.replaceAll('<oauthConfig>', '<!-- by hand --><oauthConfig><!-- inside -->')],
    ['a prefix', (xml) => xml.replace('xmlns=', 'xmlns:m=').replace(/<(\/?)(?=[A-Za-z])/g, '<$1m:')],
    ['numbers for booleans', (xml) => xml.replaceAll('>true<', '>1<').replaceAll('>false<', '>0<')],
    ['a certificate in armor', armored],
    [
      'scopes by their synonyms',
      (xml) => xml.replace('<scopes>Basic</scopes>', '<scopes>Email</scopes><scopes>Phone</scopes>'),
    ],
    ['blanks around values', (xml) => xml.replace(/>([^<\s][^<]*)</g, '>  $1 <')],
    [
      'nil for what has no value',
      (xml) =>
        xml.replace(
          '<sessionPolicy>',
          '<pluginExecutionUser xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/><sessionPolicy>',
        ),
    ],
    [
      'elements of a newer version',
      (xml) => xml.replace('<oauthConfig>', '<isNew>1</isNew><oauthConfig><isNewToo>1</isNewToo>'),
    ],
  ])('%s', async (_name, spell) => {
    const plan = await salesforce.plan(manifest, {}, { org: respelled(salesforce.org, spell) });
    expect(plan.apps.flatMap(({ changes }) => changes)).toEqual([]);
    expect(plan.phases).toEqual([]);
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('but a file that is cut off is no app without fields: it is refused', async () => {
    const org = respelled(salesforce.org, (xml) => xml.slice(0, xml.length / 2));
    const plan = await salesforce.plan(manifest, {}, { org });
    expect(plan.apps).toMatchObject([{ action: 'blocked', changes: [] }]);
    expect(plan.diagnostics.map(({ code }) => code)).toContain('app-unreadable');
  });
});
