import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** What to do with a workflow that was written below the top of its repository; undefined where it is at the top. */
export function moveHint(folder: string): string | undefined {
  const top = repositoryAbove(folder);
  return top === undefined
    ? undefined
    : `It is read only at the top of the repository (${relative(folder, top)}): move it there, and have it run in this folder.`;
}

/** The repository that the folder is a part of without being its top. */
function repositoryAbove(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return undefined;
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    if (existsSync(join(above, '.git'))) return above;
  }
  return undefined;
}
