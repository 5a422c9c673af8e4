// `npm test`: build, types, lint, format, suites; one table at the end, and the count of tests on a line of its own.
// `--deep`: a build where the last one is old, and the long suites: those named *.deep.test.ts, which `npm test` leaves
// out, and those that take more random cases there (they import test/deep.ts).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const deep = process.argv.includes('--deep');
const results = 'coverage/results.json';
/** Those of the suites of the constructs, whose programs get CDK Terrain where they import cdktf. */
const resultsOfCdktn = 'coverage/results-cdktn.json';

/** The script behind a package's command; run with this very Node, so that every Node can be tested. */
function command(packageName, bin = packageName) {
  const manifest = join('node_modules', packageName, 'package.json');
  const { bin: bins } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bins === 'string' ? bins : bins[bin]);
}

const build = ['build', 'scripts/build.mjs', ...(deep ? ['--if-changed'] : [])];
/** What the build needs none of, and the other way round; the long run, which follows this one, leaves it out. */
const besideBuild = [
  ['format', command('prettier'), '--check', '--log-level', 'warn', '.'],
  ['copies', command('jscpd'), '--silent'],
];
/** These look up the package by its name, which is what was built. */
const afterBuild = [
  ['lint', command('eslint'), '.', '--max-warnings', '0'],
  // As in build.mjs, not by its bin.
  ['types', 'node_modules/typescript-7/lib/tsc.js', '--noEmit', '-p', 'tsconfig.json'],
  ['dead code', command('knip'), '--no-progress'],
];
const isDeep = (path) => path.endsWith('.deep.test.ts') || readFileSync(path, 'utf8').includes("/deep';");
const longSuites = () => [
  '--runTestsByPath',
  ...readdirSync('test', { recursive: true })
    .map((name) => join('test', name))
    .filter((path) => path.endsWith('.test.ts') && isDeep(path)),
];
const shortSuites = () => ['--testPathIgnorePatterns', '/node_modules/', '\\.deep\\.test\\.ts$'];
const jest = (file) => [command('jest'), '--json', '--outputFile', file];
const suites = [...jest(results), ...(deep ? longSuites() : shortSuites())];
const suitesOfCdktn = [...jest(resultsOfCdktn), ...shortSuites()];

mkdirSync('coverage', { recursive: true });
for (const file of [results, resultsOfCdktn]) rmSync(file, { force: true });
const rows = [];

/** Runs one step and notes how it went; what it says is shown as a whole where others run beside it. */
function run([name, ...arguments_], stdio = 'pipe', environment = {}) {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(process.execPath, arguments_, {
      stdio: ['ignore', stdio, stdio],
      env: { ...process.env, ...(deep && { CLIENT_APPS_DEEP: '1' }), ...environment },
    });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(said));
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      rows.push({ step: name, result: status === 0 ? 'ok' : 'failed', seconds });
      resolve(status === 0);
    });
  });
}

/** Two steps at a time: each of them keeps one core busy. The longest begin first. */
async function besideEachOther(steps) {
  const left = [...steps];
  const next = async () => {
    for (let step = left.shift(); step; step = left.shift()) await run(step);
  };
  await Promise.all([next(), next()]);
}

await besideEachOther(deep ? [build] : [build, ...besideBuild]);
if (rows.some(({ step, result }) => step === 'build' && result === 'ok')) {
  if (!deep) await besideEachOther(afterBuild);
  await run(['suites', ...suites], 'inherit');
  if (!deep) await run(['suites, cdktn', ...suitesOfCdktn], 'inherit', { CDK: 'cdktn' });
}

/** The first of the commands that runs, as the suites look for it. */
const found = (...names) => {
  for (const name of names.filter(Boolean)) {
    const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    if (status === 0) return stdout.trim().split('\n')[0];
  }
  return 'not found: its suites did not run';
};
console.log(`\nNode ${process.version}`);
console.table({
  terraform: found('terraform'),
  cdktf: found(process.env.CDKTF_CLI, 'cdktf'),
  cdktn: found(process.env.CDKTN_CLI, 'cdktn'),
  chromium: found(process.env.CHROMIUM_PATH, 'chromium', 'chromium-browser', 'google-chrome'),
  'Salesforce CLI': existsSync(process.env.SALESFORCE_CLI ?? '') ? 'found' : 'not found: its suite did not run',
  'long suites': deep ? 'ran' : 'npm run test:deep runs them',
});
console.table(rows);

const counts = [results, resultsOfCdktn].filter(existsSync).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const sum = (name) => counts.reduce((total, counted) => total + (counted[name] ?? 0), 0);
const brokenSteps = rows.filter(({ result }) => result !== 'ok').length;
const passed = sum('numPassedTests');
// A suite that does not even load has no failed test, yet it is a failure; so is a step that is no suite.
const failed = Math.max(sum('numFailedTests'), sum('numFailedTestSuites'), brokenSteps > 0 ? 1 : 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
