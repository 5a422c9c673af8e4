import type { DiagnosticCode } from './catalog';
import { NOTHING_TO_DO } from './catalog/entry';
import type { Diagnostic, DiagnosticText } from './diagnostic-shape';
import { saidOnce } from './same-diagnostics';
import type { Severity } from './severity';

export type { Diagnostic, DiagnosticCode, DiagnosticText, Severity };

const BRAND = Symbol.for('cdktf-salesforce-client-apps/ClientAppsError');

/** What came of it, as a {@link ClientAppsError} says; its diagnostics say why. */
export type ClientAppsErrorCode =
  | 'INVALID_DECLARATION'
  | 'INVALID_INPUT'
  | 'REFUSED'
  | 'CONTROLS_VIOLATED'
  | 'DEPLOY_FAILED'
  | 'STALE_PLAN'
  | 'ORG_UNREACHABLE'
  | 'LOGIN_FAILED'
  | 'ABORTED';

/**
 * What this library throws, but where the org refuses, cannot be reached or makes no sense while nothing was written: that is
 * an `OrgError` of `./executor`. `diagnostics` holds every problem found, not just the first.
 * Recognize it with {@link isClientAppsError}, which also works across two copies of the package.
 *
 * Node prints the stack of an error that nothing catches, and all its enumerable properties: of this one that is the
 * message and no more, since the frames are all ours and the message says everything once.
 */
export class ClientAppsError extends Error {
  /** Always `ClientAppsError`: tells it from other errors, whichever copy of the package threw it. */
  declare readonly name: 'ClientAppsError';
  /** What came of it, for programs. */
  declare readonly code: ClientAppsErrorCode;
  /** Every problem that was found, all at once. */
  declare readonly diagnostics: readonly Diagnostic[];

  /** The message has every diagnostic; those that differ in nothing but the place, once. */
  constructor(
    code: ClientAppsErrorCode,
    diagnostics: readonly Diagnostic[],
    options?: { readonly cause?: unknown; readonly summary?: string },
  ) {
    const texts = saidOnce(diagnostics).map(formatDiagnostic);
    super([...texts, ...(options?.summary === undefined ? [] : [options.summary])].join('\n'), options);
    const hidden = { name: 'ClientAppsError', code, diagnostics, stack: `ClientAppsError: ${code}\n${this.message}` };
    for (const [key, value] of Object.entries(hidden)) {
      Object.defineProperty(this, key, { value, enumerable: false, configurable: true });
    }
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** True for errors thrown by this package, whichever copy of it threw them. */
export function isClientAppsError(error: unknown): error is ClientAppsError {
  return typeof error === 'object' && error !== null && BRAND in error;
}

/** The diagnostic as indented plain text, the first line being `severity path (field): problem [code]`. */
export function formatDiagnostic(diagnostic: Diagnostic & { readonly where?: string }): string {
  const {
    severity,
    path,
    field,
    problem,
    code,
    value,
    allowed,
    remedy,
    where: places,
    declaredAt,
    source,
  } = diagnostic;
  const subject = field === undefined ? path : `${path} (${field})`;
  const lines = [`${severity}: ${subject}: ${problem} [${code}]`];
  if (value !== undefined) lines.push(`    given:   ${value}`);
  if (allowed !== undefined) lines.push(`    allowed: ${allowed}`);
  if (remedy !== NOTHING_TO_DO) lines.push(`    to do:   ${remedy}`);
  if (places !== undefined) lines.push(`    where:   ${places}`);
  if (declaredAt !== undefined) lines.push(`    in code: ${declaredAt}`);
  if (source !== undefined) lines.push(`    source:  ${source}`);
  return lines.join('\n');
}

export const isError = (diagnostic: Diagnostic): boolean => diagnostic.severity === 'error';

/** A value as it may be shown: one line, at most 120 characters. Never pass a secret. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  // What cannot be seen, or changes how the rest is shown, is spelled out.
  const text = json.replace(/\p{Cf}/gu, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** What went wrong, on one line and without what to do: to be a part of a sentence. */
export function reasonOf(error: unknown): string {
  if (isClientAppsError(error)) return error.diagnostics.map(({ problem }) => problem).join('; ');
  return error instanceof Error ? error.message : String(error);
}
