import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeBuilt } from '../cli/built';
import { DEEP } from '../deep';
import { clientApps, node, pack, PACKAGE, project, removeTemporaryFolders, ROOT } from './support';

/** What npm install would put there; npm itself is asked in CI only, because it needs the network. */
const INSTALLED = [
  ...Object.keys(PACKAGE.dependencies),
  ...Object.keys(PACKAGE.peerDependencies),
  '@types/node',
  'undici-types',
  'typescript',
];

/** What these tests look at in a plan. */
interface PlannedApp {
  readonly api_name: string;
  readonly changes: readonly { readonly type: string; readonly field: string }[];
}

describeBuilt('a project that client-apps init wrote', () => {
  let home: string;
  let folder: string;
  beforeAll(() => {
    home = project(pack().tarball, INSTALLED);
    mkdirSync(join(home, 'node_modules/.bin'));
    symlinkSync(join(ROOT, 'node_modules/typescript/bin/tsc'), join(home, 'node_modules/.bin/tsc'));
    folder = join(home, 'clients');
    expect(node(home, clientApps(home), 'init', 'clients', '--ci', 'github')).toMatchObject({ status: 0, stderr: '' });
  });
  afterAll(removeTemporaryFolders);

  const run = (...line: readonly string[]) => node(folder, clientApps(home), ...line);

  it('passes its own test', () => {
    const { status, stdout, stderr } = spawnSync('npm', ['test'], { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr, passed: /^# pass 2$/m.test(stdout) }).toEqual({ status: 0, stderr: '', passed: true });
  });

  it('is planned and applied on the local org, and is in sync then', () => {
    const plan = run('plan', '--local', '--detailed-exitcode');
    expect(plan.stdout).toContain('FieldApp "Field App": public client app + ');
    expect(plan.status).toBe(2);
    expect(run('apply', '--local', '--auto-approve', '--no-synth').stdout).toContain('+ FieldApp: created');
    expect(run('drift', '--local', '--no-synth')).toMatchObject({ status: 0 });
  });

  it('does not plan what does not compile', () => {
    const file = join(folder, 'clients.ts');
    const written = readFileSync(file, 'utf8');
    writeFileSync(file, written.replace("label: 'Field App',", "label: 'Field App', pkce: { required: false },"));
    const { status, stderr } = run('plan', '--local');
    expect(stderr).toContain("'pkce' does not exist");
    expect(status).toBe(1);
  });

  (DEEP ? describe : describe.skip)('from ten years of Setup', () => {
    let ten: string;
    beforeAll(() => {
      ten = join(home, 'ten');
      const made = node(home, clientApps(home), 'init', 'ten', '--from-org', 'prod', '--local', '--seed', 'ten-years');
      expect(made.status).toBe(0);
    });
    const files = (): readonly string[] => readdirSync(join(ten, 'apps')).map((name) => join(ten, 'apps', name));

    it('is refused by synth until a person has written every reason', () => {
      const { status, stdout } = spawnSync('npm', ['test'], { cwd: ten, encoding: 'utf8' });
      expect(status).not.toBe(0);
      expect(stdout).not.toContain('error TS');
      expect(stdout).toContain('justification');
    });

    it('plans exactly the changes that its comments announce', () => {
      const announced: string[] = [];
      for (const file of files()) {
        const text = readFileSync(file, 'utf8');
        const flat = text.replace(/\n\s*\/\/ /g, ' ');
        const [, app = ''] = /new \w+\(org, '(\w+)'/.exec(text) ?? [];
        announced.push(
          ...[...flat.matchAll(/In the org: [^;]*? \(([\w.]+)\) is /g)].map(([, field]) => `${app} ${field ?? ''}`),
        );
        const answered = text
          .replaceAll("reason: ''", "reason: 'It is used'")
          .replaceAll("approvedBy: ''", "approvedBy: 'ciso@acme.example'");
        writeFileSync(file, answered);
      }
      const { stdout } = node(ten, clientApps(home), 'plan', '--local', '--json');
      const plan = JSON.parse(stdout) as { readonly orgs: readonly { readonly apps: readonly PlannedApp[] }[] };
      const planned = (plan.orgs[0]?.apps ?? []).flatMap(({ api_name: app, changes }) =>
        changes.map(({ type, field }) => `${app} ${type}.${field}`),
      );
      // The line in each description by which the code takes the app over.
      const ownershipLine = /\.(managedBy|certificateFingerprint)$/;
      expect(announced.length).toBeGreaterThan(150);
      expect(planned.filter((change) => !ownershipLine.test(change)).sort()).toEqual(announced.sort());
      expect(planned.filter((change) => change.endsWith('.managedBy'))).toHaveLength(files().length);
    });
  });
});
