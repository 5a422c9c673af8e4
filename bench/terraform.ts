import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';

import { buildSync } from 'esbuild';

import { Engine } from '../constructs';
import { startEmulator } from '../lib/emulator';
import { manyApps } from './programs';
import { runMeasured } from './run-measured';
import { type Row, seconds } from './table';

/** The checkout: this file runs from dist/bench. */
const ROOT = join(__dirname, '../..');
const MAIN = join(__dirname, '../lib/cli/main.js');

/** Terraform asks for ten resources at a time unless told otherwise, and a deploy holds what was asked for at once. */
const WIDE = 'provider -parallelism=100';
/** How the same job is done: by Terraform through one of the engines, or by the command line alone. */
const WAYS = ['provider', WIDE, 'null', 'command line'] as const;
type Way = (typeof WAYS)[number];

/** Plan and apply of many apps, each way, against the emulated org; nothing where there is no terraform. */
export async function terraformRows(counts: readonly number[]): Promise<readonly Row[]> {
  const found = spawnSync('terraform', ['version'], { env: environment({}) });
  if (found.status !== 0) return [{ what: 'terraform', measured: 'not found on PATH: not measured', meant: '' }];
  const rows: Row[] = [];
  for (const count of counts) {
    // Of fewer apps, both take about as many deploys.
    const ways = WAYS.filter((way) => way !== WIDE || count > 100);
    for (const way of ways) rows.push(...(await rowsOf(way, count)));
  }
  return rows;
}

async function rowsOf(way: Way, count: number): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'client-apps-bench-'));
  const emulator = await startEmulator({ seedDir: join(ROOT, 'examples/quickstart/org-seed') });
  const stack = join(folder, 'cdktf.out/stacks/bench');
  const variables = environment({
    SF_ACCESS_TOKEN: emulator.accessToken,
    SF_INSTANCE_URL: emulator.url,
    PATH: `${join(folder, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
  });
  const measure = async (what: string, job: Job, meant = ''): Promise<Row> => {
    const before = emulator.calls().length;
    const { command, given, cwd } = way === 'command line' ? byHand(job, folder) : byTerraform(job, way, stack);
    const run = await runMeasured(command, given, { cwd, environment: variables });
    const calls = emulator.calls().slice(before);
    const deploys = calls.filter(({ operation }) => operation === 'deploy').length;
    const own = run.ownMegabytes === undefined ? '' : `, terraform ${run.ownMegabytes.toFixed(0)} MB`;
    const work = `${calls.length} calls, ${deploys} deploys, ${run.processes} processes`;
    const measured = `${seconds(run.milliseconds)}, ${work}, node ${run.nodeMegabytes.toFixed(0)} MB${own}`;
    const row = { what: `${way}: ${what} (${count})`, measured, meant };
    // The table comes at the end, minutes later.
    process.stderr.write(`${row.what}: ${measured}\n`);
    return row;
  };
  try {
    project(folder);
    synth(way, count, join(folder, 'cdktf.out'));
    if (way === 'null') installNullProvider(stack);
    if (way !== 'command line') {
      await runMeasured('terraform', ['init', '-input=false'], { cwd: stack, environment: variables });
    }
    return [
      await measure('plan of new apps', 'plan'),
      await measure('apply', 'apply', MEANT[way]),
      await measure('plan in sync', 'plan'),
    ];
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Job = 'plan' | 'apply';

const MEANT: Readonly<Record<Way, string>> = {
  provider: '40 apps in at most 4 deploys',
  [WIDE]: '100 apps in one deploy',
  null: 'one deploy',
  'command line': 'one deploy',
};

const byTerraform = (job: Job, way: Way, cwd: string) => ({
  command: 'terraform',
  given: [
    ...(job === 'plan' ? ['plan', '-input=false'] : ['apply', '-input=false', '-auto-approve']),
    ...(way === WIDE ? ['-parallelism=100'] : []),
  ],
  cwd,
});

const byHand = (job: Job, cwd: string) => ({
  command: process.execPath,
  given: [MAIN, ...(job === 'plan' ? ['plan'] : ['apply', '--auto-approve'])],
  cwd,
});

/** A configuration of the machine's own could name other places for providers. */
const environment = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  TF_CLI_CONFIG_FILE: undefined,
  CHECKPOINT_DISABLE: '1',
  TF_IN_AUTOMATION: '1',
  ...more,
});

/** A project with the command where npx finds it. */
function project(folder: string): void {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"bench","version":"1.0.0"}');
  writeFileSync(join(folder, 'cdktf.json'), '{"language":"typescript","app":"true"}');
  writeFileSync(join(folder, 'node_modules/.bin/client-apps'), `#!/bin/sh\nexec node '${MAIN}' "$@"\n`, {
    mode: 0o755,
  });
}

function synth(way: Way, count: number, outdir: string): void {
  const engine = way === 'null' ? Engine.NULL : Engine.PROVIDER;
  manyApps(count, outdir, {
    engine,
    writePackage: false,
    state: '../../../terraform.tfstate',
    permissionSet: 'Partner_Portal_Access',
  }).synth();
}

/** The stand-in of the suites for hashicorp/null, so that nothing is downloaded. */
function installNullProvider(stack: string): void {
  const machine = `${platform()}_${arch() === 'x64' ? 'amd64' : arch()}`;
  const home = join(stack, 'terraform.d/plugins/registry.terraform.io/hashicorp/null/3.2.4', machine);
  mkdirSync(home, { recursive: true });
  const [built] = buildSync({
    entryPoints: [join(ROOT, 'test/terraform/stand-in/null-provider.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'error',
  }).outputFiles;
  writeFileSync(join(home, 'terraform-provider-null_v3.2.4'), built?.contents ?? '', { mode: 0o755 });
}
