import type { Platform } from '../../declaration/client-app';
import type { FieldRecord, FieldValue } from '../component';

/** The member of a row that names an app, by what the app is stored as. */
export const APP_MEMBER: Readonly<Record<Platform, string>> = {
  'external-client-app': 'externalClientApp',
  'connected-app': 'connectedApp',
};

/** An app that a row of a record names. */
export interface AppInRow {
  readonly apiName: string;
  readonly platform: Platform;
  readonly row: FieldRecord;
}

/** The apps that the rows of a field name; none where the field holds no rows. */
export function appsInRows(value: FieldValue | undefined): readonly AppInRow[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly (string | FieldRecord)[]).flatMap((row) =>
    typeof row === 'string'
      ? []
      : (['external-client-app', 'connected-app'] as const).flatMap((platform) => {
          const apiName = row[APP_MEMBER[platform]];
          return typeof apiName === 'string' && apiName !== '' ? [{ apiName, platform, row }] : [];
        }),
  );
}
