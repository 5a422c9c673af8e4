import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App, Fn, LocalBackend, TerraformOutput, TerraformStack, Token } from 'cdktf';
import { DataResource } from 'cdktf/lib/terraform-data-resource';

import {
  Certificate,
  MachineApp,
  PermittedUsers,
  PrivateClientApp,
  PublicClientApp,
  SalesforceOrg,
  Scope,
} from '../../constructs';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { DEMO_CERTIFICATE } from '../constructs/support';
import { SEED } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { type Ran, terraform } from './support';

const project = mkdtempSync(join(tmpdir(), 'client-apps-tf-'));
const stackFolder = join(project, 'cdktf.out/stacks/identity');
let emulator: Emulator;

interface Declared {
  readonly label?: string;
  /** The label of the portal is the output of another resource. */
  readonly late?: boolean;
  readonly without?: 'Mobile';
  readonly protectMobile?: boolean;
}

function synthesize({ label = 'Portal', late = false, without, protectMobile }: Declared = {}): void {
  const app = new App({ outdir: join(project, 'cdktf.out') });
  const stack = new TerraformStack(app, 'identity');
  new LocalBackend(stack, { path: '../../../terraform.tfstate' });
  const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example' });
  prod.oauthSettings({ allowCodeAndCredentialsFlow: true, requirePkce: true });
  const name = new DataResource(stack, 'name', { input: { label } });
  const portal = new PrivateClientApp(prod, 'Portal', {
    label: late ? Token.asString(Fn.lookup(name.output, 'label', '')) : label,
    callbackUrls: ['https://portal.acme.example/oauth/callback'],
    scopes: [Scope.API, Scope.REFRESH_TOKEN],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Partner_Portal_Access'] }),
    codeAndCredentials: {},
  });
  if (without !== 'Mobile') {
    new PublicClientApp(prod, 'Mobile', {
      label: 'Mobile',
      callbackUrls: ['com.acme.mobile://oauth'],
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
      ...(protectMobile !== undefined && { deletionProtection: protectMobile }),
    });
  }
  new MachineApp(prod, 'Feed', {
    label: 'Feed',
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
    certificate: Certificate.fromFile(DEMO_CERTIFICATE),
  });
  new TerraformOutput(stack, 'portal_key', { value: portal.consumerKey });
  new TerraformOutput(stack, 'portal_id', { value: portal.applicationId });
  app.synth();
}

const run = (...given: string[]): Promise<Ran> =>
  terraform(stackFolder, given, { SF_ACCESS_TOKEN: emulator.accessToken, SF_INSTANCE_URL: emulator.url });
const apply = (): Promise<Ran> => run('apply', '-input=false', '-auto-approve');

describeTerraformDeep('the provider engine, synthesized and driven by the real terraform', () => {
  beforeAll(async () => {
    emulator = await startEmulator({ seedDir: SEED });
    synthesize();
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(project, { recursive: true, force: true });
  });

  it('initializes with nothing configured, from what synth wrote', async () => {
    const init = await run('init', '-input=false');
    expect(init.output).toContain('client-apps.invalid/cdktf-salesforce-client-apps/salesforce');
    expect(init.status).toBe(0);
    expect(await run('validate')).toMatchObject({ status: 0 });
  });

  it('plans, applies, and has nothing to do afterward', async () => {
    const applied = await apply();
    expect(applied.output).toContain('Apply complete! Resources: 5 added');
    // The org still forbids the flow; the settings of the same plan allow it, and they go first.
    expect(applied.output).not.toContain('org-switch-off');
    const again = await run('plan', '-input=false', '-detailed-exitcode');
    expect(again.output).toContain('No changes');
    expect(again.status).toBe(0);
  });

  it('hands the consumer key and the id on', async () => {
    const outputs = JSON.parse((await run('output', '-json')).output) as Record<string, { value: string }>;
    expect(outputs['portal_key']?.value).toMatch(/^3MVG9/);
    expect(outputs['portal_id']?.value).toMatch(/^[a-zA-Z0-9]{15,18}$/);
  });

  it('shows one changed field in place', async () => {
    synthesize({ label: 'Partner Portal' });
    const plan = await run('plan', '-input=false');
    expect(plan.output).toMatch(/~ label += "Portal" -> "Partner Portal"/);
    expect(plan.output).toContain('0 to destroy');
    expect(plan.output).not.toContain('must be replaced');
    expect(await apply()).toMatchObject({ status: 0 });
  });

  it('takes a value that another resource decides', async () => {
    synthesize({ label: 'By Terraform', late: true });
    const plan = await run('plan', '-input=false');
    expect(plan.output).toMatch(/~ label += "Partner Portal" -> \(known after apply\)/);
    expect(await apply()).toMatchObject({ status: 0 });
    expect((await run('state', 'show', 'salesforce_external_client_app.prod_Portal')).output).toMatch(
      /label += "By Terraform"/,
    );
    expect(await run('plan', '-input=false', '-detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it('refuses to delete an app that the code no longer declares, until the code allowed it', async () => {
    synthesize({ label: 'By Terraform', late: true, without: 'Mobile' });
    const refused = await apply();
    expect(refused.output).toMatch(/deletion_protection/);
    expect(refused.status).toBe(1);
    synthesize({ label: 'By Terraform', late: true, protectMobile: false });
    expect(await apply()).toMatchObject({ status: 0 });
    synthesize({ label: 'By Terraform', late: true, without: 'Mobile' });
    const removed = await apply();
    expect(removed.output).toContain('1 destroyed');
  });

  it('needs no other lock file in another folder', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'client-apps-elsewhere-'));
    const copy = join(elsewhere, 'deeper/stacks/identity');
    cpSync(stackFolder, copy, { recursive: true, filter: (path) => !path.endsWith('.terraform') });
    const lock = (folder: string): string => readFileSync(join(folder, '.terraform.lock.hcl'), 'utf8');
    const init = await terraform(copy, ['init', '-input=false', '-backend=false', '-lockfile=readonly']);
    expect(init.status).toBe(0);
    expect(lock(copy)).toBe(lock(stackFolder));
    rmSync(elsewhere, { recursive: true, force: true });
  });
});
