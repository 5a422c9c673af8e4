import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { App, LocalBackend, TerraformStack } from 'cdktf';

import { Engine, PermittedUsers, PublicClientApp, SalesforceOrg, Scope } from '../../constructs';
import { type Emulator, startEmulator } from '../../lib/emulator';
import { describeTerraform, installProvider, terraform, type Ran } from './support';

const NULL = 'registry.terraform.io/hashicorp/null';
const root = join(__dirname, '../..');

/** The project a user has: cdktf.out with one stack, and the command line tool where npx finds it. */
const project = mkdtempSync(join(tmpdir(), 'client-apps-tf-'));
const stackFolder = join(project, 'cdktf.out/stacks/identity');
let emulator: Emulator;

interface Declared {
  readonly label?: string;
  readonly apps?: readonly string[];
}

function synthesize({ label = 'Field App', apps = ['FieldApp'] }: Declared = {}): void {
  const app = new App({ outdir: join(project, 'cdktf.out') });
  const stack = new TerraformStack(app, 'identity');
  new LocalBackend(stack, { path: '../../../terraform.tfstate' });
  const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', engine: Engine.NULL });
  for (const name of apps) {
    new PublicClientApp(prod, name, {
      label,
      callbackUrls: ['com.acme.fieldapp://oauth/callback'],
      scopes: [Scope.API, Scope.REFRESH_TOKEN],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  }
  app.synth();
}

const run = (...given: string[]): Promise<Ran> =>
  terraform(stackFolder, given, {
    SF_ACCESS_TOKEN: emulator.accessToken,
    SF_INSTANCE_URL: emulator.url,
    PATH: `${join(project, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
  });

const deploys = (): number => emulator.calls().filter(({ operation }) => operation === 'deploy').length;

describeTerraform('the null engine, driven by the real terraform', () => {
  beforeAll(async () => {
    emulator = await startEmulator();
    mkdirSync(join(project, 'node_modules/.bin'), { recursive: true });
    writeFileSync(join(project, 'package.json'), '{"name":"project","version":"1.0.0"}');
    writeFileSync(join(project, 'cdktf.json'), '{"language":"typescript","app":"true"}');
    const bin = join(root, 'dist/lib/cli/main.js');
    writeFileSync(join(project, 'node_modules/.bin/client-apps'), `#!/bin/sh\nexec node '${bin}' "$@"\n`, {
      mode: 0o755,
    });
    synthesize();
    installProvider(stackFolder, NULL, '3.2.4', 'test/terraform/stand-in/null-provider.ts');
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(project, { recursive: true, force: true });
  });

  it('initializes and validates what synth wrote', async () => {
    expect(await run('init', '-input=false')).toMatchObject({ status: 0 });
    expect(await run('validate')).toMatchObject({ status: 0 });
  });

  it('shows each field of each app in the plan, and no secret', async () => {
    const { status, output } = await run('plan', '-input=false');
    expect(output).toMatch(/"oauth_consumer.is_pkce_required" += "true"/);
    expect(output).toMatch(/"app.label" += "Field App"/);
    expect(status).toBe(0);
    expect(output).not.toContain(emulator.accessToken);
  });

  it('applies all apps of the org in one deploy', async () => {
    const { status, output } = await run('apply', '-input=false', '-auto-approve');
    expect(output).toContain('Apply complete! Resources: 2 added');
    expect(status).toBe(0);
    expect(deploys()).toBe(1);
  });

  it('finds nothing to do afterwards', async () => {
    const { status, output } = await run('plan', '-input=false', '-detailed-exitcode');
    expect(output).toContain('No changes');
    expect(status).toBe(0);
  });

  it('shows a change by its field, and a replacement deletes no app', async () => {
    synthesize({ label: 'Renamed' });
    const plan = await run('plan', '-input=false');
    expect(plan.output).toMatch(/"app.label" += "Field App" -> "Renamed"/);
    const { status } = await run('apply', '-input=false', '-auto-approve');
    expect(status).toBe(0);
    expect(deploys()).toBe(2);
    const again = await run('plan', '-input=false', '-detailed-exitcode');
    expect(again.status).toBe(0);
  });

  it('leaves an app in the org that the code no longer declares', async () => {
    synthesize({ label: 'Renamed', apps: ['FieldApp', 'Second'] });
    expect((await run('apply', '-input=false', '-auto-approve')).status).toBe(0);
    synthesize({ label: 'Renamed' });
    const { status, output } = await run('apply', '-input=false', '-auto-approve');
    expect(status).toBe(0);
    expect(output).toMatch(/Second was applied from this code, is no longer declared, and stays in the org/);
  });

  it('leaves no secret in state, plan or manifest', () => {
    const texts = readdirSync(project, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /tfstate|\.json$/.test(entry.name))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(texts.length).toBeGreaterThan(2);
    for (const text of texts) expect(text).not.toContain(emulator.accessToken);
  });
});
