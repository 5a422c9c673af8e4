import type { RefreshTokenPolicy } from '../declaration/client-app';

const TYPES = { SpecificLifetime: 'specific_lifetime', SpecificInactivity: 'specific_inactivity' } as const;
const UNITS = { Hours: 'HOURS', Days: 'DAYS', Months: 'MONTHS' } as const;
const PACKED = /^specific_(lifetime|inactivity):(\d{1,9}):(HOURS|DAYS|MONTHS)$/i;

/** The policy as a Connected App has it, in one text: `infinite`, `zero`, `specific_inactivity:30:DAYS`. */
export function packRefreshTokenPolicy(policy: RefreshTokenPolicy): string {
  if (!('period' in policy)) return policy.type.toLowerCase();
  return `${TYPES[policy.type]}:${policy.period}:${UNITS[policy.unit]}`;
}

/** The policy in such a text; undefined if the text is not a policy. */
export function unpackRefreshTokenPolicy(text: string): RefreshTokenPolicy | undefined {
  if (/^infinite$/i.test(text)) return { type: 'Infinite' };
  if (/^zero$/i.test(text)) return { type: 'Zero' };
  const match = PACKED.exec(text);
  if (!match) return undefined;
  const units = { HOURS: 'Hours', DAYS: 'Days', MONTHS: 'Months' } as const;
  const unit = units[(match[3] ?? '').toUpperCase() as keyof typeof units];
  const type = /lifetime/i.test(match[1] ?? '') ? 'SpecificLifetime' : 'SpecificInactivity';
  return { type, period: Number(match[2]), unit };
}
