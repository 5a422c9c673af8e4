import { relative, resolve } from 'node:path';

import { diagnose } from '../../values/diagnose';
import { visible } from '../../values/visible';
import { invalidInput } from '../files';
import type { Io } from '../io';
import { pathIn } from './config-file';
import { settingSchemas } from './config-schema';
import type { LoadedConfig } from './run-settings';
import { type SettingName, SETTINGS, type Settled } from './settings';

/** A setting as it counts, with the value as a command takes it; undefined where the default counts. */
export interface SettledValue extends Settled {
  readonly given: unknown;
}

/**
 * Where a setting comes from: the option, else the variable, else the file, else the default.
 * @param typed What the option was given; undefined where it was not.
 * @throws ClientAppsError where the variable holds what cannot be used.
 */
export function settle(
  io: Pick<Io, 'environment' | 'cwd'>,
  name: SettingName,
  typed: unknown,
  file: LoadedConfig | undefined,
): SettledValue {
  const { variable, option, default: fallback } = SETTINGS[name];
  const settled = (from: Settled['from'], origin: string, given: unknown): SettledValue => ({
    name,
    from,
    origin,
    given,
    value: visible(isPath(name) && from !== 'option' ? relative(io.cwd, String(given)) : String(given)),
  });
  if (typed !== undefined) return settled('option', option, typed);
  const text = io.environment[variable] ?? '';
  if (text !== '') return settled('environment', variable, fromText(io, name, text));
  const value = file?.config[name];
  if (file === undefined || value === undefined) {
    return { name, from: 'default', origin: 'default', given: undefined, value: fallback };
  }
  return settled('file', file.name, isPath(name) ? pathIn(file, String(value)) : value);
}

const isPath = (name: SettingName): boolean => name === 'baseline' || name === 'receipts';

function fromText({ cwd }: Pick<Io, 'cwd'>, name: SettingName, text: string): unknown {
  const { variable } = SETTINGS[name];
  const raw =
    name === 'orgs' ? text.split(',').map((part) => part.trim()) : name === 'parallel_orgs' ? Number(text) : text;
  const parsed = settingSchemas[name].safeParse(raw);
  if (parsed.success) return isPath(name) ? resolve(cwd, text) : parsed.data;
  const allowed = [...new Set(parsed.error.issues.map(({ message }) => message))].join('; ');
  throw invalidInput(diagnose('setting-unusable', { path: variable, allowed }, { variable }));
}
