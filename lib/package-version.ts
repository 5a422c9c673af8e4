import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NAME = 'cdktf-salesforce-client-apps';

/** This package: where it lies, and what its package.json says. */
export interface OwnPackage {
  readonly folder: string;
  readonly json: Readonly<Record<string, unknown>>;
}

/** The nearest package.json of our name: the same from the sources and from dist. */
export function ownPackage(): OwnPackage | undefined {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const json = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
      if (json['name'] === NAME) return { folder, json };
    } catch {
      // No package.json here, or not a readable one: look further up.
    }
  }
  return undefined;
}

/** The version of this package. */
export function packageVersion(): string {
  const own = ownPackage();
  return own === undefined ? 'unknown' : String(own.json['version']);
}

/** A file that the build of this package makes; in a checkout of the repository, too. */
export const builtFile = (...path: readonly string[]): string =>
  join(ownPackage()?.folder ?? __dirname, 'dist', ...path);
