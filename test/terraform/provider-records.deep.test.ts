import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App, LocalBackend, TerraformStack } from 'cdktf';

import {
  OauthCustomScope,
  OauthTokenExchangeHandler,
  PermittedUsers,
  PrivateClientApp,
  SalesforceOrg,
  Scope,
  TokenType,
  Username,
} from '../../constructs';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { connect } from '../../lib/org/connect';
import type { Org } from '../../lib/org/org';
import { describeTerraformDeep } from './deep';
import { countOf, credentials, project } from './provider-support';
import { type Ran, terraform } from './support';

const justification = { reason: 'A partner', approvedBy: 'ciso@acme.example', expires: '2027-05-31' };
const runAs = Username.of('admin@emulator.example');

describeTerraformDeep('custom scopes and token exchange handlers, by the real terraform', () => {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-tf-'));
  const stackFolder = join(folder, 'cdktf.out/stacks/identity');
  let emulator: Emulator;
  const run = (...given: string[]): Promise<Ran> => terraform(stackFolder, given, credentials(emulator));
  const apply = (): Promise<Ran> => run('apply', '-input=false', '-auto-approve');
  const plan = (): Promise<Ran> => run('plan', '-input=false', '-detailed-exitcode');

  function synthesize({ description = 'Reads orders', records = true, createsUsers = false } = {}): void {
    const app = new App({ outdir: join(folder, 'cdktf.out') });
    const stack = new TerraformStack(app, 'identity');
    new LocalBackend(stack, { path: '../../../terraform.tfstate' });
    const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example' });
    const scopes = records
      ? ['orders_read', 'orders_write'].map(
          (id) => new OauthCustomScope(prod, id, { label: id, description: id === 'orders_read' ? description : 'x' }),
        )
      : [];
    const portal = new PrivateClientApp(prod, 'Portal', {
      label: 'Portal',
      callbackUrls: ['https://portal.acme.example/oauth/callback'],
      scopes: [Scope.API],
      customScopes: scopes,
      permittedUsers: PermittedUsers.selfAuthorized(),
      tokenExchange: { enabled: true, justification },
    });
    if (records) {
      new OauthTokenExchangeHandler(prod, 'Partner', {
        label: 'Partner tokens',
        description: 'x',
        apexClass: 'PartnerTokens',
        accepts: [TokenType.JWT],
        enabledFor: [{ app: portal, runAs }],
        ...(createsUsers && { createsUsers: { enabled: true, justification } }),
      });
    }
    app.synth();
  }

  beforeAll(async () => {
    writeFileSync(join(folder, 'org.json'), JSON.stringify({ apexClasses: [{ name: 'PartnerTokens' }] }));
    emulator = await startEmulator({ seedDir: folder });
    synthesize();
    expect(await run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are created around the app that needs them, in one apply, and the next plan is empty', async () => {
    const applied = await apply();
    expect(applied.output).not.toContain('no token exchange handler');
    expect(applied.output).toContain('4 added');
    expect(applied.status).toBe(0);
    expect(await plan()).toMatchObject({ status: 0 });
  });

  it('show what changes in place, by attribute, and warn where it widens', async () => {
    synthesize({ description: 'Reads orders and returns', createsUsers: true });
    const planned = await plan();
    expect(planned.status).toBe(2);
    expect(planned.output).toMatch(/~ description\s+= "Reads orders" -> "Reads orders and returns"/);
    expect(planned.output).toMatch(/~ is_user_creation_allowed\s+= false -> true/);
    expect(planned.output).toContain('this change widens access');
    expect(planned.output).not.toContain('must be replaced');
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await plan()).toMatchObject({ status: 0 });
  });

  it('show drift made in the org, and repair it', async () => {
    synthesize({ description: 'Reads orders and returns', createsUsers: true });
    const org = await administrator();
    const path = 'oauthcustomscopes/orders_read.oauthcustomscope';
    const { files } = await org.retrieve(
      { apiVersion: 66, types: new Map([['OauthCustomScope', ['orders_read']]]) },
      {},
    );
    const changed = new Map([...files].map(([name, text]) => [name, text.replace('and returns', 'and more')]));
    expect(changed.get(path)).toContain('and more');
    expect(await org.deploy({ files: changed, apiVersion: 66, checkOnly: false }, {})).toMatchObject({
      status: 'succeeded',
    });
    const planned = await plan();
    expect(planned.output).toMatch(/~ description\s+= "Reads orders and more" -> "Reads orders and returns"/);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(await plan()).toMatchObject({ status: 0 });
  });

  it('are forgotten, not deleted, when their declaration goes, and the plan says so', async () => {
    synthesize({ records: false });
    const planned = await plan();
    expect(planned.output).toContain('stays in the org');
    expect(await apply()).toMatchObject({ status: 0 });
    const { scopes, handlers } = await inTheOrg();
    expect(scopes).toEqual(['orders_read', 'orders_write']);
    expect(handlers).toEqual(['Partner']);
  });

  const administrator = (): Promise<Org> =>
    connect(
      { kind: 'access-token', accessToken: emulator.accessToken, instanceUrl: emulator.url },
      { clock: { now: () => Date.now(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } },
    );

  async function inTheOrg(): Promise<{ readonly scopes: readonly string[]; readonly handlers: readonly string[] }> {
    const org = await administrator();
    const types = new Map([
      ['OauthCustomScope', ['*']],
      ['OauthTokenExchangeHandler', ['*']],
    ]);
    const { files } = await org.retrieve({ apiVersion: 66, types }, {});
    const named = (directory: string): readonly string[] =>
      [...files.keys()].flatMap((path) => new RegExp(`${directory}/(\\w+)\\.`).exec(path)?.[1] ?? []).sort();
    return { scopes: named('oauthcustomscopes'), handlers: named('oauthtokenexchangehandlers') };
  }
});

describeTerraformDeep('custom scopes written in Terraform by hand', () => {
  it('are written together, and one that Salesforce refuses does not fail the others', async () => {
    const emulator = await startEmulator();
    const work = project(credentials(emulator));
    const names = Array.from({ length: 12 }, (_, index) => `scope_${index}`);
    try {
      const scopes = names.map(
        (name) =>
          `resource "salesforce_oauth_custom_scope" "${name}" {
  api_name = "${name}"
  scope    = { master_label = "${name}", description = "x" }
}`,
      );
      work.write(...scopes);
      expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
      emulator.faults.failNext(
        { operation: 'deploy' },
        { kind: 'deploy-fails', fullName: 'scope_3', problem: 'refused_here' },
      );
      const first = await work.run('apply', '-input=false', '-auto-approve', '-parallelism=20');
      expect(first.output).toContain('refused_here');
      expect(first.output).toContain('salesforce_oauth_custom_scope.scope_3');
      expect(first.status).toBe(1);
      expect(countOf(emulator, 'deploy')).toBeLessThanOrEqual(4);
      expect((await work.run('state', 'list')).output.trim().split('\n')).toHaveLength(11);
      expect(await work.run('apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
      expect(await work.run('plan', '-input=false', '-detailed-exitcode')).toMatchObject({ status: 0 });
    } finally {
      await emulator.close();
      work.remove();
    }
  });

  it('is imported by its name, and the plan after the generated configuration is empty', async () => {
    const emulator = await startEmulator();
    const work = project(credentials(emulator));
    try {
      const scope = `
resource "salesforce_oauth_custom_scope" "orders" {
  api_name = "orders"
  scope    = { master_label = "Orders", description = "Reads orders" }
}`;
      work.write(scope);
      expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
      expect(await work.run('apply', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
      expect(countOf(emulator, 'deploy')).toBe(1);
      work.write('import {\n  to = salesforce_oauth_custom_scope.again\n  id = "orders"\n}');
      expect(await work.run('state', 'rm', 'salesforce_oauth_custom_scope.orders')).toMatchObject({ status: 0 });
      const generated = await work.run('plan', '-input=false', '-generate-config-out=generated.tf');
      expect(generated.output).toContain('1 to import, 0 to add, 0 to change, 0 to destroy');
      expect(work.file('generated.tf')).toMatch(/master_label\s+= "Orders"/);
    } finally {
      await emulator.close();
      work.remove();
    }
  });
});
