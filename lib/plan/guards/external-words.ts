import { changeInExternalWords, componentsInExternalWords } from '../../metadata/connected-app/external-words';
import type { AppGuard, AppGuardInput } from './guard';

/** The guard, asked about a Connected App as if it were an External Client App: the flows and users are the same. */
export const forBothPlatforms =
  (guard: AppGuard): AppGuard =>
  (input) =>
    guard(input.app.platform === 'connected-app' ? inExternalWords(input) : input);

const inExternalWords = (input: AppGuardInput): AppGuardInput => ({
  ...input,
  app: { ...input.app, components: componentsInExternalWords(input.app) },
  diffs: input.diffs.map((diff) => ({ ...diff, changes: diff.changes.map(changeInExternalWords) })),
});
