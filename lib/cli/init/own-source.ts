import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

import type { OwnPackage } from '../../package-version';

/**
 * What a package.json in that folder has to name, so that npm installs this very package: where this copy came from, if
 * that was a file, else its version.
 */
export function ownSource({ folder, json }: OwnPackage, project: string): string {
  const installed = installedFrom(folder, String(json['name']));
  if (installed?.startsWith('file:') === true) {
    const file = resolve(dirname(dirname(folder)), installed.slice('file:'.length));
    const path = relative(project, file).replaceAll('\\', '/');
    return `file:${path.startsWith('.') ? path : `./${path}`}`;
  }
  return `^${String(json['version'])}`;
}

/** What npm remembers about it. Undefined in a clone, and for other package managers. */
function installedFrom(folder: string, name: string): string | undefined {
  const modules = dirname(folder);
  if (basename(modules) !== 'node_modules') return undefined;
  try {
    const lock = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as {
      readonly packages?: Readonly<Record<string, { readonly resolved?: string } | undefined>>;
    };
    return lock.packages?.[`node_modules/${name}`]?.resolved;
  } catch {
    return undefined;
  }
}
