import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { stopApp } from '../../lib/operations/stop-app';
import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { changed, countOf, credentials, type Project, project } from './provider-support';

const FILE = ['ConnectedApp', 'Nightly_Loader', 'connectedApps/Nightly_Loader.connectedApp'] as const;
const ADDRESS = 'salesforce_connected_app.loader';
const PROVIDER = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';

/** An app made by hand years ago, which is more than an OAuth client. */
const NIGHTLY_LOADER = `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <canvasConfig>
        <accessMethod>Post</accessMethod>
        <canvasUrl>https://loader.acme.example/canvas</canvasUrl>
        <locations>Chatter</locations>
    </canvasConfig>
    <contactEmail>crm@acme.example</contactEmail>
    <label>Nightly Loader</label>
    <mobileAppConfig>
        <applicationBundleIdentifier>com.acme.loader</applicationBundleIdentifier>
        <devicePlatform>ios</devicePlatform>
        <version>1.0</version>
    </mobileAppConfig>
    <oauthConfig>
        <callbackUrl>https://loader.acme.example/callback</callbackUrl>
        <isAdminApproved>false</isAdminApproved>
        <isConsumerSecretOptional>false</isConsumerSecretOptional>
        <isIntrospectAllTokens>false</isIntrospectAllTokens>
        <isSecretRequiredForRefreshToken>true</isSecretRequiredForRefreshToken>
        <scopes>Api</scopes>
        <scopes>RefreshToken</scopes>
    </oauthConfig>
    <oauthPolicy>
        <ipRelaxation>ENFORCE</ipRelaxation>
        <refreshTokenPolicy>infinite</refreshTokenPolicy>
    </oauthPolicy>
    <samlConfig>
        <acsUrl>https://loader.acme.example/saml</acsUrl>
        <entityUrl>https://loader.acme.example</entityUrl>
        <samlNameIdFormat>Unspecified</samlNameIdFormat>
        <samlSubjectType>Username</samlSubjectType>
    </samlConfig>
</ConnectedApp>
`;

const declared = (name: string, more = ''): string => `
resource "salesforce_connected_app" "${name === 'Nightly_Loader' ? 'loader' : name.toLowerCase()}" {
  api_name     = "${name}"
  client_type  = "private"
  app          = {
    label = "Nightly Loader", contact_email = "crm@acme.example", permission_set_name = ["Loader_Users"]
  }
  oauth_config = {
    callback_url      = ["https://loader.acme.example/callback"]
    scopes            = ["RefreshToken", "Api"]
  }
  ${more}
}`;

describeTerraformDeep('Connected Apps, driven by the real terraform', () => {
  const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    mkdirSync(join(seedDir, 'connectedApps'));
    writeFileSync(join(seedDir, 'connectedApps/Nightly_Loader.connectedApp'), NIGHTLY_LOADER);
    const holders = { permissionSets: [{ name: 'Loader_Users', holders: 2 }] };
    writeFileSync(join(seedDir, 'org.json'), JSON.stringify(holders));
    org = await bench({ seedDir });
    work = project(credentials(org.emulator));
    work.write(PROVIDER, declared('Nightly_Loader'));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
    rmSync(seedDir, { recursive: true, force: true });
  });

  it('are not created, unless it is stated that Support allows it', async () => {
    work.write(PROVIDER, declared('Brand_New'));
    const { status, output } = await apply();
    expect(output).toMatch(/Error: .*connected app creation closed/);
    expect(output).toMatch(/Spring '26/);
    expect(status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(0);
    work.write(PROVIDER, declared('Brand_New', 'creation_allowed_by_support = true'));
    expect(await plan()).toMatchObject({ status: 0 });
  });

  it('are imported with generated configuration that plans empty, and warn of what is wrong with them', async () => {
    work.write(PROVIDER, `import {\n  to = ${ADDRESS}\n  id = "Nightly_Loader"\n}`);
    const imported = await plan('-generate-config-out=generated.tf');
    expect(imported.output).toContain('1 to import, 0 to add, 0 to change, 0 to destroy');
    expect(imported.output).toMatch(/Warning: .*SFCA-CA-PKCE/);
    expect(imported.status).toBe(0);
    expect(work.file('generated.tf')).toMatch(/is_pkce_required += false/);
    const deploys = countOf(org.emulator, 'deploy');
    expect(await apply()).toMatchObject({ status: 0 });
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
    expect(work.state()).toMatch(/"consumer_key": "3MVG9/);
  });

  it('are hardened in place, attribute by attribute, and keep what they are beside', async () => {
    work.write(PROVIDER, declared('Nightly_Loader'));
    const names = changed(await work.planned(), ADDRESS);
    expect(names).toEqual(
      expect.arrayContaining([
        'oauth_config.is_pkce_required',
        'oauth_config.is_refresh_token_rotation_enabled',
        'oauth_policy.refresh_token_policy',
      ]),
    );
    expect(names.filter((name) => /label|callback|scopes|contact/.test(name))).toEqual([]);
    expect(await apply('plan.bin')).toMatchObject({ status: 0 });
    const file = await org.file(...FILE);
    expect(file).toContain('<isPkceRequired>true</isPkceRequired>');
    expect(file).toContain('<refreshTokenPolicy>specific_inactivity:30:DAYS</refreshTokenPolicy>');
    expect(file).toContain('Managed as code by identity/prod');
    for (const kept of [
      '<canvasUrl>https://loader.acme.example/canvas</canvasUrl>',
      '<applicationBundleIdentifier>com.acme.loader</applicationBundleIdentifier>',
      '<acsUrl>https://loader.acme.example/saml</acsUrl>',
    ]) {
      expect(file).toContain(kept);
    }
    const again = await plan('-detailed-exitcode');
    expect(again.output).toContain('No changes');
    expect(again.status).toBe(0);
  });

  it('are left stopped: a plan that would open one again is refused until re_enable', async () => {
    await stopApp({ org: org.org, apiName: 'Nightly_Loader', apiVersion: 66 });
    const refused = await plan();
    expect(refused.output).toMatch(/Error: .*app stopped[^]*switched off in the org and stays off/);
    expect(refused.output).toContain('re_enable = true');
    expect([refused.status, await org.file(...FILE)]).toEqual([1, expect.stringContaining('Client_Apps_Locked_Out')]);
    work.write(PROVIDER, declared('Nightly_Loader', 're_enable = true'));
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...FILE)).not.toContain('Client_Apps_Locked_Out');
    work.write(PROVIDER, declared('Nightly_Loader'));
    expect(await apply()).toMatchObject({ status: 0 });
  });

  it('show drift and are repaired', async () => {
    await org.tamper(...FILE, /<ipRelaxation>ENFORCE/, '<ipRelaxation>BYPASS');
    const planned = await work.planned();
    expect(planned.resource_drift?.map(({ address }) => address)).toEqual([ADDRESS]);
    expect(changed(planned, ADDRESS)).toEqual(['oauth_policy.ip_relaxation']);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await org.file(...FILE)).toContain('<ipRelaxation>ENFORCE<');
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('block a change that violates a control', async () => {
    work.write(PROVIDER, declared('Nightly_Loader', 'oauth_policy = { ip_relaxation = "BYPASS" }'));
    const { status, output } = await plan();
    expect(output).toMatch(/Error: .*SFCA-CA-IP-RELAXATION/);
    expect(output).toMatch(/\d+: +oauth_policy += /);
    expect(status).toBe(1);
  });

  it('are listed by the data source with what is wrong with them', async () => {
    work.write(
      PROVIDER.replace('\n}', '\n  fail_on = "none"\n}'),
      declared('Nightly_Loader', 'oauth_policy = { ip_relaxation = "BYPASS" }'),
      'data "salesforce_client_apps" "all" {}\noutput "apps" {\n  value = data.salesforce_client_apps.all.apps\n}',
    );
    expect(await apply()).toMatchObject({ status: 0 });
    // The list is read before the app is changed, and again.
    expect(await apply()).toMatchObject({ status: 0 });
    const apps = JSON.parse((await work.run('output', '-json', 'apps')).output) as Record<string, unknown>[];
    expect(apps).toEqual([
      expect.objectContaining({ api_name: 'Nightly_Loader', platform: 'connected-app', managed: true }),
    ]);
    expect(apps[0]?.['findings']).toEqual([
      expect.objectContaining({ control: 'SFCA-CA-IP-RELAXATION', severity: 'high' }),
    ]);
    work.write(PROVIDER, declared('Nightly_Loader'));
    expect(await apply()).toMatchObject({ status: 0 });
  });

  it('are not deleted while protected, and the plan says that it is for good', async () => {
    work.write(PROVIDER);
    const { status, output } = await apply();
    expect(output).toMatch(/protected from deletion/);
    expect(output).toMatch(/No one can create it\s+again/);
    expect(status).toBe(1);
    expect(await org.file(...FILE)).toContain('Nightly Loader');
  });
});
