import type { Reading } from '../reading';
import { readText } from './values';

const ALLOWED =
  'a letter first, then letters, digits and single underscores, not ending in an underscore, at most 80 characters';

/** The name of a record beside the apps: stated, or the construct id word for word. */
export function readRecordName(value: unknown, reading: Reading): string {
  const name = value === undefined ? reading.context.id : readText(value, 'apiName', reading, ALLOWED);
  if (name === undefined) return '';
  if (/^[A-Za-z](_?[A-Za-z0-9])*$/.test(name) && name.length <= 80) return name;
  const problem = 'this cannot be the name of the record';
  reading.report(
    'invalid-api-name',
    'apiName',
    { problem, allowed: ALLOWED, remedy: 'set apiName to a valid name' },
    {
      given: name,
    },
  );
  return name;
}

/** A text that the record cannot do without; empty after reporting what is wrong with it. */
export function requiredText(value: unknown, field: string, reading: Reading, allowed: string): string {
  if (value === undefined) reading.missing(field, allowed);
  return readText(value, field, reading, allowed) ?? '';
}
