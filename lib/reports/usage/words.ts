import type { AppUsage, Standing, UsageReport } from '../../usage/report';
import { daysUntil } from '../../values/iso-date';
import { plural } from '../../values/plural';

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

/** What the allow-list asks for a known app whose review is past due. */
export const overdueWords = ({ known }: AppUsage): string =>
  `review overdue since ${known?.review ?? ''}, ask ${known?.owner ?? ''}`;
