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

/**
 * The part behind the handshake stands in the file as a text that is compiled when Terraform first calls: parsing all of
 * it first would make each of the three to five processes of a terraform command a fifth slower to answer.
 * @returns {{ text: string, inputs: string[] }}
 */
function provider() {
  const handshake = bundle('lib/terraform/main.ts', [LATE]);
  const late = bundle('lib/terraform/provider.ts');
  const call = `require(${JSON.stringify(LATE)})`;
  if (handshake.text.split(call).length !== 2) throw new Error(`${call} stands not exactly once in the bundle`);
  const text = [
    '#!/usr/bin/env node',
    handshake.text.replace(call, 'lateProvider()'),
    'function lateProvider(){const module={exports:{}};',
    `require("node:vm").compileFunction(${JSON.stringify(late.text)},["module","exports","require"],{filename:"provider.js"})`,
    '(module,module.exports,require);return module.exports}',
    '',
  ].join('\n');
  return { text, inputs: [...handshake.inputs, ...late.inputs] };
}

/**
 * @param {string} folder Where the file goes. @param {string} [name] What it is called.
 * @returns {{ file: string, inputs: string[] }} its path, and the files whose code is in it, relative to the root
 */
export function bundleProvider(folder, name = 'terraform-provider-salesforce') {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  const { text, inputs } = provider();
  writeFileSync(file, text);
  chmodSync(file, 0o755);
  return { file, inputs };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  bundleProvider(resolve(process.argv[2] ?? join(root, 'dist/provider')), process.argv[3]);
}
