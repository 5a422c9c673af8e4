// The provider is one file with the code of other packages in it: their licenses ask that their notices travel along.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../..');

const NOTICES = 'THIRD_PARTY_NOTICES.txt';

const PACKAGE = /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//;
const NOTICE = /^(licen[cs]e|copying|notice)/i;

/** Folders of the packages whose code is in the bundle, relative to the root. @param {readonly string[]} inputs @returns {string[]} */
const folders = (inputs) =>
  [...new Set(inputs.flatMap((path) => PACKAGE.exec(path)?.[1] ?? []))].sort((a, b) => (a < b ? -1 : 1));

/** The license where a package has it in its README. @param {string} path @returns {string[]} */
function inReadme(path) {
  const readme = readdirSync(path).find((file) => /^readme\.md$/i.test(file));
  const text = readme === undefined ? '' : readFileSync(join(path, readme), 'utf8').replace(/\r\n/g, '\n');
  const start = text.search(/^(#+ *licen[cs]e|licen[cs]e\n-+)/im);
  return start >= 0 && /permission/i.test(text.slice(start)) ? [text.slice(start).trim()] : [];
}

/** @param {string} folder @returns {string} */
function notice(folder) {
  const path = join(root, folder);
  const { name, version, license, author } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
  const texts = readdirSync(path)
    .filter((file) => NOTICE.test(file))
    .sort()
    .map((file) => readFileSync(join(path, file), 'utf8').replace(/\r\n/g, '\n').trim());
  if (texts.length === 0) texts.push(...inReadme(path));
  const by = typeof author === 'string' ? author : author?.name;
  // Some packages ship no text of their license; what their manifest states is all there is.
  const stated = `Licensed under ${license}${by ? `, by ${by}` : ''}. The package has no license file.`;
  return [`${name} ${version} (${license})`, '', ...(texts.length > 0 ? texts.join('\n\n') : stated).split('\n')].join(
    '\n',
  );
}

/** Everything in one text, the same on every machine. @param {readonly string[]} inputs @returns {string} */
function thirdPartyNotices(inputs) {
  const rule = '-'.repeat(80);
  return [
    'The Terraform provider in this folder, terraform-provider-salesforce, is one file that contains code of the\npackages below. Their notices and licenses:',
    ...folders(inputs).map(notice),
  ]
    .join(`\n\n${rule}\n\n`)
    .concat('\n');
}

/** @param {string} folder Where the provider lies. @param {readonly string[]} inputs Files whose code is in it. */
export function writeThirdPartyNotices(folder, inputs) {
  writeFileSync(join(folder, NOTICES), thirdPartyNotices(inputs));
}
