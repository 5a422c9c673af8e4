import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { packageVersion } from '../../lib/package-version';
import { bundledProvider, mirrorFiles, placeProvider, PROVIDER_SOURCE } from '../../lib/provider-layout';
import { lockProvider } from './provider-lock';

/**
 * Puts this package's provider where Terraform looks first: below `terraform.d/plugins` in the folder of the stack. One
 * file with the same bytes on every machine, so that the lock file stays valid and a copied `cdktf.out` works (D24).
 * @throws ClientAppsError where the installed package lacks the file.
 */
export function writeLauncher(outdir: string, stack: string): void {
  const version = packageVersion();
  const plugins = join(outdir, 'stacks', stack, 'terraform.d', 'plugins');
  // Another version of this package may have written another provider.
  rmSync(join(plugins, ...PROVIDER_SOURCE.split('/')), { recursive: true, force: true });
  const files = mirrorFiles(plugins, version);
  placeProvider(bundledProvider(), files);
  const [file = ''] = files;
  lockProvider(join(outdir, 'stacks', stack), { source: PROVIDER_SOURCE, version, file });
}
