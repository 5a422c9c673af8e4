import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { EXHAUSTIVE, sampled } from '../deep';
import { memoryOf } from './killed';
import { CANARY, writeSeed } from './messy-support';
import { credentialsIn, opens, rotating, SEED, showsSecrets, STATE } from './rotation-support';
import { type Ended, fastOrg, login, type Project, project, twoApps } from './support';
import { FILES, standingOf } from './switch-world';
import { describeFullDisk, fillAt, makeRoom, tinyDisk, unmount } from './tiny-disk';

/** A project whose memory is on a small disk, and its org, both as they were before the command. */
interface Scene {
  readonly here: Project;
  readonly disk: string;
  readonly salesforce: Emulator;
  readonly run: (line: string) => Promise<Ended>;
  readonly close: () => Promise<void>;
}

async function scene(synth: Parameters<Project['synth']>[0], seed: (here: Project) => EmulatorOptions): Promise<Scene> {
  const here = project();
  here.synth(synth);
  const salesforce = await fastOrg(seed(here));
  const run = (line: string): Promise<Ended> => here.run(line, { environment: login(salesforce) });
  expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
  const disk = tinyDisk(here, '.client-apps', '2m') ?? '';
  return {
    ...{ here, disk, salesforce, run },
    close: async () => {
      unmount(disk);
      await salesforce.close();
      here.remove();
    },
  };
}

/** Lets the disk fill before each change of a file in turn; every failure says where it was. */
async function eachChange(
  make: () => Promise<Scene>,
  most: number,
  count: number,
  work: (at: Scene, n: number) => Promise<void>,
): Promise<void> {
  const failures: string[] = [];
  const places = sampled(
    Array.from({ length: count }, (_, n) => n + 1),
    most,
  );
  for (const n of places) {
    const at = await make();
    await work(at, n)
      .catch((error: unknown) => {
        failures.push(`full before change ${n} of ${count}: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(at.close);
  }
  if (EXHAUSTIVE) process.stderr.write(`${places.length} full disks, ${failures.length} failed\n`);
  expect(failures.join('\n\n')).toBe('');
}

const TIME = 600_000;
const DEFECT = /bug in client-apps|at .*\.ts:\d+|\bundefined\b/;
const NO_ROOM = /ENOSPC|no space left/i;
/** A last change that needs no room is done on a full disk, too. */
const expectSaid = (code: number, text: string): void => {
  if (code !== 0) expect([code, text]).toEqual([1, expect.stringMatching(NO_ROOM)]);
};

describeFullDisk('a disk that fills in the middle', () => {
  const orgOf = ({ salesforce }: Scene) => standingOf(JSON.stringify(salesforce.state()));
  const stopped = (): Promise<Scene> =>
    scene(twoApps, (here) => ({ seedDir: writeSeed(here, FILES), orgId: '00D000000000062EAA' }));

  /** What a command does where the disk has room: how many changes of files, and what the org is then. */
  async function whole(make: () => Promise<Scene>, line: string) {
    const usual = await make();
    const [{ code, stderr }, count] = await fillAt(usual.disk, 0, () => usual.run(line));
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    const goal = orgOf(usual).text;
    await usual.close();
    return { count, goal };
  }

  it(
    'of an incident: no sealed evidence is lost, the steps go on once it is sealed, and one run ends it',
    async () => {
      const line = 'incident Order_Feed --auto-approve';
      const { count, goal } = await whole(stopped, line);
      await eachChange(stopped, 6, count, async (at, n) => {
        const before = orgOf(at).text;
        const [{ code, stdout, stderr }] = await fillAt(at.disk, n, () => at.run(line));
        const said = stdout + stderr;
        expectSaid(code, said);
        expect(said).not.toMatch(DEFECT);
        expect(said).not.toMatch(CANARY);
        const incidents = join(at.disk, 'incidents');
        const [name] = existsSync(incidents) ? readdirSync(incidents) : [];
        const folder = join(incidents, name ?? '');
        const evidence = join(folder, 'evidence');
        const isBegun = existsSync(join(folder, 'incident.json'));
        const seal = existsSync(evidence) ? readFileSync(join(evidence, 'manifest.sha256'), 'utf8') : undefined;
        // Whether anything was done is said: all of it, or nothing.
        expect([before, goal].includes(orgOf(at).text)).toBe(true);
        if (orgOf(at).text !== before)
          expect([seal !== undefined, stdout]).toEqual([true, expect.stringContaining('Stop the app: done')]);
        if (isBegun && code !== 0) expect(stderr).toContain(`client-apps incident --resume ${folder}`);
        makeRoom(at.disk);
        const again = await at.run(isBegun ? `incident --resume ${folder} --auto-approve` : line);
        expect([again.code, again.stdout + again.stderr]).toEqual([0, expect.stringContaining('Stop the app: done')]);
        expect(orgOf(at).text === goal).toBe(true);
        if (seal !== undefined) {
          expect(readFileSync(join(evidence, 'manifest.sha256'), 'utf8')).toBe(seal);
          execFileSync('sha256sum', ['--check', '--quiet', 'manifest.sha256'], { cwd: evidence });
        }
        expect((await at.run('plan')).stdout).not.toMatch(/-unfinished/);
      });
    },
    TIME,
  );

  it(
    'of a stop: it goes on to the end, and says what could not be kept',
    async () => {
      const line = 'stop Order_Feed --revoke';
      const { count, goal } = await whole(stopped, line);
      await eachChange(stopped, 2, count, async (at, n) => {
        const [{ code, stdout, stderr }] = await fillAt(at.disk, n, () => at.run(line));
        const said = stdout + stderr;
        expect(code).toBe(0);
        // A file that takes the place of another one makes room: then all of it is on record.
        if (NO_ROOM.test(said)) expect(said).toMatch(/without a record on this machine/);
        else expect(memoryOf(at.here)).not.toMatch(/"announced"|"under_way"/);
        expect(stdout + stderr).not.toMatch(DEFECT);
        expect(orgOf(at).text === goal).toBe(true);
        makeRoom(at.disk);
        expect(await at.run(line)).toMatchObject({ code: 0 });
        expect((await at.run('plan')).stdout).not.toMatch(/-unfinished/);
      });
    },
    TIME,
  );

  it(
    'of a rotation: a way in always works, the access to secrets is closed, and it can be ended',
    async () => {
      const vault = mkdtempSync(join(tmpdir(), 'client-apps-vault-'));
      const file = join(vault, 'sync.json');
      const secrets = new Set<string>();
      const make = (): Promise<Scene> => scene(rotating, (here) => ({ seedDir: SEED, stateFile: here.path(STATE) }));
      const yes = '--auto-approve --open-secret-access';
      const { count } = await whole(make, `rotate Sync --to-file ${file} ${yes}`);
      await eachChange(make, 3, count, async (at, n) => {
        rmSync(file, { force: true });
        const former = credentialsIn(at.here, secrets);
        const [{ code, stdout, stderr }] = await fillAt(at.disk, n, () =>
          at.run(`rotate Sync --to-file ${file} ${yes}`),
        );
        const now = credentialsIn(at.here, secrets);
        expectSaid(code, stderr);
        expect(stdout + stderr).not.toMatch(DEFECT);
        for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
        expect([await opens(at.salesforce, former), showsSecrets(at.here)]).toEqual([true, false]);
        // How to go on is said, and is what goes on.
        makeRoom(at.disk);
        if (code !== 0) {
          const resumed = await at.run(`rotate Sync --resume --to-file ${file} ${yes}`);
          const fresh =
            now.staged === undefined ? `rotate Sync --to-file ${file} ${yes}` : `rotate Sync --end-former --now ${yes}`;
          const ended = resumed.code === 0 ? resumed : await at.run(fresh);
          expect([ended.code, ended.stderr + resumed.stderr + stderr]).toEqual([0, expect.any(String)]);
        }
        const after = credentialsIn(at.here, secrets);
        expect([await opens(at.salesforce, after), showsSecrets(at.here)]).toEqual([true, false]);
        const handed = JSON.parse(readFileSync(file, 'utf8')) as { readonly consumer_secret: string };
        expect(handed.consumer_secret).toBe(after.secret);
      });
      rmSync(vault, { recursive: true });
    },
    TIME,
  );
});
