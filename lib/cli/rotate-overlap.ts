import { diagnose } from '../values/diagnose';
import { invalidInput } from './files';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const DEFAULT = '1d';
/** Salesforce ends former credentials after that. */
const LONGEST_MS = 30 * 86_400_000;

/** How long former credentials are to stay: `0`, `30m`, `12h`, `7d`. @throws ClientAppsError */
export function overlapMs(text = DEFAULT): number {
  const [, amount, unit = 'm'] = /^(\d{1,5})([mhd])$|^(?:0)$/.exec(text) ?? [];
  const length = text === '0' ? 0 : Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (length >= 0 && length <= LONGEST_MS) return length;
  const reason = '--overlap must be 0, or minutes, hours or days (30m, 12h, 7d), up to 30d';
  throw invalidInput(diagnose('rotate-option-wrong', { path: '--overlap', value: text }, { reason }));
}
