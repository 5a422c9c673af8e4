import { existsSync } from 'node:fs';

import type { TerraformStack } from 'cdktf';

import type { SalesforceOrg } from '../../constructs';
import { fastOrg, mobile, portal } from '../cli/support';
import { describeTerraformDeep } from './deep';
import { type NullProject, nullProject } from './null-support';

const both = (org: SalesforceOrg): unknown => [portal(org), mobile(org)];
const opened = (org: SalesforceOrg): unknown => {
  org.oauthSettings({ allowCodeAndCredentialsFlow: true });
  return [portal(org, 'headless'), mobile(org)];
};

/** As the README has it. */
function deletesPortal(org: SalesforceOrg, stack: TerraformStack): void {
  mobile(org);
  stack.addOverride('removed', [
    {
      from: 'null_resource.prod_Portal',
      lifecycle: { destroy: true },
      provisioner: [
        {
          'local-exec': {
            when: 'destroy',
            command:
              'npx --no-install client-apps apply --manifest client-apps/prod/manifest.json --from-terraform ' +
              '--allow-delete ${self.triggers.api_name}',
          },
        },
      ],
    },
  ]);
}

/** One story, told in order. */
describeTerraformDeep('an app that leaves the code, under the null engine', () => {
  let here: NullProject;
  const inOrg = async (): Promise<string> => (await here.command('plan --json --no-receipt')).text;
  beforeAll(async () => {
    here = nullProject(await fastOrg());
    here.synth(both);
    await here.run('init', '-input=false');
    expect(await here.apply()).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await here.emulator.close();
    here.remove();
  });

  it('is never one that is replaced, also where a replacement fails halfway and even if a destroy provisioner waits', async () => {
    // The age of the synthesized files is told as well, and is another one each time.
    const keys = async (): Promise<string> =>
      (await here.command('outputs --json')).text.replace(/^Compared with .*$/m, '');
    const before = await keys();
    here.synth((org, stack) => {
      opened(org);
      const deletes = { when: 'destroy', command: 'touch destroyed' };
      stack.addOverride('resource.null_resource.prod_Portal.provisioner', [{ 'local-exec': deletes }]);
    });
    here.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'api-error', code: 'SERVER', message: 'Later' });
    expect(await here.apply()).toMatchObject({ status: 1 });
    const { status, output } = await here.apply();
    expect(output).toContain('null_resource.prod_apply is tainted');
    expect(status).toBe(0);
    expect(existsSync(here.path('cdktf.out/stacks/identity/destroyed'))).toBe(false);
    expect(await keys()).toBe(before);
    expect(await here.plan()).toMatchObject({ status: 0 });
  });

  it('stays in the org, and the apply says how it goes', async () => {
    here.synth(mobile);
    const { status, output } = await here.apply();
    expect(status).toBe(0);
    expect(output).toContain('Portal was applied from this code, is no longer declared, and remains in the org');
    expect(output).toContain('--allow-delete Portal');
    expect(await inOrg()).toContain('"action": "orphaned"');
  });

  it('goes with a removed block that says so, after the apply of the others', async () => {
    here.synth(opened);
    expect(await here.apply()).toMatchObject({ status: 0 });
    here.synth(deletesPortal);
    const plan = await here.plan();
    expect(plan.output).toContain('null_resource.prod_Portal will be destroyed');
    const { status, output } = await here.apply();
    expect(output).toContain('- Portal: deleted');
    expect(status).toBe(0);
    const left = await inOrg();
    expect(left).not.toContain('Portal');
    expect(left).toContain('"api_name": "Mobile"');
    expect(await here.plan()).toMatchObject({ status: 0 });
  });

  it('stays in the org too when everything is destroyed: that deletes resources of Terraform only', async () => {
    const before = here.deploys();
    expect(await here.run('destroy', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
    expect(here.deploys()).toBe(before);
    expect(await inOrg()).toContain('"api_name": "Mobile"');
  });
});
