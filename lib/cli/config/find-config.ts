import { existsSync, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { projectFolder } from '../project';
import { CONFIG_FILE } from './settings';

/**
 * The nearest configuration file from the folder upward to the top of its git work tree; outside of one, to the folder
 * of the project. Nothing further up is looked at: in a folder that others can write to, they could set what we do.
 */
export function findConfig(cwd: string): string | undefined {
  const end = workTree(cwd) ?? projectFolder(cwd);
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, CONFIG_FILE);
    // A link that leads nowhere is there, too; to pass over it would drop what it was to say.
    if (lstatSync(file, { throwIfNoEntry: false })) return file;
    if (folder === end || folder === dirname(folder)) return undefined;
  }
}

function workTree(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
