import { type Bench, bench } from '../operations/support';
import { app, changed, countOf, credentials, type PlanJson, type Project, project } from './provider-support';
import { describeTerraform } from './support';
import { UNTIL } from './typed-hcl';

const PORTAL = 'salesforce_private_client_app.portal';
const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;
const CONSUMER = [
  'ExtlClntAppGlobalOauthSettings',
  'Portal_glbloauth',
  'extlClntAppGlobalOauthSets/Portal_glbloauth.ecaGlblOauth',
] as const;
const EXCUSE = `justification = { reason = "kiosks", approved_by = "ciso@acme.example", expires = "${UNTIL}" }`;
const EXCUSED = `exception = [{
    controls = ["SFCA-APP-SELF-AUTHORIZED"], reason = "a portal", approved_by = "ciso@acme.example", expires = "${UNTIL}"
  }]`;

const portal = (...more: readonly string[]): string => `
resource "salesforce_private_client_app" "portal" {
  api_name        = "Portal"
  label           = "Portal"
  contact_email   = "iam@acme.example"
  scopes          = ["RefreshToken", "Api"]
  permitted_users = { policy = "self_authorized" }
  ${EXCUSED}
  ${more.some((each) => each.includes('callback_urls =')) ? '' : 'callback_urls = ["https://portal.acme.example/b", "https://portal.acme.example/a"]'}
  ${more.join('\n  ')}
}`;

describeTerraform('resources by kind of client, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);
  const applied = async (...given: string[]) => {
    const { status, output } = await apply(...given);
    expect(status === 0 ? '' : output).toBe('');
    const again = await work.run('plan', '-input=false', '-detailed-exitcode');
    expect(again.status === 0 ? '' : again.output).toBe('');
  };
  const after = (plan: PlanJson, address: string): Readonly<Record<string, unknown>> =>
    plan.resource_changes?.find((each) => each.address === address)?.change.after ?? {};

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(portal());
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('show the secure defaults in the plan, and have nothing to do after the apply', async () => {
    const plan = await work.planned();
    expect(after(plan, PORTAL)).toMatchObject({
      access_tokens: { format: 'opaque', lifetime: '60 minutes' },
      refresh_tokens: { policy: 'expires_if_unused_for', period: '30 days' },
      metadata: { global_oauth: { is_pkce_required: true, is_device_flow_enabled: false } },
    });
    await applied('plan.bin');
    expect(await org.file(...CONSUMER)).toContain('<isPkceRequired>true</isPkceRequired>');
    expect(JSON.parse(work.state())).toMatchObject({
      resources: [{ instances: [{ attributes: { consumer_key: expect.stringMatching(/^3MVG9/) as unknown } }] }],
    });
  });

  it('take an insecure value with its justification, and go back without it', async () => {
    work.write(portal(`device_flow = { enabled = true, ${EXCUSE} }`));
    expect(changed(await work.planned(), PORTAL)).toEqual([
      'device_flow',
      'metadata.global_oauth.is_device_flow_enabled',
    ]);
    await applied('plan.bin');
    expect(await org.file(...CONSUMER)).toContain('<isDeviceFlowEnabled>true</isDeviceFlowEnabled>');
    work.write(portal());
    await applied();
    expect(await org.file(...CONSUMER)).toContain('<isDeviceFlowEnabled>false</isDeviceFlowEnabled>');
  });

  it('show drift in the words of the option, and repair it', async () => {
    await org.tamper(...CONSUMER, /portal.acme.example\/b/, 'portal.acme.example/by-hand');
    await org.tamper(...CONSUMER, /<isDeviceFlowEnabled>false/, '<isDeviceFlowEnabled>true');
    expect(changed(await work.planned(), PORTAL)).toEqual([
      'callback_urls',
      'device_flow',
      'metadata.global_oauth.callback_url',
      'metadata.global_oauth.is_device_flow_enabled',
    ]);
    await applied('plan.bin');
    expect(await org.file(...CONSUMER)).not.toContain('by-hand');
  });

  it('leave alone what ignore_changes names, stated or not, insecure or not', async () => {
    work.write(
      portal('description = "The portal"', 'lifecycle { ignore_changes = [callback_urls, device_flow, label] }'),
    );
    await org.tamper(...CONSUMER, /portal.acme.example\/b/, 'portal.acme.example/by-hand');
    await org.tamper(...CONSUMER, /<isDeviceFlowEnabled>false/, '<isDeviceFlowEnabled>true');
    await org.tamper(...HEADER, /<label>Portal/, '<label>Renamed in Setup');
    expect(changed(await work.planned(), PORTAL)).toEqual(['description', 'metadata.app.description']);
    await applied('plan.bin');
    expect(await org.file(...CONSUMER)).toContain('by-hand');
    expect(await org.file(...CONSUMER)).toContain('<isDeviceFlowEnabled>true</isDeviceFlowEnabled>');
    expect(await org.file(...HEADER)).toContain('<label>Renamed in Setup</label>');
  });

  it('refuse a saved plan of an org that moved on', async () => {
    work.write(portal('info_url = "https://acme.example/portal"'));
    await work.planned();
    await org.tamper(...HEADER, /<label>Renamed in Setup/, '<label>Renamed again');
    const deploys = countOf(org.emulator, 'deploy');
    const { status, output } = await apply('plan.bin');
    expect(output).toMatch(/org changed after the plan was made/);
    expect([status, countOf(org.emulator, 'deploy')]).toEqual([1, deploys]);
    await applied();
  });

  it('leave alone one member that ignore_changes names, of a switch that someone turned off, too', async () => {
    const device = `device_flow = { enabled = true, ${EXCUSE} }`;
    work.write(portal(device));
    await applied();
    await org.tamper(...CONSUMER, /<isDeviceFlowEnabled>true/, '<isDeviceFlowEnabled>false');
    work.write(portal(device));
    expect(changed(await work.planned(), PORTAL)).toEqual([
      'device_flow.enabled',
      'metadata.global_oauth.is_device_flow_enabled',
    ]);
    work.write(
      portal(device, 'info_url = "https://acme.example/info"', 'lifecycle { ignore_changes = [device_flow.enabled] }'),
    );
    expect(changed(await work.planned(), PORTAL)).toEqual(['info_url', 'metadata.app.info_url']);
    await applied('plan.bin');
    expect(await org.file(...CONSUMER)).toContain('<isDeviceFlowEnabled>false</isDeviceFlowEnabled>');
    work.write(portal());
    await applied();
  });

  it('move from the metadata’s own names and back without a change', async () => {
    const [from, to] = ['salesforce_private_client_app.portal', 'salesforce_external_client_app.portal'];
    const deploys = countOf(org.emulator, 'deploy');
    const wire = app('Portal', 'oauth_policies = { permitted_users_policy_type = "AllSelfAuthorized" }');
    work.write(wire, `moved {\n  from = ${from}\n  to = ${to}\n}`);
    await applied();
    work.write(portal(), `moved {\n  from = ${to}\n  to = ${from}\n}`);
    await applied();
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
  });

  it('are the same app as the resource of the metadata’s own names, so that nobody declares it twice', async () => {
    work.write(portal(), app('Portal'));
    const { status, output } = await work.run('plan', '-input=false');
    expect(output).toMatch(/declared twice/);
    expect(status).toBe(1);
  });

  it('take over an app by import, and say what becomes of it', async () => {
    work.write('removed {\n  from = salesforce_private_client_app.portal\n  lifecycle {\n    destroy = false\n  }\n}');
    expect(await apply()).toMatchObject({ status: 0 });
    await org.tamper(...CONSUMER, /<isDeviceFlowEnabled>false/, '<isDeviceFlowEnabled>true');
    work.write(
      portal('lifecycle { ignore_changes = [device_flow] }'),
      `import {\n  to = ${PORTAL}\n  id = "Portal"\n}`,
    );
    const imported = await work.planned();
    expect(changed(imported, PORTAL)).toEqual(['exception']);
    await applied('plan.bin');
    work.write(portal());
    expect(changed(await work.planned(), PORTAL)).toEqual([
      'device_flow',
      'metadata.global_oauth.is_device_flow_enabled',
    ]);
    await applied('plan.bin');
  });

  it('never lose a key to a replacement that creates first', async () => {
    work.write(portal('deletion_protection = false', 'lifecycle { create_before_destroy = true }'));
    expect(await apply()).toMatchObject({ status: 0 });
    const key = /consumer_key": "([^"]+)"/.exec(work.state())?.[1];
    const { output } = await apply(`-replace=${PORTAL}`);
    expect(output).toMatch(/Portal/);
    expect(/consumer_key": "([^"]+)"/.exec(work.state())?.[1]).toBe(key);
  });

  it('take values of other resources, known or not, wherever a value may be', async () => {
    const late = (value: string) =>
      `resource "terraform_data" "late" {\n  input = { url = "${value}", scopes = ["Api"], on = true, who = "self_authorized", days = "12 days", for = "{}" }\n}`;
    const feeds = `
resource "salesforce_private_client_app" "late" {
  for_each        = toset(["One", "Two"])
  api_name        = "Late_\${each.key}"
  label           = terraform_data.late.output.url
  contact_email   = "iam@acme.example"
  scopes          = terraform_data.late.output.scopes
  callback_urls   = ["https://late.acme.example/\${each.key}", terraform_data.late.output.url]
  permitted_users = { policy = terraform_data.late.output.who }
  refresh_tokens  = { policy = "expires_after", period = terraform_data.late.output.days }
  refresh_token_rotation = { enabled = terraform_data.late.output.on }
  ${EXCUSED}
}`;
    work.write(portal(), late('https://late.acme.example/cb'), feeds);
    const plan = await work.planned();
    expect(after(plan, 'salesforce_private_client_app.late["One"]')).toMatchObject({
      metadata: { global_oauth: { is_pkce_required: true } },
    });
    await applied('plan.bin');
    work.write(portal(), late('https://late.acme.example/other'), feeds);
    await applied();
  });
});
