import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

import { ownPackage } from '../../package-version';
import { EXIT, type ExitCode } from '../exit-code';
import type { InitFlags } from '../flags';
import { writeNewFiles } from '../init/new-files';
import { ownSource } from '../init/own-source';
import { EXAMPLE, type Forge, projectFiles } from '../init/project-files';
import type { Io } from '../io';

/** Writes a new project, and says what to run next. */
export async function init(io: Io, dir: string, flags: InitFlags): Promise<ExitCode> {
  const own = ownPackage();
  if (own === undefined) throw new Error('This copy of client-apps has no package.json, so its version is not known.');
  const folder = resolve(io.cwd, dir);
  const source = ownSource(own, folder);
  const files = projectFiles({ name: basename(folder), forge: flags.ci, own, ownSource: source, program: EXAMPLE });
  writeNewFiles(folder, files);
  const shown = relative(io.cwd, folder) || '.';
  io.stdout.write(`Wrote a project to ${shown}: ${[...files.keys()].join(', ')}\n`);
  io.stdout.write(nextCommands(shown));
  for (const hint of hints(folder, flags.ci)) io.stdout.write(`${hint}\n`);
  return EXIT.ok;
}

const nextCommands = (folder: string): string =>
  [
    '\nNext:',
    ...(folder === '.' ? [] : [`  cd ${quoted(folder)}`]),
    '  npm install',
    '  npm test',
    '  npx client-apps plan --local     # an emulated org on this machine, to try things out',
    '  npx client-apps apply --local',
    '\nThe app in clients.ts is an example. For a real org, set its login (client-apps --help) and leave out --local.\n',
  ].join('\n');

/** As a shell takes it. */
const quoted = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);

function hints(folder: string, forge: Forge): readonly string[] {
  if (forge === 'none') return [];
  const top = repositoryAbove(folder);
  const login = `The CI workflow begins with the variables that it needs.`;
  return top === undefined
    ? [login]
    : [
        login,
        `It is read at the top of the repository only (${relative(folder, top)}): move it there, and have it run in this folder.`,
      ];
}

/** The repository that the folder is a part of without being its top. */
function repositoryAbove(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return undefined;
  for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
    if (existsSync(join(above, '.git'))) return above;
  }
  return undefined;
}
