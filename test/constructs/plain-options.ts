import fc from 'fast-check';

import type { ClientKind, Platform } from '../../lib/declaration/client-app';
import { Reading } from '../../lib/declaration/reading';
import { fieldOf } from '../../lib/metadata/fields';
import { exists } from '../../lib/metadata/fields/field';
import type { Option } from '../../lib/options/option';
import { placeOf } from '../../lib/options/settings';
import { ROWS } from '../../lib/options/table';

const CANDIDATES = [true, false, 'https://a.example/page', 'https://b.example/other'];

/** What an option takes of a few values, for options that become one field as they are: by name. */
export function plainOptions(kind: ClientKind, platform: Platform, version: number) {
  const rows = ROWS.filter((row) => row.plain && row.kinds.includes(kind) && has(row, platform, version));
  return Object.fromEntries(
    rows.map((row) => [row.name, fc.constantFrom(undefined, ...CANDIDATES.filter((value) => takes(row, value)))]),
  );
}

/** True where the option takes the value, whatever else the app says. */
export function takes(row: Option, value: unknown): boolean {
  const reading = new Reading({ path: '', org: '', id: '', apiVersion: 0, today: '' }, 'org');
  row.read(value, reading, undefined);
  return reading.diagnostics.length === 0;
}

/** True where the platform has the option, and the version every field of it. */
export function has(row: Option, platform: Platform, version: number): boolean {
  const { onlyConnectedApps, notOnConnectedApps = [], fields = [] } = row;
  const lacking = notOnConnectedApps.some(({ member, used }) => member === undefined && used === undefined);
  if (platform === 'connected-app' ? lacking : onlyConnectedApps) return false;
  return fields.every((field) => {
    const place = placeOf(field, platform);
    return place === undefined || exists(fieldOf(place.type, place.field), version);
  });
}
