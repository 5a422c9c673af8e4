// Writes what a Terraform registry expects of a release into a folder: a zip for each platform, SHA256SUMS over them, and the
// manifest with the protocol version. Signing stays with whoever holds the key; the last line says how. Takes the folder;
// default: dist/release. The build has to be there (npm run build).
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import JSZip from 'jszip';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = resolve(process.argv[2] ?? join(root, 'dist/release'));
const NAME = 'terraform-provider-salesforce';
const built = join(root, 'dist/provider');
/** Where a script can be a provider; the same as of client-apps provider install. */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];
/** Any fixed moment: the same sources give the same bytes, so that anybody can check a release. */
const DATE = new Date(Date.UTC(2000, 0, 1));

/** @param {string} message @returns {never} */
function end(message) {
  console.error(message);
  process.exit(1);
}

if (!existsSync(join(built, NAME))) end('dist/provider is missing: npm run build makes it.');
if (existsSync(folder) && readdirSync(folder).length > 0) end(`${folder} is not empty: name a new folder.`);

const zip = new JSZip();
/** @param {string} name @param {string} from @param {number} unixPermissions */
const add = (name, from, unixPermissions) => zip.file(name, readFileSync(from), { date: DATE, unixPermissions });
add(`${NAME}_v${version}`, join(built, NAME), 0o755);
add('LICENSE', join(root, 'LICENSE'), 0o644);
add('THIRD_PARTY_NOTICES.txt', join(built, 'THIRD_PARTY_NOTICES.txt'), 0o644);
const bytes = await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', platform: 'UNIX' });

/** @type {Map<string, Buffer>} */
const files = new Map(PLATFORMS.map((platform) => [`${NAME}_${version}_${platform}.zip`, bytes]));
const manifest = `${JSON.stringify({ version: 1, metadata: { protocol_versions: ['6.0'] } }, null, 2)}\n`;
files.set(`${NAME}_${version}_manifest.json`, Buffer.from(manifest));
const sums = `${NAME}_${version}_SHA256SUMS`;
const lines = [...files].map(([name, content]) => `${createHash('sha256').update(content).digest('hex')}  ${name}\n`);
files.set(sums, Buffer.from(lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('')));

mkdirSync(folder, { recursive: true });
for (const [name, content] of files) writeFileSync(join(folder, name), content, { flag: 'wx' });
console.log(`Wrote ${files.size} files of version ${version} to ${folder}. Sign the sums, with a key that the registry knows:
gpg --detach-sign --local-user KEY ${join(folder, sums)}`);
