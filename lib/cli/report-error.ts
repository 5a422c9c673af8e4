import type { Manifest } from '../metadata/manifest';
import { isOrgError, type OrgError } from '../org/org-error';
import { diagnosticLines } from '../reports/diagnostic-lines';
import { type Line, line, printLines } from '../reports/lines';
import { diagnose } from '../values/diagnose';
import { type ClientAppsErrorCode, type Diagnostic, isClientAppsError } from '../values/diagnostic';
import { located } from '../values/located';
import { orgProblem } from '../values/org-problem';
import { visible } from '../values/visible';
import { EXIT, type ExitCode } from './exit-code';
import { messageOf } from './files';
import type { Io } from './io';
import { renderOptions } from './style';

const CODES: Readonly<Partial<Record<ClientAppsErrorCode, ExitCode>>> = {
  STALE_PLAN: EXIT.stalePlan,
  CONTROLS_VIOLATED: EXIT.findings,
  ORG_UNREACHABLE: EXIT.unreachable,
  LOGIN_FAILED: EXIT.unreachable,
};

interface About {
  readonly path: string;
  readonly manifest?: Manifest;
}

/**
 * Tells on standard error what went wrong and gives the exit code it stands for.
 * @param about What the error is about, where it does not say so itself: the org, and what is declared for it.
 */
export function reportError(error: unknown, io: Io, about: About = { path: 'client-apps' }): ExitCode {
  const { path, manifest } = about;
  if (isClientAppsError(error)) {
    report(error.diagnostics, io, manifest);
    return CODES[error.code] ?? EXIT.error;
  }
  if (isOrgError(error)) {
    io.onProblem?.(orgProblem(error, path));
    print(orgErrorLines(error, path), io);
    if (error.inDoubt) return EXIT.unknownOutcome;
    return error.kind === 'login' || error.kind === 'unreachable' ? EXIT.unreachable : EXIT.error;
  }
  const system = systemError(error, path);
  if (system) {
    report([system], io);
    return EXIT.error;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const defect = diagnose('defect', { path });
  io.onProblem?.(defect);
  io.stderr.write(`error: ${visible(path)}: ${defect.problem}\n${detail.split('\n').map(visible).join('\n')}\n`);
  return EXIT.error;
}

/** A full disk or a folder without permission is no defect of ours. */
function systemError(error: unknown, path: string): Diagnostic | undefined {
  if (typeof error !== 'object' || error === null || !('syscall' in error)) return undefined;
  const file = 'path' in error ? String(error.path) : path;
  return diagnose('file-unusable/by-system', { path: file }, { reason: messageOf(error) });
}

/** Prints diagnostics on standard error, in full, with the lines of the program that the manifest knows. */
export function report(found: readonly Diagnostic[], io: Io, manifest?: Manifest): void {
  const diagnostics = manifest ? located(found, manifest) : found;
  for (const diagnostic of diagnostics) io.onProblem?.(diagnostic);
  print(diagnosticLines(0, diagnostics), io);
}

/** In the shape of a diagnostic, but with the line breaks of the message. */
function orgErrorLines(error: OrgError, path: string): readonly Line[] {
  const [first = '', ...rest] = error.message.split('\n').map(visible);
  const code = visible(error.errorCode ?? `org-${error.kind}`);
  // A message of Node's ends with the code already: once is enough.
  const problem = first.replace(` (${code})`, '');
  return [
    line(0, `error: ${visible(path)}: ${problem} [${code}]`, 'bad'),
    ...rest.map((text) => line(2, text)),
    line(2, `to do:   ${visible(error.remedy)}`),
  ];
}

function print(lines: readonly Line[], io: Io): void {
  io.stderr.write(printLines(lines, renderOptions(io.stderr, io.environment)));
}
