// The first steps that README.md and docs/start.md describe, taken word by word in empty folders, with the package from its
// tarball and what the registry gives today; then planned, applied and compared again on each Node that is supported.
// Arguments: the tarball (default, also for '': packed from dist/), and the ways to take (default: all). Prints a table; the
// exit code is 1 where anything failed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const NODES = ['20.9.0', '20', '22', '24'];
/** What a way starts that does not run on a Node, whatever we do; docs/start.md says so, too. */
const LACKS = { '20.9.0': [/npx tsc/, 'TypeScript 7 does not start'] };
const PACKAGE_MANAGERS = { pnpm: 'pnpm@9', yarn: 'yarn@1' };
const NAME = 'cdktf-salesforce-client-apps';
const work = mkdtempSync(join(tmpdir(), 'client-apps-first-steps-'));
const rows = [];

/** Runs a line as a user types it; what it says is shown where it fails. */
function run(folder, line, path = '') {
  const kept = Object.entries(process.env).filter(([name]) => !/^(SF_|CDKTF_|npm_)/.test(name));
  const env = {
    ...Object.fromEntries(kept),
    PATH: [path, process.env.PATH].filter(Boolean).join(delimiter),
    CHECKPOINT_DISABLE: '1',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_yes: 'true',
  };
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', line], {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 240_000,
  });
  if (status !== 0) process.stdout.write(`\n== failed in ${folder}: ${line}\n${stdout}${stderr}\n`);
  return { ok: status === 0, stdout };
}

function must(folder, line) {
  const { ok, stdout } = run(folder, line);
  if (!ok) throw new Error(line);
  return stdout;
}

const blocksOf = (text, language) =>
  [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, name, body]) => (name === language ? [body] : []));
const section = (path, heading) => {
  const [, after] = readFileSync(path, 'utf8').split(`# ${heading}\n`);
  if (after === undefined) throw new Error(`${path} has no heading "${heading}"`);
  return after.split(/\n#+ /)[0];
};
const tarball = resolve(
  process.argv[2] || join(work, must('.', `npm pack --silent --ignore-scripts --pack-destination ${work}`).trim()),
);
/** Until it is published, the package is the tarball. */
const fromTarball = (line) =>
  line
    .replace(/#.*$/gm, '')
    .replace(`npx ${NAME} `, `npx file:${tarball} `)
    .replace(`--package ${NAME} `, `--package ${tarball} `)
    .replace(`install ${NAME} `, `install ${tarball} `);

/** A Node of that version from npm's package `node`: the folder of its program; undefined where there is none. */
function nodeOf(version) {
  const home = join(work, `node-${version}`);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{}');
  if (
    !run(
      home,
      `npm install --silent --ignore-scripts node@${version} && node node_modules/node/installArchSpecificPackage.js`,
    ).ok
  )
    return undefined;
  const found = readdirSync(join(home, 'node_modules'), { recursive: true }).find((path) => /bin\/node$/.test(path));
  return found && join(home, 'node_modules', found, '..');
}

const tenLines = blocksOf(readFileSync('README.md', 'utf8'), 'ts')[0];
const start = (heading) => blocksOf(section('docs/start.md', heading), 'sh').join('');
const commonJs = tenLines.replace(/^(?:import .*\n)+/, blocksOf(section('docs/start.md', 'JavaScript'), 'js')[0]);

/** Each way to begin: the type of its folder, its program, and the commands of the page. */
const WAYS = {
  'TypeScript, CommonJS': ['commonjs', { 'main.ts': tenLines }, start('TypeScript, without compiling')],
  'TypeScript, ES modules': ['module', { 'main.ts': tenLines }, start('TypeScript, without compiling')],
  'compiled, CommonJS': ['commonjs', { 'main.ts': tenLines }, start('TypeScript, compiled')],
  'compiled, ES modules': ['module', { 'main.ts': tenLines }, start('TypeScript, compiled')],
  JavaScript: ['module', { 'main.mjs': tenLines }, start('JavaScript')],
  'JavaScript, CommonJS': [
    'commonjs',
    { 'main.cjs': commonJs },
    start('JavaScript').replaceAll('main.mjs', 'main.cjs'),
  ],
  'CDK Terrain': ['commonjs', { 'main.ts': tenLines.replace("'cdktf'", "'cdktn'") }, start('CDK Terrain')],
};

/** Begins in an empty folder of each way; undefined where the commands of the page failed. */
function begin(name) {
  const folder = mkdtempSync(join(work, 'way-'));
  if (name === 'README') {
    const screen = blocksOf(section('README.md', 'Three commands to a green apply'), 'sh')[0];
    // There is no terminal here to say yes on.
    const commands = fromTarball(screen).replace('apply --local', 'apply --local --auto-approve');
    return run(folder, commands).ok ? join(folder, 'clients') : undefined;
  }
  const [type, files, commands] = WAYS[name];
  must(folder, `npm init -y >/dev/null && npm pkg set type=${type}`);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return run(folder, fromTarball(commands)).ok ? folder : undefined;
}

/** Not by npx, which would load npm each time. The program runs by the command in cdktf.json, on the same Node. */
const APPLIED =
  'bin=node_modules/.bin/client-apps && $bin apply --local --reset --auto-approve && $bin drift --local --no-synth';
const wanted = process.argv.slice(3);
const isWanted = (way) => wanted.length === 0 || wanted.includes(way);
const nodes = Object.fromEntries(NODES.map((version) => [version, nodeOf(version)]));
const row = (way, begun, cells) => rows.push({ way, begun: begun ? 'ok' : 'failed', ...cells });
const onEach = (action, commands = '') =>
  Object.fromEntries(
    NODES.map((version) => {
      const [starts, why] = LACKS[version] ?? [];
      if (starts?.test(commands)) return [version, why];
      return [version, nodes[version] ? (action(nodes[version]).ok ? 'ok' : 'failed') : 'not there'];
    }),
  );

for (const name of ['README', ...Object.keys(WAYS)].filter(isWanted)) {
  const folder = begin(name);
  row(name, folder, folder ? onEach((path) => run(folder, APPLIED, path), WAYS[name]?.[2]) : {});
}

for (const [name, version] of Object.entries(PACKAGE_MANAGERS).filter(([each]) => isWanted(each))) {
  const folder = mkdtempSync(join(work, 'way-'));
  const [type, files, commands] = WAYS['TypeScript, CommonJS'];
  must(folder, `npm init -y >/dev/null && npm pkg set type=${type}`);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const program = `npx ${version}`;
  const lines = fromTarball(commands)
    .replace('npm install ', `${program} add `)
    .replaceAll('npx client-apps', `npx --no-install client-apps`);
  row(name, run(folder, lines).ok, {});
}

if (isWanted('HCL') && run('.', 'command -v terraform >/dev/null').ok) {
  const page = section('docs/terraform.md', 'In plain HCL');
  const folder = mkdtempSync(join(work, 'way-'));
  const begun = run(folder, fromTarball(blocksOf(page, 'sh')[0])).ok;
  const identity = join(folder, 'identity');
  if (begun) writeFileSync(join(identity, 'main.tf'), blocksOf(page, 'hcl')[0]);
  // `validate` starts the provider; the rest of the page is followed by test/docs.
  row('HCL', begun, begun ? onEach((path) => run(identity, 'terraform init && terraform validate', path)) : {});
}

console.table(rows);
rmSync(work, { recursive: true, force: true });
const failed = rows.filter((each) => Object.values(each).includes('failed'));
// A Node that the registry does not have is said, and fails nothing; without any, nothing was looked at.
process.exit(failed.length > 0 || Object.values(nodes).every((path) => path === undefined) ? 1 : 0);
