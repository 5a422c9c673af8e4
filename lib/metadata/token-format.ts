import type { OwnedValue } from './component';

/** What the format of access tokens decides, with the lifetime that belongs to it, on both platforms. */
const FORMAT_FIELDS: ReadonlySet<string> = new Set([
  'isNamedUserJwtEnabled',
  'sessionTimeoutInMinutes',
  'namedUserJwtTimeout',
  'namedUserJwtSessionTimeoutType',
  'oauthConfig.isNamedUserJwtEnabled',
  'sessionPolicy.sessionTimeout',
]);

/**
 * The fields of a component without those that say which access tokens there are.
 * @param isLeftOut Default: all of them.
 */
export const withoutTokenFormat = (
  fields: Readonly<Record<string, OwnedValue>>,
  isLeftOut: (field: OwnedValue) => boolean = () => true,
): Readonly<Record<string, OwnedValue>> =>
  Object.fromEntries(Object.entries(fields).filter(([name, field]) => !FORMAT_FIELDS.has(name) || !isLeftOut(field)));
