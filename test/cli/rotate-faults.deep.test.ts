import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator, EmulatorFault } from '../../lib/emulator';
import { DEEP } from '../deep';
import {
  type Credentials,
  credentialsIn,
  filesIn,
  opens,
  rotating,
  SEED,
  showsSecrets,
  STATE,
} from './rotation-support';
import { type Ended, fastOrg, login, type Project, project } from './support';

const YES = '--auto-approve --open-secret-access';
const FAULTS: readonly EmulatorFault[] = [
  { kind: 'drop' },
  { kind: 'drop-after' },
  { kind: 'http', status: 503 },
  { kind: 'http', status: 404, body: '[]', contentType: 'application/json' },
  { kind: 'invalid-session' },
  { kind: 'api-error', code: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.', status: 403 },
  { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no', status: 403 },
  { kind: 'api-error', code: 'UNABLE_TO_LOCK_ROW', message: 'try again' },
  { kind: 'empty-body' },
  { kind: 'html' },
];

let here: Project;
let vault: string;
let salesforce: Emulator;
let operations: readonly string[];
const secrets = new Set<string>();

const stored = (): Credentials => credentialsIn(here, secrets);
const file = (): string => join(vault, 'sync.json');
const start = () => fastOrg({ seedDir: SEED, stateFile: here.path(STATE) });

/** Every run is searched for every secret: in what it printed, also with --debug, and in every file of the project. */
async function run(line: string): Promise<Ended> {
  const ended = await here.run(`${line} --debug`, { environment: login(salesforce) });
  stored();
  for (const text of [ended.stdout, ended.stderr, filesIn(here)]) {
    for (const secret of [...secrets, salesforce.accessToken]) expect(text.includes(secret)).toBe(false);
  }
  return ended;
}

/** The org as it was after the apply, and nothing that is remembered of rotations. */
async function fresh(): Promise<void> {
  await salesforce.close();
  copyFileSync(join(vault, 'before.json'), here.path(STATE));
  rmSync(here.path('.client-apps/rotations'), { recursive: true, force: true });
  rmSync(file(), { force: true });
  salesforce = await start();
}

beforeAll(async () => {
  here = project();
  vault = mkdtempSync(join(tmpdir(), 'client-apps-vault-'));
  salesforce = await start();
  here.synth(rotating);
  expect(await here.run('apply --auto-approve', { environment: login(salesforce) })).toMatchObject({ code: 0 });
  copyFileSync(here.path(STATE), join(vault, 'before.json'));
  await fresh();
  const whole = await run(`rotate Sync --to-file ${file()} ${YES}`);
  expect([whole.code, whole.stderr]).toEqual([0, expect.any(String)]);
  operations = salesforce.calls().map(({ operation }) => operation);
}, 60_000);
afterAll(async () => {
  await salesforce.close();
  here.remove();
  rmSync(vault, { recursive: true });
});

interface Found {
  readonly orgs: readonly { readonly diagnostics: readonly { readonly code: string }[] }[];
}

async function said(): Promise<readonly string[]> {
  const { code, stdout } = await run('plan --json');
  expect(code).toBe(0);
  const { diagnostics = [] } = (JSON.parse(stdout) as Found).orgs[0] ?? {};
  return diagnostics.map(({ code: each }) => each).filter((each) => /rotation|secret-access|former/.test(each));
}

/** The org is before or after; or between, said, and finished by one command. */
async function survives(fault: EmulatorFault, position: number, times: number): Promise<void> {
  await fresh();
  const before = stored();
  if (position > 0) salesforce.faults.failNext({ operation: '*' }, { kind: 'slow', ms: 0 }, position);
  salesforce.faults.failNext({ operation: '*' }, fault, times);
  const { code, stderr } = await run(`rotate Sync --to-file ${file()} ${YES}`);
  // What is left of a lasting fault is over by now.
  await salesforce.close();
  salesforce = await start();
  expect([code, [0, 1, 5, 6].includes(code)]).toEqual([code, true]);
  const between = stored();
  const found = await said();
  if (between.staged?.state === 'Active')
    expect([found, code]).toEqual([expect.arrayContaining(['rotation-cut-off']), code]);
  if (showsSecrets(here)) {
    expect(found).toContain('secret-access-cut-off');
    expect(stderr).toContain('switched o');
  }
  // Up to here nobody lost anything.
  expect(await opens(salesforce, before)).toBe(true);
  if (code === 0) expect(between.staged).toMatchObject({ state: 'Rotated', key: before.key });
  if (found.length > 0) {
    expect(await run(`rotate Sync --resume --to-file ${file()} ${YES}`)).toMatchObject({ code: 0 });
  }
  expect([await said(), showsSecrets(here)]).toEqual([[], false]);
  const after = stored();
  if (after.key === before.key) {
    expect(after).toEqual(before);
    expect(await run(`rotate Sync --to-file ${file()} ${YES}`)).toMatchObject({ code: 0 });
  }
  expect(existsSync(file())).toBe(true);
  const now = stored();
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ consumer_key: now.key, consumer_secret: now.secret });
}

/** Says where it was, if it fails. */
async function named(fault: EmulatorFault, position: number, times = 1): Promise<void> {
  try {
    await survives(fault, position, times);
  } catch (error) {
    const what = `${JSON.stringify(fault)}, ${times} times from ${operations[position] ?? ''} (${position}) on`;
    throw new Error(what, { cause: error });
  }
}

/** So many requests go wrong that nothing is repeated often enough. */
const LASTING = 60;

describe('a rotation lives through a fault', () => {
  it.each(['stage', 'rotate'])(
    'at the request that writes: %s',
    async (operation) => {
      const position = operations.lastIndexOf(operation);
      for (const fault of FAULTS) await named(fault, position);
    },
    120_000,
  );

  it.each(['stage', 'rotate'])(
    'that lasts from there on: %s',
    async (operation) => {
      const position = operations.lastIndexOf(operation);
      for (const kind of ['drop', 'drop-after'] as const) await named({ kind }, position, LASTING);
    },
    120_000,
  );

  (DEEP ? it : it.skip)(
    'at every request from the first that writes on',
    async () => {
      const first = operations.indexOf('deploy');
      expect(first).toBeGreaterThan(5);
      for (let position = first; position < operations.length; position += 1) {
        // A third of the faults at each request; together each meets every kind of request.
        for (const [index, fault] of FAULTS.entries()) if ((index + position) % 3 === 0) await named(fault, position);
      }
    },
    600_000,
  );
});
