import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { format, getFileInfo, resolveConfig } from 'prettier';

import { generatedFiles } from './generated';

/** Writes every generated file, formatted as the repository is; with `--check` only names those that are not current. */
async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  for (const [path, text] of generatedFiles((name) => readFileSync(name, 'utf8'))) {
    const { inferredParser } = await getFileInfo(path);
    const options = { ...(await resolveConfig(path)), filepath: path };
    const wanted = inferredParser === null ? text : await format(text, options);
    if (existsSync(path) && readFileSync(path, 'utf8') === wanted) continue;
    process.stdout.write(`${path}\n`);
    if (check) process.exitCode = 1;
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, wanted);
    }
  }
}

void main();
