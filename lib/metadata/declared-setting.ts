import { inExternalWords, placeOf, type SettingName, SETTINGS } from '../options/settings';
import type { FieldValue, OwnedValue } from './component';
import type { ManifestApp } from './manifest';

type Declared = Pick<ManifestApp, 'platform' | 'components'>;

/** What a program says of a setting, in the words of External Client Apps; undefined where the org decides. */
export function declaredSetting({ platform, components }: Declared, name: SettingName): OwnedValue | undefined {
  const place = placeOf(SETTINGS[name], platform);
  const found = place && components.find(({ type }) => type === place.type)?.fields[place.field];
  return found && { ...found, value: inExternalWords(SETTINGS[name], platform, found.value) };
}

export const declaredValue = (app: Declared, name: SettingName): FieldValue | undefined =>
  declaredSetting(app, name)?.value;

/** True where the app switches the setting on. */
export const switchesOn = (app: Declared, name: SettingName): boolean => declaredValue(app, name) === true;

/** The declared text of a setting; undefined where there is none. */
export function declaredText(app: Declared, name: SettingName): string | undefined {
  const value = declaredValue(app, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The members of a declared list; undefined where none is declared. */
export function declaredList(app: Declared, name: SettingName): readonly string[] | undefined {
  const value = declaredValue(app, name);
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : undefined;
}

/** Either half of the switch. */
export const offersClientCredentials = (app: Declared): boolean =>
  switchesOn(app, 'clientCredentials') || switchesOn(app, 'clientCredentialsPolicy');
