// Before any suite: the Terraform provider as synth finds it in a checkout, from the sources as they are now.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { bundleProvider } from '../scripts/provider-bundle.mjs';

export default function provide() {
  const folder = resolve('dist/provider');
  mkdirSync(folder, { recursive: true });
  // Moved into place whole: another run may be reading it.
  const aside = mkdtempSync(join(folder, 'new-'));
  const { file } = bundleProvider(aside);
  renameSync(file, join(folder, 'terraform-provider-salesforce'));
  rmSync(aside, { recursive: true, force: true });
}
