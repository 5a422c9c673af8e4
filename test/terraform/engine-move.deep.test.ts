import { Engine, type SalesforceOrg } from '../../constructs';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { twoApps } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { type NullProject, nullProject } from './null-support';

describeTerraformDeep('a move from the null engine to the provider, as the program states it', () => {
  let emulator: Emulator;
  let work: NullProject;

  beforeAll(async () => {
    emulator = await startEmulator();
    work = nullProject(emulator);
    work.synth((org: SalesforceOrg) => twoApps(org));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await work.apply()).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    work.remove();
    await emulator.close();
  });

  it('takes the apps over with their keys, and writes nothing to the org', async () => {
    const before = work.deploys();
    work.synth((org: SalesforceOrg) => twoApps(org), { engine: Engine.PROVIDER, movedFrom: Engine.NULL });
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    const moved = await work.apply();
    expect(moved.output).toMatch(/Apply complete! Resources: 1 added, 0 changed, 0 destroyed/);
    expect(moved.status).toBe(0);
    expect(work.deploys()).toBe(before);
    const state = (await work.run('state', 'list')).output.trim().split('\n').sort();
    expect(state).toEqual([
      'salesforce_external_client_app.prod_Mobile',
      'salesforce_external_client_app.prod_Portal',
      'salesforce_oauth_settings.prod_oauth_settings',
    ]);
    expect((await work.run('state', 'show', 'salesforce_external_client_app.prod_Mobile')).output).toMatch(
      /consumer_key += "3MVG9/,
    );
  });

  it('is over when the program no longer mentions it', async () => {
    work.synth((org: SalesforceOrg) => twoApps(org), { engine: Engine.PROVIDER });
    expect(await work.plan()).toMatchObject({ status: 0 });
  });
});
