import type { Answer, ProofClient } from './client';
import type { Flows, Subject } from './subject';

/** What a case is tried with. */
export interface Trial {
  readonly client: ProofClient;
  readonly subject: Subject;
  readonly flows: Flows;
  /** A client of the same org with another key. */
  readonly stranger: ProofClient;
  /** The same other client, as it logs in for itself. */
  readonly neighbor: ProofClient;
}

/** One thing that a client, or someone who is not one, does. */
export interface ProofCase {
  /** Stable; reports and tests name it. */
  readonly id: string;
  /** What the declaration demands of the org. */
  readonly demands: 'refusal' | 'grant';
  readonly about: string;
  /** The use that has to be granted for a refusal to prove anything. Left out: any use of the app. */
  readonly twin?: string | undefined;
  /** Controls whose recorded exception lets it be granted. */
  readonly controls?: readonly string[];
  /** The clock is moved, so that it comes after the others. */
  readonly ages?: boolean;
  readonly applies: (subject: Subject, flows: Flows) => boolean;
  /** The answer that counts: the last one. */
  readonly run: (trial: Trial) => Promise<Answer>;
}
