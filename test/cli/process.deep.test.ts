import { dirname, join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { describeBuilt, MAIN, start } from './built';
import { fastOrg, login, type Project, project, threeDeploys, twoApps } from './support';

describeBuilt('the program as a process', () => {
  let here: Project;
  let salesforce: Emulator;
  beforeAll(async () => {
    here = project();
    here.synth(twoApps);
    salesforce = await fastOrg();
  });
  afterAll(async () => {
    await salesforce.close();
    here.remove();
  });
  const manifest = () => here.path('cdktf.out/stacks/identity/client-apps/prod/manifest.json');
  const client = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
    start(process.execPath, [MAIN, ...args], { ...login(salesforce), ...environment });

  it('ends with the exit code of the command', async () => {
    expect(await client(['drift', '--no-receipt', '--manifest', manifest()]).ended).toBe(2);
    expect(await client(['plan', '--no-receipt', '--manifest', 'nowhere.json']).ended).toBe(1);
    const refused = { SF_ACCESS_TOKEN: 'wrong' };
    expect(await client(['drift', '--no-receipt', '--manifest', manifest()], refused).ended).toBe(5);
  });

  it('colors nothing where its output is no terminal, unless told to, and never against NO_COLOR', async () => {
    const escape = '\u001b';
    const run = async (environment: NodeJS.ProcessEnv): Promise<string> => {
      const child = client(['plan', '--no-receipt', '--manifest', manifest()], environment);
      await child.ended;
      return child.stdout();
    };
    expect(await run({})).not.toContain(escape);
    expect(await run({ FORCE_COLOR: '1' })).toContain(escape);
    expect(await run({ FORCE_COLOR: '1', NO_COLOR: '1' })).not.toContain(escape);
  });

  it('goes on when nobody reads its output to the end', async () => {
    const line = `"${process.execPath}" "${MAIN}" plan --no-receipt --manifest "${manifest()}" | head -n 1`;
    const shell = start('/bin/sh', ['-c', line], login(salesforce));
    expect(await shell.ended).toBe(0);
    expect(shell.stderr()).not.toContain('EPIPE');
  });

  it('is an error where its answer cannot be written, for want of space', async () => {
    if (process.platform !== 'linux') return;
    const line = `"${process.execPath}" "${MAIN}" plan --json --no-receipt --manifest "${manifest()}" > /dev/full`;
    const shell = start('/bin/sh', ['-c', line], login(salesforce));
    expect(await shell.ended).toBe(1);
    expect(shell.stderr()).toContain('the output could not be written');
  });

  it('ends with 130 where its terminal is closed while it reads', async () => {
    const slow = await fastOrg({ switches: { unfinishedPolls: 50 } });
    const child = start(process.execPath, [MAIN, 'plan', '--no-receipt', '--manifest', manifest()], login(slow));
    child.process.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('reading prod')) child.process.kill('SIGHUP');
    });
    expect(await child.ended).toBe(130);
    await slow.close();
  });

  it('finishes the deploy under way on SIGINT and ends with 1', async () => {
    const slow = await fastOrg({ switches: { unfinishedPolls: 1 } });
    const second = project();
    second.synth(threeDeploys);
    const file = second.path('cdktf.out/stacks/identity/client-apps/prod/manifest.json');
    const apply = client(
      ['apply', '--auto-approve', '--manifest', file, '--receipt', second.path('receipt.json')],
      login(slow),
    );
    apply.process.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('deploying to prod: Client apps')) apply.process.kill('SIGINT');
    });
    expect(await apply.ended).toBe(1);
    expect(apply.stdout()).toContain('stopped on request before: Org settings that tighten');
    expect(second.read('receipt.json')).toContain('"created"');
    second.remove();
    await slow.close();
  });

  it('loads nothing heavy to show its help', async () => {
    const script =
      `process.argv = ['node', 'client-apps', '--help'];` +
      `require(${JSON.stringify(MAIN)});` +
      `setTimeout(() => console.error(Object.keys(require.cache).join('\\n')), 200);`;
    const child = start(process.execPath, ['-e', script]);
    expect(await child.ended).toBe(0);
    expect(child.stdout()).toContain('Usage: client-apps');
    const loaded = child.stderr().split('\n');
    const dist = dirname(dirname(dirname(MAIN)));
    expect(loaded).toContain(join(dist, 'lib/cli/program.js'));
    expect(loaded.filter((file) => /node_modules\/(?!commander\/|picocolors\/)/.test(file))).toEqual([]);
    expect(loaded.filter((file) => /lib\/(emulator|operations|metadata|terraform)\//.test(file))).toEqual([]);
  });
});
