import { isOrgError, type OrgError } from '../org/org-error';
import { type ClientAppsErrorCode, type Diagnostic, formatDiagnostic, isClientAppsError } from '../values/diagnostic';
import { EXIT, type ExitCode } from './exit-code';
import type { Io } from './io';

const CODES: Readonly<Partial<Record<ClientAppsErrorCode, ExitCode>>> = {
  STALE_PLAN: EXIT.stalePlan,
  ORG_UNREACHABLE: EXIT.unreachable,
  LOGIN_FAILED: EXIT.unreachable,
};

/**
 * Tells on standard error what went wrong and gives the exit code it stands for.
 * @param path What the error is about, where it does not say so itself: the construct path of the org.
 */
export function reportError(error: unknown, io: Io, path = 'client-apps'): ExitCode {
  if (isClientAppsError(error)) {
    report(error.diagnostics, io);
    return CODES[error.code] ?? EXIT.error;
  }
  if (isOrgError(error)) {
    report([orgProblem(error, path)], io);
    return error.kind === 'login' || error.kind === 'unreachable' ? EXIT.unreachable : EXIT.error;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`error: ${path}: this is a defect of client-apps, please report it\n${told}\n`);
  return EXIT.error;
}

/** Prints diagnostics on standard error, in full. */
export function report(diagnostics: readonly Diagnostic[], io: Io): void {
  for (const diagnostic of diagnostics) io.stderr.write(`${harmless(formatDiagnostic(diagnostic))}\n`);
}

const orgProblem = (error: OrgError, path: string): Diagnostic => ({
  code: error.errorCode ?? `org-${error.kind}`,
  severity: 'error',
  path,
  problem: error.message.split('\n').join('\n    '),
  remedy: error.remedy,
});

/** An org's texts must not steer the terminal. */
const harmless = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, '\uFFFD');
