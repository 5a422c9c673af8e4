import { CATALOG, codeOf, type EntryName, type OtherCode, remedyFor } from './catalog';
import type { Entry } from './catalog/entry';
import type { Diagnostic, DiagnosticText } from './diagnostic';
import { didYouMean } from './nearest';

/** The names in braces of a text: `{app}`, or the consent of an app. Braces of code (`{ enabled: true }`) hold blanks. */
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string} ${string}` ? never : Name extends `--${string}` ? 'app' : Name) | NamesIn<Rest>
  : never;

type TextsOf<E> = E extends { readonly says: infer S; readonly remedy: infer R }
  ? | S
    | (R extends string ? R : R[keyof R & ('construct' | 'cli' | 'always')])
    | (E extends { readonly allowed: infer A } ? A : never)
  : never;

type FactNames<C extends EntryName> = NamesIn<TextsOf<(typeof CATALOG)[C]>>;

/** What has to be given with a code: nothing where its texts name nothing. */
export type Facts<C extends EntryName> = [FactNames<C>] extends [never]
  ? []
  : [facts: Readonly<Record<FactNames<C>, string | number>>];

/** Where the problem is, the value there, and what this place knows better than the catalog, which alone has the words. */
export interface Place
  extends
    Pick<Diagnostic, 'path'>,
    Partial<Pick<DiagnosticText, 'severity' | 'field' | 'value' | 'allowed' | 'source'>> {
  /** The name that was perhaps meant: instead of the remedy of the catalog. */
  readonly meant?: string | undefined;
  readonly problem?: never;
  readonly remedy?: never;
}

const made = (text: DiagnosticText): Diagnostic => text as Diagnostic;

/**
 * A diagnostic in the words of the catalog. What its texts name in braces has to be given; nothing else can be.
 * @param entry A code, or `code/case` where that case has words of its own.
 */
export function diagnose<C extends EntryName>(entry: C, { meant, ...place }: Place, ...facts: Facts<C>): Diagnostic {
  const { severity, says, allowed, remedy }: Entry = CATALOG[entry];
  const known: Readonly<Record<string, string | number>> = facts[0] ?? {};
  const filled = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (braces, name: string) => String(known[name] ?? braces));
  return made({
    code: codeOf(entry),
    severity,
    problem: filled(says),
    ...(allowed !== undefined && { allowed: filled(allowed) }),
    remedy: meant === undefined ? filled(remedyFor('command-line', remedy)) : didYouMean(meant),
    ...place,
  });
}

/** What found a problem says what is wrong: the parser of a document, or the reader of an option, of each value. */
export interface InWords extends Omit<Place, 'problem' | 'remedy'> {
  readonly problem: string;
  readonly remedy?: string;
}

/** A diagnostic in the words of what found it; a test says who may. Its severity is that of the catalog. */
export const diagnoseInWords = (entry: EntryName, { remedy, meant, ...text }: InWords): Diagnostic => {
  const { severity, remedy: usual }: Entry = CATALOG[entry];
  const instead = meant === undefined ? remedy : didYouMean(meant);
  return made({ code: codeOf(entry), severity, ...text, remedy: instead ?? remedyFor('command-line', usual) });
};

/** A diagnostic under the id of a control, or a code of Salesforce or of the network. */
export const diagnoseOther = (code: OtherCode, text: Omit<DiagnosticText, 'code'>): Diagnostic =>
  made({ code, ...text });
