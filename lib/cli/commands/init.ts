import { existsSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';

import { orgPrefix } from '../../org/login';
import { ownPackage } from '../../package-version';
import { importedApps, importLines, type ImportReport } from '../../reports/import';
import type { CdkName } from '../../values/cdk';
import { shellWord } from '../../values/shell-word';
import { EXIT, type ExitCode, worst } from '../exit-code';
import type { InitFlags } from '../flags';
import { requireNew, writeNewFiles } from '../init/new-files';
import { ownSource } from '../init/own-source';
import { projectCdk } from '../init/project-cdk';
import { exampleOf, type NewProject, projectFiles } from '../init/project-files';
import { moveHint } from '../init/repository';
import type { Io } from '../io';
import { codeOf, readImport } from '../read-import';
import { writeFitted } from '../style';

/** Name of the org where none is given. */
const ORG = 'prod';

/**
 * Writes a new project, empty or with the apps of orgs, and says what to run next. Where a file could not be read, the
 * project may lack an app: it is written, and the exit code says that something is missing.
 */
export async function init(io: Io, dir: string, flags: InitFlags): Promise<ExitCode> {
  const own = ownPackage();
  if (own === undefined) throw new Error('This copy of client-apps has no package.json, so its version is not known.');
  const folder = resolve(io.cwd, dir);
  const cdk = flags.cdk ?? projectCdk(folder);
  const bare: NewProject = {
    name: basename(folder),
    forge: flags.ci,
    cdk,
    own,
    ownSource: ownSource(own, folder),
    program: exampleOf(cdk),
  };
  // Before an org is asked: an answer that cannot be written helps nobody.
  requireNew(folder, [...projectFiles(bare).keys()]);
  const read = await imported(io, folder, { ...flags, cdk });
  if (read && 'codes' in read) return worst(read.codes);
  const program = read && new Map(read.program.files.map(({ path, text }) => [path, text]));
  const files = projectFiles({ ...bare, ...(program && { program }) });
  writeNewFiles(folder, files);

  const shown = relative(io.cwd, folder) || '.';
  const report = read && { ...read, folder: shown };
  const what = report ? `a project with ${importedApps(report)}` : 'a project';
  writeFitted(io.stdout, `Wrote ${what} to ${shown}: ${[...files.keys()].join(', ')}\n`);
  writeFitted(
    io.stdout,
    [...(report ? importLines(report) : []), '', ...nextCommands(shown, flags, report)].join('\n'),
  );
  for (const hint of hints(folder, flags)) writeFitted(io.stdout, `${hint}\n`);
  return read ? codeOf(read) : EXIT.ok;
}

/** The apps of orgs or files; undefined where the project begins with none. */
async function imported(io: Io, folder: string, { fromOrg, ...flags }: InitFlags & { readonly cdk: CdkName }) {
  if (fromOrg === undefined && flags.from === undefined) return undefined;
  // The local org is the project's own.
  const seed =
    flags.seed !== undefined && existsSync(resolve(io.cwd, flags.seed)) ? resolve(io.cwd, flags.seed) : flags.seed;
  const there = flags.local ? { ...io, cwd: folder } : io;
  return readImport(there, [...new Set(fromOrg ?? [ORG])], { ...flags, ...(seed !== undefined && { seed }) });
}

const TRY = '# an emulated org on this machine, to try things out';
const EXAMPLE_APP =
  'The app in clients.ts is an example. For a real org, set its login (client-apps --help) and leave out --local.';

function nextCommands(folder: string, flags: InitFlags, report: ImportReport | undefined): readonly string[] {
  const local = flags.local ? ' --local' : '';
  const steps =
    report === undefined
      ? ['npm test', `npx client-apps plan --local     ${TRY}`, 'npx client-apps apply --local', '', EXAMPLE_APP]
      : [
          ...(report.program.gaps.length > 0
            ? ['# then do what is listed above under "To do before the first apply"']
            : []),
          'npm test',
          `npx client-apps plan${local}     # shows what the first apply changes, as the comments of the program announce`,
        ];
  return [
    'Next:',
    ...(folder === '.' ? [] : [`  cd ${shellWord(folder)}`]),
    '  npm install',
    ...steps.map((step) => (step === '' || step === EXAMPLE_APP ? step : `  ${step}`)),
    '',
  ];
}

function hints(folder: string, { ci, fromOrg = [] }: InitFlags): readonly string[] {
  if (ci === 'none') return [];
  const move = moveHint(folder);
  return [
    'The variables that the CI workflow needs are listed at its top.',
    ...(fromOrg.length > 1
      ? [`With several orgs, each variable contains the name of its org: ${orgPrefix(fromOrg[0] ?? ORG)}CLIENT_ID.`]
      : []),
    ...(move === undefined ? [] : [move]),
  ];
}
