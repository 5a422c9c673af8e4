/** Calls of the last 24 hours, and how many an org may have. */
export interface ApiUsage {
  readonly used: number;
  readonly max: number;
}

/** The daily API requests of an org: every call of the REST and SOAP APIs counts one, calls of OAuth count none. */
export interface ApiLimit {
  readonly usage: () => ApiUsage;
  /** Counts a call. False where the org has none left; such a call is not counted. */
  readonly take: () => boolean;
  /** Forgets what was used. From now on the org refuses what goes beyond `max`; left out: nothing. */
  readonly start: (max?: number) => void;
}

/** What an org of fifteen licenses has. The emulated one shows that number, and refuses nothing unless it was asked to. */
const USUAL_MAX = 15_000;
const HOUR_MS = 3_600_000;
const HOURS = 24;

/** @param now The org’s own clock, as ISO time: calls count for 24 hours by it, in full hours. */
export function createApiLimit(now: () => string, first?: number): ApiLimit {
  let limit = first;
  /** Calls by the hour they were made in. */
  const hours = new Map<number, number>();
  const thisHour = (): number => Math.floor(Date.parse(now()) / HOUR_MS);
  const usage = (): ApiUsage => {
    const oldest = thisHour() - HOURS;
    for (const hour of hours.keys()) if (hour <= oldest) hours.delete(hour);
    return { used: [...hours.values()].reduce((sum, calls) => sum + calls, 0), max: limit ?? USUAL_MAX };
  };
  return {
    usage,
    take: () => {
      if (limit !== undefined && usage().used >= limit) return false;
      const hour = thisHour();
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
      return true;
    },
    start: (max) => {
      limit = max;
      hours.clear();
    },
  };
}
