// `npm test`: build, types, lint, format, suites; one table at the end, and the count of tests on a line of its own.
// `--deep`: build, and those suites that take longer there: the ones that import test/deep.ts.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

const deep = process.argv.includes('--deep');
const results = 'coverage/results.json';

/** The script behind a package's command; run with this very Node, so that every Node can be tested. */
function command(packageName, bin = packageName) {
  const manifest = join('node_modules', packageName, 'package.json');
  const { bin: bins } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bins === 'string' ? bins : bins[bin]);
}

/** What needs no running program; the long run, which follows this one, leaves it out. */
const statics = [
  ['types', command('typescript', 'tsc'), '--noEmit', '-p', 'tsconfig.json'],
  ['lint', command('eslint'), '.', '--max-warnings', '0'],
  ['format', command('prettier'), '--check', '--log-level', 'warn', '.'],
  ['dead code', command('knip'), '--no-progress'],
  ['copies', command('jscpd'), '--silent'],
];
const longSuites = ['--findRelatedTests', 'test/deep.ts'];
const steps = [
  ['build', 'scripts/build.mjs'],
  ...(deep ? [] : statics),
  ['suites', command('jest'), '--json', '--outputFile', results, ...(deep ? longSuites : [])],
];

mkdirSync('coverage', { recursive: true });
rmSync(results, { force: true });
const rows = [];
for (const [name, ...arguments_] of steps) {
  const started = Date.now();
  const { status } = spawnSync(process.execPath, arguments_, {
    stdio: 'inherit',
    env: { ...process.env, ...(deep && { CLIENT_APPS_DEEP: '1' }) },
  });
  rows.push({
    step: name,
    result: status === 0 ? 'ok' : 'failed',
    seconds: ((Date.now() - started) / 1000).toFixed(1),
  });
  if (name === 'build' && status !== 0) break;
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
  chromium: found(process.env.CHROMIUM_PATH, 'chromium', 'chromium-browser', 'google-chrome'),
  'long suites': deep ? 'ran' : 'npm run test:deep runs them',
});
console.table(rows);

const counted = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
const brokenSteps = rows.filter(({ result }) => result !== 'ok').length;
const passed = counted?.numPassedTests ?? 0;
// A suite that does not even load has no failed test, yet it is a failure; so is a step that is no suite.
const failed = Math.max(counted?.numFailedTests ?? 0, counted?.numFailedTestSuites ?? 0, brokenSteps > 0 ? 1 : 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
