import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { runStep, startOrg, type Step } from './demo/steps';

// Compiled to dist/scripts.
const DIST = join(__dirname, '..');
const ROOT = join(DIST, '..');
const FOLDER = join(ROOT, '.client-apps', 'demo');
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

/** The main job, from nothing to a repaired org, on an emulated org: no Salesforce account, no Terraform. */
async function demo(): Promise<void> {
  prepare();
  const environment = bareEnvironment();
  const emulate = ['--state', 'org.json', '--seed', inFolder(SEED)];
  console.log('=== An org: emulated, on loopback, with a few apps made by hand in it');
  console.log(`$ npx client-apps emulate ${emulate.join(' ')}\n`);
  const org = await startOrg(CLI, emulate, { cwd: FOLDER, environment });
  try {
    const stage = { cwd: FOLDER, environment: { ...environment, ...org.variables } };
    for (const step of STORY) await runStep(step, stage);
  } finally {
    await org.stop();
  }
  console.log(byHand(emulate));
}

/** A project of its own, made anew each time. */
function prepare(): void {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  cpSync(join(ROOT, CERTIFICATE), join(FOLDER, CERTIFICATE), { recursive: true });
  const app = `node ${inFolder(PROGRAM)}`;
  writeFileSync(join(FOLDER, 'cdktf.json'), `${JSON.stringify({ language: 'typescript', app }, null, 2)}\n`);
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
