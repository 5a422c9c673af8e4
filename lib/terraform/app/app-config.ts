import type { ClientKind } from '../../declaration/client-app';
import type { SettingName } from '../../options/settings';
import { Certificate } from '../../values/certificate';
import type { Justification } from '../../values/justification';
import { hasUnknown } from '../schema/field-value';
import { isUnknown, text, type Value, type Values, values } from '../wire/value';
import { type AppModel, attributeOf } from './app-model';
import type { Switches } from './secure-defaults';

export const CLIENT_TYPES: readonly ClientKind[] = ['private', 'public', 'machine'];

/** An exception as the configuration states it: controls, and a justification. */
export interface StatedException extends Justification {
  readonly controls: readonly string[];
}

/** The kind of client, or undefined if it is not known yet or is not a kind. */
export const clientTypeOf = (config: Values): ClientKind | undefined =>
  CLIENT_TYPES.find((kind) => kind === config['client_type']);

/** One field of one component in the configuration. */
export function configured(config: Values, component: string, field: string): Value | undefined {
  const given = config[component];
  return isUnknown(given) ? given : values(given)[field];
}

/** The choices on which other defaults depend. A resource without such an attribute has not chosen. */
export function switchesOf(model: AppModel, config: Values): Switches {
  const choice = (name: SettingName): Value | undefined => {
    const place = attributeOf(model, name);
    return place && configured(config, ...place);
  };
  const holds = (name: SettingName, test: (value: Value | undefined) => boolean): boolean | undefined => {
    const value = choice(name);
    return isUnknown(value) ? undefined : test(value);
  };
  const flag = (name: SettingName): boolean | undefined => holds(name, (value) => value === true);
  const policy = choice('refreshTokenType');
  return {
    jwtAccessTokens: flag('jwtAccessTokens'),
    jwtLastsAsSession: holds('jwtTimeoutType', (value) => value === 'UserSession'),
    codeAndCredentials: flag('codeAndCredentials'),
    guest: flag('guestCodeAndCredentials'),
    guestLastsAsSession: holds('guestJwtTimeoutType', (value) => value === 'UserSession'),
    tokenExchange: flag('tokenExchange'),
    clientCredentials: flag('clientCredentials'),
    startsAtUrl: holds('startUrl', (value) => text(value) !== undefined),
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

/** The controls that exceptions are for of which something is not known yet; `all`: no one knows which controls. */
export function unknownExceptions(config: Values): { readonly all: boolean; readonly controls: ReadonlySet<string> } {
  const given = config['exception'];
  if (isUnknown(given)) return { all: true, controls: new Set() };
  const late = (Array.isArray(given) ? (given as readonly Value[]) : []).filter(hasUnknown);
  const named = late.map((each) => values(each)['controls']);
  const ids = named.flatMap((each) => (Array.isArray(each) ? (each as readonly Value[]) : []));
  return { all: named.some(hasUnknown), controls: new Set(ids.filter((id) => typeof id === 'string')) };
}
