import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ownSource } from '../../lib/cli/init/own-source';
import { ownPackage } from '../../lib/package-version';
import { ROOT } from '../docs/documents';
import { fastOrg, login, project, runCommand, twoApps } from './support';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'client-apps-init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (...parts: readonly string[]): string => join(folder, ...parts);
const init = (line = '') => runCommand(`init ${line}`, folder);
const read = (...parts: readonly string[]): string => readFileSync(at(...parts), 'utf8');

describe('client-apps init', () => {
  it('writes a project into a new folder, and says what to run next', async () => {
    const { code, stdout } = await init('clients');
    expect(code).toBe(0);
    expect(readdirSync(at('clients')).sort()).toEqual([
      '.gitignore',
      'cdktf.json',
      'clients.test.ts',
      'clients.ts',
      'main.ts',
      'package.json',
      'tsconfig.json',
    ]);
    expect(stdout).toContain('\n  cd clients\n  npm install\n  npm test\n  npx client-apps plan --local');
  });

  it('writes into the current folder, beside files of other names', async () => {
    writeFileSync(at('README.md'), 'ours');
    const { code, stdout } = await init();
    expect(code).toBe(0);
    expect(stdout).not.toContain('  cd ');
    expect(read('README.md')).toBe('ours');
    expect(read('main.ts')).toContain('app.synth();');
  });

  it('refuses where files exist, names all of them, and writes nothing', async () => {
    writeFileSync(at('main.ts'), 'ours');
    writeFileSync(at('package.json'), '{}');
    const { code, stderr } = await init();
    expect(code).toBe(1);
    expect(stderr).toContain('main.ts');
    expect(stderr).toContain('package.json');
    expect(stderr.match(/init-file-exists/g)).toHaveLength(1);
    expect(stderr).not.toContain('tsconfig.json');
    expect(readdirSync(folder).sort()).toEqual(['main.ts', 'package.json']);
    expect(read('main.ts')).toBe('ours');
  });

  it('writes through no link that leads out of the folder', async () => {
    mkdirSync(at('elsewhere'));
    mkdirSync(at('clients'));
    symlinkSync(at('elsewhere'), at('clients', '.github'));
    const { code, stderr } = await init('clients --ci github');
    expect(code).toBe(1);
    expect(stderr).toContain(join('clients', '.github'));
    expect(readdirSync(at('elsewhere'))).toEqual([]);
    expect(readdirSync(at('clients'))).toEqual(['.github']);
  });

  it('refuses a path that is a file', async () => {
    writeFileSync(at('clients'), 'ours');
    expect(await init('clients')).toMatchObject({ code: 1 });
    expect(read('clients')).toBe('ours');
  });

  it.each([
    ['github', '.github/workflows/client-apps.yml'],
    ['gitlab', '.gitlab-ci.yml'],
    ['azure', 'azure-pipelines.yml'],
  ])('writes the workflow of %s', async (forge, path) => {
    expect(await init(`--ci ${forge}`)).toMatchObject({ code: 0 });
    expect(read(path)).toBe(readFileSync(join(ROOT, 'templates', `${forge}.yml`), 'utf8'));
  });

  it('says where a forge would not find the workflow', async () => {
    mkdirSync(at('.git'));
    expect((await init('infra/clients --ci github')).stdout).toContain(
      'read only at the top of the repository (../..)',
    );
    expect((await init('--ci github')).stdout).not.toContain('the top of the repository');
  });

  it('names a project as npm demands', async () => {
    const name = async (dir: string): Promise<unknown> => {
      await init(`"${dir}"`);
      return (JSON.parse(read(dir, 'package.json')) as Record<string, unknown>)['name'];
    };
    expect(await name('Client Apps (Acme)')).toBe('client-apps-acme');
    expect(await name('_.x')).toBe('x');
    expect(await name('日本')).toBe('client-apps');
  });
});

describe('the CDK of a project', () => {
  const SEED = join(ROOT, 'examples/quickstart/org-seed');
  const imports = (...path: readonly string[]) => /from '(cdkt[fn])'/.exec(read(...path))?.[1];
  const packageOf = (dependencies: object) => writeFileSync(at('package.json'), JSON.stringify(dependencies));

  it('is cdktf, or what --cdk says: in every file, in package.json alone', async () => {
    await init('one');
    await init('other --cdk cdktn');
    for (const [folder, cdk] of [
      ['one', 'cdktf'],
      ['other', 'cdktn'],
    ] as const) {
      for (const file of ['main.ts', 'clients.ts', 'clients.test.ts']) expect(imports(folder, file)).toBe(cdk);
      const { dependencies } = JSON.parse(read(folder, 'package.json')) as { readonly dependencies: object };
      expect(Object.keys(dependencies).filter((name) => name.startsWith('cdkt') && name.length === 5)).toEqual([cdk]);
      // The fork kept the name.
      expect(read(folder, 'cdktf.json')).toContain('"app"');
    }
  });

  it('is what the nearest package.json names that names one', async () => {
    packageOf({ devDependencies: { cdktn: '^0.24.0' } });
    await init('clients');
    expect(imports('clients', 'main.ts')).toBe('cdktn');
    packageOf({ dependencies: { cdktf: '^0.21.0', cdktn: '^0.24.0' } });
    await init('both');
    expect(imports('both', 'main.ts')).toBe('cdktf');
    writeFileSync(at('package.json'), 'no JSON');
    await init('unreadable');
    expect(imports('unreadable', 'main.ts')).toBe('cdktf');
  });

  it('is also that of an imported program', async () => {
    packageOf({ dependencies: { cdktn: '^0.24.0' } });
    await init(`clients --from ${SEED}`);
    expect(imports('clients', 'clients.ts')).toBe('cdktn');
    expect(await runCommand(`import prod --from ${SEED} --out program`, folder)).toMatchObject({ code: 0 });
    expect(imports('program', 'clients.ts')).toBe('cdktn');
    await runCommand(`import prod --from ${SEED} --out other --cdk cdktf`, folder);
    expect(imports('other', 'clients.ts')).toBe('cdktf');
  });

  it('is one of the two', async () => {
    expect(await init('clients --cdk aws-cdk')).toMatchObject({ code: 1 });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('client-apps init with what an org has', () => {
  const SEED = join(ROOT, 'examples/quickstart/org-seed');

  it('declares the apps of a local org, which belongs to the project', async () => {
    const { code, stdout } = await init(`clients --from-org prod --local --seed ${SEED}`);
    expect(code).toBe(0);
    expect(stdout).toContain('Wrote a project with 3 apps of prod to clients: package.json');
    expect(stdout).toContain('To do before the first apply:');
    expect(stdout).toMatch(
      /npm install\n {2}# then do what is listed above.*\n {2}npm test\n {2}npx client-apps plan --local/,
    );
    expect(read('clients', 'clients.ts')).toContain("new PrivateClientApp(prod, 'Reporting'");
    expect(readdirSync(at('clients', '.client-apps', 'local'))).toContain('prod.json');
    expect(readdirSync(folder)).toEqual(['clients']);
  });

  it('names the variables of several orgs as a login reads them', async () => {
    const { stdout } = await init(`clients --from-org eu-prod --from-org uat --ci github --local --seed ${SEED}`);
    expect(stdout).toContain('SF_EU_PROD_CLIENT_ID');
  });

  it('declares the apps of files', async () => {
    const { code, stdout } = await init(`clients --from ${SEED}`);
    expect(code).toBe(0);
    expect(stdout).toContain('Wrote a project with 3 apps of prod to clients');
    expect(stdout).toContain('  npx client-apps plan     # shows what');
  });

  it('ends with 1 where a file could not be read, and says which and what it wrote all the same', async () => {
    const ns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
    mkdirSync(at('package', 'connectedApps'), { recursive: true });
    writeFileSync(at('package', 'connectedApps', 'Broken.connectedApp'), '<ConnectedApp');
    writeFileSync(
      at('package', 'connectedApps', 'Portal.connectedApp'),
      `<ConnectedApp ${ns}><contactEmail>iam@acme.example</contactEmail><label>Portal</label></ConnectedApp>`,
    );
    const { code, stdout } = await init('clients --from package');
    expect([code, stdout]).toEqual([1, expect.stringContaining('Wrote a project with 0 apps of prod to clients')]);
    expect(stdout).toContain('Not read, and so not evaluated:\n  package/connectedApps/Broken.connectedApp: ');
    expect(stdout).toContain('\nNext:');
    expect(readdirSync(at('clients'))).toContain('clients.ts');
  });

  it('refuses a folder that is in use before it reads an org', async () => {
    writeFileSync(at('tsconfig.json'), '{}');
    const salesforce = await fastOrg();
    const { code } = await runCommand('init --from-org prod', folder, { environment: login(salesforce) });
    expect(code).toBe(1);
    expect(salesforce.calls()).toEqual([]);
    await salesforce.close();
  });

  it('writes nothing where the org cannot be read', async () => {
    const { code, stderr } = await init('clients --from-org prod');
    expect(code).toBe(5);
    expect(stderr).toContain('No complete set of credentials');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the CI workflow', () => {
  const COMMANDS = /npx client-apps ([^\n#>]+)/g;

  it.each(['github', 'gitlab', 'azure'])('of %s plans, applies that very plan, and finds no drift', async (forge) => {
    const workflow = readFileSync(join(ROOT, 'templates', `${forge}.yml`), 'utf8');
    const commands = [...workflow.matchAll(COMMANDS)].map(([, command = '']) => command.trim());
    expect(commands.map((command) => command.split(' ')[0])).toEqual(['plan', 'apply', 'drift', 'audit']);
    const here = project();
    const salesforce = await fastOrg();
    try {
      here.synth(twoApps);
      for (const command of commands) {
        const line = command.replace('"$(Pipeline.Workspace)/plan/plan.json"', 'plan.json');
        expect([line, await here.run(line, { environment: login(salesforce) })]).toEqual([
          line,
          // The audit of these apps finds that anyone may let them in.
          expect.objectContaining({ code: line.startsWith('audit') ? 3 : 0 }),
        ]);
      }
      expect(here.read('plan.md')).toContain('2 to create');
    } finally {
      await salesforce.close();
      here.remove();
    }
  });
});

describe('what package.json names as this package', () => {
  const json = { name: 'cdktf-salesforce-client-apps', version: '1.2.3' };

  it('is the version, where this copy came from a registry or is a clone', () => {
    expect(ownSource({ folder: ROOT, json }, at('clients'))).toBe('^1.2.3');
    expect(ownSource(installed('https://registry.npmjs.org/x/-/x-1.2.3.tgz'), at('clients'))).toBe('^1.2.3');
  });

  it('is the file, where this copy was installed from one', () => {
    expect(ownSource(installed('file:downloads/x.tgz'), at('clients'))).toBe('file:../downloads/x.tgz');
    expect(ownSource(installed('file:x.tgz'), folder)).toBe('file:./x.tgz');
  });

  it('is known of this very package', () => {
    expect(ownPackage()).toMatchObject({ folder: ROOT, json: { name: json.name } });
  });

  function installed(resolved: string) {
    mkdirSync(at('node_modules', json.name), { recursive: true });
    const lock = { packages: { [`node_modules/${json.name}`]: { resolved } } };
    writeFileSync(at('node_modules', '.package-lock.json'), JSON.stringify(lock));
    return { folder: at('node_modules', json.name), json };
  }
});
