import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';

import { z } from 'zod';

import { jsonText } from '../values/ci-commands';
import { draftOf, errnoOf, makeFolder, readTextIfThere, removeIfPossible } from './files';

/** The process that holds a lock. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** ISO time. */
  readonly since: string;
  /** Tells the process from a later one with the same id; absent where the system does not say. */
  readonly mark?: string;
  /** The command, where it is no apply. */
  readonly what?: string;
}

const ownerSchema = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  since: z.string(),
  mark: z.string().exactOptional(),
  what: z.string().exactOptional(),
}) satisfies z.ZodType<LockOwner>;

/** `elsewhere`: on another machine, where it cannot be seen whether it still runs. */
export type LockState = 'free' | 'stale' | 'running' | 'elsewhere';

export interface LockLook {
  readonly state: LockState;
  readonly owner?: LockOwner;
}

/** Who holds the lock, if anyone does. A lock that cannot be read was cut off while it was written: it is stale. */
export function lookAtLock(path: string): LockLook {
  const text = readTextIfThere(path);
  return text === undefined ? { state: 'free' } : judged(text);
}

function judged(text: string): LockLook {
  const owner = ownerOf(text);
  if (!owner) return { state: 'stale' };
  if (owner.host !== hostname()) return { state: 'elsewhere', owner };
  return { state: isAlive(owner) ? 'running' : 'stale', owner };
}

function ownerOf(text: string): LockOwner | undefined {
  try {
    const parsed = ownerSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, mark }: LockOwner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Someone else's process is one, too.
    if (errnoOf(error) !== 'EPERM') return false;
  }
  const now = processMark(pid);
  return mark === undefined || now === undefined || mark === now;
}

/** Boot and start time of a process, where the system tells them (Linux): ids are used again. */
function processMark(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program stands in parentheses and may hold blanks; the start time is the 20th word after it.
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return started === undefined ? undefined : `${boot}/${started}`;
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock for this process, also from a process that is dead; where another one has it, says who.
 * @param force Take it from a process on another machine, too.
 * @throws an error of the system where the file cannot be made.
 */
export function takeLock(path: string, own: Pick<LockOwner, 'since' | 'what'>, force: boolean): LockLook {
  const mark = processMark(process.pid);
  const owner: LockOwner = { pid: process.pid, host: hostname(), ...own, ...(mark !== undefined && { mark }) };
  makeFolder(dirname(path));
  for (;;) {
    if (makeOnly(path, jsonText(owner))) return { state: 'free' };
    const look = lookAtLock(path);
    if (look.state === 'running' || (look.state === 'elsewhere' && !force)) return look;
    moveAway(path, look);
  }
}

/** Makes the file whole, or not at all where there is one: a link, since a process may die between making and writing. */
function makeOnly(path: string, text: string): boolean {
  const draft = draftOf(path);
  writeFileSync(draft, text, { flag: 'wx', flush: true });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    return makeWithoutLink(path, text);
  } finally {
    removeIfPossible(draft);
  }
}

/** For file systems without hard links. */
function makeWithoutLink(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx', flush: true });
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Of several that find the same dead lock only one moves it; a lock that is not the dead one goes back. */
function moveAway(path: string, dead: LockLook): void {
  const aside = draftOf(path);
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  const moved = lookAtLock(aside);
  if (moved.state === 'running' && moved.owner?.since !== dead.owner?.since) {
    try {
      linkSync(aside, path);
    } catch {
      // Another one has it by now.
    }
  }
  rmSync(aside, { force: true });
}

/** Gives the lock of this process back. */
export function releaseLock(path: string): void {
  const { owner } = lookAtLock(path);
  if (owner?.pid === process.pid && owner.host === hostname()) removeIfPossible(path);
}
