import type { DiagnosticCode } from './catalog';
import type { Severity } from './severity';

declare const MADE: unique symbol;

/** What a diagnostic says, as documents hold it. */
export type DiagnosticText = Omit<Diagnostic, typeof MADE>;

/**
 * One problem, described completely: where, what is wrong, the value given, what is allowed, what to do.
 * `value` never holds a secret: whoever builds the diagnostic redacts it first.
 */
export interface Diagnostic {
  /** A code of docs/errors.md, the id of a control, or the code of an error that Salesforce or the network gave. */
  readonly code: DiagnosticCode;
  /** An error blocks what it is about; a warning and a note never do. */
  readonly severity: Severity;
  /** Construct path (`identity/prod/Portal`), or the file and line of the problem. */
  readonly path: string;
  /** The option or metadata field at fault. */
  readonly field?: string;
  /** What is wrong, as one sentence. */
  readonly problem: string;
  /** The value given, redacted and shortened. */
  readonly value?: string;
  /** What would be accepted. */
  readonly allowed?: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Where in the author's program the thing is declared: `main.ts:37`. */
  readonly declaredAt?: string;
  /** Where the rule comes from. */
  readonly source?: string;
  /** Never there: `lib/values/diagnose.ts` alone makes diagnostics, so that one written by hand does not compile. */
  readonly [MADE]: true;
}
