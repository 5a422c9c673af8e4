import type { ManifestApp } from '../../metadata/manifest';
import type { ObservedApp } from '../../metadata/observed';
import type { Diagnostic } from '../../values/diagnostic';
import type { ComponentDiff } from '../diff';
import type { Situation } from '../situation';

/** What a guard may look at. Guards are pure: situation in, diagnostics out; an error blocks the app. */
export interface AppGuardInput {
  readonly app: ManifestApp;
  readonly live: ObservedApp | undefined;
  readonly diffs: readonly ComponentDiff[];
  readonly stopped: boolean;
  readonly situation: Situation;
}

export type AppGuard = (input: AppGuardInput) => readonly Diagnostic[];
