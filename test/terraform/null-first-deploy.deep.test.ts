import { PermittedUsers, PublicClientApp, type SalesforceOrg, Scope } from '../../constructs';
import { fastOrg } from '../cli/support';
import { describeTerraformDeep } from './deep';
import { type NullProject, nullProject } from './null-support';

const fieldApp = (org: SalesforceOrg) =>
  new PublicClientApp(org, 'FieldApp', {
    label: 'Field App',
    callbackUrls: ['com.acme.fieldapp://oauth/callback'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });

describeTerraformDeep('the null engine, in an org that takes no policies with a new app', () => {
  let here: NullProject;
  beforeEach(async () => {
    const switches = { firstDeployNamesPolicies: false, firstDeployWritesNamedPolicies: false };
    here = nullProject(await fastOrg({ switches }));
    here.synth(fieldApp);
    expect((await here.run('init', '-input=false')).status).toBe(0);
  });
  afterEach(async () => {
    await here.emulator.close();
    here.remove();
  });

  it('applies at once, and finds nothing to do afterward', async () => {
    const { status, output } = await here.apply();
    expect(output).toContain('Apply complete! Resources: 2 added');
    expect(status).toBe(0);
    expect(await here.plan()).toMatchObject({ status: 0 });
    expect((await here.command('drift')).code).toBe(0);
  });

  it('opens an app that a lost connection left closed only after somebody has looked', async () => {
    const { faults } = here.emulator;
    faults.failNext({ operation: 'deploy' }, { kind: 'slow', ms: 0 }, 3);
    faults.failNext({ operation: 'deploy' }, { kind: 'drop' });
    const lost = await here.apply();
    expect(lost.status).toBe(1);
    expect(lost.output).toMatch(/closed\s+to\s+every\s+client/);
    const again = await here.apply();
    expect(again.status).toBe(1);
    expect(again.output).toContain('not-in-terraform-plan');
    expect((await here.command('apply --auto-approve --allow widens')).code).toBe(0);
    expect(await here.apply()).toMatchObject({ status: 0 });
    expect((await here.command('drift')).code).toBe(0);
  });
});
