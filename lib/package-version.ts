import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NAME = 'cdktf-salesforce-client-apps';

/** The version of this package, from the nearest package.json of its name: the same from the sources and from dist. */
export function packageVersion(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
      if (found['name'] === NAME) return String(found['version']);
    } catch {
      // No package.json here, or not a readable one: look further up.
    }
  }
  return 'unknown';
}
