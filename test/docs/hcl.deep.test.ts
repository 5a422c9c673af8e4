import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ADDRESS, type Diagnostic, type Project, project } from '../terraform/provider-support';
import { describeTerraform } from '../terraform/support';
import { document } from './documents';

const [, token = '', tests = '', typed = ''] = hclOf('docs/terraform.md');
const [rotation = ''] = hclOf('docs/rotate.md');

function hclOf(page: string): readonly string[] {
  return document(page).blocks.flatMap(({ language, text }) => (language === 'hcl' ? [text] : []));
}

const REQUIRED = `terraform {
  required_providers {
    salesforce = { source = "${ADDRESS}" }
  }
}
`;
/** What the pages take for granted. */
const APP = (name: string) => `resource "salesforce_external_client_app" "${name.toLowerCase()}" {
  api_name     = "${name}"
  client_type  = "private"
  app          = { label = "${name}", contact_email = "iam@acme.example" }
  global_oauth = { callback_url = ["https://${name.toLowerCase()}.acme.example/callback"] }
  oauth        = { comma_separated_oauth_scopes = ["Api"] }
}
`;
const SECRET = 'variable "sync_secret" {\n  type      = string\n  ephemeral = true\n  default   = ""\n}\n';
/** No Vault is here: what the page hands over goes to a resource that Terraform has built in. */
const withoutVault = (text: string): string =>
  text
    .replace(/resource "vault_kv_secret_v2" "sync" \{[^]*?\n\}/, 'resource "terraform_data" "sync" {}')
    .replaceAll('vault_kv_secret_v2.sync', 'terraform_data.sync');

describeTerraform('the HCL in documents, by the real terraform', () => {
  let work: Project;
  beforeAll(() => {
    work = project({ CLIENT_APPS_OFFLINE: 'true' });
  });
  afterAll(() => work.remove());

  const validated = async (...files: readonly string[]): Promise<readonly Diagnostic[]> => {
    writeFileSync(join(work.folder, 'main.tf'), [REQUIRED, ...files].join('\n'));
    const init = await work.run('init', '-input=false');
    if (init.status !== 0) throw new Error(init.output);
    const { output } = await work.run('validate', '-json');
    return (JSON.parse(output) as { readonly diagnostics: readonly Diagnostic[] }).diagnostics;
  };

  it('is valid as it stands', async () => {
    expect(await validated(SECRET, APP('Sync'), token, typed)).toEqual([]);
    expect(await validated(APP('Sync'), withoutVault(rotation))).toEqual([]);
    expect(rotation).toContain('depends_on');
  });

  it('has a test that passes', async () => {
    writeFileSync(join(work.folder, 'main.tf'), [REQUIRED, APP('Portal')].join('\n'));
    writeFileSync(join(work.folder, 'policy.tftest.hcl'), tests);
    expect((await work.run('init', '-input=false')).status).toBe(0);
    const { status, output } = await work.run('test');
    expect(status === 0 ? '' : output).toBe('');
    expect(output).toContain('1 passed');
  });
});
