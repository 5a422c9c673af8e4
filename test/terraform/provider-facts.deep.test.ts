import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const PROVIDER = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';
const API_ONLY = 'Minimum Access - API Only Integrations';
const CERTIFICATE = '0P1000000000001';

const network = (status: string, allowed: string): string => {
  const texts = ['changePasswordTemplate', 'emailSenderAddress', 'emailSenderName', 'forgotPasswordTemplate']
    .concat('site', 'welcomeTemplate')
    .map((name) => `<${name}>x</${name}>`);
  const settings = `<networkAuthApiSettings>${allowed}</networkAuthApiSettings>`;
  const rest = `<status>${status}</status><tabs><defaultTab>home</defaultTab></tabs>`;
  return `<Network xmlns="http://soap.sforce.com/2006/04/metadata">${texts.join('')}${rest}${settings}</Network>`;
};

/** Seeds of an org: people, code, keys, a site that is not published, and a Connected App with SAML. */
function seedIn(seedDir: string): void {
  const org = {
    users: [
      { username: 'feed@acme.example', profile: API_ONLY },
      { username: 'boss@acme.example', profile: 'System Administrator' },
    ],
    permissionSets: [{ name: 'Access', holders: 1 }],
    apexClasses: [{ name: 'Handler' }],
    certificates: [{ name: 'Devices', id: CERTIFICATE, expires: '2020-01-01' }],
  };
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify(org));
  const write = (folder: string, name: string, text: string): void => {
    mkdirSync(join(seedDir, folder));
    writeFileSync(join(seedDir, folder, name), text);
  };
  write('networks', 'Customers.network', network('UnderConstruction', '<isForgotPwdAllowed>true</isForgotPwdAllowed>'));
  const ranges = '<endAddress>203.0.113.9</endAddress><startAddress>203.0.113.1</startAddress>';
  const profile = `<Profile xmlns="http://soap.sforce.com/2006/04/metadata"><loginIpRanges>${ranges}</loginIpRanges></Profile>`;
  write('profiles', `${API_ONLY}.profile`, profile);
  const saml =
    '<acsUrl>https://a.example</acsUrl><entityUrl>https://a.example</entityUrl>' +
    '<samlNameIdFormat>Unspecified</samlNameIdFormat><samlSigningAlgoType>SHA1</samlSigningAlgoType>' +
    '<samlSubjectType>Username</samlSubjectType>';
  write(
    'connectedApps',
    'Legacy.connectedApp',
    `<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>a@acme.example</contactEmail>
    <label>Legacy</label><oauthConfig><callbackUrl>https://a.example/cb</callbackUrl><scopes>Api</scopes></oauthConfig>
    <samlConfig>${saml}</samlConfig></ConnectedApp>`,
  );
}

/** A machine that acts as a user. */
const machine = (name: string, user: string): string => `
resource "salesforce_external_client_app" "${name.toLowerCase()}" {
  api_name       = "${name}"
  client_type    = "machine"
  app            = { label = "${name}", contact_email = "iam@acme.example" }
  global_oauth   = { callback_url = ["https://login.acme.example/cb"], is_client_credentials_flow_enabled = true }
  oauth          = { comma_separated_oauth_scopes = ["Api"] }
  oauth_policies = {
    permitted_users_policy_type        = "AdminApprovedPreAuthorized"
    comma_separated_permission_set     = ["Access"]
    is_client_credentials_flow_enabled = true
    client_credentials_flow_user       = "${user}"
  }
  exception = [{
    controls    = ["SFCA-ECA-JWT-BEARER"], reason = "The client cannot sign", approved_by = "sec@acme.example"
    expires     = "${new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10)}"
  }]
}`;
const headless = (name: string): string =>
  app(name, SELF_AUTHORIZED).replace('global_oauth = {', 'global_oauth = { is_code_cred_flow_enabled = true,');
const handled = (name: string, className: string): string =>
  app(
    name,
    `oauth_policies = { permitted_users_policy_type = "AllSelfAuthorized", apex_handler = "${className}", execute_handler_as = "feed@acme.example" }`,
  );
const devices = (name: string, certificate: string): string =>
  app(
    name,
    SELF_AUTHORIZED,
    `, asset_token_signing_certificate = "${certificate}", asset_token_audiences = "devices", asset_token_validity = 60`,
  );

describeTerraformDeep('what an org tells beside client apps, in a plan of the real terraform', () => {
  const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const calls = () => ['retrieve', 'composite', 'toolingQuery'].map((operation) => countOf(org.emulator, operation));
  /** How many more calls of each kind the plan of this configuration makes. */
  const costOf = async (...parts: string[]): Promise<number[]> => {
    work.write(PROVIDER, ...parts);
    const before = calls();
    await plan();
    return calls().map((count, index) => count - (before[index] ?? 0));
  };

  beforeAll(async () => {
    seedIn(seedDir);
    org = await bench({ seedDir });
    work = project(credentials(org.emulator));
    work.write(PROVIDER, app('Portal', SELF_AUTHORIZED));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
    rmSync(seedDir, { recursive: true, force: true });
  });

  it('tells a machine that acts as an administrator from one whose user may do little from few addresses', async () => {
    work.write(PROVIDER, machine('Feed', 'feed@acme.example'));
    const harmless = await plan();
    // Without a certificate the flow stays a violation, whatever its user may do.
    expect(harmless.output).toMatch(/Error: .*SFCA-ECA-CLIENT-CREDENTIALS/);
    expect(harmless.output).not.toMatch(/SFCA-ECA-RUN-AS-USER/);
    work.write(PROVIDER, machine('Feed', 'boss@acme.example'));
    const dangerous = await plan();
    expect(dangerous.output).toMatch(/Error: .*SFCA-ECA-RUN-AS-USER/);
    expect(dangerous.output).toMatch(/Error: .*SFCA-ECA-CLIENT-CREDENTIALS/);
    expect(dangerous.status).toBe(1);
  });

  it('is judged again by the apply, for a user that only another resource knows', async () => {
    const later = 'resource "terraform_data" "user" {\n  input = "boss@acme.example"\n}';
    const late = machine('Feed', 'boss@acme.example').replace('"boss@acme.example"', 'terraform_data.user.output');
    const deploys = countOf(org.emulator, 'deploy');
    work.write(PROVIDER, later, late);
    expect((await plan()).output).not.toMatch(/SFCA-ECA-RUN-AS-USER/);
    const refused = await work.run('apply', '-input=false', '-auto-approve');
    expect(refused.output).toMatch(/Error: .*SFCA-ECA-RUN-AS-USER/);
    expect(refused.status).toBe(1);
    expect(countOf(org.emulator, 'deploy')).toBe(deploys);
  });

  it('tells that headless login has no live site to happen at', async () => {
    work.write(PROVIDER, headless('Portal'));
    expect((await plan()).output).toMatch(/Warning: .*no live site/);
  });

  it('blocks an app whose Apex class is missing, and lets one through whose class is there', async () => {
    work.write(PROVIDER, handled('Portal', 'Nowhere'));
    const missing = await plan();
    expect(missing.output).toMatch(/Error: .*apex class missing/);
    expect(missing.status).toBe(1);
    work.write(PROVIDER, handled('Portal', 'Handler'));
    const there = await plan();
    expect(there.output).not.toMatch(/apex-class/);
    expect(there.status).toBe(0);
  });

  it('blocks an app whose signing certificate has ended or is none of the org', async () => {
    work.write(PROVIDER, devices('Portal', CERTIFICATE));
    expect((await plan()).output).toMatch(/Error: .*signing certificate expired/);
    work.write(PROVIDER, devices('Portal', '0P1000000000009'));
    expect((await plan()).output).toMatch(/Error: .*signing certificate missing/);
  });

  it('is asked for once, however many apps need it, and not at all where no app does', async () => {
    const names = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
    // Terraform plans ten at a time, so that twelve do not arrive together.
    const many = [...names, ...names.map((name) => `More${name}`)];
    const plain = await costOf(...names.map((name) => app(name, SELF_AUTHORIZED)));
    // What runs in the org is asked for once.
    expect(plain[2]).toBe(1);
    const more = async (...parts: string[]) => (await costOf(...parts)).map((count, i) => count - (plain[i] ?? 0));
    for (const apps of [names, many]) {
      expect(await more(...apps.map(headless))).toEqual([1, 0, 0]);
      expect(await more(...apps.map((name) => devices(name, CERTIFICATE)))).toEqual([0, 0, 1]);
      // The users of the handlers, with what they may do, take two requests; the classes one, or none of their own where
      // they are asked for at the same moment.
      const [retrieves, composites, others] = await more(...apps.map((name) => handled(name, 'Handler')));
      expect([retrieves, others]).toEqual([0, 0]);
      expect(composites).toBeGreaterThan(0);
      expect(composites).toBeLessThanOrEqual(3);
      // The same, and what makes them dangerous: profiles, and rights to all records.
      const [profiles, people, rest] = await more(...apps.map((name) => machine(name, 'feed@acme.example')));
      expect([profiles, rest]).toEqual([1, 0]);
      expect(people).toBeGreaterThan(0);
      expect(people).toBeLessThanOrEqual(3);
    }
  });

  it('tells of the SAML of a Connected App, which is for Setup to correct and holds nothing up', async () => {
    const legacy = `
resource "salesforce_connected_app" "legacy" {
  api_name     = "Legacy"
  client_type  = "private"
  app          = { label = "Renamed", contact_email = "a@acme.example", permission_set_name = ["Access"] }
  oauth_config = { callback_url = ["https://a.example/cb"], scopes = ["RefreshToken", "Api"] }
}
import {
  to = salesforce_connected_app.legacy
  id = "Legacy"
}`;
    work.write(PROVIDER, legacy);
    const planned = await plan();
    expect(planned.output).toMatch(/Warning: .*SFCA-CA-SAML/);
    expect(planned.output).toMatch(/to do: +correct it in\s+Setup > App Manager/);
    expect(planned.status).toBe(0);
    expect(await work.run('apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
    expect(await org.file('ConnectedApp', 'Legacy', 'connectedApps/Legacy.connectedApp')).toContain('SHA1');
  });
});
