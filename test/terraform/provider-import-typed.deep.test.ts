import { importBlocks } from '../../lib/import/hcl';
import { readForImport } from '../../lib/operations/read-import';
import { type Bench, bench } from '../operations/support';
import { countOf, credentials, type Project, project } from './provider-support';
import { describeTerraform } from './support';

const TODAY = new Date().toISOString().slice(0, 10);
const PORTAL = `
resource "salesforce_private_client_app" "portal" {
  api_name          = "Portal"
  label             = "Portal"
  contact_email     = "iam@acme.example"
  scopes            = ["Api", "RefreshToken"]
  callback_urls     = ["https://portal.acme.example/callback"]
  permitted_users   = { policy = "pre_authorized", profiles = ["System Administrator"] }
  trusted_ip_ranges = [{ start = "10.0.0.1", end = "10.0.0.9" }]
}
`;
const LOOSE = PORTAL.replace('"portal"', '"loose"').replace('"Portal"', '"Loose"');

describeTerraform('apps that fit a kind of client, imported by the real terraform', () => {
  let org: Bench;
  let work: Project;
  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(PORTAL, LOOSE);
    for (const given of [['init'], ['apply', '-auto-approve']]) {
      expect(await work.run(...given, '-input=false')).toMatchObject({ status: 0 });
    }
    const consumer = ['ExtlClntAppGlobalOauthSettings', 'Loose_glbloauth'] as const;
    const file = 'extlClntAppGlobalOauthSets/Loose_glbloauth.ecaGlblOauth';
    await org.tamper(...consumer, file, /<isIntrospectAllTokens>false/, '<isIntrospectAllTokens>true');
    // Another project, which knows nothing of the first one.
    work.remove();
    work = project(credentials(org.emulator));
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('are resources of that kind, the others keep the metadata’s names, and the plan imports and changes nothing', async () => {
    const observed = await readForImport(org.org, 'prod', 66, {});
    for (const line of ['Portal', 'Loose']) {
      await org.tamper(
        'ExternalClientApplication',
        line,
        `externalClientApps/${line}.eca`,
        /\n?Managed as code by[^<]*/,
        '',
      );
    }
    const read = await readForImport(org.org, 'prod', 66, {});
    expect(importBlocks(observed, new Map(), TODAY).not_declared).toHaveLength(2);
    const { file } = importBlocks(read, new Map(), TODAY);
    expect(file.text).toContain('to = salesforce_private_client_app.Portal\n');
    expect(file.text).toContain('to = salesforce_external_client_app.Loose\n');
    expect(file.text).toContain(
      '# - Loose: the defaults of salesforce_private_client_app would change introspect_all_tokens\n',
    );
    const deploys = countOf(org.emulator, 'deploy');
    work.write(file.text);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    const planned = await work.run('plan', '-input=false', '-generate-config-out=generated.tf');
    expect(planned.output).toContain('2 to import, 0 to add, 0 to change, 0 to destroy');
    expect(planned.status).toBe(0);
    expect(work.file('generated.tf')).toMatch(/refresh_tokens = \{[^}]*period += "30 days"/);
    expect(await work.run('apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
    expect(await work.run('plan', '-input=false', '-detailed-exitcode')).toMatchObject({ status: 0 });
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
  });
});
