import { statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';

import { diagnose } from '../../values/diagnose';
import { errnoOf, invalidInput, readText, usable } from '../files';
import type { Io } from '../io';
import type { Config } from './config-schema';
import { findConfig } from './find-config';
import { readConfig } from './read-config';
import type { ConfigFile } from './run-settings';
import { CONFIG_VARIABLE } from './settings';

/** Far more than people write; what is larger is another file. */
const LARGEST = 1024 * 1024;

/** The file that --config names, else CLIENT_APPS_CONFIG, else the one that is found. */
export function configFileOf(io: Pick<Io, 'cwd' | 'environment'>, named: string | undefined): ConfigFile | undefined {
  const given = named ?? (io.environment[CONFIG_VARIABLE] || undefined);
  const file = given === undefined ? findConfig(io.cwd) : resolve(io.cwd, given);
  return file === undefined ? undefined : { file, name: given ?? relative(io.cwd, file), found: given === undefined };
}

/** @throws ClientAppsError with everything that is wrong with it. */
export function loadConfig({ file, name }: ConfigFile): Config {
  requireFile(file, name);
  const config = usable(readConfig(readText(file, 'file-missing/configuration'), name));
  if (config.receipts === undefined) return config;
  const inside = relative(dirname(file), resolve(dirname(file), config.receipts));
  if (isAbsolute(config.receipts) || inside === '' || inside.split(/[\\/]/)[0] === '..' || isAbsolute(inside)) {
    throw invalidInput(
      diagnose('configuration-path-outside', { path: name, field: 'receipts', value: config.receipts }),
    );
  }
  return config;
}

/** Paths in the file start at its folder. */
export const pathIn = ({ file }: ConfigFile, path: string): string => resolve(dirname(file), path);

/** A pipe would be waited for, and a huge file read, before anything said what is wrong. */
function requireFile(file: string, path: string): void {
  try {
    const { size } = statSync(file);
    if (!statSync(file).isFile()) throw invalidInput(diagnose('file-unusable/no-file', { path }));
    if (size > LARGEST) throw invalidInput(diagnose('file-unusable/size', { path }, { size, most: LARGEST }));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') throw invalidInput(diagnose('file-missing', { path }));
    throw error;
  }
}
