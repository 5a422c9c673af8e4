import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { generatedFiles } from './generated';

/** Writes every generated file, formatted as the repository is. */
async function main(): Promise<void> {
  for (const [path, text] of generatedFiles((name) => readFileSync(name, 'utf8'))) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
  }
}

void main();
