import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App, LocalBackend, TerraformStack } from 'cdktf';

import { PermittedUsers, PerOrg, PublicClientApp, SalesforceOrg, Scope } from '../../constructs';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { describeTerraformDeep } from './deep';
import { countOf } from './provider-support';
import { terraform } from './support';

const project = mkdtempSync(join(tmpdir(), 'client-apps-tf-'));
const stackFolder = join(project, 'cdktf.out/stacks/identity');

function synthesize(): void {
  const app = new App({ outdir: join(project, 'cdktf.out') });
  const stack = new TerraformStack(app, 'identity');
  new LocalBackend(stack, { path: '../../../terraform.tfstate' });
  for (const name of ['prod', 'uat']) {
    new PublicClientApp(new SalesforceOrg(stack, name, { contactEmail: 'iam@acme.example' }), 'FieldApp', {
      label: 'Field App',
      callbackUrls: PerOrg.of({ prod: ['com.acme.field://oauth'], uat: ['com.acme.field.uat://oauth'] }),
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  }
  app.synth();
}

describeTerraformDeep('two orgs in one stack, by the provider engine', () => {
  let prod: Emulator;
  let uat: Emulator;
  beforeAll(async () => {
    [prod, uat] = await Promise.all([startEmulator(), startEmulator()]);
    synthesize();
    expect(await terraform(stackFolder, ['init', '-input=false'])).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await Promise.all([prod.close(), uat.close()]);
    rmSync(project, { recursive: true, force: true });
  });

  it('are never reached by credentials that name no org', async () => {
    const { status, output } = await terraform(stackFolder, ['plan', '-input=false'], {
      SF_ACCESS_TOKEN: prod.accessToken,
      SF_INSTANCE_URL: prod.url,
    });
    expect(status).toBe(1);
    expect(output).toContain('SF_UAT_');
    expect(prod.calls()).toEqual([]);
  });

  it('get each what is declared for them, by their own credentials', async () => {
    const applied = await terraform(stackFolder, ['apply', '-input=false', '-auto-approve'], {
      SF_PROD_ACCESS_TOKEN: prod.accessToken,
      SF_PROD_INSTANCE_URL: prod.url,
      SF_UAT_ACCESS_TOKEN: uat.accessToken,
      SF_UAT_INSTANCE_URL: uat.url,
    });
    expect(applied.output).toContain('2 added');
    expect([countOf(prod, 'deploy'), countOf(uat, 'deploy')]).toEqual([1, 1]);
    const state = await terraform(stackFolder, ['state', 'show', 'salesforce_external_client_app.uat_FieldApp']);
    expect(state.output).toContain('com.acme.field.uat://oauth');
  });
});

describeTerraformDeep('an assumption about the org, by the provider engine', () => {
  it('is checked against the live org when the plan is made', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'client-apps-tf-'));
    const emulator = await startEmulator();
    const app = new App({ outdir: folder });
    const prod = new SalesforceOrg(new TerraformStack(app, 'identity'), 'prod', { contactEmail: 'iam@acme.example' });
    prod.assumes({ codeAndCredentialsFlow: true });
    new PublicClientApp(prod, 'FieldApp', {
      label: 'Field App',
      callbackUrls: ['com.acme.field://oauth'],
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
      codeAndCredentials: {},
    });
    app.synth();
    const stack = join(folder, 'stacks/identity');
    await terraform(stack, ['init', '-input=false']);
    const planned = await terraform(stack, ['plan', '-input=false'], {
      SF_ACCESS_TOKEN: emulator.accessToken,
      SF_INSTANCE_URL: emulator.url,
    });
    expect(planned.output).toMatch(/Error: [^]*org switch off/);
    expect(planned.status).toBe(1);
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
