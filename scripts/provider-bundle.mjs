// Bundles the Terraform provider into one executable file with the same bytes on every machine: Terraform's lock file
// holds its checksum. Takes the folder to write to; default: dist/provider.
import { chmodSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { buildSync } from 'esbuild';

const root = resolve(fileURLToPath(import.meta.url), '../..');

/** @param {string} folder Where the file goes. @param {string} [name] What it is called. @returns {string} its path */
export function bundleProvider(folder, name = 'terraform-provider-salesforce') {
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, name);
  buildSync({
    absWorkingDir: root,
    entryPoints: ['lib/terraform/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Whitespace and syntax only: names stay, so that an error in a log can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'eof',
    banner: { js: '#!/usr/bin/env node' },
    // Found by its own tsconfig otherwise, whose path differs from machine to machine.
    tsconfigRaw: '{}',
    logLevel: 'error',
  });
  chmodSync(outfile, 0o755);
  return outfile;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  bundleProvider(resolve(process.argv[2] ?? join(root, 'dist/provider')));
}
