import type { Platform as PlatformName } from '../declaration/client-app';
import { Platform } from '../declaration/options/platform';
import { readBoolean } from '../declaration/read/values';
import { name } from './expression';
import { EVERY_KIND, ONLY_CONNECTED_APPS, option, optional } from './option';

/** The platform as stated; an invalid value counts as the default, and the option reports it. */
export const platformOf = (value: unknown): PlatformName =>
  Platform.is(value) ? value.platform : 'external-client-app';

/** How Salesforce stores the app. */
export const platform = option({
  name: 'platform',
  kinds: EVERY_KIND,
  notInHcl: ONLY_CONNECTED_APPS,
  read: (given, reading) => {
    if (given !== undefined && !Platform.is(given)) {
      reading.wrongType('platform', given, 'Platform.EXTERNAL_CLIENT_APP or Platform.CONNECTED_APP');
    }
    return { platform: reading.platform };
  },
  recall: (live) => (live.platform === 'connected-app' ? name({ Platform }, 'CONNECTED_APP') : undefined),
});

/** The author states that Salesforce Support lets this org create Connected Apps. */
export const creationAllowedBySupport = option({
  name: 'creationAllowedBySupport',
  kinds: EVERY_KIND,
  notInHcl: ONLY_CONNECTED_APPS,
  onlyConnectedApps: {
    problem: 'only the creation of Connected Apps depends on Salesforce Support',
    remedy: 'remove it: External Client Apps may always be created',
  },
  read: (given, reading) =>
    optional(
      'creationAllowedBySupport',
      readBoolean(given, 'creationAllowedBySupport', reading) === true ? (true as const) : undefined,
    ),
  notRecalled: 'the app is there already',
});
