import type { ClientApp } from '../options/client-app';
import { ROWS } from '../options/table';
import { diagnose } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';
import { literalSince } from './fields/field';
import { sameValue } from './normalize';
import { type Written, written } from './to-components';

/**
 * Options that the org's Metadata API version does not know: what they declare would silently not be written. Derived
 * from the field table, so an option cannot be forgotten here.
 */
export function optionVersions(app: ClientApp, apiVersion: number): readonly Diagnostic[] {
  // An option counts once, with the newest thing it asks for.
  const { path } = app;
  const needed = new Map<string, number>();
  const gone = new Map<string, number>();
  for (const each of written(app)) {
    if (!asksForIt(each)) continue;
    for (const [option, since] of sinceOf(each)) {
      if (since > apiVersion) needed.set(option, Math.max(since, needed.get(option) ?? 0));
    }
    const { until } = each.target.row;
    if (until !== undefined && apiVersion > until) gone.set(nameOf(each), until);
  }
  return [
    ...[...needed]
      .sort(byOption)
      .map(([option, since]) =>
        diagnose('needs-newer-api-version', { path, field: option }, { what: 'the option', option, since, apiVersion }),
      ),
    ...[...gone]
      .sort(byOption)
      .map(([option, until]) =>
        diagnose('needs-older-api-version', { path, field: option }, { option, until, gone: until + 1, apiVersion }),
      ),
  ];
}

/** In the order in which other problems of options are reported. */
const byOption = ([a]: readonly [string, number], [b]: readonly [string, number]): number => placeOf(a) - placeOf(b);
const placeOf = (option: string): number => ROWS.findIndex(({ name }) => name === option.split('.')[0]);

/** What no one stated, or what versions without the field do anyway, loses nothing by not being written. */
function asksForIt({ owned: { value, ownership }, target: { by, row } }: Written): boolean {
  if (ownership !== 'stated') return false;
  return by.before === undefined || !sameValue(row, value, by.before);
}

/** The option, or its members, each with the first version that has what they say. */
function sinceOf(each: Written): readonly (readonly [option: string, since: number])[] {
  const { owned, target } = each;
  const { row, by } = target;
  const literal = typeof owned.value === 'string' ? literalSince(row, owned.value) : row.since;
  const own = [nameOf(each), Math.max(row.since, literal)] as const;
  if (row.kind.kind !== 'record') return [own];
  const stated = row.kind.fields.filter(({ name }) => Object.hasOwn(owned.value as object, name));
  return [
    own,
    ...stated
      .filter(({ since }) => since > row.since)
      .map(({ name, since }) => [`${target.option}.${by.members?.[name] ?? name}`, since] as const),
  ];
}

const nameOf = ({ target: { option, by } }: Written): string =>
  by.path === undefined ? option : `${option}.${by.path}`;
