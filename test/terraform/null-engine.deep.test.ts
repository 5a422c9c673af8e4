import { PermittedUsers, PublicClientApp, type SalesforceOrg, Scope } from '../../constructs';
import { fastOrg } from '../cli/support';
import { type NullProject, nullProject } from './null-support';
import { describeTerraform } from './support';

const fieldApp = (org: SalesforceOrg, label = 'Field App') =>
  new PublicClientApp(org, 'FieldApp', {
    label,
    callbackUrls: ['com.acme.fieldapp://oauth/callback'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });

describeTerraform('the null engine, driven by the real terraform', () => {
  let here: NullProject;
  beforeAll(async () => {
    here = nullProject(await fastOrg());
    here.synth((org) => fieldApp(org));
  });
  afterAll(async () => {
    await here.emulator.close();
    here.remove();
  });

  it('initializes and validates what synth wrote', async () => {
    expect(await here.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await here.run('validate')).toMatchObject({ status: 0 });
  });

  it('shows each field of each app in the plan, and no secret', async () => {
    const { status, output } = await here.plan();
    expect(output).toMatch(/"global_oauth.is_pkce_required" += "true"/);
    expect(output).toMatch(/"app.label" += "Field App"/);
    expect(status).toBe(2);
    expect(output).not.toContain(here.emulator.accessToken);
  });

  it('applies all apps of the org in one deploy', async () => {
    const { status, output } = await here.apply();
    expect(output).toContain('Apply complete! Resources: 2 added');
    expect(status).toBe(0);
    expect(here.deploys()).toBe(1);
  });

  it('finds nothing to do afterward', async () => {
    const { status, output } = await here.plan();
    expect(output).toContain('No changes');
    expect(status).toBe(0);
  });

  it('shows a change by its field, and a replacement deletes no app', async () => {
    here.synth((org) => fieldApp(org, 'Renamed'));
    const plan = await here.plan();
    expect(plan.output).toMatch(/"app.label" += "Field App" -> "Renamed"/);
    expect(await here.apply()).toMatchObject({ status: 0 });
    expect(here.deploys()).toBe(2);
    expect(await here.plan()).toMatchObject({ status: 0 });
  });
});
