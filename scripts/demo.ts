import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { messySeed } from '../lib/emulator/seeds/messy-org';
import { runStep, startOrg, type Step } from './demo/steps';
import { writeFiles } from './demo/write-files';

// Compiled to dist/scripts.
const DIST = join(__dirname, '..');
const ROOT = join(DIST, '..');
const FOLDER = join(ROOT, '.client-apps', 'demo');
const MESSY_FOLDER = join(ROOT, '.client-apps', 'demo-messy');
const CLI = join(DIST, 'lib', 'cli', 'main.js');
const PROGRAM = join(DIST, 'examples', 'quickstart', 'main.js');
const ADMIN = join(DIST, 'scripts', 'demo', 'admin.js');
const SEED = join(ROOT, 'examples', 'quickstart', 'org-seed');
const CERTIFICATE = join('examples', 'quickstart', 'certs');

const inFolder = (path: string): string => relative(FOLDER, path);
const node = (script: string, title: string, exitCode = 0): Step => ({
  title,
  typed: `node ${inFolder(script)}`,
  script,
  args: [],
  exitCode,
});
const clientApps = (command: string, title: string, exitCode = 0): Step => ({
  title,
  typed: `npx client-apps ${command}`,
  script: CLI,
  args: command.split(' '),
  exitCode,
});

const STORY: readonly Step[] = [
  clientApps(
    'plan',
    'Plan: runs examples/quickstart/main.ts (three apps and the org settings), and compares every field with the live org',
  ),
  clientApps('apply --auto-approve', 'Apply: org settings that apps need first, then the apps'),
  clientApps('plan --detailed-exitcode', 'Plan again: nothing to change'),
  node(ADMIN, 'Meanwhile an admin, with another tool: PKCE off on the mobile app, scope Full on the portal'),
  clientApps('drift', 'Drift: both fields, and what each does to security (exit code 2)', 2),
  clientApps('apply --auto-approve', 'Apply: both are put back'),
  clientApps('drift', 'Drift: in sync'),
];

const KNOWN = 'known-apps.json';

/** The folder of the second part has no program: the allow-list is a file. */
const CUT_OFF: readonly Step[] = [
  clientApps('usage', 'Who is here: every app that reached the org, also those that no metadata shows'),
  clientApps(`drift --unknown-apps --config ${KNOWN}`, 'The nightly gate: one of them is known (exit code 2)', 2),
  clientApps(
    `stop --everything-unknown --config ${KNOWN} --auto-approve`,
    'Cut off the rest in one command; what no API can do is named (exit code 2)',
    2,
  ),
  clientApps(`drift --unknown-apps --config ${KNOWN}`, 'The gate again: none of them has a token'),
];

/** Two orgs, emulated: no Salesforce account, no Terraform. */
async function demo(): Promise<void> {
  prepare();
  const main = ['--state', 'org.json', '--seed', inFolder(SEED)];
  await play(FOLDER, 'An org: emulated, on loopback, with a few apps made by hand in it', main, STORY);
  console.log(byHand(main));
  const messy = ['--seed', 'seed'];
  await play(MESSY_FOLDER, 'Another org, ten years old: 40 apps, 300 users, 2,600 tokens', messy, CUT_OFF);
}

/** Starts an org, and runs the steps against it. */
async function play(cwd: string, title: string, emulate: readonly string[], story: readonly Step[]): Promise<void> {
  const environment = bareEnvironment();
  console.log(`=== ${title}`);
  console.log(`$ npx client-apps emulate ${emulate.join(' ')}\n`);
  const org = await startOrg(CLI, emulate, { cwd, environment });
  try {
    for (const step of story) await runStep(step, { cwd, environment: { ...environment, ...org.variables } });
  } finally {
    await org.stop();
  }
}

/** A project of its own, made anew each time. */
function prepare(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  cpSync(join(ROOT, CERTIFICATE), join(FOLDER, CERTIFICATE), { recursive: true });
  const app = `node ${inFolder(PROGRAM)}`;
  writeFileSync(join(FOLDER, 'cdktf.json'), `${JSON.stringify({ language: 'typescript', app }, null, 2)}\n`);
  prepareMessy();
}

/** The seed of the messy org, and the one app that may use it. */
function prepareMessy(): void {
  rmSync(MESSY_FOLDER, { recursive: true, force: true });
  writeFiles(join(MESSY_FOLDER, 'seed'), messySeed(new Date()));
  // Else the project around this folder would count as its own.
  writeFileSync(join(MESSY_FOLDER, 'cdktf.json'), '{}\n');
  const review = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const known = [{ app: 'gcw-export', owner: 'bi-team@acme.example', purpose: 'nightly export', review }];
  writeFileSync(join(MESSY_FOLDER, KNOWN), `${JSON.stringify({ format_version: '1.1', known }, null, 2)}\n`);
}

/** Without what would lead a command elsewhere: a login of the reader's own, another output folder. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('SF_') && name !== 'CDKTF_OUTDIR');
  return Object.fromEntries(kept);
}

function byHand(emulate: readonly string[]): string {
  return [
    '\n=== The same by hand',
    `cd ${relative(process.cwd(), FOLDER) || '.'}`,
    'rm -rf org.json .client-apps   # begin with a new org',
    `npx client-apps emulate ${emulate.join(' ')}   # in another terminal; then export the two variables that it prints`,
    'export SF_INSTANCE_URL=... SF_ACCESS_TOKEN=...',
    ...STORY.map(({ typed }) => typed),
  ].join('\n');
}

demo().catch((error: unknown) => {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
