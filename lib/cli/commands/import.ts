import { relative, resolve } from 'node:path';

import { importBlocks } from '../../import/hcl';
import { withoutCredentials } from '../../import/notes';
import { importBlocksText, importText } from '../../reports/import';
import { jsonText } from '../../values/ci-commands';
import { type ExitCode, worst } from '../exit-code';
import type { ImportFlags } from '../flags';
import { writeNewFiles } from '../init/new-files';
import { projectCdk } from '../init/project-cdk';
import type { Io } from '../io';
import { oneOrg } from '../manifests';
import { codeOf, readImport, readSources } from '../read-import';
import { writeFitted } from '../style';

/** Version of the shape of what `--json` prints (D28). */
const IMPORT_FORMAT_VERSION = '1.0';

/** What to do where a file of the program is there already. */

/**
 * Writes the apps of orgs, or of files, as a program, and says what its first apply changes. Where a file could not be
 * read, the program may lack an app: it is written, and the exit code says that something is missing.
 */
export async function importApps(io: Io, org: string | undefined, flags: ImportFlags): Promise<ExitCode> {
  const names = [...new Set([...(org === undefined ? [] : [org]), ...(flags.org ?? [])])];
  const orgs = names.length > 0 ? names : ['org'];
  const folder = resolve(io.cwd, flags.out ?? '.');
  const shown = relative(io.cwd, folder) || '.';
  if (flags.hcl) return importAsBlocks(io, orgs, flags, { folder, shown });
  const read = await readImport(io, orgs, { ...flags, cdk: flags.cdk ?? projectCdk(folder) });
  if ('codes' in read) return worst(read.codes);
  const { program, unread } = read;
  writeNewFiles(folder, new Map(program.files.map(({ path, text }) => [path, text])), 'init-file-exists/import');
  if (flags.json) {
    const { apps, hardenings, gaps, not_declared } = program;
    const files = program.files.map(({ path }) => path);
    const report = { format_version: IMPORT_FORMAT_VERSION, orgs: read.orgs, files, apps, hardenings, gaps };
    io.stdout.write(withoutCredentials(jsonText({ ...report, not_declared, unread })));
  } else writeFitted(io.stdout, importText({ ...read, folder: shown }));
  return codeOf(read);
}

/** Writes import blocks for Terraform, which makes no program of the apps. */
async function importAsBlocks(
  io: Io,
  names: readonly string[],
  flags: ImportFlags,
  { folder, shown }: { readonly folder: string; readonly shown: string },
): Promise<ExitCode> {
  const [{ org }] = oneOrg(
    names.map((each) => ({ org: each, path: each })),
    { app: 'APP', command: 'import --hcl' },
  );
  const read = await readSources(io, [org], flags);
  if ('codes' in read) return worst(read.codes);
  const { sources, keepAsIs, unread } = read;
  for (const source of sources) {
    const blocks = importBlocks(source, keepAsIs, io.today());
    writeNewFiles(folder, new Map([[blocks.file.path, blocks.file.text]]), 'init-file-exists/import');
    writeFitted(io.stdout, importBlocksText({ orgs: [org], unread, blocks, folder: shown }));
  }
  return codeOf(read);
}
