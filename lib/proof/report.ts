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
  readonly case: string;
  readonly demands: 'refusal' | 'grant';
  readonly about: string;
  readonly outcome: ProofOutcome;
  readonly granted: boolean;
  /** The answer of the org: an OAuth error, or what was given out. */
  readonly said: string;
  /** Until when the exception counts, ISO date. */
  readonly excepted_until?: string;
  /** What went over the wire, where somebody asked for it. */
  readonly wire?: readonly Exchange[];
}

/** What one app refused and granted. */
export interface AppProof {
  readonly app: string;
  readonly label: string;
  readonly platform: Platform;
  readonly kind: ClientKind;
  readonly path: string;
  readonly results: readonly ProofResult[];
  /** Declared, and no flow of the built-in org to try it with. */
  readonly not_evaluated: readonly string[];
}

export interface OrgProof {
  readonly org: string;
  readonly apps: readonly AppProof[];
}
