import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { TIME } from '../cli/fault-matrix';
import { EXHAUSTIVE, sampled } from '../deep';
import { startedCore } from './core-terraform';
import { describeTerraformDeep } from './deep';
import { CHANGES } from './fault-apps';
import { type FaultWorld, faultWorld, signals } from './fault-world';
import { type Project, project, providersOf } from './provider-support';

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));
const once =
  (signal: NodeJS.Signals) =>
  (_folder: string, terraform: ChildProcess): void =>
    void terraform.kill(signal);
const twice =
  (signal: NodeJS.Signals) =>
  async (_folder: string, terraform: ChildProcess): Promise<void> => {
    for (let times = 0; times < 2; times += 1) {
      terraform.kill(signal);
      await pause();
    }
  };
const killProvider = (folder: string): void => {
  for (const pid of providersOf(folder)) process.kill(pid, 'SIGKILL');
};

/**
 * The org carries out the request before which it happens, and nobody hears its answer where a process is gone: that is
 * every place where a run can end.
 */
describeTerraformDeep('an apply of the real terraform that is ended before any of its requests', () => {
  let work: Project;
  beforeAll(async () => {
    work = project({});
    work.write();
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
    // What the cores write says it, too.
    rmSync(join(work.folder, 'main.tf'));
  });
  afterAll(() => work.remove());

  const all = [
    ['kill -9 of the provider', killProvider, 0],
    ['kill -9 of terraform', once('SIGKILL'), 1],
    ['one SIGINT', once('SIGINT'), 2],
    ['two SIGINT', twice('SIGINT'), 0],
    ['one SIGTERM', once('SIGTERM'), 1],
  ] as const;

  it.each(sampled(all, 1))(
    '%s leaves each app before or after; the next plan is true, and the next apply reaches the goal',
    async (name, interrupt, sample) => {
      const drive = startedCore(work.folder, (terraform) => interrupt(work.folder, terraform));
      const world: FaultWorld = await faultWorld(drive);
      for (const [change, from, to] of CHANGES.filter((_, index) => EXHAUSTIVE || index === sample)) {
        await world.applies(`${name} in ${change}`, from, to, signals(1));
      }
      world.close();
    },
    TIME,
  );
});
