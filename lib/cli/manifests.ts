import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

import type { Manifest } from '../metadata/manifest';
import { readManifest } from '../metadata/manifest-file';
import { ClientAppsError, type Diagnostic } from '../values/diagnostic';
import { nearest } from '../values/nearest';
import { readOptional, readRequired } from './files';
import { invalidInput } from './invalid-input';
import type { Io } from './io';
import type { OrgOptions } from './options';

/** A manifest, where it was read from, and the folder of the project it belongs to. */
export interface Source {
  readonly file: string;
  readonly manifest: Manifest;
  /** Where `.client-apps` stands. */
  readonly project: string;
}

const OUTPUT = 'cdktf.out';
const OURS = 'client-apps';
const NAME = 'manifest.json';
const SYNTH = 'synthesize first (cdktf synth, or run your program), or name one with --manifest FILE';

/**
 * The manifests of the run: those named, else those of the stacks that cdktf.out/manifest.json names.
 * @throws ClientAppsError INVALID_INPUT with the problems of all files at once.
 */
export function readManifests(options: Pick<OrgOptions, 'manifest' | 'org'>, io: Pick<Io, 'cwd'>): readonly Source[] {
  const files = options.manifest?.map((file) => resolve(io.cwd, file)) ?? findManifests(io.cwd);
  const problems: Diagnostic[] = [];
  const sources: Source[] = [];
  for (const file of [...new Set(files)]) {
    const shown = relative(io.cwd, file);
    const read = readManifest(readRequired(file, 'manifest'), shown);
    if (read.ok) sources.push({ file: shown, manifest: read.value, project: projectOf(file, io.cwd) });
    else problems.push(...read.error);
  }
  if (problems.length > 0) throw new ClientAppsError('INVALID_INPUT', problems);
  checkUnique(sources);
  return selectOrgs(sources, options.org);
}

/** Keeps the orgs that were asked for; a name that is none of them is a mistake somebody relies on. */
export function selectOrgs<T extends { readonly manifest: Manifest }>(
  sources: readonly T[],
  wanted: readonly string[] | undefined,
): readonly T[] {
  if (wanted === undefined) return sources;
  const names = [...new Set(sources.map(({ manifest }) => manifest.org.name))];
  for (const name of wanted) {
    if (names.includes(name)) continue;
    const likely = nearest(name, names);
    throw invalidInput('unknown-org', '--org', 'no manifest of this run is for that org', 'correct the name', {
      value: name,
      allowed: `${names.join(', ')}${likely === undefined ? '' : ` (did you mean ${likely}?)`}`,
    });
  }
  return sources.filter(({ manifest }) => wanted.includes(manifest.org.name));
}

function findManifests(cwd: string): readonly string[] {
  const index = join(cwd, OUTPUT, NAME);
  const text = readOptional(index);
  if (text === undefined) {
    throw invalidInput('no-manifest', join(OUTPUT, NAME), 'there is no synthesized output here', SYNTH);
  }
  const found = stackFolders(text, index).flatMap((stack) => manifestsIn(join(cwd, OUTPUT, stack, OURS)));
  if (found.length === 0) {
    throw invalidInput('no-manifest', OUTPUT, 'no synthesized stack holds a SalesforceOrg', SYNTH);
  }
  return found;
}

/** The folders of the stacks that cdktf wrote last; folders of earlier runs may lie beside them. */
function stackFolders(text: string, path: string): readonly string[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  const stacks = (content as { readonly stacks?: unknown } | undefined)?.stacks;
  if (typeof stacks !== 'object' || stacks === null) {
    throw invalidInput('no-manifest', path, "this is not cdktf's manifest: it names no stacks", SYNTH);
  }
  return Object.values(stacks as Readonly<Record<string, { readonly workingDirectory?: unknown } | null>>)
    .map((stack) => stack?.workingDirectory)
    .filter((folder): folder is string => typeof folder === 'string');
}

function manifestsIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name, NAME))
    .filter((file) => existsSync(file))
    .sort();
}

/** The folder that holds cdktf's output, wherever in it the command runs (Terraform runs it in a stack's folder). */
function projectOf(file: string, cwd: string): string {
  const ours = dirname(dirname(file));
  const stacks = dirname(dirname(ours));
  return basename(ours) === OURS && basename(stacks) === 'stacks' ? dirname(dirname(stacks)) : cwd;
}

function checkUnique(sources: readonly Source[]): void {
  for (const [index, { file, manifest }] of sources.entries()) {
    const twin = sources.slice(0, index).find((other) => other.manifest.id === manifest.id);
    if (!twin) continue;
    throw invalidInput('duplicate-manifest', file, `${twin.file} has the same id`, 'name each manifest once', {
      value: manifest.id,
    });
  }
}
