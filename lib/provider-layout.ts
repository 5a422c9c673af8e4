import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { builtFile } from './package-version';
import { diagnose } from './values/diagnose';
import { ClientAppsError } from './values/diagnostic';

/** Host, namespace and type. No one can register the host (RFC 6761), so the provider comes from this package only. */
export const PROVIDER_SOURCE = 'client-apps.invalid/cdktf-salesforce-client-apps/salesforce';

/** Platforms on which a script can be a Terraform provider. The file is the same for all of them. */
const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'] as const;

/** Without a version, as Terraform's developer overrides want it. */
export const PROVIDER_FILE = 'terraform-provider-salesforce';

/** The provider in the package; in a checkout of this repository, in its build. @throws ClientAppsError where it is missing. */
export function bundledProvider(): string {
  const found = builtFile('provider', PROVIDER_FILE);
  if (existsSync(found)) return found;
  throw new ClientAppsError('REFUSED', [diagnose('provider-missing', { path: 'cdktf-salesforce-client-apps' })]);
}

/** Where a version of the provider stands in a folder that Terraform takes for a mirror: one file for each platform. */
export const mirrorFiles = (mirror: string, version: string): readonly string[] =>
  PLATFORMS.map((platform) =>
    join(mirror, ...PROVIDER_SOURCE.split('/'), version, platform, `${PROVIDER_FILE}_v${version}`),
  );

/** Copies the provider to the first of the files, and gives it the others as further names. Each is whole or not there. */
export function placeProvider(source: string, files: readonly string[]): void {
  const [first, ...others] = files;
  if (first === undefined) return;
  place(first, (draft) => copyFileSync(source, draft));
  for (const other of others) {
    // A second name for the same bytes takes no space; file systems without such names get a copy.
    place(other, (draft) => {
      try {
        linkSync(first, draft);
      } catch {
        copyFileSync(first, draft);
      }
    });
  }
}

function place(file: string, write: (draft: string) => void): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  mkdirSync(dirname(file), { recursive: true });
  try {
    write(draft);
    chmodSync(draft, 0o755);
    renameSync(draft, file);
  } finally {
    // Two names of one file: renaming one to the other does nothing.
    rmSync(draft, { force: true });
  }
}
