import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

import { type Project, project } from './support';

/** A file system of a few kilobytes in a folder of the project; undefined where this user may not make one. */
export function tinyDisk(here: Project, folder: string): string | undefined {
  const path = here.path(folder);
  mkdirSync(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return undefined;
  }
}

export const unmount = (path: string): void => {
  execFileSync('umount', [path]);
};

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

export const makeRoom = (path: string): void => {
  execFileSync('sh', ['-c', `rm -f ${path}/filler-*`]);
};
