import { isOrgError, type OrgError } from '../org/org-error';
import { diagnosticLines } from '../plan/render/diagnostic-lines';
import { type Line, line, printLines } from '../plan/render/lines';
import { visible } from '../plan/render/visible';
import { type ClientAppsErrorCode, type Diagnostic, isClientAppsError } from '../values/diagnostic';
import { EXIT, type ExitCode } from './exit-code';
import type { Io } from './io';
import { renderOptions } from './style';

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
    print(orgErrorLines(error, path), io);
    if (error.inDoubt) return EXIT.unknownOutcome;
    return error.kind === 'login' || error.kind === 'unreachable' ? EXIT.unreachable : EXIT.error;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`error: ${path}: this is a defect of client-apps, please report it\n${told}\n`);
  return EXIT.error;
}

/** Prints diagnostics on standard error, in full. */
export function report(diagnostics: readonly Diagnostic[], io: Io): void {
  print(diagnosticLines(0, diagnostics), io);
}

/** In the shape of a diagnostic, but with the line breaks of the message. */
function orgErrorLines(error: OrgError, path: string): readonly Line[] {
  const [first = '', ...rest] = error.message.split('\n').map(visible);
  const code = visible(error.errorCode ?? `org-${error.kind}`);
  return [
    line(0, `error: ${visible(path)}: ${first} [${code}]`, 'bad'),
    ...rest.map((text) => line(2, text)),
    line(2, `to do:   ${visible(error.remedy)}`),
  ];
}

function print(lines: readonly Line[], io: Io): void {
  io.stderr.write(printLines(lines, renderOptions(io.stderr, io.environment)));
}
