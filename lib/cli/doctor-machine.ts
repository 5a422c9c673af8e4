import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import type { MachineFacts } from '../operations/doctor-machine';
import { builtFile, ownPackage } from '../package-version';
import type { Io } from './io';

const PROVIDER = 'terraform-provider-salesforce';

/** What this machine has to work with. Runs nothing: Terraform writes files when it is only asked for its version. */
export function readMachine({ environment, nodeVersion }: Pick<Io, 'environment' | 'nodeVersion'>): MachineFacts {
  const terraform = onPath(environment['PATH'] ?? environment['Path'] ?? '', ['terraform', 'terraform.exe']);
  const provider = [builtFile('provider', PROVIDER)].find((file) => existsSync(file));
  const engines = ownPackage()?.json['engines'] as { readonly node?: string } | undefined;
  return {
    node: nodeVersion,
    oldestNode: (engines?.node ?? '').replace(/^[^0-9]*/, ''),
    ...(terraform !== undefined && { terraform }),
    ...(provider !== undefined && { provider }),
  };
}

const onPath = (path: string, names: readonly string[]): string | undefined =>
  path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
