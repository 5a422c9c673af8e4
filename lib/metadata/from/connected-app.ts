import type { ClientKind } from '../../declaration/client-app';
import type { DeclaredComponent, FieldRecord, FieldValue, OwnedValue } from '../component';
import { unpackRefreshTokenPolicy } from '../connected-app/refresh-token-policy';
import { externalClientAppScope, ipRelaxationPolicy } from '../connected-app/words';
import { isRecord } from '../normalise';
import { CONNECTED_APP, CONSUMER, GENERAL, HEADER, POLICIES, SETTINGS, type Found, type Inexpressible } from './found';
import { optional } from './header';

type Fields = Readonly<Record<string, OwnedValue>>;
type Writable = Record<string, OwnedValue>;

/**
 * A Connected App in the words of External Client Apps: the same app, as far as those can say it. Options are read from
 * this; what gets lost on the way shows when the options are turned back.
 */
export function asExternalClientApp({ fullName, fields }: DeclaredComponent): readonly DeclaredComponent[] {
  const part = (type: string, own: Writable): DeclaredComponent => ({ type, fullName, fields: own });
  return [
    part(HEADER, rename(fields, HEADER_FIELDS)),
    part(CONSUMER, {
      ...rename(fields, CONSUMER_FIELDS),
      ...converted(fields, 'oauthConfig.idTokenConfig', 'idTokenConfig', renamed(ID_TOKEN)),
    }),
    part(SETTINGS, {
      ...rename(fields, SETTINGS_FIELDS),
      ...converted(fields, 'oauthConfig.scopes', 'commaSeparatedOauthScopes', (value) =>
        texts(value).map(externalClientAppScope).sort(),
      ),
      ...converted(fields, 'ipRanges', 'trustedIpRanges', (value) => rows(value).map(renamed(IP_RANGE))),
      ...assetToken(fields),
    }),
    part(POLICIES, {
      ...rename(fields, POLICY_FIELDS),
      ...converted(fields, 'oauthConfig.isAdminApproved', 'permittedUsersPolicyType', (value) =>
        value === true ? 'AdminApprovedPreAuthorized' : 'AllSelfAuthorized',
      ),
      ...converted(fields, 'oauthPolicy.ipRelaxation', 'ipRelaxationPolicyType', (value) =>
        typeof value === 'string' ? ipRelaxationPolicy(value) : undefined,
      ),
      // Stated as nothing it says: an ordinary login will do.
      ...converted(fields, 'sessionPolicy.sessionLevel', 'requiredSessionLevel', (value) =>
        Array.isArray(value) ? 'STANDARD' : value,
      ),
      ...refreshTokens(fields),
    }),
    part(
      GENERAL,
      converted(fields, 'startUrl', 'startPage', (value) => (value === '' ? undefined : 'OAuth')),
    ),
  ];
}

/** Options that External Client Apps have no word for, as far as the kind has them. */
export function connectedAppOptions(found: Found, kind: ClientKind) {
  const flag = (name: string): boolean | undefined => found.flag(CONNECTED_APP, `oauthConfig.${name}`);
  return {
    ...optional('ipBinding', flag('isIpBindingEnabled')),
    ...(kind !== 'public' && optional('pkiMutualTls', flag('isPKImTLSEnabled'))),
    ...(kind !== 'machine' && optional('mobileStartUrl', found.text(CONNECTED_APP, 'mobileStartUrl'))),
  };
}

/** A problem with a field of that, told of the field that the Connected App has. */
export function inConnectedApp({ type, field, problem }: Inexpressible): Inexpressible {
  return { type: 'ConnectedApp', field: OWN_NAMES.get(`${type}.${field}`) ?? field, problem };
}

const same = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));
const inConfig = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [`oauthConfig.${name}`, name]));

const HEADER_FIELDS = same(
  ...['label', 'contactEmail', 'description', 'contactPhone', 'infoUrl', 'logoUrl', 'iconUrl'],
  ...['managedBy', 'certificateFingerprint'],
);
const CONSUMER_FIELDS: Readonly<Record<string, string>> = {
  ...inConfig('callbackUrl', 'certificate', 'isConsumerSecretOptional', 'isSecretRequiredForRefreshToken'),
  ...inConfig('isPkceRequired', 'isRefreshTokenRotationEnabled', 'isIntrospectAllTokens', 'isTokenExchangeEnabled'),
  ...inConfig('isSecretRequiredForTokenExchange', 'isNamedUserJwtEnabled', 'isDeviceFlowEnabled', 'isDPopEnabled'),
  ...inConfig('isEnforceRefreshTokenTTL'),
  'oauthConfig.isClientCredentialEnabled': 'isClientCredentialsFlowEnabled',
  'oauthConfig.isCodeCredentialEnabled': 'isCodeCredFlowEnabled',
  'oauthConfig.isCodeCredentialPostOnly': 'isCodeCredPostOnly',
};
const SETTINGS_FIELDS: Readonly<Record<string, string>> = {
  'oauthConfig.singleLogoutUrl': 'singleLogoutUrl',
  attributes: 'customAttributes',
};
const POLICY_FIELDS: Readonly<Record<string, string>> = {
  permissionSetName: 'commaSeparatedPermissionSet',
  profileName: 'commaSeparatedProfile',
  'oauthConfig.isClientCredentialEnabled': 'isClientCredentialsFlowEnabled',
  'oauthConfig.oauthClientCredentialUser': 'clientCredentialsFlowUser',
  'oauthPolicy.isTokenExchangeFlowEnabled': 'isTokenExchangeFlowEnabled',
  'oauthPolicy.singleLogoutUrl': 'singleLogoutUrl',
  'sessionPolicy.policyAction': 'policyAction',
  'sessionPolicy.sessionTimeout': 'sessionTimeoutInMinutes',
  plugin: 'apexHandler',
  pluginExecutionUser: 'executeHandlerAs',
  startUrl: 'startUrl',
};
const ID_TOKEN: Readonly<Record<string, string>> = {
  idTokenValidity: 'idTokenValidityInMinutes',
  idTokenIncludeCustomPerms: 'idTokenIncludeCustomPermissions',
};
const IP_RANGE: Readonly<Record<string, string>> = { start: 'startIpAddress', end: 'endIpAddress' };
const ASSET_TOKEN: Readonly<Record<string, string>> = {
  assetAudiences: 'assetTokenAudiences',
  assetIncludeAttributes: 'areAttributesIncludedInAssetToken',
  assetIncludeCustomPerms: 'areCustomPermsIncludedInAssetToken',
  assetSigningCertId: 'assetTokenSigningCertificate',
  assetValidityPeriod: 'assetTokenValidity',
};

const PAIRS: readonly (readonly [string, string, string])[] = [
  ...[
    { type: HEADER, names: HEADER_FIELDS },
    { type: CONSUMER, names: CONSUMER_FIELDS },
    { type: SETTINGS, names: SETTINGS_FIELDS },
    { type: POLICIES, names: POLICY_FIELDS },
  ].flatMap(({ type, names }) => Object.entries(names).map(([own, theirs]) => [own, type, theirs] as const)),
  ['oauthConfig.isAdminApproved', POLICIES, 'permittedUsersPolicyType'],
  ['oauthConfig.scopes', SETTINGS, 'commaSeparatedOauthScopes'],
  ['oauthConfig.assetTokenConfig', SETTINGS, 'assetTokenValidity'],
  ['oauthPolicy.ipRelaxation', POLICIES, 'ipRelaxationPolicyType'],
  ['oauthPolicy.refreshTokenPolicy', POLICIES, 'refreshTokenValidityPeriod'],
  ['sessionPolicy.sessionLevel', POLICIES, 'requiredSessionLevel'],
];

const OWN_NAMES: ReadonlyMap<string, string> = new Map(
  PAIRS.map(([own, type, theirs]) => [`${type}.${theirs}`, own] as const),
);
const EXTERNAL_NAMES = new Map(PAIRS.map(([own, type, field]) => [own, { type, field }] as const));

/** Where an External Client App has the field, where it has one like it. */
export const externalName = (own: string): { readonly type: string; readonly field: string } | undefined =>
  EXTERNAL_NAMES.get(own);

function rename(fields: Fields, names: Readonly<Record<string, string>>): Writable {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, theirs]) => {
      const value = fields[name];
      return value ? [[theirs, value]] : [];
    }),
  );
}

function converted(
  fields: Fields,
  name: string,
  theirs: string,
  convert: (value: FieldValue) => FieldValue | undefined,
): Writable {
  const found = fields[name];
  const value = found && convert(found.value);
  return found && value !== undefined ? { [theirs]: { value, ownership: found.ownership } } : {};
}

/** The record with other names for some of its members. */
const renamed =
  (names: Readonly<Record<string, string>>) =>
  (value: FieldValue): FieldRecord =>
    Object.fromEntries(
      Object.entries(isRecord(value) ? value : {}).map(([name, member]) => [names[name] ?? name, member]),
    );

function assetToken(fields: Fields): Writable {
  const found = fields['oauthConfig.assetTokenConfig'];
  if (!found) return {};
  const members = Object.entries(renamed(ASSET_TOKEN)(found.value));
  return Object.fromEntries(members.map(([name, value]) => [name, { value, ownership: found.ownership }]));
}

function refreshTokens(fields: Fields): Writable {
  const found = fields['oauthPolicy.refreshTokenPolicy'];
  const policy = typeof found?.value === 'string' ? unpackRefreshTokenPolicy(found.value) : undefined;
  if (!found || !policy) return {};
  const as = (value: FieldValue): OwnedValue => ({ value, ownership: found.ownership });
  if (!('period' in policy)) return { refreshTokenPolicyType: as(policy.type) };
  return {
    refreshTokenPolicyType: as(policy.type),
    refreshTokenValidityPeriod: as(policy.period),
    refreshTokenValidityUnit: as(policy.unit),
  };
}

const texts = (value: FieldValue): readonly string[] => (Array.isArray(value) ? (value as readonly string[]) : []);
const rows = (value: FieldValue): readonly FieldRecord[] =>
  Array.isArray(value) ? (value as readonly FieldRecord[]) : [];
