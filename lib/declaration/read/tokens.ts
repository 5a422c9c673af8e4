import { Duration, formatDuration, isValidDuration, toMinutes } from '../../values/duration';
import type { AccessTokenPolicy, RefreshTokenPolicy as Policy, Setting } from '../client-app';
import { DEFAULTS, jwtTimeoutMinutes } from '../defaults';
import { AccessTokens, USER_SESSION } from '../options/access-tokens';
import { RefreshTokenPolicy } from '../options/refresh-token-policy';
import type { Reading } from '../reading';
import { byDefault, stated } from '../setting';
import { readJustification } from './justification';

/** Shortest and longest session timeout, in minutes. */
export const SESSION_MINUTES = { from: 1, to: 1440 } as const;

const JWT_MINUTES = [1, 5, 10, 15, 30];
/** Timeouts that the platform offers for JWTs, in minutes. */
export const JWT_MINUTES_SINCE_65: readonly number[] = [...JWT_MINUTES, 60, 90, 120, 240, 480, 720];

export function readAccessTokens(value: unknown, reading: Reading): Setting<AccessTokenPolicy> {
  const fallback = byDefault(DEFAULTS.accessToken.value.private);
  if (value === undefined) return fallback;
  if (!AccessTokens.is(value)) {
    reading.wrongType('accessTokens', value, 'AccessTokens.opaque(Duration.minutes(60)) or AccessTokens.jwt()');
    return fallback;
  }
  if (value.format === 'opaque') {
    const sessionTimeoutMinutes = readMinutes(value.lifetime, 'accessTokens', SESSION_MINUTES, reading);
    return stated({ format: 'opaque', sessionTimeoutMinutes });
  }
  const { apiVersion } = reading.context;
  if (value.lifetime === USER_SESSION) return stated({ format: 'jwt', timeoutMinutes: USER_SESSION });
  if (value.lifetime === undefined) return stated({ format: 'jwt', timeoutMinutes: jwtTimeoutMinutes(apiVersion) });
  return stated({ format: 'jwt', timeoutMinutes: readJwtTimeout(value.lifetime, 'accessTokens', reading) });
}

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

const UNITS = { hours: 'Hours', days: 'Days', months: 'Months' } as const;

export function readRefreshTokens(value: unknown, reading: Reading): Setting<Policy> {
  const fallback = byDefault(DEFAULTS.refreshToken.value.private);
  if (value === undefined) return fallback;
  if (!RefreshTokenPolicy.is(value)) {
    reading.wrongType('refreshTokens', value, 'a RefreshTokenPolicy such as RefreshTokenPolicy.expiresIfUnusedFor(…)');
    return fallback;
  }
  const { type } = value;
  if (type === 'Infinite') {
    readJustification(value.justification, 'refreshTokens', 'a refresh token that never expires', reading);
  }
  if (type === 'Infinite' || type === 'Zero') return stated({ type });
  const period = readPeriod(value.duration, reading);
  return period ? stated({ type, ...period }) : fallback;
}

function readPeriod(value: unknown, reading: Reading) {
  const allowed = 'a whole number of hours, days or months, for example Duration.days(30)';
  if (!Duration.is(value)) {
    reading.wrongType('refreshTokens', value, allowed);
    return undefined;
  }
  if (value.unit !== 'minutes' && isValidDuration(value)) return { period: value.amount, unit: UNITS[value.unit] };
  const problem = { problem: 'this is not a period that refresh tokens have', allowed, remedy: `give ${allowed}` };
  reading.report('invalid-duration', 'refreshTokens', problem, { given: formatDuration(value) });
  return undefined;
}
