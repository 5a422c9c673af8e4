import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;
const PROVIDER = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';

describeTerraformDeep('an app of the provider that somebody changes, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const apply = (...given: readonly string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await apply()).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('refuses a saved plan whose fields moved in the org meanwhile', async () => {
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED).replace('label = "Portal"', 'label = "Partner Portal"'));
    await work.planned();
    await org.tamper(...HEADER, /<label>Portal/, '<label>Somebody was here');
    const deploys = countOf(org.emulator, 'deploy');
    const { status, output } = await apply('plan.bin');
    expect(status).toBe(1);
    expect(output).toMatch(/org changed after the plan was made/);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect(await org.file(...HEADER)).toContain('Somebody was here');
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED));
    expect(await apply()).toMatchObject({ status: 0 });
  });

  it('blocks a change that violates a control, unless it is exempt until a date', async () => {
    const insecure = app('Portal', SELF_AUTHORIZED).replace(
      'global_oauth = {',
      'global_oauth = { is_device_flow_enabled = true,',
    );
    work.write(PROVIDER, insecure);
    const blocked = await work.run('plan', '-input=false');
    expect(blocked.status).toBe(1);
    expect(blocked.output).toMatch(/Error: .*SFCA-ECA-DEVICE-FLOW/);
    expect(blocked.output).toMatch(/\d+: +global_oauth/);
    const excuse = `exception = [{
      controls = ["SFCA-ECA-DEVICE-FLOW"], reason = "old client", approved_by = "security@acme.example", expires = "EXPIRES"
    }]`;
    const until = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const excused = app('Portal', `${SELF_AUTHORIZED}\n${excuse}`).replace(
      'global_oauth = {',
      'global_oauth = { is_device_flow_enabled = true,',
    );
    work.write(PROVIDER, excused.replace('EXPIRES', until(-1)));
    expect((await work.run('plan', '-input=false')).output).toMatch(/justification-expired/);
    work.write(PROVIDER, excused.replace('EXPIRES', until(60)));
    expect(await work.run('plan', '-input=false')).toMatchObject({ status: 0 });
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED));
  });

  it('keeps an app that somebody stopped stopped, until re_enable asks for it', async () => {
    const policies = [
      'ExtlClntAppConfigurablePolicies',
      'Portal_plcy',
      'extlClntAppPolicies/Portal_plcy.ecaPlcy',
    ] as const;
    await org.tamper(...policies, /<isEnabled>true/, '<isEnabled>false');
    const { status, output } = await work.run('plan', '-input=false', '-detailed-exitcode');
    expect(output).toMatch(/switched off in the org and stays off/);
    expect(status).toBe(0);
    work.write(PROVIDER, app('Portal', `${SELF_AUTHORIZED}\n  re_enable = true`));
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...policies)).toContain('<isEnabled>true</isEnabled>');
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED));
    expect(await apply()).toMatchObject({ status: 0 });
  });
});
