import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, changed, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';
import { terraform } from './support';

const SETTINGS = ['Settings', 'OauthOidc', 'settings/OauthOidc.settings'] as const;
const oidc = (more: string): string => `resource "salesforce_oauth_settings" "main" {\n  oauth_oidc = { ${more} }\n}`;

describeTerraformDeep('orgs, driven by the real terraform', () => {
  let first: Bench;
  let second: Bench;
  let work: Project;
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);
  const login = (org: Bench): string =>
    `instance_url = "${org.emulator.url}"\n  access_token = "${org.emulator.accessToken}"`;

  beforeAll(async () => {
    [first, second] = [await bench(), await bench()];
    work = project({});
  });
  afterAll(async () => {
    await Promise.all([first.close(), second.close()]);
    work.remove();
  });

  /** Two orgs that say no more than their names. */
  function prefixed(): Project {
    const alias = project({});
    alias.write(
      'provider "salesforce" {\n  org = "prod"\n}\nprovider "salesforce" {\n  alias = "eu"\n  org = "eu"\n}',
      app('InProd', SELF_AUTHORIZED),
      app('InEu', `${SELF_AUTHORIZED}\n  provider = salesforce.eu`),
    );
    return alias;
  }

  it('are told apart by provider aliases', async () => {
    work.write(
      `provider "salesforce" {\n  ${login(first)}\n}\nprovider "salesforce" {\n  alias = "eu"\n  ${login(second)}\n}`,
      app('Portal', SELF_AUTHORIZED),
      app('PortalEu', `${SELF_AUTHORIZED}\n  provider = salesforce.eu`),
    );
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await first.file('ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca')).toContain(
      'Portal',
    );
    expect(await second.file('ExternalClientApplication', 'PortalEu', 'externalClientApps/PortalEu.eca')).toContain(
      'Eu',
    );
    await expect(
      first.file('ExternalClientApplication', 'PortalEu', 'externalClientApps/PortalEu.eca'),
    ).rejects.toThrow();
    for (const org of [first, second]) expect(work.state()).not.toContain(org.emulator.accessToken);
  });

  it('are logged in to by variables that carry their names', async () => {
    const alias = prefixed();
    try {
      const named = (name: string, org: Bench) => ({
        [`SF_${name}_ACCESS_TOKEN`]: org.emulator.accessToken,
        [`SF_${name}_INSTANCE_URL`]: org.emulator.url,
      });
      const both = { ...named('PROD', first), ...named('EU', second) };
      const run = (environment: Readonly<Record<string, string>>, ...given: string[]) =>
        terraform(alias.folder, [...given, '-input=false'], environment);
      expect(await run(both, 'init')).toMatchObject({ status: 0 });
      expect(await run(both, 'apply', '-auto-approve')).toMatchObject({ status: 0 });
      const header = (name: string) => ['ExternalClientApplication', name, `externalClientApps/${name}.eca`] as const;
      expect(await first.file(...header('InProd'))).toContain('InProd');
      expect(await second.file(...header('InEu'))).toContain('InEu');
      // Nobody's name: it may be meant for either.
      const { status, output } = await run({ ...named('PROD', first), ...credentials(second.emulator) }, 'plan');
      expect(output).toMatch(/SF_EU_ACCESS_TOKEN/);
      expect(status).toBe(1);
    } finally {
      alias.remove();
    }
  });

  it('are refused where they are others than the configuration names', async () => {
    rmSync(join(work.folder, 'terraform.tfstate'), { force: true });
    work.write(
      `provider "salesforce" {\n  ${login(first)}\n  org_id = "00D000000000000EAA"\n}`,
      app('Portal', SELF_AUTHORIZED),
    );
    const { status, output } = await work.run('plan', '-input=false');
    expect(status).toBe(1);
    expect(output.match(/Error: .*/g)).toEqual([expect.stringMatching(/wrong org/)]);
    expect(output).toMatch(/org_id of the provider/);
  });

  it('are the same by an id of 15 and of 18 characters, and by no other form of it', async () => {
    rmSync(join(work.folder, 'terraform.tfstate'), { force: true });
    const { orgId } = first.emulator;
    const by = (id: string) =>
      work.write(
        `provider "salesforce" {\n  ${login(first)}\n  org_id = "${id}"\n}`,
        oidc('oauth_cd_crdt_flow_enable = true'),
      );
    by(orgId);
    expect(await apply()).toMatchObject({ status: 0 });
    by(orgId.slice(0, 15));
    const again = await work.run('plan', '-input=false', '-detailed-exitcode');
    expect(again.output).toContain('No changes');
    for (const wrong of [orgId.toLowerCase(), orgId.slice(0, 16), ` ${orgId}`, '']) {
      by(wrong);
      const { status, output } = await work.run('validate');
      expect([status, output.match(/Error: .*/g)]).toEqual([1, ['Error: Wrong org_id']]);
      expect(output).toMatch(/allowed: an organization id/);
    }
  });

  it('may be known only at apply: the plan says what it can', async () => {
    rmSync(join(work.folder, 'terraform.tfstate'), { force: true });
    work.write(
      `resource "terraform_data" "login" {\n  input = "${second.emulator.url}"\n}`,
      `provider "salesforce" {\n  instance_url = terraform_data.login.output\n  access_token = "${second.emulator.accessToken}"\n}`,
      app('Later', SELF_AUTHORIZED),
    );
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await second.file('ExternalClientApplication', 'Later', 'externalClientApps/Later.eca')).toContain('Later');
  });

  it('keep settings that nobody states, and show those that change', async () => {
    rmSync(join(work.folder, 'terraform.tfstate'), { force: true });
    const provider = `provider "salesforce" {\n  ${login(first)}\n}`;
    work.write(provider, oidc('oauth_cd_crdt_flow_enable = true'));
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await first.file(...SETTINGS)).toMatch(/<oAuthCdCrdtFlowEnable>true/);
    const again = await work.run('plan', '-input=false', '-detailed-exitcode');
    expect(again.output).toContain('No changes');
    work.write(provider, oidc('oauth_cd_crdt_flow_enable = true, block_oauth_un_pw_flow = true'));
    const plan = await work.planned();
    expect(changed(plan, 'salesforce_oauth_settings.main')).toEqual(['oauth_oidc.block_oauth_un_pw_flow']);
    expect(await apply('plan.bin')).toMatchObject({ status: 0 });
    expect(await first.file(...SETTINGS)).toMatch(/<blockOAuthUnPwFlow>true/);
    expect(await first.file(...SETTINGS)).toMatch(/<oAuthCdCrdtFlowEnable>true/);
  });

  it('list all their apps with what is wrong with them', async () => {
    work.write(
      `provider "salesforce" {\n  ${login(first)}\n}`,
      'data "salesforce_client_apps" "all" {}',
      'output "apps" {\n  value = data.salesforce_client_apps.all.apps\n}',
      'removed {\n  from = salesforce_oauth_settings.main\n  lifecycle {\n    destroy = false\n  }\n}',
    );
    expect(await apply()).toMatchObject({ status: 0 });
    const apps = JSON.parse((await work.run('output', '-json', 'apps')).output) as Record<string, unknown>[];
    expect(apps.map((each) => each['api_name'])).toEqual(['InProd', 'Portal']);
    expect(apps).toEqual([
      expect.anything(),
      expect.objectContaining({
        api_name: 'Portal',
        platform: 'external-client-app',
        managed: true,
        client_type: 'private',
      }),
    ]);
  });

  it('need no other lock file where the project lies in another folder', async () => {
    const copy = project({});
    try {
      const locked = work.file('.terraform.lock.hcl');
      rmSync(join(copy.folder, 'terraform.d'), { recursive: true });
      cpSync(join(work.folder, 'terraform.d'), join(copy.folder, 'terraform.d'), { recursive: true });
      for (const name of ['main.tf', '.terraform.lock.hcl']) cpSync(join(work.folder, name), join(copy.folder, name));
      expect(await copy.run('init', '-input=false', '-lockfile=readonly')).toMatchObject({ status: 0 });
      expect(copy.file('.terraform.lock.hcl')).toBe(locked);
    } finally {
      copy.remove();
    }
  });

  it('are served by one file that names no folder of the machine that built it', () => {
    const plugins = join(work.folder, 'terraform.d/plugins');
    const files = readdirSync(plugins, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files).toHaveLength(1);
    const [file] = files;
    const bytes = readFileSync(join(file?.parentPath ?? '', file?.name ?? ''));
    expect(createHash('sha256').update(bytes).digest('hex')).toMatch(/^[0-9a-f]{64}$/);
    expect(bytes.includes(join(__dirname, '../..'))).toBe(false);
  });
});
