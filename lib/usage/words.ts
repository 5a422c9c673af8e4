import { daysUntil } from '../values/iso-date';
import { plural } from '../values/plural';
import type { AppUsage, Standing, UsageReport } from './report';

const STANDING: Readonly<Record<Standing, string>> = {
  declared: 'declared',
  unmanaged: 'unmanaged',
  package: 'package',
  unknown: 'unknown',
  'not-evaluated': 'not read',
};

/** What the app is called in one word. An app in the allow-list is known, whatever else it is. */
export const standingWord = ({ standing, known }: AppUsage): string =>
  known && standing !== 'declared' ? 'known' : STANDING[standing];

/** The day of an ISO time, and how long ago it is. */
export function ago(time: string | undefined, today: string): string {
  if (time === undefined) return 'never';
  const day = new Date(time).toISOString().slice(0, 10);
  const days = -daysUntil(day, today);
  if (days <= 0) return `${day} (today)`;
  return days === 1 ? `${day} (yesterday)` : `${day} (${plural(days, 'day')} ago)`;
}

export const dayOf = (time: string | undefined): string =>
  time === undefined ? 'never' : new Date(time).toISOString().slice(0, 10);

/** The numbers of an app in a sentence. */
export function figures({ tokens, logins }: AppUsage, { today, logins_since: since }: UsageReport): string {
  const parts = [
    tokens === undefined
      ? 'tokens not evaluated'
      : `${plural(tokens.count, 'token')} of ${plural(tokens.users_active, 'active user')}` +
        (tokens.users_inactive > 0 ? ` and ${plural(tokens.users_inactive, 'inactive one')}` : '') +
        `, ${plural(tokens.uses, 'use')}, last ${ago(tokens.last_used, today)}`,
    logins === undefined
      ? 'logins not evaluated'
      : `${plural(logins.count, 'login')} since ${dayOf(since)}` +
        (logins.count === 0 ? '' : ` from ${plural(logins.networks, 'address', 'addresses')} or more`) +
        (logins.failed > 0 ? `, ${plural(logins.failed, 'failed login')}` : ''),
  ];
  return parts.join('; ');
}

/** Said wherever an audit says nothing of tokens and logins, because nobody asked for them. */
export const USAGE_NOT_ASKED =
  'Tokens and logins were not evaluated, and so not which apps without a record use the org: audit the org with --with-usage.';

/** What stands at the head of a report: how much was seen, and what was not. */
export function overview(report: UsageReport): readonly string[] {
  const { apps, tokens, users, left_out: left, not_evaluated: gaps } = report;
  const seen =
    tokens === undefined
      ? `${plural(apps.length, 'app')}; tokens were not evaluated`
      : `${plural(apps.length, 'app')}, ${plural(tokens.read, 'token')} of ${plural(users ?? 0, 'user')}`;
  return [
    seen + (left > 0 ? `; ${plural(left, 'app')} left out by the options` : ''),
    ...(tokens?.cut === true
      ? [
          `The list of tokens is cut: ${plural(tokens.read, 'token')} of ${tokens.in_all.toLocaleString('en-US')} were ` +
            'read, and an app may be missing.',
        ]
      : []),
    ...gaps.map(
      ({ what, why, permission }) =>
        `Not evaluated: ${what}. ` + (permission === undefined ? why : `Needs the permission ${permission}: ${why}`),
    ),
  ];
}
