import type {
  AccessTokenPolicy,
  AdminPolicies,
  ApexHandlerPolicy,
  ClientKind,
  IpRelaxationPolicy,
  PermittedUsersPolicy,
  RefreshTokenPolicy,
  SessionLevel,
  SessionLevelAction,
  Setting,
  StartPagePolicy,
} from '../../../lib/declaration/client-app';
import { jwtTimeoutMinutes } from '../../../lib/options/access-tokens';
import type { Values } from '../../../lib/options/client-app';
import { pluginFlag, PLUGINS } from '../../../lib/options/disabled-plugins';
import { optional } from '../../../lib/options/option';
import { CONSUMER, type Found, GENERAL, POLICIES } from './found';
import { attributes } from './oauth-settings';

interface Asked {
  readonly kind: ClientKind;
  readonly apiVersion: number;
  /** What the kind has by default. */
  readonly secure: Values;
}

/** What the admins of the org allow. */
export function policyOptions(found: Found, { kind, apiVersion, secure }: Asked) {
  const disabledPlugins = PLUGINS.filter((plugin) => found.flag(GENERAL, pluginFlag(plugin)) === false);
  const level = choice<SessionLevel>(found, 'requiredSessionLevel');
  const action = choice<SessionLevelAction>(found, 'policyAction');
  if (action !== undefined && level !== 'HIGH_ASSURANCE') {
    found.refuse(
      POLICIES,
      'policyAction',
      `it needs the session level HIGH_ASSURANCE, and the app has ${level ?? 'none'}`,
    );
  }
  return {
    permittedUsers: permittedUsers(found, kind),
    ipRelaxation: setting<IpRelaxationPolicy>(found, 'ipRelaxationPolicyType', secure.ipRelaxation),
    refreshToken: refreshToken(found, secure.refreshToken),
    accessToken: accessToken(found, secure.accessToken, apiVersion),
    ...optional('startUrl', found.text(POLICIES, 'startUrl')),
    ...optional('startPage', startPage(found)),
    ...optional('requiredSessionLevel', level),
    ...optional('sessionLevelAction', action),
    ...optional('apexHandler', apexHandler(found)),
    ...optional('adminPolicies', adminPolicies(found)),
    ...(disabledPlugins.length > 0 && { disabledPlugins }),
  };
}

/** The field table lists the values of a choice, and reading refuses others. */
const choice = <T extends string>(found: Found, field: string): T | undefined =>
  found.text(POLICIES, field) as T | undefined;

function setting<T extends string>(found: Found, field: string, fallback: Setting<T>): Setting<T> {
  const value = choice<T>(found, field);
  const ownership = found.owned(POLICIES, field)?.ownership;
  return value === undefined || ownership === undefined ? fallback : { value, origin: ownership };
}

function permittedUsers(found: Found, kind: ClientKind): PermittedUsersPolicy {
  if (found.text(POLICIES, 'permittedUsersPolicyType') !== 'AdminApprovedPreAuthorized') {
    if (kind === 'machine') {
      found.refuse(POLICIES, 'permittedUsersPolicyType', 'a machine client cannot approve an app for itself');
    }
    return { policy: 'self-authorized' };
  }
  return {
    policy: 'pre-authorized',
    permissionSets: found.texts(POLICIES, 'commaSeparatedPermissionSet') ?? [],
    ...optional('profiles', found.texts(POLICIES, 'commaSeparatedProfile')),
  };
}

function refreshToken(found: Found, fallback: Setting<RefreshTokenPolicy>): Setting<RefreshTokenPolicy> {
  const type = choice<RefreshTokenPolicy['type']>(found, 'refreshTokenPolicyType');
  const origin = found.owned(POLICIES, 'refreshTokenPolicyType')?.ownership;
  if (type === undefined || origin === undefined) return fallback;
  if (type === 'Infinite' || type === 'Zero') return { value: { type }, origin };
  const period = found.integer(POLICIES, 'refreshTokenValidityPeriod');
  const unit = choice<'Hours' | 'Days' | 'Months'>(found, 'refreshTokenValidityUnit');
  if (period !== undefined && unit !== undefined) return { value: { type, period, unit }, origin };
  found.refuse(POLICIES, 'refreshTokenValidityPeriod', `${type} has no period or no unit`);
  return fallback;
}

function accessToken(
  found: Found,
  fallback: Setting<AccessTokenPolicy>,
  apiVersion: number,
): Setting<AccessTokenPolicy> {
  const jwt = found.owned(CONSUMER, 'isNamedUserJwtEnabled');
  if (jwt?.value !== true) {
    const minutes = found.owned(POLICIES, 'sessionTimeoutInMinutes');
    if (typeof minutes?.value !== 'number') return fallback;
    return { value: { format: 'opaque', sessionTimeoutMinutes: minutes.value }, origin: minutes.ownership };
  }
  const forSession = found.text(POLICIES, 'namedUserJwtSessionTimeoutType') === 'UserSession';
  const minutes = found.integer(POLICIES, 'namedUserJwtTimeout') ?? jwtTimeoutMinutes(apiVersion);
  return { value: { format: 'jwt', timeoutMinutes: forSession ? 'user-session' : minutes }, origin: jwt.ownership };
}

function startPage(found: Found): StartPagePolicy | undefined {
  const page = found.text(GENERAL, 'startPage');
  const oauthUrl = found.text(POLICIES, 'startUrl');
  switch (page) {
    case 'Custom': {
      const url = found.text(GENERAL, 'startUrl');
      if (url === undefined) found.refuse(GENERAL, 'startUrl', 'the start page is a custom one and has no URL');
      return { page, url: url ?? '' };
    }
    case 'None':
    case 'SAML':
      return { page };
    case 'OAuth':
      if (oauthUrl === undefined) found.refuse(POLICIES, 'startUrl', 'the start page is the OAuth one and has no URL');
      return undefined;
    default:
      // Without a word about the page none opens, whatever URL there is.
      return oauthUrl === undefined ? undefined : { page: 'None' };
  }
}

function apexHandler(found: Found): ApexHandlerPolicy | undefined {
  const className = found.text(POLICIES, 'apexHandler');
  const executeAs = found.text(POLICIES, 'executeHandlerAs');
  return className === undefined || executeAs === undefined ? undefined : { className, executeAs };
}

function adminPolicies(found: Found): AdminPolicies | undefined {
  const policies = {
    ...optional('customScopes', found.texts(POLICIES, 'commaSeparatedCustomScopes')),
    ...optional('customAttributes', attributes(found, POLICIES)),
    ...optional('singleLogoutUrl', found.text(POLICIES, 'singleLogoutUrl')),
  };
  return Object.keys(policies).length > 0 ? policies : undefined;
}
