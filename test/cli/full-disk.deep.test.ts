import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { deploys, type Ended, fastOrg, login, type Project, project, switchPkceOff, twoApps } from './support';
import { describeFullDisk, fill, makeRoom, setReadOnly, tinyDisk, unmount } from './tiny-disk';

let here: Project;
let salesforce: Emulator;

const run = (line: string): Promise<Ended> => here.run(line, { environment: login(salesforce) });

describeFullDisk('a disk that is full', () => {
  let disk: string;
  beforeEach(async () => {
    here = project();
    salesforce = await fastOrg();
    here.synth(twoApps);
    expect((await run('apply --auto-approve')).code).toBe(0);
    await switchPkceOff(salesforce);
    rmSync(here.path('.client-apps'), { recursive: true });
    disk = tinyDisk(here, '.client-apps') ?? '';
    fill(disk);
  });
  afterEach(async () => {
    unmount(disk);
    await salesforce.close();
    here.remove();
  });

  it.each([
    ['apply --auto-approve', 'for journal and receipt'],
    ['destroy --auto-approve --all', 'for journal and receipt'],
    ['stop Portal', undefined],
  ])('%s: nothing is sent that could not be remembered, and it works once there is room', async (command, what) => {
    const before = deploys(salesforce);
    const { code, stdout, stderr } = await run(command);
    expect(stdout + stderr).not.toMatch(/bug in client-apps|at .*\.ts:\d+/);
    if (what === undefined) {
      // A stop waits for no disk: what it takes to undo it is printed.
      expect([code, stderr]).toEqual([0, expect.stringContaining('start --from FILE accepts it')]);
      return;
    }
    expect([code, deploys(salesforce)]).toEqual([1, before]);
    expect(stderr).toMatch(/ENOSPC|no space left/i);
    makeRoom(disk);
    expect((await run(command)).code).toBe(0);
  });

  it.each([
    ['plan --out .client-apps/plan.json', 0],
    ['plan --markdown .client-apps/plan.md', 0],
    // Of a local org the state is a file.
    ['plan --local', 0],
  ])('%s: says so, ends with 1, and leaves no half file', async (command, usual) => {
    const { code, stderr } = await run(command);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/ENOSPC|no space left/i)]);
    expect(stderr).not.toContain('defect');
    makeRoom(disk);
    expect((await run(command)).code).toBe(usual);
  });
});

describeFullDisk('a disk that is read-only', () => {
  it('is said as it is by doctor, apply, stop and incident; plan and drift do not need it', async () => {
    here = project();
    salesforce = await fastOrg();
    here.synth(twoApps);
    expect((await run('apply --auto-approve')).code).toBe(0);
    await switchPkceOff(salesforce);
    const disk = tinyDisk(here, '.client-apps') ?? '';
    setReadOnly(disk, true);
    const sent = deploys(salesforce);
    expect((await run('doctor')).stdout).toMatch(/warning: Receipts: nothing can be recorded[^]*EROFS/);
    expect([(await run('plan')).code, (await run('drift')).code]).toEqual([0, 2]);
    for (const command of ['apply --auto-approve', 'incident Portal --auto-approve']) {
      expect(await run(command)).toMatchObject({ code: 1, stderr: expect.stringContaining('EROFS') as string });
    }
    expect(deploys(salesforce)).toBe(sent);
    const stopped = await run('stop Portal');
    expect([stopped.code, stopped.stderr]).toEqual([0, expect.stringMatching(/EROFS[^]*start --from FILE accepts it/)]);
    setReadOnly(disk, false);
    expect((await run('doctor')).stdout).toContain('ok: Receipts');
    expect((await run('apply --auto-approve')).code).toBe(0);
    unmount(disk);
    await salesforce.close();
    here.remove();
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
