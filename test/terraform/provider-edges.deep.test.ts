import { makeCertificate } from '../emulator/certificate';
import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const PROVIDER = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';
const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;
const consumer = (name: string) =>
  [
    'ExtlClntAppGlobalOauthSettings',
    `${name}_glbloauth`,
    `extlClntAppGlobalOauthSets/${name}_glbloauth.ecaGlblOauth`,
  ] as const;
const CONSUMER = consumer('Portal');
const UNPROTECTED = 'deletion_protection = false';

describeTerraformDeep('edges, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    org = await bench({ profile: 'mid-2026' });
    work = project(credentials(org.emulator));
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('a create whose answer was lost is found again by the next apply, with the same key', async () => {
    org.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'drop-after' });
    expect(await apply()).toMatchObject({ status: 1 });
    const key = /<consumerKey>(.*?)</.exec(await org.file(...CONSUMER))?.[1];
    expect(key).toMatch(/^3MVG9/);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(work.state()).toContain(key);
  });

  it('a value that another resource makes is waited for, also one of which a part is known', async () => {
    const label = 'label = "Portal ${terraform_data.stage.output}"';
    const stage = 'resource "terraform_data" "stage" {\n  input = "blue"\n}';
    work.write(PROVIDER, stage, app('Portal', SELF_AUTHORIZED).replace('label = "Portal"', label));
    const plan = await work.run('plan', '-input=false');
    expect(plan.output).toMatch(/~ label += "Portal" -> \(known after apply\)/);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...HEADER)).toContain('<label>Portal blue</label>');
  });

  it('what the org forces is reported and not fought', async () => {
    const excuse = `exception = [{ controls = ["SFCA-ECA-ROTATION"], reason = "old client", approved_by = "sec@acme.example",
      expires = "${new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)}" }]`;
    const insecure = app('Forced', `${SELF_AUTHORIZED}\n${UNPROTECTED}\n${excuse}`).replace(
      'global_oauth = {',
      'global_oauth = { is_refresh_token_rotation_enabled = false,',
    );
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED), insecure);
    const { status, output } = await apply();
    expect(output).not.toMatch(/inconsistent result/);
    expect(status).toBe(0);
    const again = await work.run('plan', '-input=false', '-detailed-exitcode');
    expect(again.output).toMatch(/Salesforce forces this to true/);
    expect(again.status).toBe(0);
  });

  it('a tainted app is not deleted while it is protected', async () => {
    expect(await work.run('taint', 'salesforce_external_client_app.portal')).toMatchObject({ status: 0 });
    const { status, output } = await apply();
    expect(status).toBe(1);
    expect(output).toMatch(/protected from deletion/);
    expect(await org.file(...HEADER)).toContain('<label>Portal</label>');
    await work.run('untaint', 'salesforce_external_client_app.portal');
  });

  it('an app that was deleted in Setup is said to be gone, and made anew with another key', async () => {
    const client = org.org;
    const before = /<consumerKey>(.*?)</.exec(await org.file(...CONSUMER))?.[1];
    const destructive =
      '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata">' +
      '<types><members>Portal</members><name>ExternalClientApplication</name></types></Package>';
    const empty =
      '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata"><version>66.0</version></Package>';
    const files = new Map([
      ['package.xml', empty],
      ['destructiveChanges.xml', destructive],
    ]);
    expect(await client.deploy({ files, apiVersion: 66, checkOnly: false })).toMatchObject({ status: 'succeeded' });
    const { output } = await apply();
    expect(output).toMatch(/another\s+consumer key, which every client must learn/);
    expect(/<consumerKey>(.*?)</.exec(await org.file(...CONSUMER))?.[1]).not.toBe(before);
  });

  it('every kind of client is created as its kind needs it', async () => {
    const { cert } = await makeCertificate();
    const mobile = app('Mobile', `${SELF_AUTHORIZED}\n${UNPROTECTED}`)
      .replace('"private"', '"public"')
      .replace(/callback_url = \[.*?\]/, 'callback_url = ["mobile://oauth"]');
    const billing = app('Billing', `certificate = <<-PEM\n${cert.trim()}\nPEM\n${UNPROTECTED}`)
      .replace('"private"', '"machine"')
      .replace(/\n *global_oauth.*\n/, '\n');
    work.write(PROVIDER, app('Portal', `${SELF_AUTHORIZED}\n${UNPROTECTED}`), mobile, billing);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...consumer('Mobile'))).toContain('<isConsumerSecretOptional>true');
    expect(await org.file(...consumer('Billing'))).toContain('<callbackUrl>https://no-callback.invalid/</callbackUrl>');
    expect(await org.file(...consumer('Billing'))).toContain('<isSecretRequiredForRefreshToken>true');
    expect(await work.run('plan', '-input=false', '-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('destroy takes all apps that are not protected, in one deploy', async () => {
    const before = countOf(org.emulator, 'deploy');
    const { status, output } = await work.run('destroy', '-input=false', '-auto-approve');
    expect(output).toContain('3 destroyed');
    expect(status).toBe(0);
    expect(countOf(org.emulator, 'deploy')).toBe(before + 1);
  });
});
