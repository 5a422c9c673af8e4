import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const FILE = '.terraform.lock.hcl';
const HEAD = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;

/**
 * Puts the provider into the stack's lock file, where that does not have it in this version. Terraform would do so by
 * itself, but cdktf runs `terraform providers lock` where the file lacks a provider, which looks on the network only. A
 * checksum of the same version is never replaced: there, other bytes than before are what Terraform has to refuse.
 * @param stackFolder The folder of the stack in cdktf's output.
 * @param provider Its address, its version, and the one file it consists of.
 */
export function lockProvider(
  stackFolder: string,
  provider: { readonly source: string; readonly version: string; readonly file: string },
): void {
  const { source, version, file } = provider;
  const path = join(stackFolder, FILE);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : HEAD;
  const ours = blockOf(before, source);
  if (ours !== undefined && new RegExp(`^\\s*version\\s*=\\s*"${version.replaceAll('.', '\\.')}"`, 'm').test(ours))
    return;
  const block = `provider "${source}" {
  version     = "${version}"
  constraints = "${version}"
  hashes = [
    "${packageHash(file)}",
  ]
}
`;
  writeFileSync(path, ours === undefined ? `${before.trimEnd()}\n\n${block}` : before.replace(ours, () => block));
}

/** As Terraform writes it: nothing but the last line of a block starts with a brace. */
const blockOf = (lock: string, source: string): string | undefined =>
  lock.split(/^(?=provider ")/m).flatMap((part) => {
    const end = part.indexOf('\n}\n');
    return part.startsWith(`provider "${source}" {`) && end >= 0 ? [part.slice(0, end + 3)] : [];
  })[0];

/** Terraform's `h1:`, over the names and checksums of all files of the provider's folder: here one. */
function packageHash(file: string): string {
  const content = createHash('sha256').update(readFileSync(file)).digest('hex');
  return `h1:${createHash('sha256')
    .update(`${content}  ${basename(file)}\n`)
    .digest('base64')}`;
}
