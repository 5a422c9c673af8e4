import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { makeCertificate } from '../emulator/certificate';
import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';
import { installProvider } from './support';

const NULL = 'registry.terraform.io/hashicorp/null';
const PROVIDER = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';
const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;

describeTerraformDeep('apps that exist already, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    installProvider(work.folder, NULL, '3.2.4', 'test/terraform/stand-in/null-provider.ts');
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED));
    await work.run('init', '-input=false');
    expect(await apply()).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  const forget = (): void => rmSync(join(work.folder, 'terraform.tfstate'), { force: true });

  it('are imported with generated configuration that plans empty', async () => {
    forget();
    work.write(PROVIDER, 'import {\n  to = salesforce_external_client_app.portal\n  id = "Portal"\n}');
    const generated = await work.run('plan', '-input=false', '-generate-config-out=generated.tf');
    expect(generated.output).toContain('1 to import, 0 to add, 0 to change, 0 to destroy');
    expect(generated.status).toBe(0);
    expect(work.file('generated.tf')).toMatch(/is_pkce_required += true/);
    expect(await apply()).toMatchObject({ status: 0 });
    const { output, status } = await work.run('plan', '-input=false', '-detailed-exitcode');
    expect(output).toContain('No changes');
    expect(status).toBe(0);
  });

  it('are refused by name when there is none to import', async () => {
    work.write(PROVIDER, app('Nobody'), 'import {\n  to = salesforce_external_client_app.nobody\n  id = "Nobody"\n}');
    const { status, output } = await work.run('plan', '-input=false');
    expect(status).toBe(1);
    expect(output).toMatch(/non-existent remote object/);
  });

  it('that an earlier apply made and nobody recorded are taken over by their ownership line', async () => {
    forget();
    const key = /<consumerKey>(.*?)</;
    const consumer = [
      'ExtlClntAppGlobalOauthSettings',
      'Portal_glbloauth',
      'extlClntAppGlobalOauthSets/Portal_glbloauth.ecaGlblOauth',
    ] as const;
    const before = key.exec(await org.file(...consumer))?.[1];
    // What the configuration does not state stays what it is, and the plan promises nothing else.
    const kept = '<infoUrl>https://wiki.acme.example/portal</infoUrl>';
    await org.tamper(...HEADER, /<label>/, `${kept}<label>`);
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED));
    const { status, output } = await apply();
    expect(output).toMatch(/taken over with its consumer key/);
    expect(output).toMatch(/\+ info_url += \(known after apply\)/);
    expect(status).toBe(0);
    expect(work.state()).toContain(before);
    expect(work.state()).toContain('"info_url": "https://wiki.acme.example/portal"');
    expect(await org.file(...HEADER)).toContain(kept);
    expect(await work.run('plan', '-input=false', '-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('of others are refused, with the import to use instead', async () => {
    forget();
    await org.tamper(...HEADER, /<description>[^<]*<\/description>/, '<description>made by hand</description>');
    const { status, output } = await work.run('plan', '-input=false');
    expect(status).toBe(1);
    expect(output).toMatch(/import \{ to =\s+ADDRESS/);
  });

  it('are taken over from a null_resource without a change in the org', async () => {
    forget();
    await org.tamper(...HEADER, /made by hand/, 'Managed as code by identity/prod; no certificate');
    const triggers = 'triggers = { api_name = "Portal", kind = "private", org = "prod" }';
    work.write(PROVIDER, `resource "null_resource" "prod_Portal" {\n  ${triggers}\n}`);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await apply()).toMatchObject({ status: 0 });
    work.write(
      PROVIDER,
      app('Portal', SELF_AUTHORIZED),
      'moved {\n  from = null_resource.prod_Portal\n  to   = salesforce_external_client_app.portal\n}',
    );
    const deploys = countOf(org.emulator, 'deploy');
    const plan = await work.run('plan', '-input=false');
    expect(plan.output).toMatch(
      /salesforce_external_client_app\.portal[^]*\(moved from null_resource\.prod_Portal\)|has moved to/,
    );
    const { status, output } = await apply();
    // The exception of the app comes into the state, and nothing into the org.
    expect(output).toContain('Resources: 0 added, 1 changed, 0 destroyed');
    expect(status).toBe(0);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
    expect(await work.run('plan', '-input=false', '-detailed-exitcode')).toMatchObject({ status: 0 });
    expect(work.state()).toMatch(/"consumer_key": "3MVG9/);
  });

  it('show a new certificate by its fingerprint, and keep the certificate out of the state', async () => {
    const certificatePem = (await makeCertificate()).cert;
    const body = certificatePem.replace(/-----[^-]+-----|\s/g, '');
    const declared = app('Portal', `${SELF_AUTHORIZED}\n  certificate = <<-PEM\n${certificatePem.trim()}\nPEM\n`);
    work.write(PROVIDER, declared);
    const plan = await work.run('plan', '-input=false', '-out=plan.bin');
    expect(plan.output).toMatch(/certificate_fingerprint += "none" -> "[0-9a-f]{64}"/);
    expect(await apply('plan.bin')).toMatchObject({ status: 0 });
    expect(work.state()).not.toContain(body.slice(0, 60));
    expect(await org.file(...HEADER)).toMatch(/certificate sha256:[0-9a-f]{64}/);
    const again = await work.run('plan', '-input=false', '-detailed-exitcode');
    expect(again).toMatchObject({ status: 0 });
    work.write(PROVIDER, declared.replace('["RefreshToken", "Api"]', '["Api"]').replace('/b"', '/c"'));
    expect(await apply()).toMatchObject({ status: 0 });
  });
});
