import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { diagnose } from '../values/diagnose';
import { invalidInput, messageOf, readTextIfThere } from './files';
import { isLocal, type OrgFlags } from './flags';
import type { Io } from './io';

const CONFIG = 'cdktf.json';

const OUTPUT = 'cdktf.out';

/**
 * The folder that `.client-apps` and cdktf's output belong to: the nearest one upward with a cdktf.json, else with an
 * output of cdktf, else the current one. So a command that Terraform runs inside `cdktf.out` finds the same memory as
 * one at the top.
 */
export const projectFolder = (cwd: string): string =>
  nearestWith(cwd, CONFIG) ?? nearestWith(cwd, join(OUTPUT, 'manifest.json')) ?? cwd;

function nearestWith(cwd: string, name: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Where the last synth wrote to: CDKTF_OUTDIR, else `output` of cdktf.json, else `cdktf.out`, as cdktf has it. */
export function outputFolder({ environment, cwd }: Pick<Io, 'environment' | 'cwd'>): string {
  const outdir = environment['CDKTF_OUTDIR'];
  if (outdir !== undefined && outdir !== '') return resolve(cwd, outdir);
  const project = projectFolder(cwd);
  return resolve(project, configured(join(project, CONFIG), 'output') ?? OUTPUT);
}

/** The command that runs the program, or undefined where cdktf.json names none. */
export const configuredApp = (cwd: string): string | undefined => configured(join(projectFolder(cwd), CONFIG), 'app');

function configured(file: string, key: 'app' | 'output'): string | undefined {
  const text = readTextIfThere(file);
  if (text === undefined) return undefined;
  try {
    const value = (JSON.parse(text) as Readonly<Record<string, unknown>>)[key];
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch (error) {
    throw invalidInput(diagnose('cdktf-json-unusable', { path: file }, { reason: messageOf(error) }));
  }
}

/** A file of ours in the project. */
export const ownFile = (cwd: string, ...path: readonly string[]): string =>
  join(projectFolder(cwd), '.client-apps', ...path);

/** One of what is remembered of orgs. What happened in the built-in org says nothing about the real one of the same name. */
export const memoryFile = (io: Io, flags: OrgFlags, ...path: readonly string[]): string =>
  ownFile(io.cwd, ...(isLocal(io, flags) ? ['local'] : []), ...path);
