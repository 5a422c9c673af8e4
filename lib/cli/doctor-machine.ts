import { existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import type { MachineFacts } from '../operations/doctor-machine';
import { builtFile, ownPackage } from '../package-version';
import { CDKS } from '../values/cdk';
import type { OrgFlags } from './flags';
import type { Io } from './io';
import { projectFolder } from './project';

const PROVIDER = 'terraform-provider-salesforce';

/** What this machine has to work with. Runs nothing: Terraform writes files when it is only asked for its version. */
export function readMachine(
  { environment, nodeVersion, cwd }: Pick<Io, 'environment' | 'nodeVersion' | 'cwd'>,
  { settings }: OrgFlags,
): MachineFacts {
  const terraform = onPath(environment['PATH'] ?? environment['Path'] ?? '', ['terraform', 'terraform.exe']);
  const provider = [builtFile('provider', PROVIDER)].find((file) => existsSync(file));
  const engines = ownPackage()?.json['engines'] as { readonly node?: string } | undefined;
  return {
    node: nodeVersion,
    oldestNode: (engines?.node ?? '').replace(/^[^0-9]*/, ''),
    cdks: CDKS.flatMap((name) => installed(projectFolder(cwd), name) ?? []),
    settings: settings?.settled ?? [],
    ...(terraform !== undefined && { terraform }),
    ...(provider !== undefined && { provider }),
  };
}

/** `cdktf 0.21.0`, as Node finds it from the folder. */
function installed(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, 'node_modules', name, 'package.json');
    if (existsSync(file)) return `${name} ${versionIn(file)}`;
    if (at === dirname(at)) return undefined;
  }
}

function versionIn(file: string): string {
  try {
    return String((JSON.parse(readFileSync(file, 'utf8')) as { readonly version?: string }).version);
  } catch {
    return 'of a version that cannot be read';
  }
}

const onPath = (path: string, names: readonly string[]): string | undefined =>
  path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
