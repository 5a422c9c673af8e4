import { Duration, formatDuration, isValidDuration, toMinutes } from '../../values/duration';
import type { Reading } from '../reading';

/** Shortest and longest session timeout, in minutes. */
export const SESSION_MINUTES = { from: 1, to: 1440 } as const;

const JWT_MINUTES = [1, 5, 10, 15, 30];
/** Timeouts that the platform offers for JWTs, in minutes. */
export const JWT_MINUTES_SINCE_65: readonly number[] = [...JWT_MINUTES, 60, 90, 120, 240, 480, 720];

/** Minutes that the platform offers for JWTs; version 65 brought the longer ones. */
export function readJwtTimeout(value: unknown, field: string, reading: Reading): number {
  const { apiVersion } = reading.context;
  const offered = apiVersion >= 65 ? JWT_MINUTES_SINCE_65 : JWT_MINUTES;
  const minutes = readMinutes(value, field, { from: 1, to: 1440 }, reading);
  if (minutes === 0 || offered.includes(minutes)) return minutes;
  const since65 = JWT_MINUTES_SINCE_65.includes(minutes) ? ', or raise apiVersion to 65' : '';
  reading.report(
    'invalid-duration',
    field,
    {
      problem: `the platform offers no JWT timeout of ${minutes} minutes with Metadata API ${apiVersion}`,
      allowed: `${offered.join(', ')} minutes`,
      remedy: `choose one of them${since65}`,
    },
    { given: minutes },
  );
  return minutes;
}

/** A duration in minutes within limits; 0 after reporting a problem. */
export function readMinutes(
  value: unknown,
  field: string,
  limits: { readonly from: number; readonly to: number },
  reading: Reading,
): number {
  const allowed = `a Duration from ${limits.from} to ${limits.to} minutes, for example Duration.minutes(${limits.to})`;
  if (!Duration.is(value)) {
    reading.wrongType(field, value, allowed);
    return 0;
  }
  const minutes = isValidDuration(value) ? toMinutes(value) : undefined;
  if (minutes !== undefined && minutes >= limits.from && minutes <= limits.to) return minutes;
  const problem = { problem: 'the duration is out of range', allowed, remedy: 'choose a duration in the range' };
  reading.report('invalid-duration', field, problem, { given: formatDuration(value) });
  return 0;
}
