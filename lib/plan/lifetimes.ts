import type { FieldValue } from '../metadata/component';
import { asText } from '../metadata/normalize';
import type { ReadSetting } from '../metadata/setting-in';
import { unpackRefreshTokenPolicy } from '../options/refresh-token-policy';
import type { Effect } from './plan';

/** In hours: how long a refresh token lives however much it is used, and how long one that is not used. */
export interface RefreshLifetime {
  readonly used: number;
  readonly idle: number;
}

const HOURS: Readonly<Record<string, number>> = { Hours: 1, Days: 24, Months: 730 };
const ENDLESS: RefreshLifetime = { used: Infinity, idle: Infinity };

/** The lifetime that kind, period and unit give together, or one text for the three. */
export function refreshLifetime(setting: ReadSetting): RefreshLifetime {
  const packed = setting('packedRefreshTokenPolicy');
  if (packed !== undefined) return packedLifetime(packed);
  const type = asText(setting('refreshTokenType') ?? '');
  // Without a period Salesforce counts 365 days.
  const period = Number(setting('refreshTokenPeriod') ?? 365);
  return lifetime(type, period * (HOURS[asText(setting('refreshTokenUnit') ?? 'Days')] ?? Infinity));
}

/** A text that cannot be read counts as a token that never ends. */
function packedLifetime(value: FieldValue): RefreshLifetime {
  const policy = unpackRefreshTokenPolicy(asText(value));
  if (!policy) return ENDLESS;
  return lifetime(policy.type, 'period' in policy ? policy.period * (HOURS[policy.unit] ?? Infinity) : Infinity);
}

function lifetime(type: string, hours: number): RefreshLifetime {
  if (type === 'Zero') return { used: 0, idle: 0 };
  if (type === 'SpecificInactivity') return { used: Infinity, idle: hours };
  return type === 'SpecificLifetime' ? { used: hours, idle: hours } : ENDLESS;
}

/** Longer in one respect and shorter in the other is mixed. */
export function compareRefresh(before: RefreshLifetime, after: RefreshLifetime): Effect {
  const widens = after.used > before.used || after.idle > before.idle;
  const narrows = after.used < before.used || after.idle < before.idle;
  if (widens && narrows) return 'mixed';
  return widens ? 'widens' : narrows ? 'narrows' : 'neutral';
}

/** Both respects in words, where they differ from each other. */
export function refreshReason(before: RefreshLifetime, after: RefreshLifetime): string | undefined {
  if (before.used === before.idle && after.used === after.idle) return undefined;
  const part = (whose: string, respect: 'used' | 'idle'): string => {
    const [was, is] = [before[respect], after[respect]];
    if (was === is) return is === Infinity ? `${whose} still never ends` : `${whose} still ends ${ending(is)}`;
    const ends = is === Infinity ? 'never ends' : `ends ${ending(is)}`;
    return `${whose} ${ends} instead of ${is === Infinity ? 'ending ' : ''}${ending(was)}`;
  };
  return `${part('a refresh token in use', 'used')}; ${part('an unused one', 'idle')}`;
}

function ending(hours: number): string {
  if (hours === 0) return 'immediately';
  if (hours === Infinity) return 'never';
  const [number, unit] = hours % 24 === 0 ? [hours / 24, 'day'] : [hours, 'hour'];
  return `after ${number} ${unit}${number === 1 ? '' : 's'}`;
}

/** Minutes: the shortest and the longest that it may be, unequal where that depends on what was not read. */
export interface Timeout {
  readonly shortest: number;
  readonly longest: number;
}

const exactly = (minutes: number): Timeout => ({ shortest: minutes, longest: minutes });

/** A user session lives between 15 minutes and 24 hours, as the profile says, else the org. */
export const sessionTimeout = (value: FieldValue | undefined, org: number | undefined): Timeout =>
  value !== undefined ? exactly(Number(value)) : org !== undefined ? exactly(org) : { shortest: 15, longest: 1440 };

/** JWT-based access tokens of users, and of guests. */
const JWT = {
  user: { type: 'jwtTimeoutType', minutes: 'jwtTimeoutMinutes' },
  guest: { type: 'guestJwtTimeoutType', minutes: 'guestJwtTimeoutMinutes' },
} as const;

/** True where a JWT ends with the session of its user. */
export const followsSession = (setting: ReadSetting, whose: keyof typeof JWT): boolean =>
  setting(JWT[whose].type) === 'UserSession';

export function jwtLifetime(setting: ReadSetting, whose: keyof typeof JWT, org: number | undefined): Timeout {
  if (followsSession(setting, whose)) return sessionTimeout(undefined, org);
  const minutes = setting(JWT[whose].minutes);
  return typeof minutes === 'number' ? exactly(minutes) : { shortest: 1, longest: 1440 };
}

/** Unknown where the two overlap. */
export function compareTimeouts(before: Timeout, after: Timeout): Effect {
  const isExact = before.shortest === before.longest && after.shortest === after.longest;
  if (isExact && before.shortest === after.shortest) return 'neutral';
  if (after.shortest >= before.longest) return 'widens';
  return after.longest <= before.shortest ? 'narrows' : 'unknown';
}
