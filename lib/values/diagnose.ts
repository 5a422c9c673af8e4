import { CATALOG, type CatalogCode, remedyFor } from './catalog';
import type { Entry } from './catalog/entry';
import type { Diagnostic } from './diagnostic';

/** The names in braces of a text: `{app}`. Braces of code (`{ enabled: true }`) hold blanks. */
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string} ${string}` ? never : Name) | NamesIn<Rest>
  : never;

type TextsOf<E> = E extends { readonly says: infer S; readonly remedy: infer R }
  ? | S
    | (R extends string ? R : R[keyof R & ('construct' | 'cli' | 'always')])
    | (E extends { readonly allowed: infer A } ? A : never)
  : never;

type FactNames<C extends CatalogCode> = NamesIn<TextsOf<(typeof CATALOG)[C]>>;

/** What has to be given with a code: nothing where its texts name nothing. */
export type Facts<C extends CatalogCode> = [FactNames<C>] extends [never]
  ? []
  : [facts: Readonly<Record<FactNames<C>, string | number>>];

/** Where the problem is, the value there, and what this place knows better than the catalog. */
export type Place = Pick<Diagnostic, 'path'> & Partial<Omit<Diagnostic, 'code' | 'path' | 'declaredAt'>>;

/** A diagnostic in the words of the catalog. What its texts name in braces has to be given; nothing else can be. */
export function diagnose<C extends CatalogCode>(code: C, place: Place, ...facts: Facts<C>): Diagnostic {
  const { severity, says, allowed, remedy }: Entry = CATALOG[code];
  const known: Readonly<Record<string, string | number>> = facts[0] ?? {};
  const filled = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (braces, name: string) => String(known[name] ?? braces));
  return {
    code,
    severity,
    problem: filled(says),
    ...(allowed !== undefined && { allowed: filled(allowed) }),
    remedy: filled(remedyFor('command-line', remedy)),
    ...place,
  };
}
