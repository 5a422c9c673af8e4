import { SETTING_NAMES, SETTINGS } from '../lib/cli/config/settings';
import { code, table } from './markdown';

/** How each setting can be given, as a Markdown table. */
export const settingsTable = (): string =>
  table(
    ['Key in the file', 'Environment', 'Option', 'Default'],
    SETTING_NAMES.map((name) => {
      const { variable, option, default: fallback } = SETTINGS[name];
      return [code(name), code(variable), code(option), fallback];
    }),
  );
