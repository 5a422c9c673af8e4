import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { bench, codes } from '../operations/support';
import { expectedText, seedOf, synthesize, textOf } from './support';

interface Example {
  readonly folder: string;
  /** Org, and each of its apps with its kind and the options that someone answers for. */
  readonly orgs: Readonly<Record<string, readonly string[]>>;
}

const EXAMPLES: readonly Example[] = [
  { folder: 'customer-portal', orgs: { prod: ['CustomerPortal private', 'WebShop public'] } },
  { folder: 'mobile-app', orgs: { prod: ['FieldService public'] } },
  { folder: 'server-integration', orgs: { prod: ['WarehouseFeed machine'] } },
  { folder: 'client-credentials', orgs: { prod: ['SurveyConnector machine: clientCredentials'] } },
  { folder: 'null-engine', orgs: { prod: ['DealerPortal private', 'Scanner public'] } },
  { folder: 'token-exchange', orgs: { prod: ['PartnerGateway private: tokenExchange'] } },
  { folder: 'hardened-connected-app', orgs: { prod: ['Contract_Desk private'] } },
  {
    folder: 'three-orgs',
    orgs: {
      prod: ['OrderDesk private', 'OrderHub machine: clientCredentials'],
      uat: ['OrderDesk private', 'OrderHub machine: clientCredentials'],
      dev: ['OrderDesk private', 'OrderHub machine: clientCredentials'],
    },
  },
];

describe('the examples', () => {
  it('are all tried here; the quickstart, HCL, the tests of users and CDK Terrain have tests of their own', () => {
    const folders = readdirSync(join(__dirname, '../../examples'));
    expect(folders.sort()).toEqual(
      ['cdk-terrain', 'hcl', 'own-tests', 'quickstart', ...EXAMPLES.map(({ folder }) => folder)].sort(),
    );
  });
});

describe.each(EXAMPLES)('the example $folder', ({ folder, orgs }) => {
  const { manifests, stacks } = synthesize(folder);

  it('synthesizes what it promises, one stack for each org', () => {
    expect(stacks).toHaveLength(Object.keys(orgs).length);
    const declared = [...manifests].map(([org, { apps }]) => [
      org,
      apps.map(({ api_name: name, kind, exceptions }) =>
        [`${name} ${kind}`, ...exceptions.map(({ option }) => option)].join(': '),
      ),
    ]);
    expect(Object.fromEntries(declared)).toEqual(orgs);
  });

  it.each(Object.keys(orgs))('is planned for %s as the kept text says, applied, and then in sync', async (name) => {
    const manifest = manifests.get(name);
    if (!manifest) throw new Error(`there is no manifest of ${name}`);
    const salesforce = await bench({ seedDir: seedOf(folder, name) });
    try {
      const plan = await salesforce.plan(manifest);
      expect(textOf(plan)).toBe(expectedText(`${folder}.${name}.plan`, textOf(plan)));
      expect(codes(plan.diagnostics.filter(({ severity }) => severity === 'error'))).toEqual([]);
      const receipt = await salesforce.apply(manifest);
      expect(codes(receipt.remarks.filter(({ severity }) => severity !== 'note'))).toEqual([]);
      expect((await salesforce.plan(manifest)).phases).toEqual([]);
    } finally {
      await salesforce.close();
    }
  });
});
