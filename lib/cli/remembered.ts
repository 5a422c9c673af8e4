import { type Diagnostic, isClientAppsError } from '../values/diagnostic';

/** What a project remembers, read file by file: one that cannot be used hides none of the others. */
export interface Remembered<T> {
  readonly found: readonly { readonly file: string; readonly content: T }[];
  /** Why files cannot be used. */
  readonly problems: readonly Diagnostic[];
}

/** @param read Throws `ClientAppsError` of a file that cannot be used. */
export function readEach<T>(files: readonly string[], read: (file: string) => T): Remembered<T> {
  const problems: Diagnostic[] = [];
  const found = files.flatMap((file) => {
    try {
      return [{ file, content: read(file) }];
    } catch (error) {
      if (!isClientAppsError(error)) throw error;
      problems.push(...error.diagnostics.map((each) => ({ ...each, severity: 'warning' as const })));
      return [];
    }
  });
  return { found, problems };
}
