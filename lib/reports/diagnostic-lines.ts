import { type Diagnostic, formatDiagnostic, type Severity } from '../values/diagnostic';
import { type Line, line, type Tone } from './lines';
import { visible } from '../values/visible';

const TONES: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'warn', note: 'dim' };
const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/** Every diagnostic in full, errors first. Whatever they quote from an org stays on its line. */
export function diagnosticLines(depth: number, diagnostics: readonly Diagnostic[]): readonly Line[] {
  const sorted = [...diagnostics].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  return sorted.flatMap((diagnostic) =>
    formatDiagnostic(harmless(diagnostic))
      .split('\n')
      .map((text, index) => line(depth, text, index === 0 ? TONES[diagnostic.severity] : undefined)),
  );
}

/** The diagnostic with each of its texts on one line. */
export function harmless(diagnostic: Diagnostic): Diagnostic {
  const entries = Object.entries(diagnostic).map(([key, text]) => [key, visible(String(text))] as const);
  return Object.fromEntries(entries) as unknown as Diagnostic;
}
