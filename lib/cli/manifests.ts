import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import type { Manifest } from '../metadata/manifest';
import { readManifest } from '../metadata/manifest-file';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic, shown } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import type { OrgTarget } from './each-org';
import { invalidInput, messageOf, readText, readTextIfThere } from './files';
import type { OrgFlags } from './flags';
import type { Io } from './io';
import { outputFolder } from './project';

const MANY_APPS = 200;

/**
 * The manifests of the run: those named, else those of the last synth, less what --org leaves out.
 * @throws ClientAppsError with every file that cannot be used, every org twice, every unknown --org.
 */
export const loadManifests = (io: Io, flags: OrgFlags): readonly Manifest[] =>
  loadManifestFiles(io, flags).map(({ manifest }) => manifest);

/** A manifest and where it stands. */
export interface ManifestFile {
  readonly file: string;
  readonly manifest: Manifest;
}

/** The same, with their files. */
export function loadManifestFiles(io: Io, flags: OrgFlags): readonly ManifestFile[] {
  const files = flags.manifest?.map((file) => resolve(io.cwd, file)) ?? synthesized(io);
  const found: ManifestFile[] = [];
  const problems: Diagnostic[] = [];
  for (const file of new Set(files)) {
    const read = readManifest(readText(file, 'file-missing/manifest'), relative(io.cwd, file));
    if (read.ok) found.push({ file, manifest: read.value });
    else problems.push(...read.error);
  }
  if (problems.length > 0) throw new ClientAppsError('INVALID_INPUT', problems);
  requireDistinct(found);
  const chosen = selected(
    found.map(({ manifest }) => manifest),
    flags,
  );
  if (chosen.reduce((sum, { apps }) => sum + apps.length, 0) > MANY_APPS) io.onManyApps?.();
  return found.filter(({ manifest }) => chosen.includes(manifest));
}

/** The same, or nothing where nothing was ever synthesized: an emergency must not need a build. */
export const loadManifestsIfThere = (io: Io, flags: OrgFlags): readonly Manifest[] =>
  loadManifestFilesIfThere(io, flags).map(({ manifest }) => manifest);

/** The same, with their files. */
export const loadManifestFilesIfThere = (io: Io, flags: OrgFlags): readonly ManifestFile[] =>
  flags.manifest || manifestFiles(outputFolder(io)).length > 0 ? loadManifestFiles(io, flags) : [];

/** Those to work on, by the names of --org. @throws ClientAppsError for a name that is not among them. */
function selected(manifests: readonly Manifest[], { org: names, settings }: OrgFlags): readonly Manifest[] {
  if (names === undefined) return manifests;
  const origin = settings?.settled.find(({ name }) => name === 'orgs')?.origin ?? '--org';
  const known = manifests.map(({ org }) => org.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw invalidInput(...unknown.map((name) => unknownOrg(origin, name, known)));
  return manifests.filter(({ org }) => names.includes(org.name));
}

/** The manifests as targets of {@link eachOrg}. */
export const targetsOf = (manifests: readonly Manifest[]): readonly (OrgTarget & { readonly manifest: Manifest })[] =>
  manifests.map((manifest) => ({ org: manifest.org.name, path: manifest.org.path, manifest }));

/**
 * The orgs of the program. One that no program describes can be looked at as well: its name then only chooses the
 * credentials.
 */
export function targetsIfThere(io: Io, flags: OrgFlags): readonly OrgTarget[] {
  const manifests = loadManifestsIfThere(io, flags);
  return manifests.length > 0 ? targetsOf(manifests) : (flags.org ?? ['org']).map((org) => ({ org, path: org }));
}

/** Of a command that works on one org at a time. @throws ClientAppsError where there are several. */
export function oneOrg<T extends OrgTarget>(
  targets: readonly T[],
  { app, command }: { readonly app: string; readonly command: string },
): readonly [T] {
  const [only, ...others] = targets;
  if (only && others.length === 0) return [only];
  const allowed = targets.map(({ org }) => `${org}/${app}`).join(', ');
  throw invalidInput(diagnose('one-org-at-a-time', { path: command, allowed }, { command, count: targets.length }));
}

/** The error for a name on the command line that is no org of the run. */
export function unknownOrg(option: string, name: string, known: readonly string[]): Omit<Diagnostic, 'severity'> {
  const place = { path: option, value: name, allowed: known.join(', '), meant: nearest(name, known) };
  return diagnose('org-unknown', place, { org: shown(name) });
}

function synthesized(io: Io): readonly string[] {
  const folder = outputFolder(io);
  const files = manifestFiles(folder);
  if (files.length > 0) return files;
  throw invalidInput(diagnose('no-manifest', { path: folder }));
}

/** The manifests of the stacks that cdktf's own manifest names; a folder left over from a removed stack is not looked at. */
function manifestFiles(folder: string): readonly string[] {
  const file = join(folder, 'manifest.json');
  const text = readTextIfThere(file);
  if (text === undefined) return [];
  return stackFolders(text, file).flatMap((stack) => {
    const ours = join(folder, stack, 'client-apps');
    return foldersIn(ours).map((org) => join(ours, org, 'manifest.json'));
  });
}

function stackFolders(text: string, file: string): readonly string[] {
  try {
    const { stacks } = JSON.parse(text) as { readonly stacks: Readonly<Record<string, { workingDirectory: string }>> };
    return Object.values(stacks).map(({ workingDirectory }) => workingDirectory);
  } catch (error) {
    throw invalidInput(diagnose('cdktf-output-unusable', { path: file }, { reason: messageOf(error) }));
  }
}

function foldersIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  } catch {
    return []; // The stack declares no org.
  }
}

function requireDistinct(found: readonly ManifestFile[]): void {
  const problems = found.flatMap(({ file, manifest: { org } }, index) => {
    const earlier = found.slice(0, index).find((other) => other.manifest.org.name === org.name);
    if (!earlier) return [];
    return [diagnose('org-twice', { path: file, value: earlier.file }, { org: org.name })];
  });
  if (problems.length > 0) throw invalidInput(...problems);
}
