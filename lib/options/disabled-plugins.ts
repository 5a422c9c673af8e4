import type { PluginName } from '../declaration/client-app';
import { Plugin } from '../declaration/options/plugin';
import type { Reading } from '../declaration/reading';
import { type Expression, list } from './expression';
import { EVERY_KIND, option, optional } from './option';
import { stated } from './owned';
import { constantsOf } from './recall';
import { general } from './settings';
import { constants, setOf } from './shape';

export const PLUGINS: readonly PluginName[] = ['Attest', 'Canvas', 'Mobile', 'Notification', 'Push', 'Saml'];

/** The field of the general policies that switches a plugin. */
export const pluginFlag = (plugin: PluginName): string => `is${plugin}PluginEnabled`;

/** Plugins that are off, sorted. The others stay as they are. */
export const disabledPlugins = option({
  name: 'disabledPlugins',
  kinds: EVERY_KIND,
  shape: setOf(constants({ Plugin }, 'plugin')),
  notOnConnectedApps: [{ because: 'it has no plugins to switch off' }],
  read: (given, reading) => optional('disabledPlugins', readDisabledPlugins(given, reading)),
  fields: PLUGINS.map((plugin) => ({
    eca: general(pluginFlag(plugin)),
    value: (app: { readonly disabledPlugins?: readonly PluginName[] }) =>
      app.disabledPlugins?.includes(plugin) ? stated(false) : undefined,
  })),
  recall: (live) => {
    const off = constantsOf(Plugin, (value): value is Plugin => Plugin.is(value))
      .filter(([, { plugin }]) => live.own({ eca: general(pluginFlag(plugin)) }) === false)
      .map(([constant, value]): Expression => ({ is: 'name', name: `Plugin.${constant}`, value }));
    return off.length === 0 ? undefined : list(off);
  },
});

/** Each once. */
function readDisabledPlugins(value: unknown, reading: Reading): readonly PluginName[] | undefined {
  if (value === undefined) return undefined;
  const allowed = 'a list of plugins such as [Plugin.SAML]';
  if (!Array.isArray(value)) {
    reading.wrongType('disabledPlugins', value, allowed);
    return undefined;
  }
  const names = [...(value as readonly unknown[])].flatMap((element, index) => {
    if (Plugin.is(element)) return [element.plugin];
    reading.wrongType(`disabledPlugins[${index}]`, element, 'a Plugin such as Plugin.SAML');
    return [];
  });
  return names.length === 0 ? undefined : [...new Set(names)].sort();
}
