// Compiles to dist/ from scratch, so that nothing removed from the source stays in the package. A build that fails leaves
// the last good one in place. `--if-changed` keeps a build of the very same sources.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { writeControlIndex } from './control-index.mjs';
import { writeTableIndexes } from './table-index.mjs';
import { bundleProvider } from './provider-bundle.mjs';
import { writeThirdPartyNotices } from './third-party-notices.mjs';

/** Says which sources and which compiler dist/ was made of. */
const STAMP = 'inputs.sha256';
const FOLDERS = ['lib', 'constructs', 'examples', 'scripts', 'bench'];
const FILES = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

function inputs() {
  const hash = createHash('sha256');
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile()),
  );
  for (const path of [...FILES, ...found.sort()]) hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

writeControlIndex();
writeTableIndexes();
const stamp = inputs();
const last = `dist/${STAMP}`;
if (process.argv.includes('--if-changed') && existsSync(last) && readFileSync(last, 'utf8') === stamp) process.exit(0);

// The compiler of today, which is written in Go and four times as fast; its JavaScript is that of TypeScript 5, byte for byte.
// Not by its bin/tsc, an ES module without an extension, which Node 20.9 does not load.
const tsc = 'node_modules/typescript-7/lib/tsc.js';
const aside = 'dist.new';
rmSync(aside, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', aside], {
  stdio: 'inherit',
});
if (status !== 0) {
  rmSync(aside, { recursive: true, force: true });
  process.exit(status ?? 1);
}
const { inputs: bundled } = bundleProvider(`${aside}/provider`);
writeThirdPartyNotices(`${aside}/provider`, bundled);
writeFileSync(`${aside}/${STAMP}`, stamp);
rmSync('dist', { recursive: true, force: true });
renameSync(aside, 'dist');
const bin = 'dist/lib/cli/main.js';
if (existsSync(bin)) chmodSync(bin, 0o755);
