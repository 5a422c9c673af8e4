import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DEMO_CERTIFICATE } from '../constructs/support';
import { ADDRESS, type Diagnostic, type Project, project } from '../terraform/provider-support';
import { describeTerraform } from '../terraform/support';
import { ROOT } from './documents';

const EXAMPLES = join(ROOT, 'registry/examples');
const FOLDERS = ['resources', 'data-sources', 'ephemeral-resources', 'functions'].flatMap((kind) =>
  readdirSync(join(EXAMPLES, kind)).map((name) => `${kind}/${name}`),
);
const PROVIDERS = `terraform {
  required_providers {
    salesforce = { source = "${ADDRESS}" }
  }
}
`;

describeTerraform('the examples of the registry’s pages, by the real terraform', () => {
  let work: Project;
  const moduleOf = (folder: string): string => folder.replace(/\W/g, '_');

  beforeAll(async () => {
    work = project({ CLIENT_APPS_OFFLINE: 'true' });
    const modules = FOLDERS.map((folder) => {
      const at = join(work.folder, 'examples', folder);
      mkdirSync(at, { recursive: true });
      for (const file of readdirSync(join(EXAMPLES, folder))) {
        copyFileSync(join(EXAMPLES, folder, file), join(at, file));
      }
      writeFileSync(join(at, 'versions.tf'), PROVIDERS);
      copyFileSync(DEMO_CERTIFICATE, join(at, 'billing-sync.crt'));
      const secret = folder.endsWith('salesforce_access_token') ? '  sync_secret = "not a secret"\n' : '';
      return `module "${moduleOf(folder)}" {\n  source = "./examples/${folder}"\n${secret}}\n`;
    });
    work.write();
    writeFileSync(join(work.folder, 'main.tf'), readFileSync(join(EXAMPLES, 'provider/provider.tf')));
    writeFileSync(join(work.folder, 'modules.tf'), modules.join('\n'));
    const init = await work.run('init', '-input=false');
    if (init.status !== 0) throw new Error(init.output);
  });
  afterAll(() => work.remove());

  it('are valid, and one has each resource, data source, ephemeral resource and function', async () => {
    const { output } = await work.run('validate', '-json');
    const said = JSON.parse(output) as { readonly valid: boolean; readonly diagnostics: readonly Diagnostic[] };
    expect(said.diagnostics).toEqual([]);
    expect(said.valid).toBe(true);
    const { output: json } = await work.run('providers', 'schema', '-json');
    const all = JSON.parse(json) as {
      readonly provider_schemas: Readonly<Record<string, Readonly<Record<string, object>>>>;
    };
    const schemas = all.provider_schemas[ADDRESS] ?? {};
    const names = (kind: string): readonly string[] => Object.keys(schemas[kind] ?? {});
    expect(FOLDERS.map((folder) => folder.split('/').at(-1)).sort()).toEqual(
      [
        ...names('resource_schemas'),
        ...names('data_source_schemas'),
        ...names('ephemeral_resource_schemas'),
        ...names('functions'),
      ].sort(),
    );
  });

  it('are written as terraform fmt writes', async () => {
    expect(await work.run('fmt', '-check', '-recursive', EXAMPLES)).toMatchObject({ status: 0, output: '' });
  });

  it('plan without an error, so that each has what it needs and introduces no violation that an offline plan knows', async () => {
    // Offline asks no org: neither for a list of apps nor for a token.
    const planned = FOLDERS.filter((folder) => !/^data-sources|access_token$/.test(folder)).map(moduleOf);
    const targets = planned.map((name) => `-target=module.${name}`);
    const { status, output } = await work.run('plan', '-input=false', ...targets);
    expect(output.replace(/[^]*?(?=Error:|$)/, '')).toBe('');
    expect(output).toMatch(/Plan: 1\d to add, 0 to change/);
    expect(status).toBe(0);
  });
});
