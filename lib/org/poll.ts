import { isTransient } from './classify-error';
import type { Clock } from './clock';
import { isOrgError, OrgError } from './org-error';
import { withJitter } from './patience';

export interface PollSettings {
  /** Longest wait for one job, in milliseconds. Default 30 minutes. */
  readonly timeoutMs: number;
  /** Failed status requests in a row that are put up with. Default 10. */
  readonly maxConsecutiveErrors: number;
}

export const DEFAULT_POLL: PollSettings = { timeoutMs: 30 * 60 * 1000, maxConsecutiveErrors: 10 };

/**
 * Waits before the first polls, in milliseconds. A deploy of client apps takes a second or two. A retrieve zips what it
 * finds, so that a poll at once is a call for nothing. The slow ones take minutes, and should cost few calls.
 */
const FIRST_DELAYS = {
  deploy: [200, 600, 1000, 1000, 1000, 2000, 2000, 2000, 2000, 2000],
  retrieve: [500, 1000, 2000, 3000],
} as const;
const LAST_DELAY = 5000;

export type PolledJob = keyof typeof FIRST_DELAYS;
/** An org that asks for a longer wait between two polls is asked sooner all the same. */
const LONGEST_ASKED = 60_000;

/** Milliseconds to wait before the given poll, counted from 0. After a failure never less than a second. */
export function pollDelay(job: PolledJob, poll: number, consecutiveErrors = 0): number {
  const delay = FIRST_DELAYS[job][poll] ?? LAST_DELAY;
  return consecutiveErrors === 0 ? delay : Math.max(delay, Math.min(LAST_DELAY, 1000 * 2 ** (consecutiveErrors - 1)));
}

export interface Polling<T> {
  /** Asks once; undefined while the job runs. */
  readonly check: () => Promise<T | undefined>;
  readonly job: PolledJob;
  readonly id: string;
  readonly settings: PollSettings;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Whether to ask again after an error, of which so many came in a row. Default: what passes by itself. */
  readonly tolerates?: (error: OrgError, inARow: number) => boolean;
}

/**
 * Asks until the job is done.
 * @throws OrgError `aborted`; `unreachable` after the timeout; the last error once too many came in a row.
 */
export async function poll<T>(polling: Polling<T>): Promise<T> {
  const { check, job, id, settings, clock, signal, tolerates = isTransient } = polling;
  const named = `${job} ${id}`;
  const start = clock.now();
  let errors = 0;
  /** What the org asked to wait. */
  let asked = 0;
  for (let count = 0; ; count++) {
    const left = start + settings.timeoutMs - clock.now();
    if (left <= 0) throw timedOut(named, settings.timeoutMs);
    const pause = Math.max(withJitter(pollDelay(job, count, errors), clock), Math.min(asked, LONGEST_ASKED));
    await clock.sleep(Math.min(pause, left), signal);
    if (signal?.aborted) throw new OrgError('aborted', `Stopped waiting for ${named}`, 'run the command again');
    try {
      const result = await check();
      if (result !== undefined) return result;
      errors = 0;
      asked = 0;
    } catch (error) {
      errors += 1;
      if (!isOrgError(error) || !tolerates(error, errors) || errors > settings.maxConsecutiveErrors) throw error;
      asked = error.retryAfterMs ?? 0;
    }
  }
}

function timedOut(job: string, timeoutMs: number): OrgError {
  const message = `Gave up waiting for ${job} after ${Math.round(timeoutMs / 1000)} s; it may still be running`;
  return new OrgError('unreachable', message, 'check it in Setup, or raise the timeout', {
    errorCode: 'POLL_TIMEOUT',
  });
}
