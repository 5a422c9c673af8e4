import type { FieldValue } from '../metadata/component';
import { unpackRefreshTokenPolicy } from '../metadata/connected-app/refresh-token-policy';
import { canonicalJson } from '../metadata/digest';
import type { ClientImpact, Field } from '../metadata/fields/field';
import { asText, normalise, sameValue } from '../metadata/normalise';
import type { Effect, Impact } from './plan';

type Fields = Readonly<Record<string, FieldValue>>;

const PACKED = 'packed-refresh-token-lifetime';

/** A value before and after, inside the whole record before and after. Undefined: no value. */
export interface Transition {
  readonly field: Field;
  readonly before: FieldValue | undefined;
  readonly after: FieldValue | undefined;
  readonly recordBefore: Fields;
  readonly recordAfter: Fields;
}

/**
 * What the change does to security, from the field table's word alone. Where there was no value, Salesforce's default
 * is what would hold otherwise: stating it is neutral.
 */
export function effectOf(transition: Transition): Effect {
  const { field, after } = transition;
  const before = transition.before ?? normalise(field, field.default);
  const { direction } = field;
  if (sameValue(field, before, after) && direction !== 'refresh-token-lifetime') return 'neutral';
  if (typeof direction !== 'string') return ranked(direction, before, after);
  switch (direction) {
    case 'neutral':
      return 'neutral';
    case 'true-widens':
      return after === true ? 'widens' : 'narrows';
    case 'true-narrows':
      return after === true ? 'narrows' : 'widens';
    case 'change-widens':
      return after === undefined ? 'narrows' : 'widens';
    case 'growing-widens':
      return growing(before, after);
    case 'allowlist':
      return list(before).length === 0 ? 'narrows' : list(after).length === 0 ? 'widens' : growing(before, after);
    case 'preauthorized':
      return everybodyMayEnter(transition.recordBefore) ? 'neutral' : growing(before, after);
    case 'refresh-token-lifetime':
      return compare(lifetimeHours(transition.recordBefore), lifetimeHours(transition.recordAfter));
    case PACKED:
      return compare(packedHours(before), packedHours(after));
  }
}

const compare = (before: number, after: number): Effect =>
  after > before ? 'widens' : after < before ? 'narrows' : 'neutral';

/** The list is loosest first; a value outside it is looser than all of it. */
function ranked(
  loosestFirst: readonly string[],
  before: FieldValue | undefined,
  after: FieldValue | undefined,
): Effect {
  const looseness = (value: FieldValue | undefined): number =>
    value === undefined ? 1 : -loosestFirst.indexOf(asText(value));
  return compare(looseness(before), looseness(after));
}

function growing(before: FieldValue | undefined, after: FieldValue | undefined): Effect {
  if (typeof before === 'number' || typeof after === 'number') {
    // No number means no limit of this record's own.
    return compare(Number(before ?? Infinity), Number(after ?? Infinity));
  }
  const had = new Set(list(before));
  const has = list(after);
  if (has.some((member) => !had.has(member))) return 'widens';
  return has.length < had.size ? 'narrows' : 'neutral';
}

/** The list of those who may enter lets nobody in whom it keeps out; before, everybody approved the app themselves. */
const everybodyMayEnter = (record: Fields): boolean =>
  record['permittedUsersPolicyType'] !== 'AdminApprovedPreAuthorized' && record['oauthConfig.isAdminApproved'] !== true;

const list = (value: FieldValue | undefined): readonly string[] =>
  Array.isArray(value)
    ? (value as readonly unknown[]).map(canonicalJson)
    : value === undefined
      ? []
      : [canonicalJson(value)];

const HOURS: Readonly<Record<string, number>> = { Hours: 1, Days: 24, Months: 730 };

function lifetimeHours(record: Fields): number {
  const type = record['refreshTokenPolicyType'] ?? 'SpecificLifetime';
  if (type === 'Zero') return 0;
  if (type === 'Infinite') return Infinity;
  // Without a period Salesforce counts 365 days.
  const period = Number(record['refreshTokenValidityPeriod'] ?? 365);
  return period * (HOURS[asText(record['refreshTokenValidityUnit'] ?? 'Days')] ?? Infinity);
}

/** A text that nobody can read counts as a token that never ends. */
function packedHours(value: FieldValue | undefined): number {
  const policy = unpackRefreshTokenPolicy(asText(value ?? ''));
  if (!policy) return Infinity;
  if ('period' in policy) return policy.period * (HOURS[policy.unit] ?? Infinity);
  return policy.type === 'Zero' ? 0 : Infinity;
}

/** What the change does to clients that run today; creating an app concerns none. */
export function impactOf(transition: Transition, effect: Effect): Impact {
  const { field, before, after } = transition;
  const { impact } = field;
  if (!impact) return { level: 'none' };
  if (after === true && impact.whenTrue) return told(impact.whenTrue);
  if (after !== true && impact.whenFalse) return told(impact.whenFalse);
  if (!impact.onChange) return { level: 'none' };
  // Where no list is left, everybody gets through.
  if (field.direction === 'allowlist' && list(after).length === 0) return { level: 'none' };
  // Only taking something away, or replacing it, is felt by a client.
  const takesAway =
    field.kind.kind === 'certificate' || (field.kind.kind === 'text' && field.direction !== PACKED)
      ? before !== undefined
      : Array.isArray(before)
        ? list(before).some((member) => !list(after).includes(member))
        : effect === 'narrows';
  return takesAway ? told(impact.onChange) : { level: 'none' };
}

const told = ({ level, who }: ClientImpact): Impact => ({ level, who });

const RANK: readonly Effect[] = ['neutral', 'narrows', 'widens'];

/** Widens before narrows before neutral. */
export function worstEffect(effects: readonly Effect[]): Effect {
  return effects.reduce<Effect>(
    (worst, effect) => (RANK.indexOf(effect) > RANK.indexOf(worst) ? effect : worst),
    'neutral',
  );
}
