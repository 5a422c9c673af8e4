import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { seedFolder, twoKeys } from '../operations/own-login-support';
import { credentialsIn, opens, rotating, SEED, showsSecrets, STATE } from './rotation-support';
import { deploys, type Ended, fastOrg, login, type Project, project, type RunOptions } from './support';
import { describeFullDisk, fill, makeRoom, tinyDisk, unmount } from './tiny-disk';

let here: Project;
let vault: string;
let disk: string | undefined;
let salesforce: Emulator;
const secrets = new Set<string>();
beforeEach(async () => {
  here = project();
  vault = mkdtempSync(join(tmpdir(), 'client-apps-vault-'));
  salesforce = await fastOrg({ seedDir: SEED, stateFile: here.path(STATE) });
  here.synth(rotating);
  expect(await here.run('apply --auto-approve', { environment: login(salesforce) })).toMatchObject({ code: 0 });
});
afterEach(async () => {
  if (disk !== undefined) unmount(disk);
  disk = undefined;
  await salesforce.close();
  here.remove();
  rmSync(vault, { recursive: true });
});

const stored = () => credentialsIn(here, secrets);
/** The secret as the command wrote it for the clients. */
const handedOver = (): string =>
  (JSON.parse(readFileSync(join(vault, 'sync.json'), 'utf8')) as { readonly consumer_secret: string }).consumer_secret;
async function run(line: string, options: RunOptions = {}): Promise<Ended> {
  const ended = await here.run(line, { ...options, environment: login(salesforce) });
  stored();
  for (const secret of secrets) expect(ended.stdout + ended.stderr).not.toContain(secret);
  expect(ended.stdout + ended.stderr).not.toMatch(/bug in client-apps|at .*\.ts:\d+/);
  return ended;
}
const full = (folder: string): string => {
  disk = tinyDisk(here, folder) ?? '';
  fill(disk);
  return disk;
};
/** All that the org holds. */
const org = (): string => here.read(STATE);

const NO_ROOM = /ENOSPC|no space left/i;
const YES = '--auto-approve --open-secret-access';

describeFullDisk('a disk that is full', () => {
  it.each([`rotate Sync --to-file VAULT/sync.json ${YES}`, `rotate Sync --first --to-file VAULT/sync.json ${YES}`])(
    '%s: not started where no record can be kept of it, and done once there is room',
    async (line) => {
      const command = line.replace('VAULT', vault);
      const path = full('.client-apps/rotations');
      const before = org();
      const { code, stderr } = await run(command);
      expect([code, stderr]).toEqual([1, expect.stringMatching(NO_ROOM)]);
      expect([org(), readdirSync(vault)]).toEqual([before, []]);
      makeRoom(path);
      expect(await run(command)).toMatchObject({ code: 0 });
      expect([stored().secret, showsSecrets(here)]).toEqual([handedOver(), false]);
    },
  );

  it('where the secret is to go: nothing is staged that could not be handed over', async () => {
    const path = full('store');
    const before = org();
    const { code, stderr } = await run(`rotate Sync --to-file ${path}/sync.json ${YES}`);
    expect([code, stderr, org()]).toEqual([1, expect.stringMatching(NO_ROOM), before]);
  });

  it.each(['deploy', 'stage', 'token', 'rotate'])(
    'in the middle of a rotation, after %s: both ways in work, the access is closed, and the next run goes on',
    async (moment) => {
      const path = tinyDisk(here, '.client-apps/rotations') ?? '';
      disk = path;
      const former = stored();
      let filled = 0;
      salesforce.watch({
        after: ({ operation }) => {
          if (operation === moment && filled++ === 0) fill(path);
        },
      });
      const ended = await run(`rotate Sync --to-file ${vault}/sync.json ${YES}`);
      expect([filled > 0, ended.code]).toEqual([true, 1]);
      expect(ended.stderr).toMatch(NO_ROOM);
      expect([await opens(salesforce, former), showsSecrets(here)]).toEqual([true, false]);
      makeRoom(path);
      // Rolled back, or on record as cut off: one command goes on. Nobody can know whose the new ones are without a record.
      const next = stored().staged === undefined ? '' : moment === 'stage' ? '--end-former --now ' : '--resume ';
      if (moment === 'stage') {
        const resumed = await run(`rotate Sync --resume --to-file ${vault}/sync.json ${YES}`);
        expect([resumed.code, resumed.stderr]).toEqual([
          1,
          expect.stringContaining('--end-former deletes the former ones'),
        ]);
      }
      const sink = next.startsWith('--end') ? '' : `--to-file ${vault}/sync.json `;
      const again = await run(`rotate Sync ${next}${sink}${YES}`);
      expect([again.code === 0 ? '' : again.stderr + ended.stderr, again.code]).toEqual(['', 0]);
      expect([stored().secret, showsSecrets(here)]).toEqual([handedOver(), false]);
    },
  );

  it('an incident whose evidence cannot be kept changes nothing, and is done once there is room', async () => {
    const path = full('cases');
    const before = org();
    const { code, stderr } = await run('incident Sync --auto-approve --out cases/one');
    expect([code, stderr, org()]).toEqual([1, expect.stringMatching(NO_ROOM), before]);
    makeRoom(path);
    const again = await run('incident Sync --auto-approve --out cases/one');
    expect([again.code, again.stdout + again.stderr]).toEqual([
      again.code,
      expect.stringContaining('Stop the app: done'),
    ]);
  });

  it('a revocation that could not be recorded is not begun, and done once there is room', async () => {
    const [pair] = await twoKeys();
    const seedDir = seedFolder(pair, {});
    const other = await fastOrg({ seedDir });
    const path = full('.client-apps/revocations');
    const revoke = () => here.run('revoke CI --auto-approve', { environment: login(other) });
    const ended = (): number => other.calls().filter(({ operation }) => operation === 'deleteToken').length;
    const refused = await revoke();
    expect([refused.code, refused.stderr, ended()]).toEqual([1, expect.stringMatching(NO_ROOM), 0]);
    makeRoom(path);
    expect([(await revoke()).code, ended()]).toEqual([0, 1]);
    await other.close();
    rmSync(seedDir, { recursive: true });
  });

  it.each([
    'usage --format html --out DISK/usage.html',
    'usage --format json --out DISK/usage.json',
    'prove Sync --format junit --out DISK/proof.xml',
    'audit --format html --out DISK/audit.html',
    'audit --format markdown --out DISK/audit.md',
    'status --format html --out DISK/status.html',
    'show plan.json --format html --out DISK/plan.html',
    'init DISK/fresh',
    'import prod --out DISK/imported',
  ])('%s: said, 1, and no half file', async (line) => {
    await run('plan --out plan.json');
    const path = full('reports');
    const sent = deploys(salesforce);
    const { code, stdout, stderr } = await run(line.replace('DISK', 'reports'));
    expect([code, stdout + stderr]).toEqual([1, expect.stringMatching(NO_ROOM)]);
    expect(deploys(salesforce)).toBe(sent);
    const left = readdirSync(path, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && !entry.name.startsWith('filler-'),
    );
    expect(left.map(({ name }) => name)).toEqual([]);
    makeRoom(path);
    expect([0, 3]).toContain((await run(line.replace('DISK', 'reports'))).code);
  });
});

describe('a file where a folder is to be', () => {
  it.each([
    ['.client-apps/rotations', `rotate Sync --to-file VAULT/sync.json ${YES}`],
    ['.client-apps/stops', 'start Sync --auto-approve'],
    ['cases', 'incident Sync --auto-approve --out cases/one'],
  ])('%s: %s is refused, and the org stays as it was', async (path, line) => {
    here.write(path, 'in the way');
    const before = org();
    const { code, stderr } = await run(line.replace('VAULT', vault));
    expect([code, org()]).toEqual([1, before]);
    expect(stderr).toContain(path.split('/')[0]);
    expect(existsSync(join(vault, 'sync.json'))).toBe(false);
    expect(here.read(path)).toBe('in the way');
  });
});
