import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeBuilt } from '../cli/built';
import { clientApps, node, pack, PACKAGE, project, removeTemporaryFolders, ROOT } from './support';

/** What npm install would put there; npm itself is asked in CI only, because it needs the network. */
const INSTALLED = [
  ...Object.keys(PACKAGE.dependencies),
  ...Object.keys(PACKAGE.peerDependencies),
  '@types/node',
  'undici-types',
  'typescript',
];

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
    expect(plan.stdout).toContain('FieldApp "Field App": public client app, will be created');
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
});
