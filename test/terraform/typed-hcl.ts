import { readFileSync } from 'node:fs';

import {
  AccessTokens,
  Certificate,
  Duration,
  IpRelaxation,
  MachineApp,
  PermittedUsers,
  PerOrg,
  Plugin,
  PublicClientApp,
  RefreshTokenPolicy,
  Scope,
  SessionLevel,
  StartPage,
  TlsClientAuthType,
  Username,
} from '../../constructs';
import { DEMO_CERTIFICATE } from '../constructs/support';

// Apps of a program as a person would write them in HCL: by hand, so that nothing of the provider judges itself.

/** Two months from today: a provider knows no other date than the machine's. */
export const UNTIL = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);

export const resourceOf = (construct: unknown): string => {
  if (construct === MachineApp) return 'salesforce_machine_client_app';
  return construct === PublicClientApp ? 'salesforce_public_client_app' : 'salesforce_private_client_app';
};

const snake = (name: string): string => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
const NOT_IN_HCL = new Set(['adopt', 'platform', 'apiName']);
/** Formulas by key, which are no one's option. */
const BY_KEY = new Set(['customAttributes']);

/** The options of an app as arguments, ready for Terraform's JSON. */
export const inHcl = (props: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(props).flatMap(([name, value]: [string, unknown]) =>
      value === undefined || NOT_IN_HCL.has(name) ? [] : [[snake(name), written(value, name)]],
    ),
  );

const months = (duration: unknown): string => {
  const { amount, unit } = duration as Duration;
  return `${amount} ${unit}`;
};
const REFRESH = {
  SpecificInactivity: 'expires_if_unused_for',
  SpecificLifetime: 'expires_after',
  Zero: 'expires_immediately',
  Infinite: 'never_expires',
};
const RELAXATION = {
  Enforce: 'enforce',
  Enforce_RelaxRefresh: 'enforce_but_relax_refresh',
  Bypass_2factor: 'relax_for_activated_devices',
  Bypass: 'relax',
};
const ACTIONS = { Block: '_or_block', RaiseSessionLevel: '_or_raise', StepUpMFA: '_or_step_up' };
const excuse = (justification: unknown) =>
  justification === undefined ? {} : { justification: written(justification, 'justification') };

function written(value: unknown, name: string): unknown {
  if (PerOrg.is(value)) return written((value.byOrg as Readonly<Record<string, unknown>>)['prod'], name);
  if (typeof value === 'string')
    return name === 'expires' ? UNTIL : value.replace(/[$%]\{/g, (found) => `${found.slice(0, 1)}${found}`);
  if (Array.isArray(value)) return value.map((each) => written(each, ''));
  if (Scope.is(value)) return value.token;
  if (Username.is(value)) return value.name ?? (value.byOrg as Readonly<Record<string, string>>)['prod'];
  if (Duration.is(value)) return months(value);
  if (Plugin.is(value)) return value.plugin.toLowerCase();
  if (TlsClientAuthType.is(value)) return value.type.replace('tls_client_auth_', '');
  if (value instanceof Certificate) return readFileSync(DEMO_CERTIFICATE, 'utf8');
  if (PermittedUsers.is(value)) {
    const policy = value.kind === 'self-authorized' ? 'self_authorized' : 'pre_authorized';
    return { policy, ...(inHcl(value.options as object) as object) };
  }
  if (AccessTokens.is(value)) {
    if (value.lifetime === 'user-session') return { format: 'jwt_for_user_session' };
    return { format: value.format, ...(value.lifetime !== undefined && { lifetime: months(value.lifetime) }) };
  }
  if (RefreshTokenPolicy.is(value)) {
    const period = value.duration === undefined ? {} : { period: months(value.duration) };
    return { policy: REFRESH[value.type], ...period, ...excuse(value.justification) };
  }
  if (IpRelaxation.is(value)) return { policy: RELAXATION[value.policy], ...excuse(value.justification) };
  if (SessionLevel.is(value)) {
    const level = value.level.toLowerCase();
    return { level: value.action ? level + ACTIONS[value.action] : level, ...excuse(value.justification) };
  }
  if (StartPage.is(value)) {
    return value.page === 'Custom' ? { page: 'custom', url: value.url } : { page: value.page.toLowerCase() };
  }
  if (typeof value !== 'object' || value === null) return value;
  if (BY_KEY.has(name)) return value;
  return inHcl(value);
}
