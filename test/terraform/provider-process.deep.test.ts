import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Bench, bench } from '../operations/support';
import { app, credentials, type Project, project, providersOf, SELF_AUTHORIZED } from './provider-support';
import { describeTerraform, terraformEnvironment } from './support';

const until = async (what: () => boolean, ms: number): Promise<boolean> => {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (what()) return true;
  }
  return what();
};

const describeOnLinux = process.platform === 'linux' ? describeTerraform : describe.skip;

describeOnLinux('the process of the provider, started by the real terraform', () => {
  let org: Bench;
  let work: Project;

  /** Applies, and gives the process once a deploy is under way in the org. */
  async function deploying(): Promise<{ readonly child: ChildProcess; readonly ended: Promise<number | null> }> {
    const before = org.emulator.calls().filter(({ operation }) => operation === 'deploy').length;
    const child = spawn('terraform', ['apply', '-input=false', '-auto-approve', '-no-color'], {
      cwd: work.folder,
      env: terraformEnvironment(credentials(org.emulator)),
      stdio: 'ignore',
      // A group of its own, as a terminal gives it: Ctrl-C goes to all of it.
      detached: true,
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const begun = await until(
      () => org.emulator.calls().filter(({ operation }) => operation === 'deploy').length > before,
      15_000,
    );
    expect(begun).toBe(true);
    return { child, ended };
  }

  beforeAll(async () => {
    org = await bench({ switches: { deployMs: 2_000 } });
    work = project({ ...credentials(org.emulator), TF_LOG: 'trace', TF_LOG_PATH: 'trace.log' });
    work.write(app('Portal', SELF_AUTHORIZED));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('ends with terraform, also when terraform is killed', async () => {
    const { child, ended } = await deploying();
    expect(providersOf(work.folder).length).toBeGreaterThan(0);
    child.kill('SIGKILL');
    await ended;
    expect(await until(() => providersOf(work.folder).length === 0, 4_000)).toBe(true);
  });

  it('lets the running deploy finish at Ctrl-C, and its result is recorded', async () => {
    work.write('provider "salesforce" {\n  managed_by = "a/b"\n}', app('Second', SELF_AUTHORIZED));
    await work.run('init', '-input=false');
    const { child, ended } = await deploying();
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    await ended;
    expect(work.state()).toContain('"Second"');
    expect(work.state()).toMatch(/"consumer_key": "3MVG9/);
    expect(work.state()).not.toContain('tainted');
  });

  it('logs as terraform expects it, and never a credential', async () => {
    await work.run('plan', '-input=false');
    const log = readFileSync(join(work.folder, 'trace.log'), 'utf8');
    // Terraform understands the level and the message of a line; a line it does not understand stays as it is.
    const lines = log.split('\n').filter((line) => line.includes('provider.terraform-provider-salesforce'));
    expect(lines.filter((line) => /\[INFO\].*: ending: \w+/.test(line)).length).toBeGreaterThan(1);
    expect(lines.filter((line) => line.includes('{"@level'))).toEqual([]);
    expect(log.includes(org.emulator.accessToken)).toBe(false);
  });

  it('says what it is to a person who starts it', () => {
    const path = join(work.folder, '.terraform/providers');
    const found = spawnSync('find', ['-L', path, '-name', 'terraform-provider-salesforce*', '-type', 'f'], {
      encoding: 'utf8',
    });
    const { status, stdout } = spawnSync(process.execPath, [found.stdout.trim()], { encoding: 'utf8' });
    expect(stdout).toMatch(/terraform starts it, people do not/);
    expect(status).toBe(1);
  });
});
