import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { mirrorFiles } from '../../lib/provider-layout';
import { describeTerraform, terraform } from './support';

const SCRIPT = join(__dirname, '../../scripts/provider-release.mjs');
const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };

describeTerraform('the files of a release for a registry', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'client-apps-release-'));
  const folder = join(scratch, 'release');
  const release = (to: string) => spawnSync(process.execPath, [SCRIPT, to], { encoding: 'utf8' });
  beforeAll(() => {
    const { status, stderr } = release(folder);
    if (status !== 0) throw new Error(stderr);
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('have the names that a registry asks for, sums that sha256sum confirms, and a manifest of protocol 6', () => {
    const name = `terraform-provider-salesforce_${version}`;
    expect(readdirSync(folder).sort()).toEqual(
      [
        // The platforms of client-apps provider install.
        ...mirrorFiles('', version).map((file) => `${name}_${basename(dirname(file))}.zip`),
        `${name}_SHA256SUMS`,
        `${name}_manifest.json`,
        // What the repository of the provider holds for the registry's pages.
        'repository',
      ].sort(),
    );
    const check = spawnSync('sha256sum', ['-c', '--strict', `${name}_SHA256SUMS`], { cwd: folder, encoding: 'utf8' });
    expect(check).toMatchObject({ status: 0, stderr: '' });
    expect(check.stdout.trim().split('\n')).toHaveLength(5);
    const manifest: unknown = JSON.parse(readFileSync(join(folder, `${name}_manifest.json`), 'utf8'));
    expect(manifest).toEqual({ version: 1, metadata: { protocol_versions: ['6.0'] } });
  });

  it('are the same bytes again, and overwrite nothing', () => {
    const other = join(scratch, 'again');
    expect(release(other).status).toBe(0);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const name of files.filter((each) => statSync(join(folder, each)).isFile())) {
      expect(readFileSync(join(other, name)).equals(readFileSync(join(folder, name)))).toBe(true);
    }
    const refused = release(other);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('is not empty');
  });

  it('are what the real terraform unpacks and runs, under the name of any registry', async () => {
    const at = join(scratch, 'project');
    const packed = join(at, 'terraform.d/plugins/registry.example.com/acme/salesforce');
    mkdirSync(packed, { recursive: true });
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.zip'))) {
      cpSync(join(folder, name), join(packed, name));
    }
    writeFileSync(
      join(at, 'main.tf'),
      `terraform {
  required_providers {
    salesforce = {
      source  = "registry.example.com/acme/salesforce"
      version = "${version}"
    }
  }
}
output "scopes" { value = provider::salesforce::scopes(["api"]) }
`,
    );
    const init = await terraform(at, ['init', '-input=false']);
    expect(init.output).toContain(`Installed registry.example.com/acme/salesforce v${version}`);
    const plan = await terraform(at, ['plan', '-input=false']);
    expect(plan.output).toContain('"Api",');
  });
});
