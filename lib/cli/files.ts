import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

import type { EntryName } from '../values/catalog';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic } from '../values/diagnostic';
import type { Result } from '../values/result';

/** An error about what was typed or about a file it names. */
export const invalidInput = (...diagnostics: readonly Omit<Diagnostic, 'severity'>[]): ClientAppsError =>
  new ClientAppsError(
    'INVALID_INPUT',
    diagnostics.map((diagnostic) => ({ severity: 'error', ...diagnostic })),
  );

/** The text of a file, or undefined where there is none. @throws ClientAppsError where it cannot be read. */
export function readTextIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw unusable(path, 'file-unusable/read', error);
  }
}

/** A document that could be used. @throws ClientAppsError with everything that is wrong with it. */
export function usable<T>(read: Result<T, readonly Diagnostic[]>): T {
  if (read.ok) return read.value;
  throw new ClientAppsError('INVALID_INPUT', read.error);
}

/** The text of a file that must be there. @throws ClientAppsError */
export function readText(path: string, missing: EntryName & `file-missing${string}`): string {
  const text = readTextIfThere(path);
  if (text !== undefined) return text;
  throw invalidInput(diagnose(missing, { path }));
}

/**
 * Writes a file completely or not at all, and the folders it needs.
 * @param mode Who may read it; by default as the system has it for new files.
 * @throws ClientAppsError
 */
export function writeText(path: string, text: string, mode?: number): void {
  const draft = draftOf(path);
  try {
    makeFolder(dirname(path));
    requireFile(path);
    // Never through a link that someone put there, and on the disk before it takes the place of the old file.
    writeFileSync(draft, text, { flag: 'wx', flush: true, ...(mode !== undefined && { mode }) });
    renameSync(draft, path);
  } catch (error) {
    removeIfPossible(draft);
    throw unusable(path, 'file-unusable/write', error);
  }
}

/** Makes a folder and those above it. @throws an error of the system */
export function makeFolder(path: string, mode?: number): void {
  try {
    mkdirSync(path, { recursive: true, ...(mode !== undefined && { mode }) });
  } catch (error) {
    // Node says ENOENT of all that keeps it from making them: a read-only disk, say. The first one tells.
    if (errnoOf(error) === 'ENOENT') mkdirSync(firstMissing(path));
    throw error;
  }
}

const firstMissing = (path: string): string => (existsSync(dirname(path)) ? path : firstMissing(dirname(path)));

/** Why no file can be made there, as far as that is known without creating one; undefined where nothing is in the way. */
export function unwritable(folder: string): string | undefined {
  if (!existsSync(folder) && dirname(folder) !== folder) return unwritable(dirname(folder));
  try {
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** A new file takes the place of what has its name: for root, of a device as well, and /dev/null would be gone. */
function requireFile(path: string): void {
  if (existsSync(path) && !statSync(path).isFile()) throw new Error('something else with this name already exists');
}

/** The same, so that a power cut right afterward does not lose it. @throws ClientAppsError */
export function writeDurably(path: string, text: string, mode?: number): void {
  writeText(path, text, mode);
  syncFolder(dirname(path));
}

/**
 * Fails as {@link writeText} would, and leaves the file as it is. Bytes are written, so that a full disk is noticed, too.
 * @throws ClientAppsError
 */
export function tryWriting(path: string): void {
  const draft = draftOf(path);
  try {
    makeFolder(dirname(path));
    writeFileSync(draft, ' '.repeat(SIZE_OF_A_RECEIPT), { flag: 'wx' });
    rmSync(draft);
    requireFile(path);
  } catch (error) {
    removeIfPossible(draft);
    throw unusable(path, 'file-unusable/write', error);
  }
}

/** That a file has another name now is on the disk only once its folder is. Not every system lets one see to it. */
export function syncFolder(path: string): void {
  try {
    const handle = openSync(path, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // The file itself was flushed.
  }
}

/** A name beside the file that no one can guess. */
export const draftOf = (path: string): string => `${path}.${randomBytes(6).toString('hex')}.tmp`;

export function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Where even this fails there is nothing to remove: a part of the path is no folder.
  }
}

const SIZE_OF_A_RECEIPT = 64 * 1024;

/** The system's own name of what went wrong: `ENOENT`. */
export const errnoOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;

/** What an error of whatever origin says. */
export const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);

const unusable = (path: string, entry: `file-unusable/${'read' | 'write'}`, error: unknown): ClientAppsError =>
  invalidInput(diagnose(entry, { path }, { reason: messageOf(error) }));
