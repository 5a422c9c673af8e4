import { flagsFor } from '../values/consent-flags';
import { type Diagnostic, formatDiagnostic, isError, type Severity } from '../values/diagnostic';
import { groupBy } from '../values/group-by';
import { visible } from '../values/visible';
import { type Line, line, type Tone } from './lines';
import type { RenderOptions } from './style';

const TONES: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'warn', note: 'dim' };
const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/**
 * Every diagnostic, errors first; notes that say the same of several apps once. Whatever they quote from an org stays on its
 * line. Unless `verbose` asks for it, what is no error comes without what would be allowed and the source of the rule, which
 * `client-apps explain` has.
 */
export function diagnosticLines(
  depth: number,
  diagnostics: readonly Diagnostic[],
  { verbose = true }: Pick<RenderOptions, 'verbose'> = {},
): readonly Line[] {
  return errorsFirst(diagnostics).flatMap((diagnostic) =>
    formatDiagnostic(harmless(verbose ? diagnostic : inShort(diagnostic)))
      .split('\n')
      .map((text, index) => line(depth, text, index === 0 ? TONES[diagnostic.severity] : undefined)),
  );
}

function inShort(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.severity === 'error') return diagnostic;
  const { allowed: _allowed, source: _source, ...short } = diagnostic;
  return short;
}

/** Errors, then warnings, then notes; notes that say the same of several apps once. */
export const errorsFirst = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  [...sameNotesOnce(diagnostics)].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));

/** An app is named at the start of its note, or not at all: elsewhere the sentence would not be one for several. */
export function sameNotesOnce(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const groups = groupBy(diagnostics, (diagnostic) => {
    const general = generalOf(diagnostic);
    return general === undefined ? diagnostic : JSON.stringify(general);
  });
  return [...groups.values()].map((group) => {
    const [first] = group;
    const general = generalOf(first);
    const names = [...new Set(group.map(({ path }) => nameOf(path)))];
    if (general === undefined || names.length < 2) return first;
    const remedy = retyped(general.code, general.remedy, ANY, names.join(','));
    return { ...general, path: `${general.path}: ${names.length} apps (${names.join(', ')})`, remedy };
  });
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Stands for the name of an app in a remedy; no app can be called so. */
const ANY = '<app>';

/** The remedy with the flags of its code for another app. */
const retyped = (code: Diagnostic['code'], remedy: string, from: string, to: string): string =>
  flagsFor(code).reduce((text, flag) => text.replace(`${flag} ${from}`, () => `${flag} ${to}`), remedy);

/** A note without the app that it is about; undefined where it is about no app, or needs its name. */
function generalOf(diagnostic: Diagnostic): Diagnostic | undefined {
  const { severity, path, problem, remedy: ofApp, declaredAt: _declaredAt, ...rest } = diagnostic;
  const name = nameOf(path);
  if (severity !== 'note' || path.split('/').length < 3) return undefined;
  const without = problem.startsWith(`${name} `) ? `each${problem.slice(name.length)}` : problem;
  const remedy = retyped(rest.code, ofApp, name, ANY);
  const texts = [without, remedy, ...Object.values(rest)].map(String);
  if (texts.some((text) => text.includes(name))) return undefined;
  return { ...rest, severity, path: path.slice(0, -name.length - 1), problem: without, remedy };
}

/** What several apps each ask for by a flag, as the one line to type. */
export const togetherByFlag = (asked: readonly { readonly flag: string; readonly name: string }[]): readonly string[] =>
  [...groupBy(asked, ({ flag }) => flag)].flatMap(([flag, all]) => {
    const names = [...new Set(all.map(({ name }) => name))];
    return names.length < 2 ? [] : [`for all ${names.length}: ${flag} ${names.join(',')}`];
  });

/** The same of diagnostics; of an app alone its own remedy says it. */
export function consentLines(depth: number, diagnostics: readonly Diagnostic[]): readonly Line[] {
  const asked = diagnostics.filter(isError).flatMap(({ code, path, remedy }) =>
    flagsFor(code)
      .filter((flag) => remedy.includes(`${flag} ${nameOf(path)}`))
      .map((flag) => ({ flag, name: nameOf(path) })),
  );
  return togetherByFlag(asked).map((text) => line(depth, visible(text)));
}

/** The diagnostic with each of its texts on one line. */
export function harmless(diagnostic: Diagnostic): Diagnostic {
  const entries = Object.entries(diagnostic).map(([key, text]) => [key, visible(String(text))] as const);
  return Object.fromEntries(entries) as unknown as Diagnostic;
}
