import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Bench, bench } from '../operations/support';
import { app, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';
import { describeTerraform, type Ran, terraform } from './support';

const OFFLINE = 'provider "salesforce" { offline = true }';
const flat = ({ output }: Ran): string => output.replace(/[\s│]+/g, ' ');

/** As somebody writes it who wants the rules of the company kept in every pull request. */
const TESTS = `
provider "salesforce" {
  offline = true
}

run "secure_defaults" {
  command = plan
  assert {
    condition     = salesforce_external_client_app.portal.global_oauth.is_pkce_required
    error_message = "Every client of ours uses PKCE."
  }
  assert {
    condition     = salesforce_external_client_app.portal.deletion_protection
    error_message = "Nothing is deleted by accident."
  }
}
`;

const MOCKED = `
mock_provider "salesforce" {
  mock_resource "salesforce_external_client_app" {
    defaults = {
      consumer_key = "3MVG9.mocked"
    }
  }
}

run "outputs" {
  assert {
    condition     = output.client_id == "3MVG9.mocked"
    error_message = "The key is handed on."
  }
}
`;

const MODULE = `
resource "salesforce_external_client_app" "portal" {
  api_name     = "Portal"
  client_type  = "private"
  app          = { label = "Portal", contact_email = "iam@acme.example" }
  global_oauth = { callback_url = ["https://portal.acme.example/cb"] }
  oauth        = { comma_separated_oauth_scopes = ["Api"] }
}
output "client_id" {
  value = salesforce_external_client_app.portal.consumer_key
}
`;

describeTerraform('a provider that is told to ask no org, with the real terraform', () => {
  let org: Bench;
  let work: Project;
  const withLogin = (...given: readonly string[]): Promise<Ran> =>
    terraform(work.folder, given, credentials(org.emulator));

  beforeAll(async () => {
    org = await bench();
    work = project({});
    work.write(OFFLINE, app('Portal'));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('plans a new app without credentials: secure defaults are in it, and what is not evaluated is said', async () => {
    const plan = await work.run('plan', '-input=false');
    expect(plan.status).toBe(0);
    expect(plan.output).toMatch(/\+ is_pkce_required += true/);
    expect(flat(plan)).toContain('Offline: the org was not asked');
    expect(flat(plan)).toMatch(/controls that are not evaluated offline .*SFCA-\w+-[\w-]+: /);
  });

  it('refuses what a control forbids, and what the arguments contradict, as with an org', async () => {
    work.write(OFFLINE, app('Portal').replace('{ callback_url', '{ is_pkce_required = false, callback_url'));
    const plan = await work.run('plan', '-input=false');
    expect(plan.status).toBe(1);
    expect(flat(plan)).toContain('Error: salesforce_external_client_app Portal: SFCA-ECA-PKCE');
  });

  it('applies nothing, and says how to', async () => {
    work.write(OFFLINE, app('Portal'));
    const apply = await withLogin('apply', '-input=false', '-auto-approve');
    expect(apply.status).toBe(1);
    expect(flat(apply)).toContain('Offline: nothing is applied');
    expect(org.emulator.calls()).toEqual([]);
  });

  it('of what was applied plans no change, also by the environment, and never an import', async () => {
    work.write(app('Portal', SELF_AUTHORIZED));
    expect(await withLogin('apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
    const asked = org.emulator.calls().length;
    const offline = { ...credentials(org.emulator), CLIENT_APPS_OFFLINE: 'true' };
    const plan = await terraform(work.folder, ['plan', '-input=false', '-detailed-exitcode'], offline);
    expect(plan).toMatchObject({ status: 0 });
    expect(flat(plan)).toContain('Offline: the org was not asked');
    expect(org.emulator.calls()).toHaveLength(asked);

    work.write(
      app('Portal', SELF_AUTHORIZED),
      app('Legacy'),
      'import {\n  to = salesforce_external_client_app.legacy\n  id = "Legacy"\n}',
    );
    const imported = await terraform(work.folder, ['plan', '-input=false'], offline);
    expect(imported.status).toBe(1);
    expect(flat(imported)).toContain('Offline: nothing can be imported');

    // What the configuration says wins over the environment.
    work.write('provider "salesforce" { offline = false }', app('Portal', SELF_AUTHORIZED));
    expect(flat(await terraform(work.folder, ['plan', '-input=false'], offline))).not.toContain('Offline');
    expect(org.emulator.calls().length).toBeGreaterThan(asked);
  });

  it('says what cannot be read: the list of apps, a token', async () => {
    work.write(OFFLINE, 'data "salesforce_client_apps" "all" {}', 'ephemeral "salesforce_access_token" "me" {}');
    const plan = await work.run('plan', '-input=false');
    expect(plan.status).toBe(1);
    expect(flat(plan)).toContain('The provider is offline, so the org is not asked');
  });

  it('serves terraform test, beside mocks, in a file as a user writes it', async () => {
    work.write(MODULE);
    mkdirSync(join(work.folder, 'tests'), { recursive: true });
    writeFileSync(join(work.folder, 'tests/policy.tftest.hcl'), TESTS);
    writeFileSync(join(work.folder, 'tests/outputs.tftest.hcl'), MOCKED);
    const test = await work.run('test');
    if (test.status !== 0) throw new Error(test.output);
    expect(test.output).toContain('2 passed, 0 failed');
  });
});
