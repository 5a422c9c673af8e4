import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';

import { count } from '../reports/plan/words';
import { visible } from '../values/visible';
import type { Io } from './io';
import type { ManifestFile } from './manifests';
import { outputFolder, projectFolder } from './project';

/** `Compared with cdktf.out, synthesized 12 minutes ago; main.ts is newer.` */
export function ageText(io: Io, files: readonly ManifestFile[]): string {
  const written = files.map(({ file }) => modifiedAt(file) ?? 0);
  if (written.length === 0) return '';
  const oldest = Math.min(...written);
  const now = io.clock?.now() ?? Date.now();
  const newer = newerSources(io, files, oldest);
  const but = newer.length === 0 ? '' : `; ${newer.map(visible).join(', ')} ${newer.length === 1 ? 'is' : 'are'} newer`;
  return `Compared with ${visible(placeOf(io, files))}, synthesized ${agoText(now - oldest)} ago${but}.\n`;
}

/** `12 minutes`, in the largest unit of which there is at least one. */
export function agoText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return count(seconds, 'second');
  if (seconds < 3600) return count(Math.floor(seconds / 60), 'minute');
  return seconds < 86_400 ? count(Math.floor(seconds / 3600), 'hour') : count(Math.floor(seconds / 86_400), 'day');
}

function placeOf(io: Io, files: readonly ManifestFile[]): string {
  const folder = outputFolder(io);
  const inside = files.every(({ file }) => !relative(folder, file).startsWith('..'));
  const shown = (path: string): string => relative(io.cwd, path) || '.';
  return inside ? shown(folder) : files.map(({ file }) => shown(file)).join(', ');
}

/** The files of the program that the manifests name, and what they were compiled from. */
function newerSources(io: Io, files: readonly ManifestFile[], than: number): readonly string[] {
  const named = files.flatMap(({ manifest }) =>
    [...manifest.apps, ...(manifest.records ?? [])].flatMap(({ source }) => source?.file ?? []),
  );
  const all = new Set(named.flatMap((file) => [file, file.replace(/\.([cm]?)js$/, '.$1ts')]));
  const project = projectFolder(io.cwd);
  return [...all].filter((file) => (modifiedAt(resolve(project, file)) ?? 0) > than);
}

const modifiedAt = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs;
