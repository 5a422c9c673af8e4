import { fieldsOf, TOKEN_FORMAT } from '../options/settings';
import type { OwnedValue } from './component';

/** On both platforms. */
const FORMAT_FIELDS: ReadonlySet<string> = fieldsOf(...TOKEN_FORMAT);

/**
 * The fields of a component without those that say which access tokens there are.
 * @param isLeftOut Default: all of them.
 */
export const withoutTokenFormat = (
  fields: Readonly<Record<string, OwnedValue>>,
  isLeftOut: (field: OwnedValue) => boolean = () => true,
): Readonly<Record<string, OwnedValue>> =>
  Object.fromEntries(Object.entries(fields).filter(([name, field]) => !FORMAT_FIELDS.has(name) || !isLeftOut(field)));
