import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Bench, bench, SEED } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { countOf, credentials, type Project, project } from './provider-support';

const MODULE = `
terraform {
  required_providers {
    salesforce = { source = "client-apps.invalid/cdktf-salesforce-client-apps/salesforce" }
  }
}
variable "team" { type = string }
variable "callbacks" { type = set(string) }
variable "set" { type = string }

resource "salesforce_private_client_app" "typed" {
  api_name            = "\${var.team}_Typed"
  label               = "\${var.team} portal"
  contact_email       = "iam@acme.example"
  scopes              = ["Api"]
  callback_urls       = var.callbacks
  permitted_users     = { policy = "pre_authorized", permission_sets = [var.set] }
  deletion_protection = false
}
resource "salesforce_external_client_app" "wire" {
  api_name            = "\${var.team}_Wire"
  client_type         = "private"
  app                 = { label = salesforce_private_client_app.typed.label, contact_email = "iam@acme.example" }
  global_oauth        = { callback_url = salesforce_private_client_app.typed.callback_urls }
  oauth               = { comma_separated_oauth_scopes = ["Api"] }
  oauth_policies      = { permitted_users_policy_type = "AdminApprovedPreAuthorized", comma_separated_permission_set = [var.set] }
  deletion_protection = false
}
output "keys" { value = [salesforce_private_client_app.typed.consumer_key, salesforce_external_client_app.wire.consumer_key] }
`;
const READER = `
variable "keys" { type = map(list(string)) }
resource "terraform_data" "keys" { input = var.keys }
output "count" { value = length(flatten(values(var.keys))) }
`;
const called = (name: string, teams: readonly string[]): string => `
module "${name}" {
  source    = "./team"
  for_each  = toset(${JSON.stringify(teams)})
  team      = each.key
  callbacks = ["https://\${lower(each.key)}.acme.example/cb"]
  set       = "Partner_Portal_Access"
}
module "reader" {
  source = "./reader"
  keys   = { for team, made in module.${name} : team => made.keys }
}
output "count" { value = module.reader.count }
`;

describeTerraformDeep('apps in modules, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);
  const keyOf = async (name: string): Promise<string | undefined> =>
    /<consumerKey>([^<]+)/.exec(
      await org.file(
        'ExtlClntAppGlobalOauthSettings',
        `${name}_glbloauth`,
        `extlClntAppGlobalOauthSets/${name}_glbloauth.ecaGlblOauth`,
      ),
    )?.[1];

  beforeAll(async () => {
    org = await bench({ seedDir: SEED });
    work = project(credentials(org.emulator));
    for (const [name, text] of [
      ['team', MODULE],
      ['reader', READER],
    ] as const) {
      mkdirSync(join(work.folder, name));
      writeFileSync(join(work.folder, name, 'main.tf'), text);
    }
    work.write(called('teams', ['Sales', 'Service']));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('are made one for each, and what they tell goes to another module', async () => {
    const { status, output } = await apply();
    expect([status, output]).toEqual([0, expect.stringMatching(/count = 4/)]);
    const keys = await Promise.all(['Sales_Typed', 'Sales_Wire', 'Service_Typed', 'Service_Wire'].map(keyOf));
    expect(new Set(keys).size).toBe(4);
    expect(keys.filter((key) => key === undefined || !work.state().includes(key))).toEqual([]);
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it.each(['-parallelism=1', '-parallelism=10'])(
    'keep their keys under another address, or are refused (%s)',
    async (wide) => {
      const [from, to] = wide === '-parallelism=1' ? ['teams', 'groups'] : ['groups', 'teams'];
      const before = await Promise.all(['Sales_Typed', 'Sales_Wire'].map(keyOf));
      const deploys = countOf(org.emulator, 'deploy');
      work.write(called(to, ['Sales', 'Service']));
      expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
      const refused = await apply(wide);
      expect([refused.status, refused.output]).toEqual([1, expect.stringMatching(/two addresses for one app/)]);
      work.write(called(to, ['Sales', 'Service']), `moved {\n  from = module.${from}\n  to   = module.${to}\n}`);
      expect(await apply(wide)).toMatchObject({ status: 0 });
      expect(countOf(org.emulator, 'deploy')).toBe(deploys);
      expect(await Promise.all(['Sales_Typed', 'Sales_Wire'].map(keyOf))).toEqual(before);
      expect(await plan('-detailed-exitcode', wide)).toMatchObject({ status: 0 });
    },
  );

  it.each(['typed', 'wire'])(
    'are replaced alone, and refused where the new one would come first (%s)',
    async (which) => {
      const type = which === 'typed' ? 'salesforce_private_client_app' : 'salesforce_external_client_app';
      const [before, other] = await Promise.all([
        keyOf(`Sales_${which === 'typed' ? 'Typed' : 'Wire'}`),
        keyOf('Service_Typed'),
      ]);
      const replace = `-replace=module.teams["Sales"].${type}.${which}`;
      writeFileSync(
        join(work.folder, 'team', 'main.tf'),
        MODULE.replaceAll(
          'deletion_protection = false',
          'deletion_protection = false\n  lifecycle { create_before_destroy = true }',
        ),
      );
      const deploys = countOf(org.emulator, 'deploy');
      const refused = await apply(replace);
      expect([refused.status, refused.output]).toEqual([1, expect.stringMatching(/create_before_destroy/)]);
      expect(countOf(org.emulator, 'deploy')).toBe(deploys);
      expect(work.state()).not.toContain('deposed');
      writeFileSync(join(work.folder, 'team', 'main.tf'), MODULE);
      expect(await apply(replace)).toMatchObject({ status: 0 });
      expect(await keyOf(`Sales_${which === 'typed' ? 'Typed' : 'Wire'}`)).not.toBe(before);
      expect(await keyOf('Service_Typed')).toBe(other);
      expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
    },
  );

  it('go one by one where the set loses a member', async () => {
    work.write(called('teams', ['Service']));
    const { status, output } = await apply();
    expect([status, output]).toEqual([0, expect.stringMatching(/2 destroyed/)]);
    await expect(keyOf('Sales_Typed')).rejects.toThrow();
    expect(await keyOf('Service_Typed')).toMatch(/^3MVG9/);
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });
});
