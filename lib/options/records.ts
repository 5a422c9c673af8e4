import { type FieldRecord, type FieldValue, isRecord } from './owned';

/** The members of a record with other names, or with the names they have where there is no other. */
export const renamed =
  (names: Readonly<Record<string, string>>) =>
  (value: FieldValue): FieldRecord =>
    Object.fromEntries(
      Object.entries(isRecord(value) ? value : {}).map(([name, member]) => [names[name] ?? name, member]),
    );

/** The same for each of a list of records. */
export const renamedEach = (names: Readonly<Record<string, string>>) => {
  const rename = renamed(names);
  return (value: FieldValue): FieldValue =>
    Array.isArray(value) ? (value as readonly FieldRecord[]).map(rename) : value;
};

/** The names the other way round. */
export const backwards = (names: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from]));

/** The members that have a value. */
export const present = (members: Readonly<Record<string, string | boolean | number | undefined>>): FieldRecord =>
  Object.fromEntries(Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
