import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import type { Manifest } from '../../lib/metadata/manifest';
import { observe } from '../../lib/metadata/observe';
import { parseXml, toNode, writeXml, type XmlNode } from '../../lib/metadata/package/xml';
import type { Org, RetrieveAnswer } from '../../lib/org/org';
import { API_ONLY, CUSTOM_SCOPES, programs, randomOrg } from '../constructs/arbitraries';
import { declareAll } from '../constructs/declared';
import { cases } from '../deep';
import { type Bench, bench, declared, twoApps } from '../operations/support';

const RUNS = cases(6, 120);

// What is chosen at random is valid, and seldom safe.
const ANY = { fail_on: 'none' } as const;

const seed = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
afterAll(() => rmSync(seed, { recursive: true, force: true }));
beforeAll(() => {
  writeFileSync(join(seed, 'org.json'), randomOrg(API_ONLY));
  mkdirSync(join(seed, 'oauthcustomscopes'));
  for (const name of CUSTOM_SCOPES) {
    const fields = `<description>x</description><developerName>${name}</developerName><masterLabel>x</masterLabel>`;
    writeFileSync(
      join(seed, 'oauthcustomscopes', `${name}.oauthcustomscope`),
      `<OauthCustomScope xmlns="http://soap.sforce.com/2006/04/metadata">${fields}</OauthCustomScope>`,
    );
  }
});

function manifestOf(
  all: readonly { readonly id: string; readonly app: { construct: unknown; props: object } }[],
): Manifest {
  return declared((org) => {
    org.oauthSettings({ allowCodeAndCredentialsFlow: true });
    declareAll(org, all);
  });
}

async function within<T>(body: (salesforce: Bench) => Promise<T>): Promise<T> {
  const salesforce = await bench({ seedDir: seed });
  try {
    return await body(salesforce);
  } finally {
    await salesforce.close();
  }
}

describe('for random valid apps', () => {
  it('the plan after the apply is empty', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (all) => {
        const manifest = manifestOf(all);
        await within(async (salesforce) => {
          const receipt = await salesforce.apply(manifest, ANY);
          expect(receipt.remarks).toEqual([]);
          const plan = await salesforce.plan(manifest);
          expect(plan.apps.flatMap(({ changes }) => changes)).toEqual([]);
          expect(plan.phases).toEqual([]);
        });
      }),
      { numRuns: RUNS },
    );
  });

  it('turning one set of apps into another is one apply, whatever both are', async () => {
    await fc.assert(
      fc.asyncProperty(programs, programs, async (before, after) => {
        const now = manifestOf(after);
        await within(async (salesforce) => {
          await salesforce.apply(manifestOf(before), ANY);
          // A machine that gave up its certificate says so by name; everything else needs no word.
          const consents = { ...ANY, prune: true, allow_certificate_removal: after.map(({ id }) => id) };
          await salesforce.apply(now, consents);
          expect((await salesforce.plan(now)).phases).toEqual([]);
        });
      }),
      { numRuns: Math.ceil(RUNS / 2) },
    );
  });
});

/** The org, its retrieve answers spelled another way without meaning anything else. */
function respelled(org: Org, spell: (root: XmlNode) => XmlNode, text: (xml: string) => string): Org {
  const retrieve: Org['retrieve'] = async (request, options): Promise<RetrieveAnswer> => {
    const answer = await org.retrieve(request, options);
    const files = [...answer.files].map(([path, content]): [string, string] => {
      const parsed = parseXml(content);
      if (!parsed.ok || path === 'package.xml') return [path, content];
      return [path, text(writeXml(spell(toNode(parsed.value))))];
    });
    return { ...answer, files: new Map(files) };
  };
  return Object.assign(Object.create(org) as Org, { retrieve });
}

describe('spelling never makes a difference', () => {
  const manifest = declared(twoApps);
  let salesforce: Bench;
  beforeAll(async () => {
    salesforce = await bench();
    await salesforce.apply(manifest);
  });
  afterAll(() => salesforce.close());

  const reverse = (root: XmlNode): XmlNode => ({ ...root, children: [...(root.children ?? [])].reverse() });
  const same = (root: XmlNode): XmlNode => root;
  const map = (root: XmlNode, change: (child: XmlNode) => XmlNode): XmlNode => ({
    ...root,
    children: (root.children ?? []).map(change),
  });

  it.each<[string, (root: XmlNode) => XmlNode, (xml: string) => string]>([
    ['elements in another order', reverse, (xml) => xml],
    ['Windows line ends', same, (xml) => xml.replaceAll('\n', '\r\n')],
    ['comments', same, (xml) => xml.replace('>\n', '>\n<!-- by hand -->\n')],
    ['a namespace prefix', same, (xml) => xml.replace('xmlns=', 'xmlns:m=').replace(/<(\/?)(?=[A-Za-z])/g, '<$1m:')],
    [
      'scopes without blanks and in another order',
      (root) =>
        map(root, (child) =>
          child.name === 'commaSeparatedOauthScopes'
            ? { ...child, text: (child.text ?? '').split(', ').reverse().join(',') }
            : child,
        ),
      (xml) => xml,
    ],
    [
      'scopes by their synonyms',
      (root) =>
        map(root, (child) =>
          child.name === 'commaSeparatedOauthScopes'
            ? { ...child, text: child.text?.replace('RefreshToken', 'OfflineAccess') ?? '' }
            : child,
        ),
      (xml) => xml,
    ],
    [
      'numbers for booleans',
      (root) =>
        map(root, (child) =>
          child.text === 'true' || child.text === 'false'
            ? { ...child, text: child.text === 'true' ? '1' : '0' }
            : child,
        ),
      (xml) => xml,
    ],
    [
      'blanks around values',
      (root) => map(root, (child) => (child.text ? { ...child, text: `  ${child.text}\n` } : child)),
      (xml) => xml,
    ],
    [
      'xsi:nil for fields without a value',
      (root) => ({
        ...root,
        children: [...(root.children ?? []), { name: 'singleLogoutUrl', attributes: { 'xsi:nil': 'true' } }].filter(
          ({ name }, _index, all) => name !== 'singleLogoutUrl' || all.length > 0,
        ),
      }),
      (xml) => xml,
    ],
    [
      'elements of a newer version',
      (root) => ({ ...root, children: [...(root.children ?? []), { name: 'isFromTheFuture', text: 'true' }] }),
      (xml) => xml,
    ],
  ])('%s', async (_name, spell, text) => {
    const org = respelled(salesforce.org, spell, text);
    const plan = await salesforce.plan(manifest, {}, { org });
    expect(plan.apps.flatMap(({ changes }) => changes)).toEqual([]);
    expect(plan.phases).toEqual([]);
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('a component with elements no one knows', () => {
  it('keeps them through an update', async () => {
    const text =
      '<ExtlClntAppOauthSettings xmlns="http://soap.sforce.com/2006/04/metadata"><externalClientApplication>A</externalClientApplication><isFromTheFuture>true</isFromTheFuture></ExtlClntAppOauthSettings>';
    const header =
      '<ExternalClientApplication xmlns="http://soap.sforce.com/2006/04/metadata"><label>A</label></ExternalClientApplication>';
    const { apps } = observe({
      files: new Map([
        ['externalClientApps/A.eca', header],
        ['extlClntAppOauthSettings/A_oauth.ecaOauth', text],
      ]),
      problems: [],
      types: new Set(['ExternalClientApplication', 'ExtlClntAppOauthSettings']),
    });
    const component = apps.get('A')?.components['ExtlClntAppOauthSettings'];
    expect(component).toMatchObject({ component: { unknown: [{ name: 'isFromTheFuture', text: 'true' }] } });
  });
});
