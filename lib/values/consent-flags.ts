import { CATALOG, codeOf, CONSENT, type EntryName } from './catalog';
import type { Entry } from './catalog/entry';
import { groupBy } from './group-by';

const flagsIn = ({ remedy }: Entry): readonly string[] => {
  const texts = typeof remedy === 'string' ? [remedy] : [remedy.construct, remedy.cli, remedy.always];
  return texts.flatMap((text = '') => [...text.matchAll(CONSENT)].map(([, flag = '']) => flag));
};

/** Read once: a plan asks for each of its diagnostics. */
const FLAGS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...groupBy(Object.keys(CATALOG) as EntryName[], codeOf)].map(([code, cases]) => [
    code,
    new Set(cases.flatMap((name) => flagsIn(CATALOG[name]))),
  ]),
);

/** The flags that answer a problem, each with the name of the app. */
export const flagsFor = (code: string): readonly string[] => [...(FLAGS.get(code) ?? [])];
