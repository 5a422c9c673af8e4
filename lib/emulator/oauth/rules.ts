import { type Fields, isFields, recordsOf, textOf } from '../fields';
import { refreshTokenDefaults, withDefaults } from '../schema/defaults';
import { CONNECTED_APP, OAUTH_POLICY, SECURITY } from '../schema/types';
import { componentOf, type OauthConsumer, type OrgState, partsOf } from '../state';
import { holdsAddress } from './ranges';

/** What the settings and policies of an app demand of its client, in the words of the flows. */
export interface ClientRules {
  readonly callbackUrls: readonly string[];
  readonly pkceRequired: boolean;
  /** In the web server flow; a secret that is sent is compared either way. */
  readonly secretRequired: boolean;
  readonly secretRequiredAtRefresh: boolean;
  readonly rotatesRefreshTokens: boolean;
  readonly refreshTokens: RefreshLifetime;
  readonly accessTokenMs: number;
  readonly introspectsAll: boolean;
  /** Of the ID token. */
  readonly idToken: { readonly audiences: readonly string[]; readonly ms: number };
  /** True for an address that the app’s allowlist lets in, or where there is no list. */
  readonly admits: (address: string) => boolean;
  /** Authorization Code and Credentials Flow, as far as the app has a say. */
  readonly headless: { readonly enabled: boolean; readonly postOnly: boolean; readonly guests: boolean };
  readonly guestTokenMs: number;
  readonly deviceFlow: boolean;
  readonly tokenExchange: { readonly enabled: boolean; readonly secretRequired: boolean };
  /** Where the login IP ranges of the user's profile bind. JWT bearer always obeys them. */
  readonly loginRanges: 'everywhere' | 'at login' | 'nowhere';
}

/** How long a refresh token works, from its issue and from its last use, in milliseconds; left out: for ever. */
export interface RefreshLifetime {
  readonly sinceIssue?: number;
  readonly sinceUse?: number;
}

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = { HOURS: 60 * MINUTE, DAYS: 1440 * MINUTE, MONTHS: 30 * 1440 * MINUTE };
/** Of an org, and of JWT access tokens, where nothing else is stated. */
const ACCESS_TOKEN_MINUTES = 120;
const IDLE_LIMIT = 30 * 1440 * MINUTE;

/** True where the org demands PKCE of every app. */
export const orgRequiresPkce = (org: OrgState): boolean =>
  componentOf(org, 'OauthOidcSettings', 'OauthOidc')?.fields['isPkceRequired'] === true;

/** True where the org lets apps use the Authorization Code and Credentials Flow. */
export const orgAllowsHeadless = (org: OrgState): boolean =>
  componentOf(org, 'OauthOidcSettings', 'OauthOidc')?.fields['oAuthCdCrdtFlowEnable'] === true;

/** The rules of a consumer: from the records of an external client app, or from the one of a Connected App. */
export function rulesOf(org: OrgState, found: OauthConsumer, automaticIdle30: boolean): ClientRules {
  return found.type === CONNECTED_APP
    ? connectedAppRules(found.component.fields)
    : externalRules(org, found, automaticIdle30);
}

function externalRules(org: OrgState, { type, app, component }: OauthConsumer, automaticIdle30: boolean): ClientRules {
  const global = withDefaults(type, component.fields);
  const stated = partsOf(org, OAUTH_POLICY, app)[0]?.fields ?? {};
  const policy = withDefaults(OAUTH_POLICY, { ...refreshTokenDefaults(automaticIdle30), ...stated });
  const jwt = policy['namedUserJwtSessionTimeoutType'] === 'Custom' ? policy['namedUserJwtTimeout'] : undefined;
  const idToken = nested(global, 'idTokenConfig');
  return {
    ...common(global),
    headless: {
      enabled: global['isCodeCredFlowEnabled'] === true,
      postOnly: global['isCodeCredPostOnly'] === true,
      guests: policy['isGuestCodeCredFlowEnabled'] === true && global['isNamedUserJwtEnabled'] === true,
    },
    guestTokenMs:
      minutes(policy['guestJwtSessionTimeoutType'] === 'Custom' ? policy['guestJwtTimeout'] : undefined) ??
      ACCESS_TOKEN_MINUTES * MINUTE,
    tokenExchange: exchange(global, policy),
    refreshTokens: idleLimited(
      global,
      lifetime(
        textOf(policy, 'refreshTokenPolicyType') ?? '',
        Number(policy['refreshTokenValidityPeriod']),
        textOf(policy, 'refreshTokenValidityUnit') ?? '',
      ),
    ),
    accessTokenMs:
      minutes(global['isNamedUserJwtEnabled'] === true ? jwt : policy['sessionTimeoutInMinutes']) ??
      ACCESS_TOKEN_MINUTES * MINUTE,
    idToken: {
      audiences: lines(textOf(idToken, 'idTokenAudience'), /[\r\n,]+/),
      ms: minutes(idToken['idTokenValidityInMinutes']) ?? 2 * MINUTE,
    },
    loginRanges: loginRanges(textOf(policy, 'ipRelaxationPolicyType') ?? 'Enforce'),
    admits: allowlist(recordsOf(partsOf(org, SECURITY, app)[0]?.fields ?? {}, 'tokenIpRanges')),
  };
}

function connectedAppRules(fields: Fields): ClientRules {
  const config = withDefaults('ConnectedAppOauthConfig', nested(fields, 'oauthConfig'));
  const policy = nested(withDefaults(CONNECTED_APP, fields), 'oauthPolicy');
  const [type = '', period, unit = ''] = (textOf(policy, 'refreshTokenPolicy') ?? 'infinite').split(':');
  const idToken = nested(config, 'idTokenConfig');
  return {
    ...common(config),
    headless: {
      enabled: config['isCodeCredentialEnabled'] === true,
      postOnly: config['isCodeCredentialPostOnly'] === true,
      guests: false,
    },
    guestTokenMs: ACCESS_TOKEN_MINUTES * MINUTE,
    tokenExchange: exchange(config, policy),
    refreshTokens: idleLimited(config, lifetime(type, Number(period), unit)),
    accessTokenMs: minutes(nested(fields, 'sessionPolicy')['sessionTimeout']) ?? ACCESS_TOKEN_MINUTES * MINUTE,
    idToken: {
      audiences: lines(textOf(idToken, 'idTokenAudience'), /[\r\n,]+/),
      ms: minutes(idToken['idTokenValidity']) ?? 2 * MINUTE,
    },
    loginRanges: loginRanges(textOf(policy, 'ipRelaxation') ?? 'ENFORCE'),
    admits: () => true,
  };
}

/** What both kinds of apps call by the same name. */
const common = (fields: Fields) => ({
  callbackUrls: lines(textOf(fields, 'callbackUrl')),
  pkceRequired: fields['isPkceRequired'] === true,
  secretRequired: fields['isConsumerSecretOptional'] !== true,
  secretRequiredAtRefresh: fields['isSecretRequiredForRefreshToken'] === true,
  rotatesRefreshTokens: fields['isRefreshTokenRotationEnabled'] === true,
  introspectsAll: fields['isIntrospectAllTokens'] === true,
  deviceFlow: fields['isDeviceFlowEnabled'] === true,
});

/** The developer and the administrator both have to want it. */
const exchange = (settings: Fields, policy: Fields): ClientRules['tokenExchange'] => ({
  enabled: settings['isTokenExchangeEnabled'] === true && policy['isTokenExchangeFlowEnabled'] === true,
  secretRequired: settings['isSecretRequiredForTokenExchange'] === true,
});

function loginRanges(relaxation: string): ClientRules['loginRanges'] {
  const word = relaxation.toUpperCase();
  if (word === 'ENFORCE') return 'everywhere';
  return word === 'ENFORCE_RELAXREFRESH' ? 'at login' : 'nowhere';
}

function lifetime(type: string, period: number, unit: string): RefreshLifetime {
  const ms = period * (UNITS[unit.toUpperCase()] ?? NaN);
  switch (type.replace('_', '').toLowerCase()) {
    case 'zero':
      return { sinceIssue: 0 };
    case 'specificlifetime':
      return { sinceIssue: ms };
    case 'specificinactivity':
      return { sinceUse: ms };
    default:
      return {};
  }
}

/** With the limit on, a token that nothing used for thirty days ends, whatever its policy says. */
function idleLimited(fields: Fields, lifetime: RefreshLifetime): RefreshLifetime {
  if (fields['isEnforceRefreshTokenTTL'] !== true) return lifetime;
  return { ...lifetime, sinceUse: Math.min(lifetime.sinceUse ?? Infinity, IDLE_LIMIT) };
}

const allowlist =
  (ranges: readonly Fields[]) =>
  (address: string): boolean =>
    ranges.length === 0 || holdsAddress(ranges, ['startIpAddress', 'endIpAddress'], address);

const nested = (fields: Fields, name: string): Fields => {
  const value = fields[name];
  return isFields(value) ? value : {};
};

const minutes = (value: unknown): number | undefined => {
  const count = Number(value);
  return count > 0 ? count * MINUTE : undefined;
};

/** Several values of one element. */
const lines = (text = '', separator = /[\r\n]+/): readonly string[] =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '');
