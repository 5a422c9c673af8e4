import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { deploys, type Ended, fastOrg, login, type Project, project, switchPkceOff, twoApps } from './support';

let here: Project;
let salesforce: Emulator;

/** A file system of a few kilobytes in a folder of the project; undefined where this user may not make one. */
function tinyDisk(folder: string): string | undefined {
  const path = here.path(folder);
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
}

const mayMount = (): boolean => {
  here = project();
  const path = tinyDisk('probe');
  if (path !== undefined) execFileSync('umount', [path]);
  here.remove();
  if (path === undefined) console.warn('SKIPPED: a full disk takes a user who may mount a tmpfs (root, Linux).');
  return path !== undefined;
};

/** Fills it to the last byte. */
function fill(path: string): void {
  for (const size of [64 * 1024, 4096, 512]) {
    for (let n = 0; n < 100; n++) {
      try {
        writeFileSync(`${path}/filler-${size}-${n}`, ' '.repeat(size));
      } catch {
        break;
      }
    }
  }
}

const run = (line: string): Promise<Ended> => here.run(line, { environment: login(salesforce) });

(mayMount() ? describe : describe.skip)('a disk that is full', () => {
  let disk: string;
  beforeEach(async () => {
    here = project();
    salesforce = await fastOrg();
    here.synth(twoApps);
    expect((await run('apply --auto-approve')).code).toBe(0);
    await switchPkceOff(salesforce);
    rmSync(here.path('.client-apps'), { recursive: true });
    disk = tinyDisk('.client-apps') ?? '';
    fill(disk);
  });
  afterEach(async () => {
    execFileSync('umount', [disk]);
    await salesforce.close();
    here.remove();
  });
  const makeRoom = (): void => {
    execFileSync('sh', ['-c', `rm -f ${disk}/filler-*`]);
  };

  it.each([
    ['apply --auto-approve', 'for journal and receipt'],
    ['destroy --auto-approve --all', 'for journal and receipt'],
    ['stop Portal', undefined],
  ])('%s: nothing is sent that could not be remembered, and it works once there is room', async (command, what) => {
    const before = deploys(salesforce);
    const { code, stdout, stderr } = await run(command);
    expect(stdout + stderr).not.toMatch(/defect of client-apps|at .*\.ts:\d+/);
    if (what === undefined) {
      // A stop waits for no disk: what it takes to undo it is printed.
      expect([code, stderr]).toEqual([0, expect.stringContaining('start --from FILE takes it')]);
      return;
    }
    expect([code, deploys(salesforce)]).toEqual([1, before]);
    expect(stderr).toMatch(/ENOSPC|no space left/i);
    makeRoom();
    expect((await run(command)).code).toBe(0);
  });

  it.each([
    ['plan --out .client-apps/plan.json', 0],
    ['plan --markdown .client-apps/plan.md', 0],
  ])('%s: says so, ends with 1, and leaves no half file', async (command, usual) => {
    const { code, stderr } = await run(command);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/ENOSPC|no space left/i)]);
    expect(stderr).not.toContain('defect');
    makeRoom();
    expect((await run(command)).code).toBe(usual);
  });
});

describe('a device instead of a file', () => {
  beforeEach(async () => {
    here = project();
    salesforce = await fastOrg();
    here.synth(twoApps);
  });
  afterEach(async () => {
    await salesforce.close();
    here.remove();
  });

  it.each(['plan --out', 'plan --markdown', 'apply --auto-approve --receipt'])(
    '%s: refused, also for root, who could put a file in its place; nothing is written',
    async (command) => {
      // Of ours: nobody’s /dev/null is at risk where this fails.
      execFileSync('mkfifo', [here.path('pipe')]);
      const file = command.endsWith('--receipt') ? here.path('folder') : here.path('pipe');
      mkdirSync(here.path('folder'));
      const { code, stdout, stderr } = await run(`${command} ${file}`);
      expect([code, deploys(salesforce)]).toEqual([1, 0]);
      expect(stderr).toMatch(/cannot be (written|read)/);
      expect(stdout + stderr).not.toContain('defect');
      expect(statSync(here.path('pipe')).isFIFO()).toBe(true);
    },
  );
});
