import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

import { type Emulator, startEmulator } from '../emulator';
import type { Manifest } from '../metadata/manifest';
import { actingUsersOf, permissionSetsOf } from '../proof/needs';
import { writeText } from './files';
import type { OrgFlags } from './flags';
import type { Io } from './io';
import { ownFile } from './project';
import { isAbout, RECEIPTS } from './receipts';
import { writeFitted } from './style';

/** What the code expects of its org. */
export interface LocalNeeds {
  readonly orgId?: string;
  readonly permissionSets?: readonly string[];
  /** Usernames that apps act as. */
  readonly users?: readonly string[];
}

/** What a manifest expects. */
export const localNeeds = (manifest: Manifest): LocalNeeds => ({
  ...(manifest.org.org_id !== undefined && { orgId: manifest.org.org_id }),
  permissionSets: permissionSetsOf(manifest.apps),
  users: actingUsersOf(manifest),
});

/** Of the users that are made for a local org: they may call the API and nothing else, as integration users should. */
const API_ONLY = 'Minimum Access - API Only Integrations';

/**
 * The built-in org of that name, for one command; what it holds is kept in the project. A new one gets the organization
 * id; every one gets the permission sets and run-as users that the code names and that it lacks, so that a program written
 * for a real org can be tried out.
 */
export async function startLocalOrg(
  io: Io,
  name: string,
  { seed, reset }: OrgFlags,
  { orgId, permissionSets = [], users = [] }: LocalNeeds,
): Promise<Emulator> {
  const stateFile = ownFile(io.cwd, 'local', `${encodeURIComponent(name)}.json`);
  const former = `${stateFile}.former`;
  if (reset && existsSync(stateFile)) renameSync(stateFile, former);
  const exists = existsSync(stateFile);
  writeFitted(
    io.stderr,
    `Using the local org ${name}, kept in ${relative(io.cwd, stateFile)}${exists ? '' : ' (new)'}\n`,
  );
  if (exists && seed !== undefined) {
    writeFitted(
      io.stderr,
      `--seed ${seed} was not read: it applies only to a new org, and ${name} exists. Add --reset to start over.\n`,
    );
  }
  mkdirSync(dirname(stateFile), { recursive: true });
  // Receipts of real orgs are to be committed; an emulated org with its tokens is not.
  const ignored = join(dirname(stateFile), '.gitignore');
  if (!existsSync(ignored)) writeText(ignored, '*\n');
  try {
    const emulator = await startEmulator({
      stateFile,
      ...(seed !== undefined && !exists && { seedDir: resolve(io.cwd, seed) }),
      ...(orgId !== undefined && { orgId }),
      lacking: {
        permissionSets: permissionSets.map((set) => ({ name: set, holders: 1 })),
        users: users.map((username) => ({ username, profile: API_ONLY })),
      },
    });
    if (emulator.given.length > 0)
      writeFitted(io.stderr, `Added to it, as the code names them: ${emulator.given.join(', ')}\n`);
    if (reset) forgetApplies(io.cwd, name);
    rmSync(former, { force: true });
    return emulator;
  } catch (error) {
    // A seed that cannot be read must not cost the org that was there.
    if (reset && existsSync(former)) renameSync(former, stateFile);
    throw error;
  }
}

/** What is remembered of applies to an org that starts over: its apps would count as deleted. */
function forgetApplies(cwd: string, name: string): void {
  const receipts = ownFile(cwd, 'local', RECEIPTS);
  if (!existsSync(receipts)) return;
  for (const file of readdirSync(receipts)) if (isAbout(name, file)) rmSync(join(receipts, file));
}
