import type { RefreshTokenSettings } from '../posture';

const DAYS_PER: Readonly<Record<string, number>> = { Hours: 1 / 24, Days: 1, Months: 365 / 12 };
/** What the platform itself enforces where it limits idle tokens. */
export const IDLE_DAYS = 30;
/** What Salesforce's guide for its command line asks for. */
export const LONGEST_REFRESH_DAYS = 90;

/** How long a policy lets a refresh token live, or live on after each use; where nothing ends it, for ever. */
export const lifetimeDays = ({ type, period = 365, unit = 'Days' }: RefreshTokenSettings): number =>
  type.startsWith('Specific') ? period * (DAYS_PER[unit] ?? Infinity) : Infinity;
