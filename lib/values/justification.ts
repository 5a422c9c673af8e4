/**
 * A recorded exception to a secure default: why, by whom, until when. Plain data; it is judged against a date given
 * as input, at synth and again at plan, apply and drift (D19).
 */
export interface Justification {
  /** Why the secure default cannot hold, in a sentence a reviewer can judge. */
  readonly reason: string;
  /** Who agreed: a person or a team, usually an e-mail address. */
  readonly approvedBy: string;
  /** The last day on which the exception holds, as an ISO 8601 date (`2027-03-31`), at most one year ahead. */
  readonly expires: string;
  /** Where the decision is recorded. */
  readonly ticket?: string;
}
