import type { ClientKind, Platform } from '../declaration/client-app';
import type { Exchange } from './wire';

export const PROOF_FORMAT_VERSION = '1.1';

/**
 * `as-declared`: refused or granted, as it has to be. `excepted`: granted, and an exception is recorded. `violated`: granted
 * though it has to be refused, or refused though it has to be granted. `not-evaluated`: the refusal proves nothing, as the
 * use beside it was refused as well.
 */
export type ProofOutcome = 'as-declared' | 'excepted' | 'violated' | 'not-evaluated';

/** One attack or one use that was tried on an app, and how it ended. */
export interface ProofResult {
  /** Id of the case, for programs. */
  readonly case: string;
  /** What the declaration asks of the org: to refuse this, or to grant it. */
  readonly demands: 'refusal' | 'grant';
  /** What was tried, as words. */
  readonly about: string;
  /** Whether the org did what the declaration asks of it. */
  readonly outcome: ProofOutcome;
  /** What the org did. */
  readonly granted: boolean;
  /** The answer of the org: an OAuth error, or what was given out. */
  readonly said: string;
  /** Until when the exception counts, ISO date. */
  readonly excepted_until?: string;
  /** What went over the wire, where someone asked for it. */
  readonly wire?: readonly Exchange[];
}

/** What one app refused and granted. */
export interface AppProof {
  /** Developer name of the app. */
  readonly app: string;
  /** What Setup calls the app. */
  readonly label: string;
  /** What Salesforce stores the app as. */
  readonly platform: Platform;
  /** What the client can keep to itself: `private`, `public` or `machine`. */
  readonly kind: ClientKind;
  /** Construct path: `identity/prod/Portal`. */
  readonly path: string;
  /** Everything that was tried, in a fixed order. */
  readonly results: readonly ProofResult[];
  /** Declared, and no flow of the built-in org to try it with. */
  readonly not_evaluated: readonly string[];
}

export interface OrgProof {
  /** Name of the org: the construct id. */
  readonly org: string;
  /** Each app that was tried. */
  readonly apps: readonly AppProof[];
}
