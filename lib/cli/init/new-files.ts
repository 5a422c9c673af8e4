import { closeSync, lstatSync, mkdirSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { EntryName } from '../../values/catalog';
import { diagnose } from '../../values/diagnose';
import { errnoOf, invalidInput, messageOf } from '../files';

/**
 * Writes files that are not there yet: all of them or none. Nothing that exists is touched, also not what appears
 * meanwhile.
 * @throws ClientAppsError with one problem that names every one of them that exists.
 */
export function writeNewFiles(folder: string, files: ReadonlyMap<string, string>, entry?: Exists): void {
  requireNew(folder, [...files.keys()], entry);
  const written: string[] = [];
  try {
    for (const [path, text] of files) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      closeSync(openSync(file, 'wx'));
      // From here on it is ours, also where the disk is full in the middle of it.
      written.push(file);
      writeFileSync(file, text);
    }
  } catch (error) {
    for (const file of written) rmSync(file, { force: true });
    throw invalidInput(diagnose('file-unusable/folder-to-fill', { path: folder }, { reason: messageOf(error) }));
  }
}

/** @throws ClientAppsError that names every one of the files that exists. */
export function requireNew(folder: string, paths: readonly string[], entry: Exists = 'init-file-exists'): void {
  const inTheWay = [...new Set(paths.flatMap((path) => obstacle(folder, path) ?? []))];
  if (inTheWay.length === 0) return;
  throw invalidInput(diagnose(entry, { path: inTheWay.map((path) => join(folder, path)).join(', ') }));
}

/** By whose file exists: what to do then. */
type Exists = Extract<EntryName, `init-file-exists${string}`>;

/** What stands where the file would: the file itself, or something that is no folder where a folder has to be. */
function obstacle(folder: string, path: string): string | undefined {
  const parts = path.split('/');
  for (let length = 0; length <= parts.length; length++) {
    const place = parts.slice(0, length).join('/');
    // A link inside may lead out of the folder, so that nothing is written through it.
    const there = kindOf(join(folder, place), length === 0 ? statSync : lstatSync);
    if (there === 'nothing') return undefined;
    if (length === parts.length || there === 'file') return place === '' ? '.' : place;
  }
  return undefined;
}

function kindOf(path: string, look: typeof lstatSync): 'nothing' | 'folder' | 'file' {
  try {
    return look(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return 'nothing';
    throw invalidInput(diagnose('file-unusable/unseen', { path }, { reason: messageOf(error) }));
  }
}
