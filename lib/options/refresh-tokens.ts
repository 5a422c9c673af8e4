import type { RefreshTokenPolicy as Policy, Setting } from '../declaration/client-app';
import { RefreshTokenPolicy } from '../declaration/options/refresh-token-policy';
import { readJustification } from '../declaration/read/justification';
import { readTrue } from '../declaration/read/values';
import type { Reading } from '../declaration/reading';
import { byDefault as unlessStated, stated } from '../declaration/setting';
import { Duration, formatDuration, isValidDuration } from '../values/duration';
import { call, type Expression, justification } from './expression';
import { forAll, NO_REFRESH, option, plain, WITH_USERS } from './option';
import { owned } from './owned';
import { duration, type Live, textOf } from './recall';
import { packRefreshTokenPolicy, unpackRefreshTokenPolicy } from './refresh-token-policy';
import { SETTINGS } from './settings';
import { flag, type Member, variants } from './shape';
import { duration as durationShape, justification as excuse } from './shapes';

const period: Member = {
  name: 'period',
  shape: durationShape,
  required: true,
  says: 'How long: hours, days or months.',
};

/** How long a refresh token lives. */
export const refreshTokens = option({
  name: 'refreshTokens',
  kinds: WITH_USERS,
  shape: variants({ RefreshTokenPolicy }, 'policy', {
    expiresIfUnusedFor: [period],
    expiresAfter: [period],
    expiresImmediately: [],
    neverExpires: [excuse],
  }),
  why: { machine: NO_REFRESH },
  excuses: ['SFCA-APP-REFRESH-LIFETIME'],
  default: {
    what: 'refreshToken',
    value: forAll<Policy>({ type: 'SpecificInactivity', period: 30, unit: 'Days' }),
    reason: 'An unused client loses its access automatically; the platform would keep it for a year.',
    source: 'RFC 9700 section 4.14; Salesforce Help: Manage OAuth Access Policies',
  },
  read: (given, reading, secure) => ({ refreshToken: readRefreshTokens(given, secure, reading) }),
  fields: [
    {
      ...SETTINGS.refreshTokenType,
      value: ({ refreshToken }) => owned(refreshToken, refreshToken.value.type),
    },
    {
      ...SETTINGS.refreshTokenPeriod,
      value: ({ refreshToken }) =>
        'period' in refreshToken.value ? owned(refreshToken, refreshToken.value.period) : undefined,
    },
    {
      ...SETTINGS.refreshTokenUnit,
      value: ({ refreshToken }) =>
        'period' in refreshToken.value ? owned(refreshToken, refreshToken.value.unit) : undefined,
    },
    {
      ...SETTINGS.packedRefreshTokenPolicy,
      value: ({ refreshToken }) => owned(refreshToken, packRefreshTokenPolicy(refreshToken.value)),
    },
  ],
  recall: recallRefreshTokens,
});

function recallRefreshTokens(live: Live): Expression | undefined {
  const packed = textOf(live.value(SETTINGS.packedRefreshTokenPolicy));
  const policy = live.platform === 'connected-app' ? unpackRefreshTokenPolicy(packed ?? '') : stored(live);
  switch (policy?.type) {
    case 'Infinite':
      return call({ RefreshTokenPolicy }, 'neverExpires', justification(live.expires));
    case 'Zero':
      return call({ RefreshTokenPolicy }, 'expiresImmediately');
    case 'SpecificLifetime':
      return call({ RefreshTokenPolicy }, 'expiresAfter', lasting(policy));
    case 'SpecificInactivity':
      return call({ RefreshTokenPolicy }, 'expiresIfUnusedFor', lasting(policy));
    default:
      return undefined;
  }
}

const lasting = ({
  period,
  unit,
}: {
  readonly period: number;
  readonly unit: 'Hours' | 'Days' | 'Months';
}): Expression => duration(period, ({ Hours: 'hours', Days: 'days', Months: 'months' } as const)[unit]);

/** The three fields as one policy; undefined where a part of it is missing. */
function stored(live: Live): Policy | undefined {
  const type = live.value(SETTINGS.refreshTokenType);
  if (type === 'Infinite' || type === 'Zero') return { type };
  const period = live.value(SETTINGS.refreshTokenPeriod);
  const unit = live.value(SETTINGS.refreshTokenUnit);
  if (type !== 'SpecificLifetime' && type !== 'SpecificInactivity') return undefined;
  if (typeof period !== 'number' || (unit !== 'Hours' && unit !== 'Days' && unit !== 'Months')) return undefined;
  return { type, period, unit };
}

const UNITS = { hours: 'Hours', days: 'Days', months: 'Months' } as const;

function readRefreshTokens(value: unknown, secure: Policy, reading: Reading): Setting<Policy> {
  const fallback = unlessStated(secure);
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

/** Refresh tokens end after 30 idle days, whatever the policy says. */
export const limitIdleRefreshTokens = plain({
  name: 'limitIdleRefreshTokens',
  kinds: WITH_USERS,
  shape: flag,
  why: { machine: NO_REFRESH },
  setting: SETTINGS.idleRefreshTokenLimit,
  read: readTrue,
});
