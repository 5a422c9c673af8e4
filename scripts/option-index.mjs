// Writes lib/options/index.ts: an option is in the table by being a row in a file of that folder. The rows that are there
// keep their order, in which problems are reported and exceptions recorded; new ones go to the end. The build runs it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = resolve(fileURLToPath(import.meta.url), '../../lib/options');
const INDEX = join(FOLDER, 'index.ts');
const ROW = /^export const (\w+) = (?:option|plain|url)\(/gm;

/** The import of a file's rows, as the formatter writes it. @param {string} file @param {readonly string[]} names */
function importOf(file, names) {
  const line = `import { ${names.join(', ')} } from './${file}';`;
  return line.length <= 120 ? [line] : ['import {', ...names.map((name) => `  ${name},`), `} from './${file}';`];
}

/** @param {string} before */
function optionIndex(before) {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .sort()
    .map((name) => {
      const rows = [...readFileSync(join(FOLDER, name), 'utf8').matchAll(ROW)].map(([, row = '']) => row);
      return { file: name.slice(0, -'.ts'.length), rows: rows.sort() };
    })
    .filter(({ rows }) => rows.length > 0);
  const all = files.flatMap(({ rows }) => rows);
  const listed = [...before.matchAll(/^ {2}(\w+),$/gm)].map(([, row = '']) => row);
  const kept = [...new Set(listed)].filter((row) => all.includes(row));
  return [
    '// Generated from the rows in the files of this folder: npm run generate.',
    ...files.flatMap(({ file, rows }) => importOf(file, rows)),
    '',
    '/** Every option of a client app, in the order in which problems are reported and exceptions are recorded. */',
    'export const OPTIONS = [',
    ...[...kept, ...all.filter((row) => !kept.includes(row))].map((row) => `  ${row},`),
    '] as const;',
    '',
  ].join('\n');
}

/** Writes the index where it is not current. */
export function writeOptionIndex() {
  const before = readFileSync(INDEX, 'utf8');
  const text = optionIndex(before.slice(before.indexOf('export const OPTIONS')));
  if (before !== text) writeFileSync(INDEX, text);
}
