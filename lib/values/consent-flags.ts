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

/** The names that the remedy of a problem gives its flags, as they are typed: `Portal`, or `Portal,Sync` of several. */
export const namesByFlag = ({ code, remedy }: { readonly code: string; readonly remedy: string }) =>
  flagsFor(code).flatMap((flag) => {
    const name = new RegExp(`${flag} ([\\w,]*\\w)`).exec(remedy)?.[1];
    return name === undefined ? [] : [{ flag, name }];
  });
