import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Files } from '../metadata/package/zip';
import { invalidInput, writeText } from './files';

/** Refuses a folder that holds something already. @throws ClientAppsError before anything is planned. */
export function requireEmptyFolder(folder: string): void {
  let entries: readonly string[];
  try {
    entries = readdirSync(folder);
  } catch {
    return; // It will be made, or writing to it tells what is wrong.
  }
  if (entries.length === 0) return;
  throw invalidInput({
    code: 'package-folder-in-use',
    path: folder,
    problem: 'the folder for the packages is not empty, and files of an earlier plan would mix with those of this one',
    remedy: 'name a new folder, or empty this one',
  });
}

/** Writes the package of each phase to `<folder>/<org>/<number>-<phase>`, in the order of the deploys. */
export function writePackages(
  folder: string,
  org: string,
  phases: readonly { readonly name: string; readonly files: Files }[],
): void {
  for (const [index, { name, files }] of phases.entries()) {
    for (const [path, text] of files) writeText(join(folder, org, `${index + 1}-${name}`, ...path.split('/')), text);
  }
}
