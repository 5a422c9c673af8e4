import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NAME = 'cdktf-salesforce-client-apps';

/** The version of the package this file belongs to, whether compiled or not. */
export function packageVersion(from: string = __dirname): string {
  for (let folder = from; dirname(folder) !== folder; folder = dirname(folder)) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (isOurs(manifest)) return manifest.version;
    } catch {
      continue; // no package.json here
    }
  }
  return 'unknown';
}

function isOurs(manifest: unknown): manifest is { readonly version: string } {
  if (typeof manifest !== 'object' || manifest === null) return false;
  const { name, version } = manifest as { readonly name?: unknown; readonly version?: unknown };
  return name === NAME && typeof version === 'string';
}
