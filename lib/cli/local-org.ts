import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { type Emulator, startEmulator } from '../emulator';
import type { Manifest } from '../metadata/manifest';
import { ownFile } from './project';

/** What the code expects of its org. */
export interface LocalNeeds {
  readonly orgId?: string;
  readonly permissionSets?: readonly string[];
}

/** What a manifest expects. */
export function localNeeds({ org, apps }: Manifest): LocalNeeds {
  const named = apps.flatMap(({ components }) =>
    components.flatMap(
      ({ fields }) => fields['commaSeparatedPermissionSet']?.value ?? fields['permissionSetName']?.value ?? [],
    ),
  );
  const permissionSets = [...new Set(named.filter((name) => typeof name === 'string'))];
  return { ...(org.org_id !== undefined && { orgId: org.org_id }), permissionSets };
}

/**
 * The built-in org of that name, for one command; what it holds is kept in the project. A new one gets the organization
 * id and, without a seed, the permission sets that the code names, so that a program written for a real org can be tried
 * out.
 */
export async function startLocalOrg(
  cwd: string,
  name: string,
  seed: string | undefined,
  { orgId, permissionSets = [] }: LocalNeeds,
): Promise<Emulator> {
  const stateFile = ownFile(cwd, 'local', `${encodeURIComponent(name)}.json`);
  mkdirSync(dirname(stateFile), { recursive: true });
  return startEmulator({
    stateFile,
    ...(seed !== undefined && { seedDir: resolve(cwd, seed) }),
    ...(orgId !== undefined && { orgId }),
    permissionSets,
  });
}
