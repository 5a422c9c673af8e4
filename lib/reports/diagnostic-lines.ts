import { namesByFlag } from '../values/consent-flags';
import { type Diagnostic, formatDiagnostic, isError, type Severity } from '../values/diagnostic';
import { groupBy } from '../values/group-by';
import { type SaidOnce, saidOnce } from '../values/same-diagnostics';
import { visible } from '../values/visible';
import { type Line, line, type Tone } from './lines';
import type { RenderOptions } from './style';

const TONES: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'warn', note: 'dim' };
const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/**
 * Every diagnostic, errors first; those that say the same of several apps once. Whatever they quote from an org stays on its
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

function inShort(diagnostic: SaidOnce): SaidOnce {
  if (diagnostic.severity === 'error') return diagnostic;
  const { allowed: _allowed, source: _source, ...short } = diagnostic;
  return short;
}

/** Errors, then warnings, then notes; what is the same of several apps once. */
export const errorsFirst = (diagnostics: readonly Diagnostic[]): readonly SaidOnce[] =>
  [...saidOnce(diagnostics)].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));

/** What several places each ask for by a flag, as the one line to type. */
export const togetherByFlag = (asked: readonly { readonly flag: string; readonly name: string }[]): readonly string[] =>
  [...groupBy(asked, ({ flag }) => flag)].flatMap(([flag, all]) => {
    const asking = [...new Set(all.map(({ name }) => name))];
    const names = [...new Set(asking.flatMap((list) => list.split(',')))];
    return asking.length < 2 ? [] : [`for all ${names.length}: ${flag} ${names.join(',')}`];
  });

/** The same of diagnostics; where one of them has every name, its own remedy says it. */
export function consentLines(depth: number, diagnostics: readonly Diagnostic[]): readonly Line[] {
  const asked = saidOnce(diagnostics.filter(isError)).flatMap(namesByFlag);
  return togetherByFlag(asked).map((text) => line(depth, visible(text)));
}

/** The diagnostic with each of its texts on one line. */
export function harmless(diagnostic: SaidOnce): SaidOnce {
  const entries = Object.entries(diagnostic).map(([key, text]) => [key, visible(String(text))] as const);
  return Object.fromEntries(entries) as unknown as SaidOnce;
}
