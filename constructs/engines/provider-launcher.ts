import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { builtFile, packageVersion } from '../../lib/package-version';
import { ClientAppsError } from '../../lib/values/diagnostic';
import { diagnose } from '../../lib/values/diagnose';
import { lockProvider } from './provider-lock';
import { PROVIDER_SOURCE } from './salesforce-provider';

/** Platforms on which a script can be a Terraform provider. The file is the same for all of them. */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'] as const;
const FILE = 'terraform-provider-salesforce';

/**
 * Puts this package's provider where Terraform looks first: below `terraform.d/plugins` in the folder of the stack. One
 * file with the same bytes on every machine, so that the lock file stays valid and a copied `cdktf.out` works (D24).
 * @throws ClientAppsError where the installed package lacks the file.
 */
export function writeLauncher(outdir: string, stack: string): void {
  const version = packageVersion();
  const plugins = join(outdir, 'stacks', stack, 'terraform.d', 'plugins');
  const base = join(plugins, ...PROVIDER_SOURCE.split('/'));
  // Another version of this package may have written another provider.
  rmSync(base, { recursive: true, force: true });
  const source = bundledProvider();
  const [first, ...others] = PLATFORMS.map((platform) => join(base, version, platform, `${FILE}_v${version}`));
  if (first === undefined) return;
  mkdirSync(dirname(first), { recursive: true });
  copyFileSync(source, first);
  chmodSync(first, 0o755);
  for (const other of others) {
    mkdirSync(dirname(other), { recursive: true });
    linkOrCopy(first, other);
  }
  lockProvider(join(outdir, 'stacks', stack), { source: PROVIDER_SOURCE, version, file: first });
}

/** A second name for the same bytes takes no space; file systems without such names get a copy. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
    chmodSync(to, 0o755);
  }
}

/** The provider in the package; in a checkout of this repository, in its build. */
function bundledProvider(): string {
  const found = builtFile('provider', FILE);
  if (existsSync(found)) return found;
  throw new ClientAppsError('REFUSED', [diagnose('provider-missing', { path: 'cdktf-salesforce-client-apps' })]);
}
