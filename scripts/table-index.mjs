// Writes the `index.ts` of a table whose rows stand in the files of a folder: a row is in the table by being a constant
// there, made by one of the table's makers. The rows that are there keep their order, in which problems are reported, say;
// new ones go to the end. The build runs it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIB = resolve(fileURLToPath(import.meta.url), '../../lib');

/** @typedef {{ file: string, rows: readonly string[], word?: string }} Found What a file has, and how it is imported. */

/**
 * @typedef {object} Table
 * @property {string} folder Below lib/.
 * @property {readonly string[]} makers Functions of which a row is made.
 * @property {readonly Found[]} types Imported types.
 * @property {string} docstring
 * @property {readonly [begin: string, end: string]} list What stands around the rows.
 */

/** @type {readonly Table[]} */
const TABLES = [
  {
    folder: 'options',
    makers: ['option', 'plain', 'url', 'consentOptions'],
    types: [],
    docstring: 'Every option of a client app, in the order in which problems are reported and exceptions are recorded.',
    list: ['export const OPTIONS = [', '] as const;'],
  },
  {
    folder: 'metadata/records',
    makers: ['recordKind'],
    types: [{ file: 'kind', rows: ['RecordKind'], word: 'import type' }],
    docstring:
      'The records of an org beside its apps that a program can declare. No app owns them, and none is ever deleted.',
    list: ['export const RECORD_KINDS: readonly RecordKind[] = [', '];'],
  },
];

/** As the formatter writes it. @param {readonly string[]} items @param {string} begin @param {string} end */
function listOf(items, begin, end, gap = '') {
  const line = `${begin}${gap}${items.join(', ')}${gap}${end}`;
  return line.length <= 120 ? [line] : [begin, ...items.map((item) => `  ${item},`), end];
}

/** The import of what stands in a file. @param {Found} found */
const importOf = ({ file, rows, word = 'import' }) => listOf(rows, `${word} {`, `} from './${file}';`, ' ');

/** A constant in capitals is a list of rows. @param {string} row */
const spread = (row) => (row === row.toUpperCase() ? `...${row}` : row);

/** @param {Table} table @param {string} before */
function indexOf({ folder, makers, types, docstring, list: [begin, end] }, before) {
  const row = new RegExp(`^export const (\\w+) = (?:${makers.join('|')})\\(`, 'gm');
  const files = readdirSync(join(LIB, folder))
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .sort()
    .map((name) => {
      const rows = [...readFileSync(join(LIB, folder, name), 'utf8').matchAll(row)].map(([, each = '']) => each);
      return { file: name.slice(0, -'.ts'.length), rows: rows.sort() };
    })
    .filter(({ rows }) => rows.length > 0);
  const all = files.flatMap(({ rows }) => rows);
  const listed = before.slice(before.indexOf(begin) + begin.length).match(/\w+/g) ?? [];
  const kept = [...new Set(listed)].filter((each) => all.includes(each));
  return [
    '// Generated from the rows in the files of this folder: npm run generate.',
    ...[...files, ...types].sort((a, b) => (a.file < b.file ? -1 : 1)).flatMap(importOf),
    '',
    `/** ${docstring} */`,
    ...listOf([...kept, ...all.filter((each) => !kept.includes(each))].map(spread), begin, end),
    '',
  ].join('\n');
}

/** Writes the indexes that are not current. */
export function writeTableIndexes() {
  for (const table of TABLES) {
    const path = join(LIB, table.folder, 'index.ts');
    const before = readFileSync(path, 'utf8');
    const text = indexOf(table, before);
    if (before !== text) writeFileSync(path, text);
  }
}
