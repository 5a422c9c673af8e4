import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { invalidInput, messageOf, readTextIfThere } from './files';
import type { Io } from './io';

const CONFIG = 'cdktf.json';

/**
 * The folder that `.client-apps` and cdktf's output belong to: the nearest one upwards with a cdktf.json, else the
 * current one. So a command that Terraform runs inside `cdktf.out` finds the same memory as one at the top.
 */
export function projectFolder(cwd: string): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, CONFIG))) return folder;
    if (folder === dirname(folder)) return cwd;
  }
}

/** Where the last synth wrote to: CDKTF_OUTDIR, else `output` of cdktf.json, else `cdktf.out`, as cdktf has it. */
export function outputFolder({ environment, cwd }: Pick<Io, 'environment' | 'cwd'>): string {
  const outdir = environment['CDKTF_OUTDIR'];
  if (outdir !== undefined && outdir !== '') return resolve(cwd, outdir);
  const project = projectFolder(cwd);
  return resolve(project, configuredOutput(join(project, CONFIG)) ?? 'cdktf.out');
}

function configuredOutput(file: string): string | undefined {
  const text = readTextIfThere(file);
  if (text === undefined) return undefined;
  try {
    const { output } = JSON.parse(text) as { readonly output?: unknown };
    return typeof output === 'string' && output !== '' ? output : undefined;
  } catch (error) {
    throw invalidInput({
      code: 'cdktf-json-unusable',
      path: file,
      problem: `this is no JSON: ${messageOf(error)}`,
      remedy: 'correct the file, or name the manifests with --manifest',
    });
  }
}

/** A file of ours in the project. */
export const ownFile = (cwd: string, ...path: readonly string[]): string =>
  join(projectFolder(cwd), '.client-apps', ...path);
