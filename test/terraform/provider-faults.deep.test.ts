import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const PROVIDER = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';
const second = app('Second', `${SELF_AUTHORIZED}\n  depends_on = [salesforce_external_client_app.first]`);
const header = (name: string) => ['ExternalClientApplication', name, `externalClientApps/${name}.eca`] as const;

async function until(happened: () => boolean): Promise<void> {
  for (let tries = 0; tries < 3_000 && !happened(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 10));
}

describeTerraformDeep('what goes wrong on the way, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(PROVIDER, app('First', SELF_AUTHORIZED), second);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('a deploy that fails halfway through leaves what was deployed in the state, and the next apply does the rest', async () => {
    const applying = apply();
    await until(() => countOf(org.emulator, 'deploy') === 1);
    const refusal = { kind: 'deploy-fails', fullName: 'Second', problem: 'label: not today' } as const;
    org.emulator.faults.failNext({ operation: 'deploy' }, refusal);
    const { status, output } = await applying;
    expect(output).toMatch(/app\.label: Salesforce refused[^]*label: not\s+today/);
    expect(output).toMatch(/\d+: +app += /);
    expect(status).toBe(1);
    expect(work.state()).toContain('"First"');
    expect(work.state()).not.toContain('"Second"');
    expect(work.state()).not.toContain('tainted');
    const deploys = countOf(org.emulator, 'deploy');
    const rest = await apply();
    expect(rest.output).toContain('Resources: 1 added, 0 changed, 0 destroyed');
    expect(countOf(org.emulator, 'deploy')).toBe(deploys + 1);
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('an update whose answer was lost leaves the prior state, and the next plan sees what happened', async () => {
    work.write(PROVIDER, app('First', SELF_AUTHORIZED).replace('label = "First"', 'label = "One"'), second);
    org.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'drop-after' });
    expect(await apply()).toMatchObject({ status: 1 });
    expect(work.state()).not.toContain('"One"');
    expect(work.state()).not.toContain('tainted');
    expect(await org.file(...header('First'))).toContain('<label>One</label>');
    const deploys = countOf(org.emulator, 'deploy');
    const again = await apply();
    expect(again.output).toContain('Resources: 0 added, 0 changed, 0 destroyed');
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
  });

  it('a create that cannot be read back is recorded with a warning, and the next plan reads what is missing', async () => {
    const slow = await bench({ switches: { deployMs: 1_500 } });
    const other = project(credentials(slow.emulator));
    try {
      other.write(PROVIDER, app('Third', SELF_AUTHORIZED));
      await other.run('init', '-input=false');
      const applying = other.run('apply', '-input=false', '-auto-approve');
      await until(() => countOf(slow.emulator, 'deploy') === 1);
      slow.emulator.faults.failNext({ operation: 'retrieve' }, { kind: 'html' });
      const { status, output } = await applying;
      expect(output).toMatch(/Warning: .*not read back/);
      expect(status).toBe(0);
      expect(other.state()).toMatch(/"consumer_key": null/);
      expect(other.state()).not.toContain('tainted');
      const planned = await other.planned();
      expect(planned.resource_changes?.[0]?.change.actions).toEqual(['no-op']);
      expect(planned.resource_changes?.[0]?.change.after?.['consumer_key']).toMatch(/^3MVG9/);
    } finally {
      await slow.close();
      other.remove();
    }
  });

  it('an org that cannot be asked is an error, never an app that is gone', async () => {
    org.emulator.faults.failNext({ operation: 'retrieve' }, { kind: 'html' });
    const { status, output } = await plan();
    expect(output).toMatch(/The org could not be asked while reading/);
    expect(output).not.toMatch(/deleted in the org|will be created/);
    expect(status).toBe(1);
    expect(work.state()).toContain('"First"');
  });

  it('an app that the org cannot show is left as it is, in state and org, and no change of it is accepted', async () => {
    const hide = (): void => {
      const fault = {
        kind: 'unreadable',
        type: 'ExtlClntAppGlobalOauthSettings',
        fullName: 'First_glbloauth',
      } as const;
      org.emulator.faults.failNext({ operation: 'retrieve' }, fault);
    };
    const deploys = countOf(org.emulator, 'deploy');
    hide();
    const untouched = await plan('-detailed-exitcode');
    expect(untouched.output).toMatch(/Warning: .*First: unreadable in the org/);
    expect(untouched.status).toBe(0);
    hide();
    work.write(PROVIDER, app('First', SELF_AUTHORIZED).replace('label = "First"', 'label = "Two"'), second);
    const { status, output } = await apply();
    expect(output).toMatch(/Error: .*First: app unreadable/);
    expect(status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect(work.state()).toContain('"First"');
  });

  it('a session that has ended is reported as such, and nothing is written', async () => {
    const deploys = countOf(org.emulator, 'deploy');
    work.write(PROVIDER, app('First', SELF_AUTHORIZED).replace('label = "First"', 'label = "Three"'), second);
    org.emulator.faults.failNext({ operation: '*' }, { kind: 'invalid-session' }, 20);
    const { status, output } = await apply();
    expect(output).toMatch(/session|token|log in/i);
    expect(output).not.toContain(org.emulator.accessToken);
    expect(status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
  });
});
