import { execFileSync } from 'node:child_process';
import fs, { mkdirSync, writeFileSync } from 'node:fs';

import { type Project, project } from './support';

const mounted = new Set<string>();
/** Also where a test fails or runs out of time: no disk outlives it. */
afterEach(() => mounted.forEach(unmount));

/** A file system of a few kilobytes in a folder of the project; undefined where this user may not make one. */
export function tinyDisk(here: Project, folder: string, size = '128k'): string | undefined {
  const path = here.path(folder);
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
    mounted.add(path);
    return path;
  } catch {
    return undefined;
  }
}

export function unmount(path: string): void {
  if (mounted.delete(path)) execFileSync('umount', [path]);
}

function mayMount(): boolean {
  const here = project();
  const path = tinyDisk(here, 'probe');
  if (path !== undefined) unmount(path);
  here.remove();
  if (path === undefined) console.warn('SKIPPED: a full disk takes a user who may mount a tmpfs (root, Linux).');
  return path !== undefined;
}

export const describeFullDisk: jest.Describe = mayMount() ? describe : describe.skip;

/** Fills it to the last byte. */
export function fill(path: string): void {
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

/** From now on nothing on it can be changed, by root neither; or it can again. */
export const setReadOnly = (path: string, isReadOnly: boolean): void => {
  execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path]);
};

export const makeRoom = (path: string): void => {
  execFileSync('sh', ['-c', `rm -f ${path}/filler-*`]);
};

const CHANGES = ['writeFileSync', 'appendFileSync', 'renameSync', 'linkSync', 'mkdirSync'] as const;
type Change = (...given: unknown[]) => unknown;

/**
 * Fills the disk just before the n-th change of a file on it while the work goes on; what becomes of that change is the
 * system's own doing. Beside what the work gives: how many changes there were.
 */
export async function fillAt<T>(disk: string, n: number, work: () => Promise<T>): Promise<readonly [T, number]> {
  const changers = fs as unknown as Record<string, Change>;
  const real = new Map(CHANGES.map((name) => [name, changers[name] as Change]));
  let [count, filling] = [0, false];
  for (const [name, change] of real) {
    changers[name] = (...given) => {
      if (!filling && given.some((each) => typeof each === 'string' && each.startsWith(disk))) {
        count += 1;
        filling = true;
        if (count === n) fill(disk);
        filling = false;
      }
      return change(...given);
    };
  }
  try {
    return [await work(), count];
  } finally {
    for (const [name, change] of real) changers[name] = change;
  }
}
