import { type Bench, bench } from '../operations/support';
import { countOf, credentials, type Project, project } from '../terraform/provider-support';
import { describeTerraform } from '../terraform/support';
import { document } from './documents';

const HCL = document('registry/docs/guides/upgrading.md')
  .blocks.filter(({ language }) => language === 'terraform')
  .map(({ text }) => text);

describeTerraform('the guide on upgrading and moving, followed word by word', () => {
  const [typed = '', wire = '', forgotten = ''] = HCL;
  const app = typed.split('\nmoved {')[0] ?? '';
  let org: Bench;
  let work: Project;
  const applied = async (): Promise<void> => {
    const { status, output } = await work.run('apply', '-input=false', '-auto-approve');
    expect(status === 0 ? '' : output).toBe('');
    expect(await work.run('plan', '-input=false', '-detailed-exitcode')).toMatchObject({ status: 0 });
  };

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(wire);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    await applied();
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('moves an app to the resource of its kind and back, and the org hears nothing of it', async () => {
    const deploys = countOf(org.emulator, 'deploy');
    work.write(typed);
    await applied();
    const [from, to] = ['salesforce_external_client_app.portal', 'salesforce_private_client_app.portal'];
    work.write(wire, `moved {\n  from = ${to}\n  to   = ${from}\n}`);
    await applied();
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
  });

  it('imports an app, and forgets the resource that was there before without running anything', async () => {
    work.write('removed {\n  from = salesforce_external_client_app.portal\n  lifecycle {\n    destroy = false\n  }\n}');
    await applied();
    // No provider of null resources is here; what Terraform has built in stands for it.
    const marker = 'removed_by_destroy';
    work.write(`resource "terraform_data" "portal" {
  provisioner "local-exec" {
    when    = destroy
    command = "touch ${marker}"
  }
}`);
    await applied();
    const deploys = countOf(org.emulator, 'deploy');
    work.write(app, forgotten.replace('null_resource.portal', 'terraform_data.portal'));
    await applied();
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect(() => work.file(marker)).toThrow('ENOENT');
  });
});
