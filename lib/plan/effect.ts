import type { FieldValue } from '../metadata/component';
import { canonicalJson } from '../metadata/digest';
import type { ClientImpact, Direction, Field } from '../metadata/fields/field';
import { asText, normalize, sameValue } from '../metadata/normalize';
import { isOpen } from '../metadata/phases';
import { settingIn, settingsIn, type WholeRecord } from '../metadata/setting-in';
import { fieldsOf } from '../options/settings';
import {
  compareRefresh,
  compareTimeouts,
  followsSession,
  jwtLifetime,
  refreshLifetime,
  refreshReason,
  sessionTimeout,
} from './lifetimes';
import type { Effect, Impact } from './plan';

type Value = FieldValue | undefined;

/** What was read beside the record, and decides what a missing value stands for. */
export interface EffectFacts {
  /** The org-wide session timeout in minutes. */
  readonly orgSessionTimeoutMinutes?: number;
}

/** A value before and after, inside the whole record before and after. Undefined: no value. */
export interface Transition {
  readonly field: Field;
  readonly before: Value;
  readonly after: Value;
  readonly recordBefore: WholeRecord;
  readonly recordAfter: WholeRecord;
  readonly facts?: EffectFacts;
}

export interface Assessment {
  readonly effect: Effect;
  /** Why, where the two values do not tell. */
  readonly reason?: string;
}

/** Directions that look at several fields of the record. */
const WHOLE_RECORD: readonly Direction[] = ['refresh-token-lifetime', 'jwt-lifetime'];

/**
 * What the change does to security, from the field table's word alone. Where there was no value, Salesforce's default
 * is what would hold otherwise: stating it is neutral.
 */
export function assess(transition: Transition): Assessment {
  const { field, after } = transition;
  const before = transition.before ?? normalize(field, field.default);
  const { direction } = field;
  if (sameValue(field, before, after) && !WHOLE_RECORD.includes(direction)) return { effect: 'neutral' };
  if (typeof direction !== 'string') return { effect: ranked(direction, before, after) };
  switch (direction) {
    case 'neutral':
      return { effect: 'neutral' };
    case 'true-widens':
    case 'true-narrows':
      return { effect: isOpen(field, after) ? 'widens' : 'narrows' };
    case 'change-widens':
      return { effect: after === undefined ? 'narrows' : 'widens' };
    case 'growing-widens':
      return growing(before, after);
    case 'allowlist':
      return list(before).length === 0 ? { effect: 'narrows' } : unlisted(before, after);
    case 'preauthorized':
      return everybodyMayEnter(transition.recordBefore) ? { effect: 'neutral' } : growing(before, after);
    case 'refresh-token-lifetime':
      return refreshing(transition, before);
    case 'session-timeout':
    case 'jwt-lifetime':
      return lasting(transition, before);
    case 'session-level-action':
      return levelAction(transition);
    case 'apex-gate':
      return apexGate(after);
    case 'logout':
      return logout(before, after);
    case 'undocumented':
      return { effect: 'unknown', reason: 'Salesforce does not document what this setting enforces' };
  }
}

/** The effect alone. */
export const effectOf = (transition: Transition): Effect => assess(transition).effect;

const compare = (before: number, after: number): Effect =>
  after > before ? 'widens' : after < before ? 'narrows' : 'neutral';

/** The list is loosest first; a value outside it is looser than all of it. */
function ranked(loosestFirst: readonly string[], before: Value, after: Value): Effect {
  const looseness = (value: Value): number => (value === undefined ? 1 : -loosestFirst.indexOf(asText(value)));
  return compare(looseness(before), looseness(after));
}

const unlisted = (before: Value, after: Value): Assessment =>
  list(after).length === 0 ? { effect: 'widens' } : growing(before, after);

function growing(before: Value, after: Value): Assessment {
  if (typeof before === 'number' || typeof after === 'number') {
    if (before !== undefined && after !== undefined) return { effect: compare(Number(before), Number(after)) };
    return { effect: 'unknown', reason: 'it is not documented which number applies if none is set' };
  }
  const had = new Set(list(before));
  const has = list(after);
  if (has.some((member) => !had.has(member))) return { effect: 'widens' };
  return { effect: has.length < had.size ? 'narrows' : 'neutral' };
}

/** The list of those who may enter lets no one in whom it keeps out; before, everyone approved the app themselves. */
const everybodyMayEnter = (record: WholeRecord): boolean =>
  settingIn(record, 'permittedUsers') !== 'AdminApprovedPreAuthorized';

const list = (value: Value): readonly string[] =>
  Array.isArray(value)
    ? (value as readonly unknown[]).map(canonicalJson)
    : value === undefined
      ? []
      : [canonicalJson(value)];

/** Of the three fields that make the policy, the kind says why for all. */
const SAYS_WHY = fieldsOf('refreshTokenType', 'packedRefreshTokenPolicy');

function refreshing({ field, after, recordBefore, recordAfter }: Transition, before: Value): Assessment {
  const [was, is] = [refreshLifetime(settingsIn(recordBefore)), refreshLifetime(settingsIn(recordAfter))];
  const says = SAYS_WHY.has(field.name) && !sameValue(field, before, after);
  const reason = says ? refreshReason(was, is) : undefined;
  return { effect: compareRefresh(was, is), ...(reason !== undefined && { reason }) };
}

const OF_GUESTS = fieldsOf('guestJwtTimeoutMinutes', 'guestJwtTimeoutType');

function lasting({ field, after, recordBefore, recordAfter, facts }: Transition, before: Value): Assessment {
  const org = facts?.orgSessionTimeoutMinutes;
  const whose = OF_GUESTS.has(field.name) ? 'guest' : 'user';
  const [was, is] = [settingsIn(recordBefore), settingsIn(recordAfter)];
  const session = field.direction === 'session-timeout';
  const effect = session
    ? compareTimeouts(sessionTimeout(before, org), sessionTimeout(after, org))
    : compareTimeouts(jwtLifetime(was, whose, org), jwtLifetime(is, whose, org));
  if (session && before !== undefined && after !== undefined) return { effect };
  const follows = session || followsSession(was, whose) || followsSession(is, whose);
  if (!follows) {
    return effect === 'unknown'
      ? { effect, reason: 'it is not documented which lifetime applies if none is set' }
      : { effect };
  }
  const where =
    org === undefined
      ? ', and the org did not return it (between 15 minutes and 24 hours)'
      : `: ${org} minutes in this org`;
  const what = session ? 'without a timeout of its own' : 'with UserSession';
  return { effect, reason: `${what} the session timeout of the profile or the org applies${where}` };
}

/** Sessions below the required level are refused, or raised to it. */
function levelAction({ before, after, recordBefore, recordAfter }: Transition): Assessment {
  const requires = (record: WholeRecord): boolean =>
    ![undefined, 'LOW'].includes(settingIn(record, 'requiredSessionLevel') as string | undefined);
  if (!requires(recordBefore) && !requires(recordAfter)) return { effect: 'neutral' };
  if (before === 'Block') return { effect: 'widens' };
  return after === 'Block' && before !== undefined
    ? { effect: 'narrows' }
    : { effect: 'unknown', reason: 'it is not documented which of these values admits more sessions' };
}

const apexGate = (after: Value): Assessment =>
  after === undefined
    ? { effect: 'widens', reason: 'the class might be what keeps users out' }
    : { effect: 'unknown', reason: 'its code decides who gets access, and code is not read' };

function logout(before: Value, after: Value): Assessment {
  if (before === undefined) return { effect: 'narrows' };
  return after === undefined
    ? { effect: 'widens', reason: "the client's session outlives a logout" }
    : { effect: 'neutral' };
}

/** What the change does to clients that run today; creating an app concerns none. */
export function impactOf(transition: Transition, effect: Effect): Impact {
  const { field, after } = transition;
  const { impact } = field;
  if (!impact) return { level: 'none' };
  if (after === true && impact.whenTrue) return felt(impact.whenTrue);
  if (after !== true && impact.whenFalse) return felt(impact.whenFalse);
  if (!impact.onChange || !takesAway(transition, effect)) return { level: 'none' };
  return felt(effect === 'unknown' ? { ...impact.onChange, level: 'unknown' } : impact.onChange);
}

const SHRINKING: readonly Effect[] = ['narrows', 'mixed', 'unknown'];

/** Only taking something away, or replacing it, is felt by a client. */
function takesAway({ field, before, after }: Transition, effect: Effect): boolean {
  const { direction, kind } = field;
  // A first list keeps everyone else out; where no list is left, everyone gets through.
  if (direction === 'allowlist' && list(before).length === 0) return list(after).length > 0;
  if (direction === 'allowlist' && list(after).length === 0) return false;
  if (Array.isArray(before)) return list(before).some((member) => !list(after).includes(member));
  if (kind.kind === 'certificate') return before !== undefined;
  const decides: readonly Direction[] = ['refresh-token-lifetime', 'apex-gate', 'undocumented'];
  if (kind.kind !== 'text' || decides.includes(direction))
    return SHRINKING.includes(effect) || direction === 'apex-gate';
  return before !== undefined && !words(before).every((word) => words(after).includes(word));
}

/** A text may hold several values: one that gained some took none away. */
const words = (value: Value): readonly string[] => (value === undefined ? [] : asText(value).split(/[\s,]+/));

const felt = ({ level, who }: ClientImpact): Impact => ({ level, who });

const RANK: readonly Effect[] = ['neutral', 'narrows', 'unknown', 'mixed', 'widens'];

/** Widens before mixed before unknown before narrows before neutral. */
export function worstEffect(effects: readonly Effect[]): Effect {
  return effects.reduce<Effect>(
    (worst, effect) => (RANK.indexOf(effect) > RANK.indexOf(worst) ? effect : worst),
    'neutral',
  );
}

/** True unless it is certain that the change widens nothing. */
export const mayWiden = (effect: Effect): boolean => effect !== 'narrows' && effect !== 'neutral';
