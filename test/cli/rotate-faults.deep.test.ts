import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { sampled } from '../deep';
import { eachPlace, type Place, somePlaces, TIME } from './fault-matrix';
import { FAULTS } from './fault-table';
import { type Requests, requestsOf, underFaults } from './fault-world';
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
import { type Ended, fastOrg, login, type Project, project, type RunOptions } from './support';

const YES = '--auto-approve --open-secret-access';
let here: Project;
let vault: string;
let salesforce: Emulator;
let operations: readonly string[];
let requests: Requests;
const secrets = new Set<string>();

const stored = (): Credentials => credentialsIn(here, secrets);
const file = (): string => join(vault, 'sync.json');
const start = () => fastOrg({ seedDir: SEED, stateFile: here.path(STATE) });

/** Every run is searched for every secret: in what it printed, also with --debug, and in every file of the project. */
async function run(line: string, options: RunOptions = {}): Promise<Ended> {
  const ended = await here.run(`${line} --debug`, { environment: login(salesforce), ...options });
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
  requests = requestsOf(salesforce.calls());
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
async function survives(place: Place): Promise<void> {
  await fresh();
  const before = stored();
  const { code, stderr } = await underFaults(salesforce, [place], (options) =>
    run(`rotate Sync --to-file ${file()} ${YES}`, options),
  );
  expect([code, [0, 1, 5, 6, 130].includes(code)]).toEqual([code, true]);
  const between = stored();
  const found = await said();
  if (between.staged?.state === 'Active')
    expect([found, code]).toEqual([expect.arrayContaining(['rotation-cut-off']), code]);
  if (showsSecrets(here)) {
    expect(found).toContain('secret-access-cut-off');
    expect(stderr).toMatch(/(switched|turned) o/);
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

/** So many requests go wrong that nothing is repeated often enough. */
const LASTING = 60;
const at = (operation: string, name: string, times: number): Place => ({
  request: operations.lastIndexOf(operation) + 1,
  name,
  fault: FAULTS[name] ?? { kind: 'drop' },
  times,
});

describe('a rotation lives through a fault', () => {
  it.each(['stage', 'rotate'])(
    'at the request that writes: %s',
    (operation) =>
      eachPlace(
        sampled(Object.keys(FAULTS), 8).map((name) => at(operation, name, 1)),
        operation,
        survives,
      ),
    TIME,
  );

  it.each(['stage', 'rotate'])(
    'that lasts from there on: %s',
    (operation) =>
      eachPlace(
        ['cut before', 'cut after the org did it'].map((name) => at(operation, name, LASTING)),
        operation,
        survives,
      ),
    TIME,
  );

  it('at any request', () => eachPlace(somePlaces(requests, 24), 'rotate', survives), TIME);
});
