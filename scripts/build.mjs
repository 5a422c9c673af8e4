// Compiles to dist/ from scratch, so that nothing removed from the source stays in the package. A build that fails leaves
// the last good one in place.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';

import { bundleProvider } from './provider-bundle.mjs';
import { writeThirdPartyNotices } from './third-party-notices.mjs';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const aside = 'dist.new';
rmSync(aside, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', aside], {
  stdio: 'inherit',
});
if (status !== 0) {
  rmSync(aside, { recursive: true, force: true });
  process.exit(status ?? 1);
}
const { inputs } = bundleProvider(`${aside}/provider`);
writeThirdPartyNotices(`${aside}/provider`, inputs);
rmSync('dist', { recursive: true, force: true });
renameSync(aside, 'dist');
const bin = 'dist/lib/cli/main.js';
if (existsSync(bin)) chmodSync(bin, 0o755);
