// Bundles the Terraform provider into one executable file with the same bytes on every machine: Terraform's lock file
// holds its checksum. Takes the folder to write to, and the name of the file; default: dist/provider and
// terraform-provider-salesforce.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { buildSync } from 'esbuild';

const root = resolve(fileURLToPath(import.meta.url), '../..');

/** Name of the import behind which everything lies that the handshake does not need. */
const LATE = './provider';

/** @param {string} entry @param {readonly string[]} external @returns {{ text: string, inputs: string[] }} */
function bundle(entry, external = []) {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    // A linked node_modules would otherwise leave its folder's name in the file.
    preserveSymlinks: true,
    external: [...external],
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // Whitespace and syntax only: names stay, so that an error in a log can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'eof',
    // Found by its own tsconfig otherwise, whose path differs from machine to machine.
    tsconfigRaw: '{}',
    logLevel: 'error',
  });
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

const ENTRIES = { handshake: ['lib/terraform/main.ts', [LATE]], late: ['lib/terraform/provider.ts'] };

/** Files whose code is in the bundle, relative to the root. @returns {string[]} */
export const providerInputs = () => Object.values(ENTRIES).flatMap((entry) => bundle(...entry).inputs);

/**
 * The part behind the handshake stands in the file as a text that is compiled when Terraform first calls: parsing all of
 * it first would make each of the three to five processes of a terraform command a fifth slower to answer.
 * @returns {string}
 */
export function providerSource() {
  const handshake = bundle(...ENTRIES.handshake).text;
  const call = `require(${JSON.stringify(LATE)})`;
  if (handshake.split(call).length !== 2) throw new Error(`${call} stands not exactly once in the bundle`);
  const late = JSON.stringify(bundle(...ENTRIES.late).text);
  return [
    '#!/usr/bin/env node',
    handshake.replace(call, 'lateProvider()'),
    'function lateProvider(){const module={exports:{}};',
    `require("node:vm").compileFunction(${late},["module","exports","require"],{filename:"provider.js"})`,
    '(module,module.exports,require);return module.exports}',
    '',
  ].join('\n');
}

/** @param {string} folder Where the file goes. @param {string} [name] What it is called. @returns {string} its path */
export function bundleProvider(folder, name = 'terraform-provider-salesforce') {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, providerSource());
  chmodSync(file, 0o755);
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  bundleProvider(resolve(process.argv[2] ?? join(root, 'dist/provider')), process.argv[3]);
}
