import { join } from 'node:path';

import { PermittedUsers, PublicClientApp, Scope } from '../../constructs';
import { org, type Project, project, twoApps } from './support';

const SEED = join(__dirname, '../../examples/quickstart/org-seed');

let here: Project;
beforeEach(() => {
  here = project();
  here.synth(twoApps);
});
afterEach(() => here.remove());

describe('the built-in local org', () => {
  it('is kept in the project from command to command, wherever in it they run', async () => {
    expect(await here.run('apply --auto-approve --local')).toMatchObject({ code: 0 });
    expect(await here.run('drift --local', { cwd: 'cdktf.out/stacks/identity' })).toMatchObject({ code: 0 });
    expect(JSON.parse(here.read('.client-apps/local/prod.json'))).toBeInstanceOf(Object);
  });

  it('gives a plan of one screen: no note about a login that has no app, and defaults of new apps as a number', async () => {
    const first = await here.run('plan --local');
    expect(first.stdout).toMatch(/\+ \d+ secure defaults\n/);
    expect(first.stdout).not.toContain('isDeviceFlowEnabled');
    expect((await here.run('plan --local --verbose')).stdout).toContain('isDeviceFlowEnabled');
    await here.run('apply --auto-approve --local');
    const again = await here.run('plan --local');
    expect(again.stdout).not.toMatch(/SF_CLIENT_ID|own-app-unknown|note:/);
  });

  it('starts with the permission sets that the code names, so that the first plan shows the apps', async () => {
    here.synth((stack) => {
      new PublicClientApp(org(stack), 'FieldApp', {
        label: 'Field App',
        callbackUrls: ['com.acme.fieldapp://oauth/callback'],
        scopes: [Scope.API, Scope.REFRESH_TOKEN],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Field_App_Access'] }),
      });
    });
    const { code, stdout } = await here.run('plan --local');
    expect(code).toBe(0);
    expect(stdout).toContain('1 to create');
    expect(stdout).not.toContain('violates');
  });

  it('starts with the seed, once', async () => {
    const plan = await here.run(`plan --local --seed ${SEED}`);
    expect(plan.stdout).toContain('ExternalClientApplication:Legacy_Portal');
    expect((await here.run('plan --local')).stdout).toContain('ExternalClientApplication:Legacy_Portal');
  });

  it('never passes over a seed in silence, and starts over where asked to', async () => {
    await here.run('apply --auto-approve --local');
    const ignored = await here.run(`plan --local --seed ${SEED}`);
    expect(ignored.stderr).toContain('Using the local org prod, kept in .client-apps/local/prod.json\n');
    expect(ignored.stderr).toContain(
      'was not read: it applies only to a new org, and prod exists. Add --reset to start over.',
    );
    const anew = await here.run(`plan --local --reset --seed ${SEED}`);
    expect(anew.stderr).toContain('prod.json (new)');
    expect(anew.stdout).toContain('ExternalClientApplication:Legacy_Portal');
    expect(anew.stdout).toContain('2 to create');
    expect(anew.code).toBe(0);
  });

  it('keeps the org that was there where the seed of a new one cannot be read', async () => {
    await here.run('apply --auto-approve --local');
    const before = here.read('.client-apps/local/prod.json');
    const { code, stderr } = await here.run('plan --local --reset --seed /nowhere');
    expect([code, stderr]).toEqual([1, expect.stringContaining('The directory does not exist')]);
    expect(here.read('.client-apps/local/prod.json')).toBe(before);
    expect(await here.run('drift --local')).toMatchObject({ code: 0 });
  });

  it('says of a created app alone that its secret has to be handed over', async () => {
    expect((await here.run('apply --auto-approve --local')).stdout).toContain('Copy each consumer secret');
    expect(await here.run('stop --local Mobile')).toMatchObject({ code: 0 });
    const again = await here.run('apply --auto-approve --local --re-enable Mobile');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Mobile: updated')]);
    expect(again.stdout).not.toContain('consumer secret');
  });

  it('is the only org that can be started over', async () => {
    const environment = { SF_INSTANCE_URL: 'https://acme.my.salesforce.com', SF_ACCESS_TOKEN: 'x' };
    expect((await here.run('plan --reset', { environment })).stderr).toContain('[reset-without-local]');
  });

  it('is also what SF_TARGET_ORG=local asks for', async () => {
    expect(await here.run('plan', { environment: { SF_TARGET_ORG: 'local' } })).toMatchObject({ code: 0 });
  });

  it('with a damaged state is an error, and the file stays as it is', async () => {
    here.write('.client-apps/local/prod.json', 'no');
    const { code, stderr } = await here.run('plan --local');
    expect(stderr).toContain('prod.json');
    expect(code).toBe(1);
    expect(here.read('.client-apps/local/prod.json')).toBe('no');
  });
});
