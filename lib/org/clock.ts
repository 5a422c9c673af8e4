import { plural } from '../values/plural';

/** Time and chance as inputs, so that a test of waiting does not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0 and less than 1, for jitter. Default: `Math.random`. */
  readonly random?: () => number;
}

/** By how much another clock is ahead of ours, as what ours is: `3 hours behind`, `20 seconds ahead of`. */
export function clockWords(skewMs: number): string {
  const ms = Math.abs(skewMs);
  const [unit, size] = UNITS.find(([, each]) => ms >= 2 * each) ?? (['second', 1000] as const);
  return `${plural(Math.round(ms / size), unit)} ${skewMs > 0 ? 'behind' : 'ahead of'}`;
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal?.addEventListener('abort', wake, { once: true });
    }),
};
