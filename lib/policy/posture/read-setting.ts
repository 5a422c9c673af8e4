import type { FieldValue } from '../../metadata/component';
import { fieldOf } from '../../metadata/fields';
import type { ObservedApp } from '../../metadata/observed';
import { inExternalWords, placeOf, type SettingName, SETTINGS } from '../../options/settings';
import { ABSENT, implied, type Reading, unreadable, valued } from '../reading';

/** One setting of an app, in the words of External Client Apps. Absent where the platform does not have it. */
export type Read = <T>(name: SettingName, convert: (value: FieldValue) => T | undefined) => Reading<T>;

/** Reads settings of an app of either platform. */
export function reader({ platform, components }: ObservedApp, apiVersion: number): Read {
  return (name, convert) => {
    const place = placeOf(SETTINGS[name], platform);
    if (!place) return ABSENT;
    const { type, field } = place;
    const component = components[type];
    if (component === undefined || component.state === 'absent') return unreadable(missing(type));
    if (component.state === 'unreadable') return unreadable(component.reason);
    const { since, default: fallback } = fieldOf(type, field);
    const inWords = (value: FieldValue): ReturnType<typeof convert> =>
      convert(inExternalWords(SETTINGS[name], platform, value));
    const stored = component.component.fields[field];
    if (stored === undefined) {
      if (since > apiVersion) return unreadable(notShown(apiVersion, place));
      const value = fallback === undefined ? undefined : inWords(fallback);
      return value === undefined ? ABSENT : implied(value);
    }
    const value = inWords(stored);
    return value === undefined
      ? unreadable(`${type}.${field} has a value of another kind than expected`)
      : valued(value);
  };
}

export const notShown = (apiVersion: number, { type, field }: { type: string; field: string }): string =>
  `Metadata API ${apiVersion} does not show ${type}.${field}`;

/** Salesforce keeps these records for every OAuth app, so one that was not found was not read. */
const missing = (type: string): string =>
  `no ${type} record was read, although Salesforce keeps one for every app with OAuth`;
