// Writes lib/policy/controls/index.ts: a control is listed by being a file in that folder. The build runs it, so that a file
// that was added or taken away is compiled with its index; `--check` only says, by exit code 1, that the index is not current.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const FOLDER = resolve(fileURLToPath(import.meta.url), '../../lib/policy/controls');
const INDEX = join(FOLDER, 'index.ts');

/** `sfca-org-api-access` as `orgApiAccess`. @param {string} file */
const nameOf = (file) => file.replace(/^sfca-/, '').replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** `sfca-org-….ts` is a control of the org, any other `sfca-….ts` one of apps; a file of another name has several of apps. */
function controlIndex() {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
  const isOne = (/** @type {string} */ file) => file.startsWith('sfca-');
  const isOfOrg = (/** @type {string} */ file) => file.startsWith('sfca-org-');
  const listed = (/** @type {readonly string[]} */ those) =>
    those.map((file) => `  ${isOne(file) ? '' : '...'}${nameOf(file)},`);
  return [
    '// Generated from the files of this folder: npm run generate.',
    "import type { AppControl, Control, OrgControl } from '../control';",
    ...files.map((file) => `import { ${isOne(file) ? 'control' : 'controls'} as ${nameOf(file)} } from './${file}';`),
    '',
    'const byId = (a: Control, b: Control): number => (a.id < b.id ? -1 : 1);',
    '',
    '/** Every control that judges an app, by id. */',
    'export const APP_CONTROLS: readonly AppControl[] = [',
    ...listed(files.filter((file) => !isOfOrg(file))),
    '].sort(byId);',
    '',
    '/** Every control that judges the org-wide settings, by id. */',
    'export const ORG_CONTROLS: readonly OrgControl[] = [',
    ...listed(files.filter(isOfOrg)),
    '].sort(byId);',
    '',
    '/** All of them. */',
    'export const CONTROLS: readonly Control[] = [...APP_CONTROLS, ...ORG_CONTROLS];',
    '',
    'const BY_ID: ReadonlyMap<string, Control> = new Map(CONTROLS.map((control) => [control.id, control] as const));',
    '',
    '/** The control of that id, or undefined. */',
    'export const controlById = (id: string): Control | undefined => BY_ID.get(id);',
    '',
  ].join('\n');
}

/** Writes the index where it is not current. @returns {boolean} whether it was */
export function writeControlIndex({ check = false } = {}) {
  const text = controlIndex();
  const isCurrent = readFileSync(INDEX, 'utf8') === text;
  if (!isCurrent && !check) writeFileSync(INDEX, text);
  return isCurrent;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const check = process.argv.includes('--check');
  if (!writeControlIndex({ check }) && check) process.exitCode = 1;
}
