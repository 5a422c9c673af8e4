import { z } from 'zod';

import { diagnose } from '../values/diagnose';
import { daysBefore, isIsoDate } from '../values/iso-date';
import { invalidInput } from './files';

/** How far back logins are counted where nothing else is asked. */
const DEFAULT_DAYS = 90;

const Time = z.iso.datetime({ offset: true });

/** `90d`, a date or a time: the time from which on something counts. @throws ClientAppsError */
export function timeSince(option: string, text: string, today: string): string {
  if (isSpan(text)) return daysBefore(today, Number(text.slice(0, -1)));
  if (isIsoDate(text)) return `${text}T00:00:00.000Z`;
  if (Time.safeParse(text).success) return new Date(text).toISOString();
  throw invalidInput(diagnose('time-unusable', { path: option, value: text }, { option }));
}

/** `90d`: counted back from today. */
export const isSpan = (text: string): boolean => /^\d{1,4}d$/.test(text);

/** From when on logins count. @param given By --since. @throws ClientAppsError */
export const loginsSince = (given: string | undefined, today: string): string =>
  timeSince('--since', given ?? `${DEFAULT_DAYS}d`, today);
