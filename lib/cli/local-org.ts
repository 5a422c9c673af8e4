import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { type Emulator, startEmulator } from '../emulator';
import { ownFile } from './project';

/**
 * The built-in org of that name, for one command; what it holds is kept in the project. A new one gets the organization
 * id that the code wants, so that a program written for a real org can be tried out.
 */
export async function startLocalOrg(
  cwd: string,
  name: string,
  seed: string | undefined,
  orgId: string | undefined,
): Promise<Emulator> {
  const stateFile = ownFile(cwd, 'local', `${encodeURIComponent(name)}.json`);
  mkdirSync(dirname(stateFile), { recursive: true });
  return startEmulator({
    stateFile,
    ...(seed !== undefined && { seedDir: resolve(cwd, seed) }),
    ...(orgId !== undefined && { orgId }),
  });
}
