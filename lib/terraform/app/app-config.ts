import type { ClientKind } from '../../declaration/client-app';
import type { Justification } from '../../values/justification';
import { Certificate } from '../../values/certificate';
import { hasUnknown } from '../schema/field-value';
import { isUnknown, text, type Value, type Values, values } from '../wire/value';
import type { Switches } from './secure-defaults';

export const CLIENT_TYPES: readonly ClientKind[] = ['private', 'public', 'machine'];

/** An exception as the configuration states it: controls, and a justification. */
export interface StatedException extends Justification {
  readonly controls: readonly string[];
}

/** The kind of client, or undefined where it is not known yet or is none. */
export const clientTypeOf = (config: Values): ClientKind | undefined =>
  CLIENT_TYPES.find((kind) => kind === config['client_type']);

/** One field of one component in the configuration. */
export function configured(config: Values, component: string, field: string): Value | undefined {
  const given = config[component];
  return isUnknown(given) ? given : values(given)[field];
}

/** The choices on which other defaults depend. */
export function switchesOf(config: Values): Switches {
  const flag = (component: string, field: string): boolean | undefined => {
    const value = configured(config, component, field);
    return isUnknown(value) ? undefined : value === true;
  };
  const policy = configured(config, 'oauth_policies', 'refresh_token_policy_type');
  const jwtTimeout = configured(config, 'oauth_policies', 'named_user_jwt_session_timeout_type');
  const startUrl = configured(config, 'oauth_policies', 'start_url');
  return {
    jwtAccessTokens: flag('global_oauth', 'is_named_user_jwt_enabled'),
    jwtLastsAsSession: isUnknown(jwtTimeout) ? undefined : jwtTimeout === 'UserSession',
    codeAndCredentials: flag('global_oauth', 'is_code_cred_flow_enabled'),
    guest: flag('oauth_policies', 'is_guest_code_cred_flow_enabled'),
    tokenExchange: flag('global_oauth', 'is_token_exchange_enabled'),
    clientCredentials: flag('global_oauth', 'is_client_credentials_flow_enabled'),
    startsAtUrl: isUnknown(startUrl) ? undefined : text(startUrl) !== undefined,
    refreshTokenPolicy: isUnknown(policy) ? undefined : (text(policy) ?? null),
  };
}

export type ConfiguredCertificate =
  | { readonly state: 'none' | 'unknown' }
  | { readonly state: 'given'; readonly certificate: Certificate }
  | { readonly state: 'wrong'; readonly problem: string };

/** The certificate of the configuration; it is never part of plan or state. */
export function certificateOf(config: Values): ConfiguredCertificate {
  const given = config['certificate'];
  if (isUnknown(given)) return { state: 'unknown' };
  if (typeof given !== 'string') return { state: 'none' };
  const parsed = Certificate.parse(given);
  return parsed.ok ? { state: 'given', certificate: parsed.value } : { state: 'wrong', problem: parsed.error };
}

/** The stated exceptions that are known in full. */
export function exceptionsOf(config: Values): readonly StatedException[] {
  const given = config['exception'];
  if (!Array.isArray(given)) return [];
  const known = (given as readonly Value[]).filter((each) => !hasUnknown(each));
  return known.map((each) => {
    const { controls, reason, approved_by: approvedBy, expires, ticket } = values(each);
    return {
      controls: Array.isArray(controls) ? controls.filter((id) => typeof id === 'string') : [],
      reason: text(reason) ?? '',
      approvedBy: text(approvedBy) ?? '',
      expires: text(expires) ?? '',
      ...(text(ticket) !== undefined && { ticket: text(ticket) ?? '' }),
    };
  });
}

/** The controls that exceptions are for of which something is not known yet; `all`: nobody knows which controls. */
export function lateExceptions(config: Values): { readonly all: boolean; readonly controls: ReadonlySet<string> } {
  const given = config['exception'];
  if (isUnknown(given)) return { all: true, controls: new Set() };
  const late = (Array.isArray(given) ? (given as readonly Value[]) : []).filter(hasUnknown);
  const named = late.map((each) => values(each)['controls']);
  const ids = named.flatMap((each) => (Array.isArray(each) ? (each as readonly Value[]) : []));
  return { all: named.some(hasUnknown), controls: new Set(ids.filter((id) => typeof id === 'string')) };
}
