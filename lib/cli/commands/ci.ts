import { ownPackage } from '../../package-version';
import { EXIT, type ExitCode } from '../exit-code';
import { type Forge, workflowOf } from '../init/forges';
import { writeNewFiles } from '../init/new-files';
import { moveHint } from '../init/repository';
import type { Io } from '../io';
import { writeFitted } from '../style';

/** Writes the workflow of a forge into this project: plan on a pull request, apply after review, drift at night. */
export async function ci(io: Io, forge: Exclude<Forge, 'none'>): Promise<ExitCode> {
  const own = ownPackage();
  if (own === undefined)
    throw new Error('This copy of client-apps has no package.json, so its templates cannot be found.');
  const files = new Map(workflowOf(forge, own));
  writeNewFiles(io.cwd, files, 'init-file-exists/workflow');
  const hint = moveHint(io.cwd);
  writeFitted(io.stdout, `Wrote ${[...files.keys()].join(', ')}. The variables that it needs are listed at the top.\n`);
  if (hint !== undefined) writeFitted(io.stdout, `${hint}\n`);
  return EXIT.ok;
}
