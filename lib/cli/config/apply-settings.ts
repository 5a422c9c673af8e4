import type { Command } from 'commander';

import { isClientAppsError } from '../../values/diagnostic';
import { visible } from '../../values/visible';
import type { OrgFlags } from '../flags';
import type { Io } from '../io';
import { writeFitted } from '../style';
import { configFileOf, loadConfig } from './config-file';
import type { LoadedConfig, RunSettings } from './run-settings';
import { SETTING_NAMES, type SettingName, SETTINGS, type Settled } from './settings';
import { settle, type SettledValue } from './settle';

/** What must not wait until someone has repaired a file that no one named. */
const EMERGENCIES = ['stop', 'start', 'incident', 'revoke'];

/** Keys of the file that are no settings but say what is known of apps, and options of commands that ask for it. */
const KNOWLEDGE = ['apps', 'known', 'door_holders', 'exclude'] as const;

/**
 * Gives a command, as if they had been typed, the settings of the environment and of the configuration file, and says
 * which it took from where.
 * @throws ClientAppsError where the file or a variable cannot be used.
 */
export function applySettings(io: Io, command: Command): void {
  const flags = command.opts<Flags>();
  const file = load(io, command, flags);
  const settled = SETTING_NAMES.map((name) => settle(io, name, typed(command, name), file));
  const used = settled.filter(({ name }) => takes(command, name));
  for (const { name, from, given } of used) {
    if (from === 'environment' || from === 'file') {
      command.setOptionValueWithSource(SETTINGS[name].attribute, given, from);
    }
  }
  const settings: RunSettings = { settled, ...(file && { file }) };
  command.setOptionValueWithSource('settings', settings, 'config');
  say(io, used, file);
}

interface Flags extends OrgFlags {
  readonly source?: string;
  readonly resume?: boolean | string;
  readonly fromTerraform?: boolean;
  readonly everythingUnknown?: boolean;
  readonly writeBaseline?: string;
}

function load(io: Io, command: Command, flags: Flags): LoadedConfig | undefined {
  const there = configFileOf(io, flags.config);
  if (there === undefined) return undefined;
  try {
    return { ...there, config: loadConfig(there) };
  } catch (error) {
    const urgent = EMERGENCIES.includes(command.name()) && flags.everythingUnknown !== true;
    if (!urgent || !there.found || !isClientAppsError(error)) throw error;
    writeFitted(io.stderr, `warning: continuing without ${visible(there.name)}, which cannot be used\n`);
    return undefined;
  }
}

/** What was typed for a setting; undefined where it was not. */
function typed(command: Command, name: SettingName): unknown {
  const attribute = name === 'receipts' ? 'receipt' : SETTINGS[name].attribute;
  return command.getOptionValueSource(attribute) === 'cli' ? command.getOptionValue(attribute) : undefined;
}

/** Whether the setting means anything to this command, as it was called. */
function takes(command: Command, name: SettingName): boolean {
  const flags = command.opts<Flags>();
  const hasOption = command.options.some((option) => option.attributeName() === SETTINGS[name].attribute);
  // What a saved plan or a plan of Terraform says was settled when it was made.
  const isSettled = command.name() === 'apply' && (command.args.length > 0 || flags.fromTerraform === true);
  switch (name) {
    case 'receipts':
      return true;
    case 'orgs': {
      // Manifests, files and ORG/NAME say themselves which org they are about; so does an incident that goes on.
      const says = flags.manifest ?? flags.source ?? (typeof flags.resume === 'string' ? flags.resume : undefined);
      return hasOption && !isSettled && says === undefined && command.args[0]?.includes('/') !== true;
    }
    case 'baseline':
      // The first baseline is written to the very file that later runs read.
      return hasOption && flags.writeBaseline === undefined;
    default:
      return hasOption && !isSettled;
  }
}

function say(io: Io, used: readonly SettledValue[], file: LoadedConfig | undefined): void {
  const from = (where: Settled['from']): readonly SettledValue[] => used.filter((each) => each.from === where);
  const knowledge = KNOWLEDGE.filter((key) => (file?.config[key].length ?? 0) > 0);
  const ofFile = [...from('file').map(({ name }) => name), ...knowledge];
  const parts = [
    ...from('environment').map(({ origin }) => origin),
    ...(file && ofFile.length > 0 ? [`${file.name} (${ofFile.join(', ')})`] : []),
  ];
  if (parts.length > 0 && io.quiet !== true) writeFitted(io.stderr, `Settings from ${visible(parts.join(', '))}\n`);
  if (io.debug !== true) return;
  for (const { name, value, origin } of used)
    writeFitted(io.stderr, `debug: setting ${name}: ${value} (${visible(origin)})\n`);
}
