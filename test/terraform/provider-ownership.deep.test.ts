import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, changed, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const ADDRESS = 'salesforce_external_client_app.portal';
const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;
const provider = (...members: readonly string[]): string => `provider "salesforce" {\n  ${members.join('\n  ')}\n}`;
const OURS = 'managed_by = "identity/prod"';
const portal = (label = 'Portal'): string =>
  app('Portal', SELF_AUTHORIZED).replace('label = "Portal"', `label = "${label}"`);

describeTerraformDeep('who manages an app, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    org = await bench();
    work = project({ ...credentials(org.emulator), TF_LOG_PROVIDER: 'INFO', TF_LOG_PATH: 'terraform.log' });
    work.write(portal());
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await apply()).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('may change its name: managed_by is stated later, and one apply moves what Terraform knows', async () => {
    work.write(provider(OURS), portal());
    const { output } = await plan();
    expect(output).toMatch(/~ managed_by += "terraform" -> "identity\/prod"/);
    expect(output).toMatch(/Warning: .*changes hands/);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...HEADER)).toContain('Managed as code by identity/prod');
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('is seen to be missing where somebody took the line out, and written again', async () => {
    await org.tamper(...HEADER, /<description>[^<]*<\/description>/, '<description>by hand</description>');
    const { output } = await plan();
    expect(output).toMatch(/ownership line was removed in the org/);
    expect(changed(await work.planned(), ADDRESS)).toEqual(['managed_by']);
    expect(await apply('plan.bin')).toMatchObject({ status: 0 });
    expect(await org.file(...HEADER)).toMatch(/by hand[^<]*Managed as code by identity\/prod/);
  });

  it('and what the provider did for it stands in the log, without a secret', () => {
    const log = work.file('terraform.log');
    expect(log).toMatch(/reading the org: \d+ ms/);
    expect(log).toMatch(/deploy 0Af\w+: succeeded/);
    expect(log).toMatch(/one batch of 1 apps \(write salesforce_external_client_app Portal\): \d+ ms/);
    expect(log).not.toContain(org.emulator.accessToken);
  });

  it('stays who it is after an import, until the provider names him', async () => {
    rmSync(join(work.folder, 'terraform.tfstate'));
    const others = 'managed_by = "finance/prod"';
    const imported = `import {\n  to = ${ADDRESS}\n  id = "Portal"\n}`;
    work.write(provider(others), portal('Ledger'), imported);
    const refused = await plan();
    expect(refused.output).toMatch(/managed as code by\s+identity\/prod/);
    expect(refused.output).toMatch(/take_over_from/);
    expect(refused.status).toBe(1);
    work.write(provider(others, 'take_over_from = ["identity/prod"]'), portal('Ledger'), imported);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...HEADER)).toContain('Managed as code by finance/prod');
  });
});
