import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MAIN } from '../cli/built';
import { describeTerraform, type Ran, terraform } from './support';

const SOURCE = 'client-apps.invalid/cdktf-salesforce-client-apps/salesforce';
const USES = 'output "scopes" { value = provider::salesforce::scopes(["api"]) }\n';

/** The block that the command prints, as somebody copies it. */
const copied = (said: string): string => said.slice(said.indexOf('terraform {'));

describeTerraform('provider install, then the real terraform', () => {
  // Spaces, as home folders have them.
  const scratch = mkdtempSync(join(tmpdir(), 'client apps install '));
  const folder = (name: string): string => {
    mkdirSync(join(scratch, name), { recursive: true });
    return join(scratch, name);
  };
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  /** Another folder for HOME: nothing of this machine counts. */
  const home = { HOME: join(scratch, 'home of mine') };

  function install(cwd: string, ...given: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'provider', 'install', ...given], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, ...home },
    });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  }

  async function initAndPlan(at: string, more: Readonly<Record<string, string>> = {}): Promise<Ran> {
    const init = await terraform(at, ['init', '-input=false'], { ...home, ...more });
    if (init.status !== 0) return init;
    return terraform(at, ['plan', '-input=false'], { ...home, ...more });
  }

  it('init in an empty folder finds it, and a lock of all platforms comes from the same folder', async () => {
    const at = folder('a project');
    writeFileSync(join(at, 'main.tf'), copied(install(at)) + USES);
    const plan = await initAndPlan(at);
    expect(plan.output).toContain('"Api",');
    expect(plan.status).toBe(0);
    const lock = (): string => readFileSync(join(at, '.terraform.lock.hcl'), 'utf8');
    const before = lock();
    const given = [
      'providers',
      'lock',
      '-fs-mirror=terraform.d/plugins',
      '-platform=linux_amd64',
      '-platform=darwin_arm64',
    ];
    expect(await terraform(at, given, home)).toMatchObject({ status: 0 });
    // One file for all of them, so that one checksum serves all of them.
    expect(lock()).toBe(before);
    expect(await terraform(at, ['workspace', 'new', 'uat'], home)).toMatchObject({ status: 0 });
    expect(await terraform(at, ['plan', '-input=false'], home)).toMatchObject({ status: 0 });
  });

  it('--global serves every folder, with a plugin cache, too', async () => {
    const said = install(folder('elsewhere'), '--global');
    for (const name of ['one', 'two']) {
      const at = folder(name);
      writeFileSync(join(at, 'main.tf'), copied(said) + USES);
      expect(await initAndPlan(at, { TF_PLUGIN_CACHE_DIR: folder('cache') })).toMatchObject({ status: 0 });
    }
  });

  it('a mirror is found by the file that was written for it', async () => {
    const at = folder('with a mirror');
    const said = install(at, '../mirror', '--terraformrc', 'terraform rc');
    writeFileSync(join(at, 'main.tf'), copied(said) + USES);
    expect(await initAndPlan(at, { TF_CLI_CONFIG_FILE: join(at, 'terraform rc') })).toMatchObject({ status: 0 });
  });

  it('an override needs no init, and follows the file', async () => {
    const at = folder('override');
    const said = install(at, 'bin', '--dev-overrides', '--terraformrc', 'rc');
    writeFileSync(join(at, 'main.tf'), copied(said) + USES);
    const plan = await terraform(at, ['plan', '-input=false'], { ...home, TF_CLI_CONFIG_FILE: join(at, 'rc') });
    expect(plan.output).toContain('development overrides');
    expect(plan.status).toBe(0);
  });

  it('beside an older version, a lock keeps the older one until init -upgrade', async () => {
    const at = folder('upgraded');
    const said = install(at);
    const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
    const base = join(at, 'terraform.d/plugins', SOURCE);
    cpSync(join(base, version), join(base, '0.0.1'), { recursive: true });
    const constraint = (text: string): string => copied(said).replace(`"${version}"`, `"${text}"`) + USES;
    writeFileSync(join(at, 'main.tf'), constraint('0.0.1'));
    // The file of that folder has the name of the newer version: Terraform goes by the folder.
    expect(await initAndPlan(at)).toMatchObject({ status: 0 });
    writeFileSync(join(at, 'main.tf'), constraint('>= 0.0.1'));
    expect((await initAndPlan(at)).status).toBe(0);
    expect(readFileSync(join(at, '.terraform.lock.hcl'), 'utf8')).toContain('version     = "0.0.1"');
    expect(await terraform(at, ['init', '-input=false', '-upgrade'], home)).toMatchObject({ status: 0 });
    expect(readFileSync(join(at, '.terraform.lock.hcl'), 'utf8')).toContain(`version     = "${version}"`);
  });
});
