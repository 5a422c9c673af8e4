import { type Bench, bench } from '../operations/support';
import { app, changed, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';
import { describeTerraform } from './support';

const ADDRESS = 'salesforce_external_client_app.portal';
const GLOBAL = [
  'ExtlClntAppGlobalOauthSettings',
  'Portal_glbloauth',
  'extlClntAppGlobalOauthSets/Portal_glbloauth.ecaGlblOauth',
] as const;
const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;

const PROVIDER = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';
const KEY_USER = `
resource "terraform_data" "vault" {
  input = { client_id = salesforce_external_client_app.portal.consumer_key }
}
`;

const partnerPortal = (more: string): string =>
  app('Portal', more)
    .replace('["RefreshToken", "Api"]', '["Api"]')
    .replace('label = "Portal"', 'label = "Partner Portal"');

describeTerraform('the provider, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const apply = (...given: readonly string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);
  const noChanges = async () => {
    const { status, output } = await work.run('plan', '-input=false', '-detailed-exitcode');
    expect(output).toContain('No changes');
    expect(output).not.toContain('outside of Terraform');
    expect(status).toBe(0);
  };

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('is found with nothing configured, and its schema is accepted', async () => {
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED), KEY_USER);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await work.run('validate')).toMatchObject({ status: 0 });
  });

  it('says at validate what can never be right', async () => {
    work.write(app('Portal').replace('"private"', '"secret"').replace('"Portal"', '"1 Portal"'));
    const { status, output } = await work.run('validate');
    expect(status).toBe(1);
    expect(output).toMatch(/"secret" ?is none of private, public, machine|secret is none of private/);
    expect(output).toMatch(/does not start with a letter|contains white space/);
  });

  it('creates an app with the secure defaults of its kind, and its key flows into another resource', async () => {
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED), KEY_USER);
    const plan = await work.run('plan', '-input=false');
    expect(plan.output).toMatch(/\+ is_pkce_required += true/);
    expect(plan.output).toMatch(/\+ refresh_token_policy_type += "SpecificInactivity"/);
    expect(plan.output).toMatch(/\+ consumer_key += \(known after apply\)/);
    expect(await apply()).toMatchObject({ status: 0 });
    const state = JSON.parse(work.state()) as {
      resources: { type: string; instances: { attributes: Record<string, unknown> }[] }[];
    };
    const attributes = (type: string) => state.resources.find((each) => each.type === type)?.instances[0]?.attributes;
    const key = attributes('salesforce_external_client_app')?.['consumer_key'];
    expect(key).toMatch(/^3MVG9/);
    expect(JSON.stringify(attributes('terraform_data'))).toContain(key);
    expect(await org.file(...GLOBAL)).toContain('<isPkceRequired>true</isPkceRequired>');
    expect(await org.file(...HEADER)).toContain('Managed as code by identity/prod');
  });

  it('finds nothing to do afterward', noChanges);

  it('finds nothing to do where the same is said in other words', async () => {
    const reordered = app('Portal', SELF_AUTHORIZED)
      .replace('["RefreshToken", "Api"]', '["Api", "OfflineAccess"]')
      .replace(/\["https:..portal.acme.example.b", "([^"]+)"\]/, '["$1", "https://portal.acme.example/b"]');
    work.write(PROVIDER, reordered, KEY_USER);
    await noChanges();
  });

  it('finds no drift where there is none, also as a job that only looks for drift', async () => {
    const { status, output } = await work.run('plan', '-input=false', '-refresh-only', '-detailed-exitcode');
    expect(output).toContain('No changes');
    expect(status).toBe(0);
  });

  it('shows what was changed in Setup as drift, and one apply repairs it', async () => {
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED), KEY_USER);
    await org.tamper(...GLOBAL, /<isPkceRequired>true/, '<isPkceRequired>false');
    expect(await work.run('plan', '-input=false', '-refresh-only', '-detailed-exitcode')).toMatchObject({ status: 2 });
    const plan = await work.planned();
    expect(plan.resource_drift?.map(({ address }) => address)).toEqual([ADDRESS]);
    expect(changed(plan, ADDRESS)).toEqual(['global_oauth.is_pkce_required']);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...GLOBAL)).toContain('<isPkceRequired>true</isPkceRequired>');
    await noChanges();
  });

  it('names each changed attribute, in place, and says which clients feel it', async () => {
    const before = countOf(org.emulator, 'deploy');
    work.write(PROVIDER, partnerPortal(SELF_AUTHORIZED), KEY_USER);
    const { output } = await work.run('plan', '-input=false');
    expect(output).toContain('will be updated in-place');
    expect(output).toMatch(/breaks clients that ask for a scope no longer listed/);
    const plan = await work.planned();
    expect(changed(plan, ADDRESS)).toEqual(['app.label', 'oauth.comma_separated_oauth_scopes']);
    expect(await apply('plan.bin')).toMatchObject({ status: 0 });
    expect(countOf(org.emulator, 'deploy')).toBe(before + 1);
    expect(await org.file(...HEADER)).toContain('<label>Partner Portal</label>');
    await noChanges();
  });

  it('says that a new name is a new app, and refuses it while the app is protected', async () => {
    work.write(
      PROVIDER,
      app('Portal', SELF_AUTHORIZED).replace('api_name     = "Portal"', 'api_name = "Portal2"'),
      KEY_USER,
    );
    const { status, output } = await work.run('plan', '-input=false');
    expect(status).toBe(1);
    expect(output).toMatch(/Salesforce cannot rename an app/);
  });

  it('deletes nothing while protected, and what is no longer protected when asked', async () => {
    work.write(PROVIDER);
    const blocked = await apply();
    expect(blocked.status).toBe(1);
    expect(blocked.output).toMatch(/protected from deletion/);
    expect(await org.file(...HEADER)).toContain('<label>');

    work.write(PROVIDER, partnerPortal(`${SELF_AUTHORIZED}\n  deletion_protection = false`));
    const deploys = countOf(org.emulator, 'deploy');
    expect(await apply()).toMatchObject({ status: 0 });
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);

    work.write(PROVIDER);
    const { status, output } = await apply();
    expect(output).toContain('Resources: 0 added, 0 changed, 1 destroyed');
    expect(status).toBe(0);
    await expect(org.file(...HEADER)).rejects.toThrow();
  });
});
