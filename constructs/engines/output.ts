import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Manifest } from '../../lib/metadata/manifest';
import type { InstallPackage } from '../../lib/metadata/package/install-packages';

/** The folder of cdktf's output that holds a folder for each stack. */
const STACKS = 'stacks';
/** Our folder in each of them. The command line tool looks for `stacks/<stack>/client-apps/<org>/manifest.json`. */
const OURS = 'client-apps';
/** In ours, of each org: a numbered folder for each deploy. */
const PACKAGE = 'package';
/** What client-apps drift found; it says itself which manifest it is about, and cdktf synthesizes before each plan. */
const DRIFT_REPORT = 'drift.json';

/** One org's output, complete before the first byte is written. */
export interface OrgOutput {
  readonly stack: string;
  readonly org: string;
  readonly manifest: Manifest;
  /** For a first install with other tools; none where the author wants none or there is nothing to install. */
  readonly packages: readonly InstallPackage[];
}

/** Replaces the output of one org. The manifest comes last: where there is one, the rest is complete. */
export function writeOrg(outdir: string, { stack, org, manifest, packages }: OrgOutput): void {
  const folder = join(outdir, STACKS, stack, OURS, org);
  const report = join(folder, DRIFT_REPORT);
  const drift = existsSync(report) ? readFileSync(report) : undefined;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (packages.length > 0) writePackages(join(folder, PACKAGE), packages);
  if (drift) writeFileSync(report, drift);
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** A deploy takes every file of a package for metadata, so what is for git lies beside the packages. */
function writePackages(folder: string, packages: readonly InstallPackage[]): void {
  const made = new Set<string>();
  for (const { folder: name, files } of packages) {
    for (const [path, content] of files) {
      const target = join(folder, name, ...path.split('/'));
      if (!made.has(dirname(target))) mkdirSync(dirname(target), { recursive: true });
      made.add(dirname(target));
      writeFileSync(target, content);
    }
  }
  writeFileSync(join(folder, '.gitignore'), '*\n');
}

/**
 * Removes the output of every org but those to keep (`<stack>/<org>`), also in folders of stacks that are gone: an old
 * manifest must never be applied in the belief that it is the current one.
 */
export function removeOutputExcept(outdir: string, keep: ReadonlySet<string>): void {
  for (const stack of folders(join(outdir, STACKS))) {
    const ours = join(outdir, STACKS, stack, OURS);
    for (const org of folders(ours)) {
      if (!keep.has(`${stack}/${org}`)) rmSync(join(ours, org), { recursive: true, force: true });
    }
    if (existsSync(ours) && readdirSync(ours).length === 0) rmdirSync(ours);
  }
}

function folders(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}
