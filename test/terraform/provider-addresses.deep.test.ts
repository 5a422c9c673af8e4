import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const UNPROTECTED = `${SELF_AUTHORIZED}\n  deletion_protection = false`;
const ADDRESS = 'salesforce_external_client_app.portal';
const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;
const KEY = /"consumer_key": "(3MVG9[^"]+)"/;
const settings = (address: string, value: boolean): string =>
  `resource "salesforce_oauth_settings" "${address}" {\n  oauth_oidc = { block_oauth_un_pw_flow = ${value} }\n}`;
const portalAt = (address: string): string => app('Portal', UNPROTECTED).replace('"portal"', `"${address}"`);

describeTerraformDeep('two addresses for one object, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(portalAt('portal'));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await apply()).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it.each(['-parallelism=1', '-parallelism=10'])(
    'fail the plan where an app changes its address without a moved block (%s)',
    async (parallelism) => {
      work.write(portalAt('elsewhere'));
      const { status, output } = await plan(parallelism);
      expect(output).toMatch(/Error: .*two addresses for one app/);
      expect(output).toMatch(/moved \{ from = OLD_ADDRESS/);
      expect(status).toBe(1);
    },
  );

  it('fail the plan where two resources are one app, or state the settings of the org', async () => {
    const twin = (address: string): string => app('Twin', UNPROTECTED).replace('"twin"', `"${address}"`);
    work.write(portalAt('portal'), twin('one'), twin('two'), settings('one', true), settings('two', false));
    const { status, output } = await plan();
    expect(output).toMatch(/Error: salesforce_external_client_app Twin: declared twice/);
    expect(output).toMatch(/Error: salesforce_oauth_settings: declared twice/);
    expect(status).toBe(1);
  });

  it('do not come of a replacement that creates first: it is refused, and the state stays as it was', async () => {
    const creating = portalAt('portal').replace(/\}\n$/, '  lifecycle { create_before_destroy = true }\n}\n');
    work.write(creating);
    const before = KEY.exec(work.state())?.[1];
    const deploys = countOf(org.emulator, 'deploy');
    const { status, output } = await apply(`-replace=${ADDRESS}`);
    expect(output).toMatch(/create_before_destroy/);
    expect(status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect(work.state()).not.toContain('deposed');
    expect(KEY.exec(work.state())?.[1]).toBe(before);
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('do not come of a replacement that deletes first, which makes the app anew', async () => {
    const before = KEY.exec(work.state())?.[1];
    work.write(portalAt('portal'));
    expect(await apply(`-replace=${ADDRESS}`)).toMatchObject({ status: 0 });
    expect(KEY.exec(work.state())?.[1]).not.toBe(before);
    expect(await org.file(...HEADER)).toContain('<label>Portal</label>');
  });
});
