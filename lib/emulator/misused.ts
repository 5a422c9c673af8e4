import { ClientAppsError, type DiagnosticCode } from '../values/diagnostic';

/** The error for options, files and directories the emulator cannot work with. */
export const misused = (
  path: string,
  problems: readonly string[],
  remedy: string,
  code: DiagnosticCode = 'emulator-option-unusable',
): ClientAppsError =>
  new ClientAppsError(
    'INVALID_INPUT',
    problems.map((problem) => ({ code, severity: 'error', path, problem, remedy })),
  );
