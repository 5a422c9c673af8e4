import * as cdktf from 'cdktf';
import type { Construct } from 'constructs';

import {
  Engine,
  MachineApp,
  OauthCustomScope,
  PrivateClientApp,
  PublicClientApp,
  SalesforceOrg,
  type SalesforceOrgProps,
} from '../../constructs';
import { synthManifests } from '../../constructs/testing';
import type { CdkName } from '../../lib/values/cdk';
import { files, machineProps, orgIn, privateProps, publicProps, temporaryFolder } from './support';

// Loaded as the package loads it: by the types of cdktf, whose classes it has.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const cdktn = require('cdktn') as typeof cdktf;
const CDK = { cdktf, cdktn } as const;

const ENGINES: readonly (readonly [string, SalesforceOrgProps])[] = [
  ['provider', {}],
  ['provider, which takes over from null', { movedFrom: Engine.NULL }],
  ['null', { engine: Engine.NULL, reapplyOnDrift: true }],
];

/** A program with all that the constructs write: apps, a record, settings, and, where Terraform knows it, an output. */
function synth(cdk: CdkName, props: SalesforceOrgProps, config: cdktf.AppConfig = {}): ReadonlyMap<string, string> {
  const { App, TerraformOutput } = CDK[cdk];
  const outdir = temporaryFolder();
  const app = new App({ outdir, ...config });
  const prod = orgIn(app, props, 'identity', 'prod', CDK[cdk].TerraformStack);
  prod.oauthSettings({ allowCodeAndCredentialsFlow: true });
  new OauthCustomScope(prod, 'orders_read', { label: 'Orders', description: 'Read ${orders}' });
  const portal = new PrivateClientApp(prod, 'Portal', { ...privateProps, codeAndCredentials: {}, adopt: true });
  new PublicClientApp(prod, 'FieldApp', publicProps);
  new MachineApp(prod, 'Feed', machineProps);
  if (props.engine !== Engine.NULL) new TerraformOutput(prod, 'key', { value: portal.consumerKey });
  app.synth();
  return files(outdir);
}

/** What the CDKs differ in: their version, how they print what is empty, and what is said where both are installed. */
const withoutFrameworks = (text: string): string =>
  text
    .replace(/("version": )"0\.2[14]\.\d+"/g, '$1"-"')
    .replace(/"message": "cdkt[fn] writes this stack, .*"/g, '"message": "-"')
    .replace(/\[\s+\]/g, '[]')
    .replace(/\{\s+\}/g, '{}');

const comparable = (written: ReadonlyMap<string, string>): Readonly<Record<string, string>> =>
  Object.fromEntries([...written].map(([path, text]) => [path, withoutFrameworks(text)]));

describe.each(ENGINES)('the engine %s', (_engine, props) => {
  it('writes the same bytes under both CDKs, but for their version and how they print what is empty', () => {
    const [terraform, terrain] = [synth('cdktf', props), synth('cdktn', props)];
    expect(comparable(terrain)).toEqual(comparable(terraform));
    expect(terraform.get('stacks/identity/cdk.tf.json')).toContain('"version": "0.21.0"');
    expect(terrain.get('stacks/identity/cdk.tf.json')).toContain('"version": "0.24.0"');
    // What is ours differs in nothing.
    for (const path of ['client-apps/prod/manifest.json', '.terraform.lock.hcl'])
      expect(terrain.get(`stacks/identity/${path}`)).toBe(terraform.get(`stacks/identity/${path}`));
  });

  it('writes the same HCL under both', () => {
    const [terraform, terrain] = [
      synth('cdktf', props, { hclOutput: true }),
      synth('cdktn', props, { hclOutput: true }),
    ];
    expect(terraform.get('stacks/identity/cdk.tf')).toContain('FieldApp');
    expect(comparable(terrain)).toEqual(comparable(terraform));
  });
});

describe('a null_resource under cdktn', () => {
  it('is, byte by byte, that of @cdktf/provider-null, and so is the provider', () => {
    const blocks = (cdk: CdkName): unknown => {
      const written = synth(cdk, { engine: Engine.NULL }).get('stacks/identity/cdk.tf.json') ?? '';
      const { provider, resource, terraform } = JSON.parse(written) as Readonly<Record<string, unknown>>;
      return JSON.stringify({ provider, resource, terraform }, null, 1);
    };
    expect(blocks('cdktf')).toContain('"null_resource"');
    expect(blocks('cdktn')).toBe(blocks('cdktf'));
  });

  it('uses the null provider that the stack has, whoever made its class', () => {
    const app = new cdktn.App({ outdir: temporaryFolder() });
    const prod = orgIn(app, { engine: Engine.NULL }, 'identity', 'prod', CDK.cdktn.TerraformStack);
    new PublicClientApp(prod, 'FieldApp', publicProps);
    class NullProvider extends cdktn.TerraformProvider {}
    new NullProvider(cdktn.TerraformStack.of(prod), 'mine', {
      terraformResourceType: 'null',
      terraformProviderSource: 'null',
      terraformGeneratorMetadata: { providerName: 'null', providerVersion: '3.2.3' },
    });
    app.synth();
    const { provider } = JSON.parse(files(app.outdir).get('stacks/identity/cdk.tf.json') ?? '') as {
      readonly provider: { readonly null: readonly unknown[] };
    };
    expect(provider.null).toHaveLength(1);
  });
});

describe('which CDK is used', () => {
  const resourcesOf = (construct: Construct): readonly string[] =>
    construct.node
      .findAll()
      .flatMap((node) => (['cdktf', 'cdktn'] as const).filter((name) => node instanceof CDK[name].TerraformElement));

  it('is told by the stack, so that one program may have stacks of both', () => {
    const app = new cdktf.App({ outdir: temporaryFolder() });
    const stacks = (['cdktf', 'cdktn'] as const).map((name) => {
      const org = orgIn(app, { engine: Engine.PROVIDER }, name, name, CDK[name].TerraformStack);
      new PublicClientApp(org, 'FieldApp', publicProps);
      return [...new Set(resourcesOf(cdktf.TerraformStack.of(org)))];
    });
    expect(stacks).toEqual([['cdktf'], ['cdktn']]);
    app.synth();
    expect([...files(app.outdir).keys()].filter((path) => path.endsWith('cdk.tf.json'))).toHaveLength(2);
    expect(synthManifests(app).map(({ org }) => org.name)).toEqual(['cdktf', 'cdktn']);
  });

  it.each(['cdktf', 'cdktn'] as const)('is %s for a class of stacks of the program that extends its own', (name) => {
    class CompanyStack extends CDK[name].TerraformStack {}
    const app = new CDK[name].App({ outdir: temporaryFolder() });
    const org = orgIn(app, {}, 'identity', 'prod', CompanyStack);
    new PublicClientApp(org, 'FieldApp', publicProps);
    expect([...new Set(resourcesOf(app))]).toEqual([name]);
    app.synth();
  });

  it('is the same where the program has another copy of it than this package', () => {
    let copy: typeof cdktf | undefined;
    jest.isolateModules(() => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a second copy
      copy = require('cdktn') as typeof cdktf;
    });
    if (!copy || copy.TerraformStack === cdktn.TerraformStack) throw new Error('this is no second copy');
    const app = new copy.App({ outdir: temporaryFolder() });
    const org = new SalesforceOrg(new copy.TerraformStack(app, 'identity'), 'prod', {
      contactEmail: 'iam@acme.example',
      today: '2026-07-01',
    });
    new PublicClientApp(org, 'FieldApp', publicProps);
    app.synth();
    expect(files(app.outdir).get('stacks/identity/cdk.tf.json')).toContain('prod_FieldApp');
  });

  it.each([
    ['cdktf', 'cdktn'],
    ['cdktn', 'cdktf'],
  ] as const)('is said where both are installed, as the command lines of both print it: %s', (name, other) => {
    const manifest = JSON.parse(synth(name, {}).get('manifest.json') ?? '') as {
      readonly stacks: { readonly identity: { readonly annotations: readonly unknown[] } };
    };
    expect(manifest.stacks.identity.annotations).toContainEqual(
      expect.objectContaining({
        level: '@cdktf/info',
        message: `${name} writes this stack, because its class comes from there; ${other} is also installed. Import App and TerraformStack from the one you want to use.`,
      }),
    );
  });

  it('is of no matter to an error of the CDK itself: an org outside a stack', () => {
    expect(() => new SalesforceOrg(new cdktn.App({ outdir: temporaryFolder() }), 'prod')).toThrow(
      'No stack could be identified',
    );
  });
});
