import { inExternalWords, placeOf, type SettingName, SETTINGS } from '../options/settings';
import { CONNECTED_APP } from '../values/metadata-types';
import type { Component, FieldValue } from './component';
import { fieldOf } from './fields';

/** Settings of one app by name, in the words of External Client Apps; undefined: none, or not read. */
export type ReadSetting = (name: SettingName) => FieldValue | undefined;

/** One record of an app, of either platform. */
export type WholeRecord = Pick<Component, 'type' | 'fields'>;

/**
 * A setting in one record of an app of either platform, in the words of External Client Apps; where nothing is stored,
 * Salesforce's default. Undefined: none, or the record has no such setting.
 */
export function settingIn({ type, fields }: WholeRecord, name: SettingName): FieldValue | undefined {
  const platform = type === CONNECTED_APP ? 'connected-app' : 'external-client-app';
  const place = placeOf(SETTINGS[name], platform);
  if (place?.type !== type) return undefined;
  const stored = fields[place.field];
  // An empty list ends what was stored.
  const isStored = stored !== undefined && !(Array.isArray(stored) && stored.length === 0);
  const value = isStored ? stored : fieldOf(type, place.field).default;
  return value === undefined ? undefined : inExternalWords(SETTINGS[name], platform, value);
}

export const settingsIn =
  (record: WholeRecord): ReadSetting =>
  (name) =>
    settingIn(record, name);
