// Writes what a Terraform registry expects of a release into a folder: a zip for each platform, SHA256SUMS over them, the
// manifest with the protocol version, and the pages of the documentation, which belong into the repository of the provider.
// Signing stays with whoever holds the key; the last line says how. Takes the folder (default: dist/release), and --windows
// for a zip with an executable for Windows, whose Node comes from npm (on Linux only). The build has to be there (npm run build).
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import JSZip from 'jszip';

import { buildExecutables } from './provider-executable.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const given = process.argv.slice(2);
const windows = given.includes('--windows');
const folder = resolve(given.find((each) => each !== '--windows') ?? join(root, 'dist/release'));
const NAME = 'terraform-provider-salesforce';
const built = join(root, 'dist/provider');
/** Where a script can be a provider; the same as of client-apps provider install. */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];
/** Any fixed moment: the same sources give the same bytes, so that anyone can check a release. */
const DATE = new Date(Date.UTC(2000, 0, 1));

/** @param {string} message @returns {never} */
function end(message) {
  console.error(message);
  process.exit(1);
}

if (!existsSync(join(built, NAME))) end('dist/provider is missing: npm run build makes it.');
if (existsSync(folder) && readdirSync(folder).length > 0) end(`${folder} is not empty: name a new folder.`);

const LICENSES = /** @type {const} */ ([
  ['LICENSE', readFileSync(join(root, 'LICENSE'), 'utf8')],
  ['THIRD_PARTY_NOTICES.txt', readFileSync(join(built, 'THIRD_PARTY_NOTICES.txt'), 'utf8')],
]);

/** @param {string} program @param {Buffer} bytes @param {readonly (readonly [name: string, text: string])[]} texts */
function packed(program, bytes, texts) {
  const zip = new JSZip();
  zip.file(program, bytes, { date: DATE, unixPermissions: 0o755 });
  for (const [name, text] of texts) zip.file(name, text, { date: DATE, unixPermissions: 0o644 });
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', platform: 'UNIX' });
}

/** @returns {Promise<Buffer>} */
async function packedForWindows() {
  const scratch = mkdtempSync(join(tmpdir(), 'client-apps-release-'));
  try {
    const { files, license } = buildExecutables(['windows_amd64'], join(built, NAME), scratch);
    const program = readFileSync(files.get('windows_amd64') ?? '');
    return await packed(`${NAME}_v${version}.exe`, program, [...LICENSES, ['LICENSE-node.txt', license]]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const bytes = await packed(`${NAME}_v${version}`, readFileSync(join(built, NAME)), LICENSES);

/** @type {Map<string, Buffer>} */
const files = new Map(PLATFORMS.map((platform) => [`${NAME}_${version}_${platform}.zip`, bytes]));
if (windows) files.set(`${NAME}_${version}_windows_amd64.zip`, await packedForWindows());
const manifest = `${JSON.stringify({ version: 1, metadata: { protocol_versions: ['6.0'] } }, null, 2)}\n`;
files.set(`${NAME}_${version}_manifest.json`, Buffer.from(manifest));
const sums = `${NAME}_${version}_SHA256SUMS`;
const lines = [...files].map(([name, content]) => `${createHash('sha256').update(content).digest('hex')}  ${name}\n`);
files.set(sums, Buffer.from(lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('')));

mkdirSync(folder, { recursive: true });
for (const [name, content] of files) writeFileSync(join(folder, name), content, { flag: 'wx' });
cpSync(join(root, 'registry'), join(folder, 'repository'), { recursive: true });
console.log(`Wrote ${files.size} files of version ${version} to ${folder}. Sign the sums, with a key that the registry knows:
gpg --detach-sign --local-user KEY ${join(folder, sums)}
What is in ${join(folder, 'repository')} (docs, examples) belongs into the repository ${NAME}, from which the registry reads it.`);
