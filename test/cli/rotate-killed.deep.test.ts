import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { sampled } from '../deep';
import { describeBuilt } from './built';
import { type AtRequest, type AtWrite, deathsOf, type Killed, type Killer, killer, memoryOf, nameOf } from './killed';
import { type Credentials, credentialsIn, opens, rotating, SEED, showsSecrets, STATE } from './rotation-support';
import { type Ended, fastOrg, login, type Project, project } from './support';

const YES = '--auto-approve --open-secret-access';

let here: Project;
let killing: Killer;
let salesforce: Emulator;
/** Outside of the project, yet with its name in front, so that its writes are counted. */
let vault: string;
const secrets = new Set<string>();
/** Killed before any other request is as good as killed after the one before it. */
const WRITES = ['deploy', 'stage', 'rotate'];

const stored = (): Credentials => credentialsIn(here, secrets);
const file = (): string => `${vault}/sync.json`;
const run = (line: string): Promise<Ended> => here.run(line, { environment: login(salesforce) });
const start = () => fastOrg({ seedDir: SEED, stateFile: here.path(STATE) });
const rotated = (words: readonly string[], at?: AtRequest | AtWrite): Promise<Killed> =>
  killing.run(['rotate', 'Sync', ...words, ...YES.split(' ')], at);

/** The org as it was after the apply, and nothing that is remembered of rotations. */
async function fresh(): Promise<void> {
  await salesforce.close();
  copyFileSync(here.path('before.json'), here.path(STATE));
  for (const folder of [vault, here.path('.client-apps/rotations')]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(vault);
  salesforce = await start();
  killing = killer(here, salesforce);
}

interface Found {
  readonly orgs: readonly { readonly diagnostics: readonly { readonly code: string }[] }[];
}
const CODES = ['rotation-cut-off', 'secret-access-cut-off', 'former-credentials-due', 'rotation-running'];
async function said(): Promise<readonly string[]> {
  const { stdout } = await run('plan --json');
  const { diagnostics = [] } = (JSON.parse(stdout) as Found).orgs[0] ?? {};
  return diagnostics.map(({ code }) => code).filter((code) => CODES.includes(code));
}

/** The org is before or after; or between, said by what looks, and one command goes on or back. */
async function expectRecovery(at: AtRequest | AtWrite, way: '--resume' | '--discard'): Promise<void> {
  await fresh();
  const before = stored();
  const { end, stdout, stderr } = await rotated(['--to-file', file()], at);
  expect(end).toBe('SIGKILL');
  const between = stored();
  const found = await said();
  for (const secret of secrets) expect(`${stdout}${stderr}${memoryOf(here)}`).not.toContain(secret);
  if (between.staged?.state === 'Active') expect(found).toContain('rotation-cut-off');
  if (showsSecrets(here)) expect(found).toContain('secret-access-cut-off');
  const words = (await run('status')).stdout;
  const doctor = JSON.parse((await run('doctor --json')).stdout) as object;
  if (found.length > 0) {
    expect(words).toContain('was interrupted');
    expect(JSON.stringify(doctor)).toContain('was interrupted');
  }
  // Both still open the app, whatever was done to them.
  expect(await opens(salesforce, before)).toBe(true);
  const inUse = between.key !== before.key;

  if (found.includes('rotation-cut-off')) {
    const again = await run(`rotate Sync --to-file ${file()} ${YES}`);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('--resume')]);
    expect(stored()).toEqual(between);
  }
  if (found.length > 0) {
    const ended = await run(`rotate Sync ${way}${way === '--resume' ? ` --to-file ${file()}` : ''} ${YES}`);
    const refusesToGoBack = way === '--discard' && inUse && found.includes('rotation-cut-off');
    expect([ended.code, ended.stderr]).toEqual([refusesToGoBack ? 1 : 0, expect.any(String)]);
    if (refusesToGoBack) expect(await run(`rotate Sync --resume ${YES}`)).toMatchObject({ code: 0 });
  }
  const after = stored();
  const goesOn = inUse || (way === '--resume' && found.includes('rotation-cut-off'));
  if (goesOn) {
    const handed = JSON.parse(readFileSync(file(), 'utf8')) as object;
    expect(handed).toEqual({ consumer_key: after.key, consumer_secret: after.secret });
    expect(after.staged).toMatchObject({ state: 'Rotated', key: before.key });
  } else {
    expect(after).toEqual(before);
  }
  expect(await opens(salesforce, after)).toBe(true);
  expect(showsSecrets(here)).toBe(false);
  expect(await said()).toEqual([]);
  for (const secret of secrets) expect(memoryOf(here)).not.toContain(secret);
  if (!goesOn) expect(await run(`rotate Sync --to-file ${file()} ${YES}`)).toMatchObject({ code: 0 });
}

/** Says where it was, if it fails. */
async function named(at: AtRequest | AtWrite, way: '--resume' | '--discard'): Promise<void> {
  try {
    await expectRecovery(at, way);
  } catch (error) {
    throw new Error(`killed ${nameOf(at)}, then ${way}`, { cause: error });
  }
}

describeBuilt('a rotation that is killed', () => {
  let whole: Killed;
  let operations: readonly string[];
  beforeAll(async () => {
    here = project();
    vault = `${here.folder}-vault`;
    mkdirSync(vault);
    salesforce = await start();
    here.synth(rotating);
    expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
    copyFileSync(here.path(STATE), here.path('before.json'));
    await fresh();
    const sent = salesforce.calls().length;
    whole = await rotated(['--to-file', file()]);
    operations = salesforce
      .calls()
      .slice(sent)
      .map(({ operation }) => operation);
    expect(whole.end).toBe(0);
  }, 240_000);
  afterAll(async () => {
    await salesforce.close();
    here.remove();
    rmSync(vault, { recursive: true, force: true });
  });

  const place = (operation: string): number => operations.lastIndexOf(operation) + 1;

  it.each([
    ['stage', 'after', '--resume'],
    ['stage', 'after', '--discard'],
    ['rotate', 'before', '--resume'],
    ['rotate', 'after', '--resume'],
    ['deploy', 'before', '--discard'],
  ] as const)(
    'at %s, %s the org did it: %s',
    (operation, when, way) => named({ request: place(operation), when }, way),
    240_000,
  );

  it.each([0.5, 0.8])(
    'after this part of its changes of files, too: %d',
    (part) => named({ write: Math.round(whole.writes * part), when: 'after' }, '--resume'),
    240_000,
  );

  it('anywhere, too: around every request that writes, after every other one, and at every change of a file', async () => {
    expect([whole.requests > 15, whole.writes > 10]).toEqual([true, true]);
    const isWorthIt = (at: AtRequest | AtWrite): boolean =>
      !('request' in at) || at.when === 'after' || WRITES.includes(operations[at.request - 1] ?? '');
    const places = deathsOf(whole).filter(isWorthIt);
    const ways = places.map((at, index) => [at, index % 2 ? '--resume' : '--discard'] as const);
    for (const [at, way] of sampled(ways, 16)) await named(at, way);
  }, 3_600_000);
});
