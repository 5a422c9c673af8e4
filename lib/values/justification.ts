import { isIsoDate, oneYearAfter } from './iso-date';
import type { Problem } from './problem';

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

export interface JustificationProblem extends Problem {
  readonly code: 'justification-incomplete' | 'justification-expired' | 'justification-too-long';
  /** The member at fault. */
  readonly member: keyof Justification;
}

/**
 * Everything wrong with a justification on the given day (`YYYY-MM-DD`). It holds through the whole of its last day,
 * and for at most one year from the day it is judged.
 */
export function justificationProblems(justification: Justification, today: string): readonly JustificationProblem[] {
  const problems: JustificationProblem[] = [];
  if (justification.reason.trim() === '') {
    problems.push({
      code: 'justification-incomplete',
      member: 'reason',
      problem: 'the justification gives no reason',
      allowed: 'a sentence that a reviewer can judge',
      remedy: 'say why the secure default cannot hold',
    });
  }
  if (justification.approvedBy.trim() === '') {
    problems.push({
      code: 'justification-incomplete',
      member: 'approvedBy',
      problem: 'the justification names no approver',
      allowed: 'a person or a team, usually an e-mail address',
      remedy: 'have the exception approved and name who did',
    });
  }
  const expiry = expiryProblem(justification.expires, today);
  if (expiry) problems.push(expiry);
  return problems;
}

/** How a justification stands on a day: it holds through the whole of its last day, and for a year at most. */
export const standing = (expires: string, today: string): 'ended' | 'too-long' | 'holds' =>
  expires < today ? 'ended' : expires > oneYearAfter(today) ? 'too-long' : 'holds';

function expiryProblem(expires: string, today: string): JustificationProblem | undefined {
  const latest = oneYearAfter(today);
  const allowed = `a date from ${today} to ${latest}`;
  if (!isIsoDate(expires)) {
    return {
      code: 'justification-incomplete',
      member: 'expires',
      problem: 'the expiry is not a calendar date written YYYY-MM-DD',
      allowed,
      remedy: 'give the last day on which the exception holds',
    };
  }
  const stands = standing(expires, today);
  if (stands === 'ended') {
    return {
      code: 'justification-expired',
      member: 'expires',
      problem: `the justification expired; its last day was ${expires} and today is ${today}`,
      allowed,
      remedy: 'remove what it excuses, or have it approved again with a new date',
    };
  }
  if (stands === 'too-long') {
    return {
      code: 'justification-too-long',
      member: 'expires',
      problem: 'the justification lasts more than a year',
      allowed,
      remedy: 'choose a date at most one year ahead, and review the exception by then',
    };
  }
  return undefined;
}
