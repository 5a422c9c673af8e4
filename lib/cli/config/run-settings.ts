import type { Config } from './config-schema';
import type { Settled } from './settings';

/** A configuration file of a run. */
export interface ConfigFile {
  readonly file: string;
  /** As messages call it: relative to the current folder. */
  readonly name: string;
  /** It was looked for: nothing named it for this run. */
  readonly found: boolean;
}

/** The same, and what it says. */
export interface LoadedConfig extends ConfigFile {
  readonly config: Config;
}

/** What was settled outside of the command line, and where. */
export interface RunSettings {
  readonly file?: LoadedConfig;
  /** Those that count in this run, defaults among them. */
  readonly settled: readonly Settled[];
}
