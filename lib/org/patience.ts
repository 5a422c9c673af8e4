import { isBusy, isTransient } from './classify-error';
import type { Clock } from './clock';
import { isOrgError, type OrgError } from './org-error';

/** Waits before the second and third attempt where a moment may help, in milliseconds. */
const PAUSES = [500, 1500] as const;
/** An org that has too much to do says so for longer. */
const BUSY_PAUSES = [1000, 2000, 4000, 8000, 15_000, 15_000, 15_000] as const;
/** Longest wait for a busy org, over all attempts at one call, in milliseconds. */
const BUSY_BUDGET = 90_000;

/**
 * Asks, and asks again where that may help and does no harm: only ever for calls that change nothing.
 * @throws OrgError, the last one.
 */
export async function patiently<T>(
  ask: () => Promise<T>,
  { clock, signal }: { readonly clock: Clock; readonly signal?: AbortSignal | undefined },
): Promise<T> {
  let waited = 0;
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      const pause = isOrgError(error) ? pauseAfter(error, attempt, BUSY_BUDGET - waited, clock) : undefined;
      if (pause === undefined || signal?.aborted) throw error;
      waited += pause;
      await clock.sleep(pause, signal);
    }
  }
}

/** Undefined where there is no point in asking again. */
function pauseAfter(error: OrgError, attempt: number, left: number, clock: Clock): number | undefined {
  if (!isBusy(error)) return isTransient(error) ? PAUSES[attempt] : undefined;
  const usual = BUSY_PAUSES[attempt];
  if (usual === undefined) return undefined;
  const pause = Math.max(error.retryAfterMs ?? 0, withJitter(usual, clock));
  return pause <= left ? pause : undefined;
}

/** Up to a quarter longer, so that jobs which started together do not come back together. */
export const withJitter = (ms: number, { random = Math.random }: Pick<Clock, 'random'>): number =>
  Math.round(ms * (1 + random() / 4));

type Headers = Readonly<Record<string, string | undefined>>;

/** The moment at which a server answered, by its own clock, in milliseconds since the epoch; undefined: it does not say. */
export function serverTime({ date = '' }: Headers): number | undefined {
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : time;
}

/**
 * `Retry-After` (RFC 9110, 10.2.3), in milliseconds from now: seconds, or a date, which is by the clock of the server and
 * not by ours. Undefined: none, or no sense in it.
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Za-z]{3}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - (serverTime(headers) ?? now));
}
