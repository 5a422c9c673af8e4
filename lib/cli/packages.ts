import { readdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

import type { Files } from '../metadata/package/zip';
import { phaseFolder, type PhaseName } from '../metadata/phases';
import { diagnose } from '../values/diagnose';
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
  throw invalidInput(diagnose('package-folder-in-use', { path: folder }));
}

/** Writes the package of each phase to `<folder>/<org>/<number>-<phase>`, in the order of the deploys. */
export function writePackages(
  folder: string,
  org: string,
  phases: readonly { readonly name: PhaseName; readonly files: Files }[],
): void {
  const written = phases.flatMap(({ name, files }, index) =>
    [...files].map(([path, text]) => ({ file: inside(folder, join(org, phaseFolder(index, name)), path), text })),
  );
  for (const { file, text } of written) writeText(file, text);
}

/** Names come from the org and from files: none may lead out of the folder of its package. */
function inside(folder: string, phase: string, path: string): string {
  const [root, home] = [resolve(folder), resolve(folder, phase)];
  const file = resolve(home, ...path.split('/'));
  if (home.startsWith(`${root}${sep}`) && file.startsWith(`${home}${sep}`)) return file;
  throw invalidInput(diagnose('package-path-outside', { path: folder, value: `${phase}/${path}` }));
}
