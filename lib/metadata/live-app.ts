import type { Platform } from '../declaration/client-app';
import { type Place, placeOf, type SettingName, SETTINGS } from '../options/settings';
import { CONNECTED_APP, HEADER } from '../values/metadata-types';
import type { FieldValue } from './component';
import { presentComponent } from './observe';
import type { ObservedApp, ObservedOrg } from './observed';

/** The component that an app is gone without. */
export const APP_TYPES: Readonly<Record<Platform, string>> = {
  'external-client-app': HEADER,
  'connected-app': CONNECTED_APP,
};

/** What Salesforce calls such an app. */
export const APP_WORDS: Readonly<Record<Platform, string>> = {
  'external-client-app': 'External Client App',
  'connected-app': 'Connected App',
};

/** `ConnectedApp:Legacy`: an External Client App and a Connected App may share a name. */
export const fullNameOf = ({ platform, apiName }: Pick<ObservedApp, 'platform' | 'apiName'>): string =>
  `${APP_TYPES[platform]}:${apiName}`;

/** The field that holds a setting of a platform that has it. Throws a TypeError on one that has not: that is a bug. */
export function whereIs(platform: Platform, name: SettingName): Place {
  const place = placeOf(SETTINGS[name], platform);
  if (!place) throw new TypeError(`${APP_WORDS[platform]}s have no ${name}`);
  return place;
}

/** The value that an app of the org has of a setting, where it has one, in the words of its platform. */
export function liveValue(app: ObservedApp | undefined, name: SettingName): FieldValue | undefined {
  const place = app && placeOf(SETTINGS[name], app.platform);
  return place && presentComponent(app, place.type)?.fields[place.field];
}

/** The same, where it is text. */
export function liveText(app: ObservedApp | undefined, name: SettingName): string | undefined {
  const value = liveValue(app, name);
  return typeof value === 'string' ? value : undefined;
}

/** The members of such a list; empty where there are none. */
export function liveList(app: ObservedApp | undefined, name: SettingName): readonly string[] {
  const value = liveValue(app, name);
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** Every app of the org, also a Connected App that shares its name with an External Client App. */
export const everyApp = ({ apps, connectedApps }: ObservedOrg): readonly ObservedApp[] => [
  ...[...apps.values()].filter(({ platform }) => platform === 'external-client-app'),
  ...connectedApps.values(),
];

/** The app of the org that a declaration means: an External Client App and a Connected App may share a name. */
export function liveApp(
  observed: ObservedOrg,
  { platform, api_name: name }: { readonly platform: Platform; readonly api_name: string },
): ObservedApp | undefined {
  if (platform === 'connected-app') return observed.connectedApps.get(name);
  return observed.apps.get(name);
}

/** The app of the other platform that has the same name. */
export function sameNamed(
  observed: ObservedOrg,
  { platform, apiName }: Pick<ObservedApp, 'platform' | 'apiName'>,
): ObservedApp | undefined {
  if (platform === 'external-client-app') return observed.connectedApps.get(apiName);
  const found = observed.apps.get(apiName);
  return found?.platform === 'external-client-app' ? found : undefined;
}

/**
 * A Connected App that Salesforce migrated to the External Client App of its name: both have the same consumer key, which
 * is unique across Salesforce. False where it is not known.
 */
export function isMigrated(observed: ObservedOrg, app: ObservedApp): boolean {
  if (app.platform !== 'connected-app') return false;
  const key = liveText(app, 'consumerKey') ?? '';
  return key !== '' && key === liveText(sameNamed(observed, app), 'consumerKey');
}
