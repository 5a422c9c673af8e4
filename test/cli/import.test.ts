import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import Ajv2020 from 'ajv/dist/2020';

import type { Emulator } from '../../lib/emulator';
import { filledIn, manifestsOf } from '../import/run-program';
import { fastOrg, login, type Project, project, TODAY } from './support';

const SEED = join(__dirname, '../../examples/quickstart/org-seed');

let workspace: Project;
let org: Emulator;
beforeAll(async () => {
  org = await fastOrg({ seedDir: SEED });
});
afterAll(async () => org.close());
beforeEach(() => {
  workspace = project();
});
afterEach(() => workspace.remove());

const run = (line: string) => workspace.run(`import ${line}`, { environment: login(org) });

describe('client-apps import', () => {
  it('writes the apps of an org as a program, and says what its first apply changes', async () => {
    const { code, stdout, stderr } = await run('prod --out clients');
    expect({ code, stderr: stderr.includes('error') }).toEqual({ code: 0, stderr: false });
    expect(stdout).toContain('Wrote 3 apps of prod to clients: clients.ts');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Reporting: Enable Refresh Token Rotation (ExtlClntAppGlobalOauthSettings.isRefreshTokenRotationEnabled) is false; the first apply changes it to true',
    );
    expect(workspace.read('clients', 'clients.ts')).toContain(
      "new SalesforceOrg(new TerraformStack(app, 'client-apps-prod'), 'prod'",
    );
  });

  it('touches no file that is there, names it, and writes nothing', async () => {
    workspace.write('clients.ts', 'ours');
    const { code, stderr } = await run('prod');
    expect(code).toBe(1);
    expect(stderr).toContain('clients.ts');
    expect(workspace.read('clients.ts')).toBe('ours');
    expect(readdirSync(workspace.folder).sort()).toEqual(['cdktf.json', 'clients.ts']);
  });

  it('takes kinds and reasons from the command line, and refuses what names no app', async () => {
    const wrong = await run('prod --kind Repporting=public');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('did you mean Reporting?');
    const odd = await run('prod --kind Reporting=mobile');
    expect(odd.stderr).toContain('APP=private, public or machine');
    const { code } = await run('prod --kind Reporting=public --keep-as-is Legacy_Portal=goes');
    expect(code).toBe(0);
    const text = workspace.read('clients.ts');
    expect(text).toContain("new PublicClientApp(prod, 'Reporting'");
    expect(text).toContain('// - Legacy_Portal, kept as it is: goes');
  });

  it('says as JSON what it wrote, what changes and what is missing', async () => {
    const { stdout } = await run('prod --json');
    const report = JSON.parse(stdout) as Record<string, readonly Record<string, unknown>[]>;
    expect(report['files']).toEqual(['clients.ts']);
    expect(report['apps']?.map(({ api_name: name }) => name)).toEqual([
      'Data_Loader_Nightly',
      'Legacy_Portal',
      'Reporting',
    ]);
    expect(report['gaps']?.length).toBeGreaterThan(0);
    const schema = JSON.parse(readFileSync(join(__dirname, '../../schemas/import.schema.json'), 'utf8')) as object;
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
    expect([validate(report), validate.errors]).toEqual([true, null]);
  });

  it('ends with 1 where a file could not be read, since an app may be missing from the program that it wrote', async () => {
    workspace.write('package/externalClientApps/Broken.eca', '<ExternalClientApplication');
    workspace.write(
      'package/connectedApps/Portal.connectedApp',
      '<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>iam@acme.example</contactEmail><label>Portal</label></ConnectedApp>',
    );
    const { code, stdout } = await workspace.run('import prod --from package');
    expect([code, stdout]).toEqual([1, expect.stringContaining('package/externalClientApps/Broken.eca: ')]);
    expect(readdirSync(workspace.folder)).toContain('clients.ts');
  });

  it('writes import blocks for Terraform instead, and says how to go on', async () => {
    const { code, stdout } = await run('prod --hcl --keep-as-is Legacy_Portal=goes');
    expect(code).toBe(0);
    expect(stdout).toContain('Wrote import blocks for 2 apps of prod to ./imports.tf');
    expect(stdout).toContain('Legacy_Portal: kept as it is: goes');
    expect(stdout).toContain('terraform plan -generate-config-out=apps.tf');
    expect(readdirSync(workspace.folder)).not.toContain('clients.ts');
    const several = await workspace.run('import --hcl --org prod --org uat', {
      environment: { ...login(org, 'prod'), ...login(org, 'uat') },
    });
    expect([several.code, several.stderr]).toEqual([1, expect.stringContaining('works on one at a time')]);
  });

  it('reads files as well', async () => {
    const { code, stdout } = await workspace.run(`import prod --from ${SEED}`);
    expect({ code, stdout: stdout.includes('Wrote 3 apps of prod') }).toEqual({ code: 0, stdout: true });
    expect(workspace.read('clients.ts')).toContain("new TerraformStack(app, 'client-apps-prod'), 'prod');");
    // What the org has may differ.
    expect(stdout).toContain('No org was read');
    expect(workspace.read('clients.ts')).toContain('No org was read');
    const live = await run('prod --out live');
    expect(live.stdout + workspace.read('live', 'clients.ts')).not.toContain('No org was read');
  });

  it.each(['../../evil', "it's", '1st'])('refuses the name %s, which no org of a program can have', async (name) => {
    const { code, stderr } = await workspace.run(`import "${name}" --from ${SEED}`);
    expect([code, stderr]).toEqual([1, expect.stringContaining('invalid-org-name')]);
    expect(readdirSync(workspace.folder)).toEqual(['cdktf.json']);
  });

  it('writes no program where one of several orgs cannot be read', async () => {
    const { code, stderr } = await workspace.run('import --org prod --org uat', {
      environment: { SF_PROD_ACCESS_TOKEN: org.accessToken, SF_PROD_INSTANCE_URL: org.url },
    });
    expect(code).not.toBe(0);
    expect(stderr).toContain('uat');
    expect(existsSync(workspace.path('clients.ts'))).toBe(false);
  });
});

it('prints no password of a callback URL, neither as text nor as JSON', async () => {
  const record =
    '<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>iam@acme.example</contactEmail>' +
    '<label>Portal</label><oauthConfig><callbackUrl>https://portal.acme.example/cb\nhttps://user:hunter2@portal.acme.example/cb</callbackUrl>' +
    '<consumerKey>KEY1234567890</consumerKey><scopes>Api</scopes></oauthConfig></ConnectedApp>';
  workspace.write('package/connectedApps/Portal.connectedApp', record);
  const text = await workspace.run('import prod --from package --out text');
  const json = await workspace.run('import prod --from package --out json --json');
  expect(json.stdout).toContain('…@portal.acme.example');
  const all = [text.stdout, text.stderr, json.stdout, json.stderr, workspace.read('json', 'clients.ts')];
  expect(all.filter((each) => each.includes('hunter2'))).toEqual([]);
});

it('writes neither a consumer key nor a secret, wherever the org has one', async () => {
  const said = await workspace.run(`import prod --local --seed ${SEED} --out out --json`);
  expect(said.code).toBe(0);
  const secrets: string[] = [];
  JSON.parse(workspace.read('.client-apps/local/prod.json'), (key, value: unknown) => {
    if (/^(secret|key|accessToken|consumerKey)$/.test(key) && typeof value === 'string') secrets.push(value);
    return value;
  });
  expect(secrets.length).toBeGreaterThanOrEqual(6);
  const texts = [said.stdout, said.stderr, workspace.read('out', 'clients.ts')];
  for (const secret of secrets) expect(texts.filter((text) => text.includes(secret))).toEqual([]);
});

describe('an import after an apply', () => {
  it('says that code manages the apps already, and asks for no justification again', async () => {
    const local = (line: string) => workspace.run(`${line} --local`);
    const first = await local(`import prod --seed ${SEED} --out first --json`);
    const { apps } = JSON.parse(first.stdout) as { readonly apps: readonly { readonly managed_by?: string }[] };
    expect(apps.map((each) => each.managed_by)).toEqual(apps.map(() => undefined));

    const files = readdirSync(workspace.path('first'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts'))
      .map((path) => ({ path, text: workspace.read('first', path) }));
    const [manifest] = manifestsOf(filledIn(files), TODAY);
    workspace.write('manifest.json', JSON.stringify(manifest));
    const names = manifest?.apps.map(({ api_name: name }) => name).join(',') ?? '';
    const applied = await local(
      `apply --manifest manifest.json --auto-approve --allow widens --fail-on none --allow-certificate-removal ${names}`,
    );
    expect(applied.code).toBe(0);

    const again = await local('import prod --out again');
    const said = again.stdout.replace(/\s+/g, ' ');
    expect(said).toContain('All of these apps are already managed as code: an apply of this program changes nothing.');
    expect(said).not.toMatch(/needs a justification|write the reason|adds the line/);
    expect(said).toMatch(/it is managed as code by client-apps-prod\/prod already\. To do: continue with the program/);
    expect(workspace.read('again', 'clients.ts')).toContain("reason: ''");
  });
});
