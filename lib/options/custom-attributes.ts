import type { CustomAttribute } from '../declaration/client-app';
import { tooMany } from '../declaration/read/ip-ranges';
import { isPlainObject, readText } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { type Expression, literal } from './expression';
import { EVERY_KIND, option, optional } from './option';
import { type FieldValue, ifStated } from './owned';
import { rowsOf } from './recall';
import { SETTINGS } from './settings';
import { textsByKey } from './shape';

/** Formulas by key. */
export const customAttributes = option({
  name: 'customAttributes',
  kinds: EVERY_KIND,
  shape: textsByKey,
  read: (given, reading) => optional('customAttributes', readCustomAttributes(given, 'customAttributes', reading)),
  fields: [
    {
      ...SETTINGS.customAttributes,
      value: (app) => ifStated(attributeRows(app.customAttributes)),
    },
  ],
  recall: (live) => recallAttributes(live.own(SETTINGS.customAttributes)),
});

/** Attributes by key, of two with the same key the last; undefined where there are none. */
export function recallAttributes(value: FieldValue | undefined): Expression | undefined {
  const rows = rowsOf(value).map(({ key, formula }) => [String(key ?? ''), literal(String(formula ?? ''))] as const);
  if (rows.length === 0) return undefined;
  return { is: 'members', members: [...new Map(rows)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) };
}

export const attributeRows = (list: readonly CustomAttribute[] | undefined): FieldValue | undefined =>
  list?.map(({ key, formula }) => ({ key, formula }));

/** Attributes by key, sorted by key. */
export function readCustomAttributes(
  value: unknown,
  field: string,
  reading: Reading,
): readonly CustomAttribute[] | undefined {
  if (value === undefined) return undefined;
  if (!isPlainObject(value)) {
    reading.wrongType(field, value, "an object of formulas by key: { country: 'Organization.Country' }");
    return undefined;
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  tooMany(field, entries.length, reading);
  return entries.flatMap(([key, formula]) => {
    const text = readText(formula, `${field}.${key}`, reading, 'a formula');
    const name = readText(key, field, reading, 'a key');
    return text === undefined || name === undefined ? [] : [{ key: name, formula: text }];
  });
}
