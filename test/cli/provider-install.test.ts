import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { describeBuilt } from './built';
import { type Project, project } from './support';

const SOURCE = 'client-apps.invalid/cdktf-salesforce-client-apps/salesforce';
const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
const BUILT = join(__dirname, '../../dist/provider/terraform-provider-salesforce');
const below = (platform: string): string =>
  `${SOURCE}/${version}/${platform}/terraform-provider-salesforce_v${version}`;

describeBuilt('provider install', () => {
  let here: Project;
  beforeEach(() => {
    here = project();
  });
  afterEach(() => here.remove());

  const home = (): { environment: Record<string, string> } => ({ environment: { HOME: here.path('home') } });

  it('puts the provider where terraform looks by itself, and says what to write', async () => {
    const ended = await here.run('provider install', home());
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    for (const platform of ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64']) {
      const file = here.path('terraform.d/plugins', below(platform));
      expect(readFileSync(file).equals(readFileSync(BUILT))).toBe(true);
      expect(statSync(file).mode & 0o111).toBe(0o111);
    }
    expect(ended.stdout).toContain(`source  = "${SOURCE}"`);
    expect(ended.stdout).toContain(`version = "${version}"`);
    expect(ended.stdout).not.toContain('provider_installation');
    expect(existsSync(here.path('home'))).toBe(false);
  });

  it('is fine the second time, and mends what is missing', async () => {
    await here.run('provider install --global', home());
    const again = await here.run('provider install --global', home());
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toContain('is already installed');
    expect(existsSync(here.path('home/.terraform.d/plugins', below('darwin_arm64')))).toBe(true);
  });

  it('keeps another version beside it, and never overwrites a file of other bytes', async () => {
    const older = `terraform.d/plugins/${SOURCE}/0.0.1/linux_amd64/terraform-provider-salesforce_v0.0.1`;
    here.write(older, 'older');
    here.write(`terraform.d/plugins/${below('darwin_amd64')}`, 'a build of mine');
    const ended = await here.run('provider install', home());
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('provider-file-exists');
    expect(ended.stderr).toContain('darwin_amd64');
    expect(here.read(`terraform.d/plugins/${below('darwin_amd64')}`)).toBe('a build of mine');
    expect(existsSync(here.path('terraform.d/plugins', below('linux_amd64')))).toBe(false);
    expect(here.read(older)).toBe('older');
  });

  it('prints the lines of a mirror, and writes them only where it is asked to, into a new file', async () => {
    const printed = await here.run('provider install mirror', home());
    expect(printed.stdout).toContain(`path    = "${here.path('mirror')}"`);
    expect(existsSync(here.path('mirror', below('linux_arm64')))).toBe(true);
    here.write('home/.terraformrc', 'mine');
    const refused = await here.run('provider install other --terraformrc home/.terraformrc', home());
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(here.read('home/.terraformrc')).toBe('mine');
    expect(existsSync(here.path('other'))).toBe(false);
    const written = await here.run('provider install other --terraformrc ci/terraformrc', home());
    expect(written.code).toBe(0);
    expect(here.read('ci/terraformrc')).toContain(`path    = "${here.path('other')}"`);
  });

  it('serves as a development override, without a version', async () => {
    const ended = await here.run('provider install dev --dev-overrides', home());
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(here.path('dev/terraform-provider-salesforce')).equals(readFileSync(BUILT))).toBe(true);
    expect(ended.stdout).toContain(`"${SOURCE}" = "${here.path('dev')}"`);
  });

  it('says where a CLI configuration keeps terraform from looking', async () => {
    here.write('home/.terraformrc', 'provider_installation {\n  direct {}\n}\n');
    const ended = await here.run('provider install', home());
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain(`${here.path('home/.terraformrc')} has a provider_installation`);
    expect(ended.stdout).toContain(`path    = "${here.path('terraform.d/plugins')}"`);
  });

  it.each([
    ['provider install dir --global', 'omit [dir]'],
    ['provider install --dev-overrides', 'needs a folder'],
    ['provider install --terraformrc x', 'requires [dir]'],
  ])('%s: is refused, and nothing is written', async (line, text) => {
    const ended = await here.run(line, home());
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(text);
    expect(existsSync(here.path('terraform.d'))).toBe(false);
  });

  it('says that a folder cannot be written', async () => {
    here.write('file', 'no folder');
    const ended = await here.run('provider install file/below', home());
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('cannot be written');
  });

  it('needs a home folder for --global alone, and says where there is none', async () => {
    here.write('file', 'no folder');
    for (const environment of [{}, { HOME: '' }, { USERPROFILE: here.path('windows') }]) {
      const refused = await here.run('provider install --global', { environment });
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toContain('HOME is not set');
      expect(await here.run('provider install', { environment })).toMatchObject({ code: 0, stderr: '' });
    }
    const environment = { HOME: here.path('file') };
    expect((await here.run('provider install --global', { environment })).stderr).toContain('cannot be written');
    expect(await here.run('provider install', { environment })).toMatchObject({ code: 0, stderr: '' });
  });
});
