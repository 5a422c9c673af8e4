import type { Platform } from '../../declaration/client-app';
import { JWT_MINUTES_SINCE_65, SESSION_MINUTES } from '../../declaration/read/minutes';
import { findScope, intendedScope, scopesOf } from '../../declaration/scope-tokens';
import type { Field } from '../../metadata/fields/field';
import { fieldsOf } from '../../options/settings';
import { isEmail } from '../../values/email';
import { ipRangeProblem } from '../../values/ip-range';
import { nearest } from '../../values/nearest';
import { text, type Value, type Values, values } from '../wire/value';

/** The largest number that Salesforce's metadata holds. */
const MAX_INTEGER = 2_147_483_647;

const SCOPES = fieldsOf('scopes');
const SESSIONS = fieldsOf('sessionTimeoutMinutes');
const JWTS = fieldsOf('jwtTimeoutMinutes', 'guestJwtTimeoutMinutes');

/** What is wrong with the stated value of one field, by the rules of the constructs; undefined: nothing. */
export function valueProblem(field: Field, value: Value | undefined, platform: Platform): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (SCOPES.has(field.name)) return scopesProblem(value, platform);
  if (typeof value === 'number' || typeof value === 'bigint') return numberProblem(field.name, Number(value));
  if (field.name === 'contactEmail' && typeof value === 'string' && !isEmail(value)) {
    return `${JSON.stringify(value)} is no e-mail address. Allowed: one address of at most 80 characters.`;
  }
  if (field.name === 'label' && typeof value === 'string' && value.trim() === '') {
    return 'The label is blank. Give it a text, or leave the argument out.';
  }
  if (field.kind.kind === 'records' && Array.isArray(value)) return rangesProblem(value as readonly Value[]);
  return undefined;
}

/** What is wrong with the scopes of an app of that platform; undefined: nothing. */
export function scopesProblem(value: Value, platform: Platform): string | undefined {
  if (!Array.isArray(value)) return undefined;
  if (value.length === 0) return 'There are no scopes. Salesforce takes an app with at least one, such as "Api".';
  const valid = scopesOf(platform).map(({ token }) => token);
  const problems = (value as readonly Value[]).flatMap((each) => {
    if (typeof each !== 'string' || each === 'OfflineAccess' || findScope(each, platform)) return [];
    if (each.includes(',')) return [`${JSON.stringify(each)} is several scopes in one: write ["Api", "RefreshToken"].`];
    const guess = intendedScope(each) ?? nearest(each, valid);
    const meant = guess === undefined ? '' : ` Did you mean ${guess}?`;
    return [`There is no scope ${JSON.stringify(each)}.${meant}`];
  });
  return problems.length === 0 ? undefined : `${problems.join('\n')}\n\nallowed: ${valid.join(', ')}`;
}

function numberProblem(name: string, value: number): string | undefined {
  if (!Number.isInteger(value) || value < 0 || value > MAX_INTEGER) {
    return `${value} is no whole number from 0 to ${MAX_INTEGER}.`;
  }
  if (SESSIONS.has(name) && (value < SESSION_MINUTES.from || value > SESSION_MINUTES.to)) {
    return `A session timeout of ${value} minutes does not exist. Allowed: ${SESSION_MINUTES.from} to ${SESSION_MINUTES.to}.`;
  }
  if (JWTS.has(name) && !JWT_MINUTES_SINCE_65.includes(value)) {
    return `Salesforce offers no JWT timeout of ${value} minutes. Allowed: ${JWT_MINUTES_SINCE_65.join(', ')}.`;
  }
  return undefined;
}

function rangesProblem(rows: readonly Value[]): string | undefined {
  const problems = rows.flatMap((row) => {
    const members = values(row);
    const start = text(members['start_ip_address']) ?? text(members['start']);
    const end = text(members['end_ip_address']) ?? text(members['end']);
    const problem = start === undefined || end === undefined ? undefined : ipRangeProblem(start, end);
    return problem === undefined ? [] : [`${start} - ${end}: ${problem}.`];
  });
  return problems.length === 0 ? undefined : problems.join('\n');
}

/** What does not go together, with the place of the attribute to change. */
export interface Clash {
  readonly attribute: readonly string[];
  /** Salesforce refuses it; false: it is accepted and has no effect. */
  readonly refused: boolean;
  readonly problem: string;
}

/** Arguments of an External Client App that contradict each other. What is not known yet contradicts nothing. */
export function clashes(config: Values): readonly Clash[] {
  const [consumer, policies] = [values(config['global_oauth']), values(config['oauth_policies'])];
  const policy = (name: string): readonly string[] => ['oauth_policies', name];
  const has = (value: Value | undefined): boolean =>
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  const jwt = consumer['is_named_user_jwt_enabled'];
  const isOff = (value: Value | undefined): boolean => value === undefined || value === null || value === false;
  const type = policies['refresh_token_policy_type'];
  const found: (Clash | false)[] = [
    jwt === true &&
      has(policies['session_timeout_in_minutes']) && {
        attribute: policy('session_timeout_in_minutes'),
        refused: true,
        problem:
          'JWT-based access tokens have a timeout of their own, named_user_jwt_timeout. Salesforce takes no session timeout beside it: remove one of the two.',
      },
    isOff(jwt) &&
      has(policies['named_user_jwt_timeout']) && {
        attribute: policy('named_user_jwt_timeout'),
        refused: true,
        problem:
          'The timeout is for JWT-based access tokens, and they are off. Set global_oauth.is_named_user_jwt_enabled = true, or state session_timeout_in_minutes instead.',
      },
    (type === 'Infinite' || type === 'Zero') &&
      (has(policies['refresh_token_validity_period']) || has(policies['refresh_token_validity_unit'])) && {
        attribute: policy('refresh_token_validity_period'),
        refused: false,
        problem: `The refresh token policy ${type} has no period, so this one has no effect. Remove it, or choose SpecificInactivity or SpecificLifetime.`,
      },
    policies['permitted_users_policy_type'] === 'AllSelfAuthorized' &&
      has(policies['comma_separated_permission_set']) && {
        attribute: policy('comma_separated_permission_set'),
        refused: false,
        problem:
          'All users may authorize themselves, so the permission sets keep no one out. Set permitted_users_policy_type = "AdminApprovedPreAuthorized", or remove them.',
      },
    isOff(consumer['is_client_credentials_flow_enabled']) &&
      has(policies['client_credentials_flow_user']) && {
        attribute: policy('client_credentials_flow_user'),
        refused: false,
        problem:
          'The user is for the client credentials flow, which is off. Set global_oauth.is_client_credentials_flow_enabled = true, or remove the user.',
      },
  ];
  return found.filter((each) => each !== false);
}
