import type { CatalogCode } from '../values/catalog';
import { diagnoseInWords } from '../values/diagnose';
import { ClientAppsError } from '../values/diagnostic';

/** The error for options, files and directories the emulator cannot work with. */
export const misused = (
  path: string,
  problems: readonly string[],
  remedy: string,
  code: CatalogCode = 'emulator-option-unusable',
): ClientAppsError =>
  new ClientAppsError(
    'INVALID_INPUT',
    problems.map((problem) => diagnoseInWords(code, { path, problem, remedy })),
  );
