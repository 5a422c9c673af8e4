import { ClientAppsError, type Diagnostic } from '../values/diagnostic';

/** Bad input on the command line or in a file, as the one error this library throws. */
export function invalidInput(
  code: string,
  path: string,
  problem: string,
  remedy: string,
  details: Partial<Diagnostic> = {},
): ClientAppsError {
  return new ClientAppsError('INVALID_INPUT', [{ code, severity: 'error', path, problem, remedy, ...details }]);
}
