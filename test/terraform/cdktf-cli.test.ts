import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { deploys, fastOrg, login, type Project, project } from '../cli/support';
import { DEEP } from '../deep';
import { installPackage } from './installed';
import { NULL } from './null-support';
import { installProvider, type Ran, terraformEnvironment, terraformVersion } from './support';

/** CDKTF_CLI and CDKTN_CLI name the programs; else they are looked for on PATH. That of cdktn needs Node 22.19. */
const CLIS = (['cdktf', 'cdktn'] as const).map((cdk) => {
  const program = process.env[`${cdk.toUpperCase()}_CLI`] ?? cdk;
  const version = terraformVersion === undefined ? undefined : versionOf(program);
  if (version === undefined) process.stderr.write(`${cdk}-cli or terraform was not found: its suite does not run\n`);
  return { cdk, program, version };
});
// A long suite: `npm run test:deep` runs it.
const found = CLIS.flatMap(({ cdk, program, version }) =>
  version !== undefined && DEEP ? [[cdk, version, program] as const] : [],
);
const describeClis = found.length > 0 ? describe.each(found) : describe.skip.each([['', '', '']]);

function versionOf(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8', env: quiet({}) });
  return status === 0 ? stdout.trim() : undefined;
}

function quiet(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return terraformEnvironment({ DISABLE_VERSION_CHECK: '1', CI: '1', CDKTF_OUTDIR: 'cdktf.out', ...more });
}

const PROGRAM = (cdk: string, engine: string, label: string): string => `
const { App, LocalBackend, TerraformStack } = require('${cdk}');
const { Engine, PermittedUsers, PublicClientApp, SalesforceOrg, Scope } = require('cdktf-salesforce-client-apps');
const app = new App();
const stack = new TerraformStack(app, 'identity');
new LocalBackend(stack, { path: '../../../terraform.identity.tfstate' });
const prod = new SalesforceOrg(stack, 'prod', { contactEmail: 'iam@acme.example', engine: Engine.${engine} });
new PublicClientApp(prod, 'FieldApp', {
  label: '${label}',
  callbackUrls: ['com.acme.fieldapp://oauth/callback'],
  scopes: [Scope.API],
  permittedUsers: PermittedUsers.selfAuthorized(),
});
app.synth();
`;

describeClis('%s-cli %s, in an empty folder', (cdk, _version, program) => {
  let here: Project;
  let salesforce: Emulator;
  beforeEach(async () => {
    here = project();
    salesforce = await fastOrg();
    installPackage(here.folder, cdk);
    here.write(
      'cdktf.json',
      JSON.stringify({ language: 'typescript', app: 'node main.js', sendCrashReports: 'false' }),
    );
  });
  afterEach(async () => {
    await salesforce.close();
    here.remove();
  });

  const cdktf = (...given: readonly string[]): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const PATH = `${here.path('node_modules/.bin')}:${process.env['PATH'] ?? ''}`;
      const env = quiet({ ...login(salesforce), PATH });
      const child = spawn(program, given, { cwd: here.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      child.stdout.on('data', (data: Buffer) => (output += data.toString()));
      child.stderr.on('data', (data: Buffer) => (output += data.toString()));
      child.on('error', reject);
      child.on('close', (status) => resolve({ status, output }));
    });

  /** Plans, applies, plans again, changes a label. */
  async function mainJob(engine: string, ...flags: readonly string[]): Promise<readonly Ran[]> {
    here.write('main.js', PROGRAM(cdk, engine, 'Field App'));
    const first = await cdktf('diff', '--no-color', ...flags);
    const deployed = await cdktf('deploy', '--auto-approve', '--no-color', ...flags);
    const again = await cdktf('diff', '--no-color', ...flags);
    here.write('main.js', PROGRAM(cdk, engine, 'Renamed'));
    const changed = await cdktf('diff', '--no-color', ...flags);
    return [first, deployed, again, changed];
  }

  it('drives the provider engine with no flag, as synth locks the provider', async () => {
    const [first, deployed, again, changed] = await mainJob('PROVIDER');
    expect(first).toMatchObject({ status: 0 });
    expect(first?.output).toContain('salesforce_external_client_app.prod_FieldApp');
    expect(deployed).toMatchObject({ status: 0 });
    expect(deploys(salesforce)).toBe(1);
    expect(again?.output).toContain('No changes');
    expect(changed?.output).toMatch(/~ label += "Field App" -> "Renamed"/);
    expect(existsSync(here.path('cdktf.out/stacks/identity/.terraform.lock.hcl'))).toBe(true);
  });

  it('drives the null engine; --skip-provider-lock is for a provider that is in a local mirror only', async () => {
    const stack = join(here.folder, 'cdktf.out/stacks/identity');
    installProvider(stack, NULL, '3.2.4', 'test/terraform/stand-in/null-provider.ts');
    const [first, deployed, again, changed] = await mainJob('NULL', '--skip-provider-lock');
    expect(first).toMatchObject({ status: 0 });
    expect(deployed).toMatchObject({ status: 0 });
    expect(deployed?.output).toContain('+ FieldApp: created');
    expect(deploys(salesforce)).toBe(1);
    expect(again?.output).toContain('No changes');
    expect(changed?.output).toMatch(/"app.label" += "Field App" -> "Renamed"/);
  });
});
