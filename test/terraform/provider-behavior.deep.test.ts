import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const NAMES = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight'];
const SCOPE = `
resource "salesforce_oauth_custom_scope" "orders" {
  api_name = "Orders"
  scope    = { master_label = "Orders", description = "Reads orders" }
}`;
/** Without a block Terraform adds an error of its own: that there should be one. */
const PROVIDER = 'provider "salesforce" {}';
const DATA = 'data "salesforce_client_apps" "all" {}';
/** Codes of the catalog, and words that only a program says. */
const CODE = /^(Error|Warning): .*?([a-z]+-[a-z]+-[a-z]+|\b[a-z]+[A-Z]\w+|undefined|\[object)/m;

describeTerraformDeep('what a person reads of a run of the real terraform', () => {
  let org: Bench;
  let work: Project;

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(PROVIDER, ...NAMES.map((name) => app(name, SELF_AUTHORIZED)), SCOPE, DATA);
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await work.run('apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it.each([
    ['a token that the org refuses', { SF_ACCESS_TOKEN: '00Dxx!wrong' }, ['plan']],
    ['no credentials at all', { SF_ACCESS_TOKEN: '' }, ['plan']],
    ['an org that cannot be reached', { SF_INSTANCE_URL: 'http://127.0.0.1:9' }, ['plan']],
    ['a token that the org refuses, in an apply', { SF_ACCESS_TOKEN: '00Dxx!wrong' }, ['apply', '-auto-approve']],
    ['a token that the org refuses, in a destroy', { SF_ACCESS_TOKEN: '00Dxx!wrong' }, ['destroy', '-auto-approve']],
  ])('a login that fails is one error, and not one for each resource: %s', async (_, more, command) => {
    const other = project({ ...credentials(org.emulator), ...more });
    try {
      other.write(PROVIDER, ...NAMES.map((name) => app(name, SELF_AUTHORIZED)), SCOPE, DATA);
      await other.run('init', '-input=false');
      other.writeState(work.state());
      const { status, output } = await other.run(...command, '-input=false');
      expect(status).toBe(1);
      expect(output.match(/Error: /g)).toEqual(['Error: ']);
      expect(output).not.toContain('00Dxx!wrong');
      expect(output).not.toMatch(CODE);
    } finally {
      other.remove();
    }
  });

  it('the log names each deploy by its id, and TF_LOG tells no token', async () => {
    for (const variable of ['TF_LOG_PROVIDER', 'TF_LOG']) {
      const logged = project({ ...credentials(org.emulator), [variable]: 'INFO', TF_LOG_PATH: 'run.log' });
      try {
        rmSync(join(logged.folder, 'run.log'), { force: true });
        logged.write(
          app(`Logged${variable.length}`, SELF_AUTHORIZED),
          SCOPE.replaceAll('rders', `rders${variable.length}`),
        );
        await logged.run('init', '-input=false');
        expect(await logged.run('apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
        const log = logged.file('run.log');
        const ids = [...log.matchAll(/deploy (0Af\w+): succeeded/g)].map(([, id]) => id);
        expect(ids.length).toBeGreaterThan(0);
        expect(log).toMatch(/\[INFO\].*deploy 0Af/);
        expect(log).not.toContain(org.emulator.accessToken);
      } finally {
        logged.remove();
      }
    }
  });

  it('what an app does well is no warning, and a plan without a finding has none', async () => {
    const private_ = `
resource "salesforce_private_client_app" "good" {
  api_name        = "Good"
  label           = "Good"
  contact_email   = "iam@acme.example"
  scopes          = ["Api"]
  callback_urls   = ["https://good.acme.example/cb"]
  permitted_users = { policy = "pre_authorized", profiles = ["System Administrator"] }
}`;
    work.write(private_);
    work.writeState('{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"a","outputs":{},"resources":[]}');
    const { status, output } = await work.run('plan', '-input=false');
    expect(status).toBe(0);
    expect(output).not.toMatch(/Warning/);
  });

  it('an error is called by words, and its code stands at the end', async () => {
    work.write(
      app(
        'Wide',
        'oauth_policies = { permitted_users_policy_type = "AllSelfAuthorized", ip_relaxation_policy_type = "Bypass" }',
      ),
      app('One', SELF_AUTHORIZED),
    );
    const { status, output } = await work.run('plan', '-input=false');
    expect(status).toBe(1);
    expect(output).toMatch(/Error: salesforce_external_client_app One: adoption needed/);
    expect(output).toMatch(/code: +adoption-needed/);
    for (const summary of output.match(/^(Error|Warning): .*/gm) ?? []) {
      // A control is known by its name; everything else by words.
      expect(summary.replace(/SFCA-[A-Z-]+/, '')).not.toMatch(CODE);
    }
  });
});
