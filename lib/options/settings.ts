import {
  APP_POLICIES,
  CONNECTED_APP,
  CONSUMER,
  HEADER,
  OAUTH_POLICIES,
  OAUTH_SETTINGS,
  SECURITY_SETTINGS,
} from '../values/metadata-types';
import * as words from './other-words';
import type { FieldValue } from './owned';

/** A metadata field of one type. */
export interface Place {
  readonly type: string;
  readonly field: string;
}

/** A field of ConnectedApp that means the same in other words. */
export interface OtherWords extends words.Words {
  readonly field: string;
}

/** Where each platform has a setting, where it has it. */
export interface Places {
  readonly eca?: Place;
  /** The field of ConnectedApp with the same value, or with other words for it. */
  readonly ca?: string | OtherWords;
}

/** One setting of an app, and who decides it: the developer of the app, or the admins of each org that uses it. */
export interface Setting extends Places {
  readonly owner: Owner;
}

export type Owner = 'developer' | 'admin';

const at =
  (type: string) =>
  (field: string): Place => ({ type, field });
const header = at(HEADER);
const consumer = at(CONSUMER);
export const settings = at(OAUTH_SETTINGS);
const policies = at(OAUTH_POLICIES);
export const general = at(APP_POLICIES);
const security = at(SECURITY_SETTINGS);
const push = at('ExtlClntAppPushConfigurablePolicies');
const mobile = at('ExtlClntAppMobileSettings');
const mobilePolicies = at('ExtlClntAppMobileConfigurablePolicies');
const saml = at('ExtlClntAppSamlConfigurablePolicies');

/** A setting of External Client Apps, and of Connected Apps where those have it. */
type External = Setting & { readonly eca: Place };

function setting(owner: Owner) {
  function on(eca: Place): External;
  function on<C extends string | OtherWords>(eca: Place, ca: C): External & { readonly ca: C };
  function on(eca: Place, ca?: string | OtherWords): External {
    return { owner, eca, ...(ca !== undefined && { ca }) };
  }
  return on;
}
const developer = setting('developer');
const admin = setting('admin');
/** The same name on both platforms. */
const both = (field: string) => developer(header(field), field);

/**
 * The one table between the settings of an app and Salesforce's two vocabularies. What Salesforce knows of a field (its
 * versions, its default) is in the field table.
 */
export const SETTINGS = {
  label: both('label'),
  description: both('description'),
  contactEmail: both('contactEmail'),
  contactPhone: both('contactPhone'),
  infoUrl: both('infoUrl'),
  logoUrl: both('logoUrl'),
  iconUrl: both('iconUrl'),
  managedBy: both('managedBy'),
  certificateFingerprint: both('certificateFingerprint'),
  distributionState: developer(header('distributionState')),

  callbackUrls: developer(consumer('callbackUrl'), 'oauthConfig.callbackUrl'),
  certificate: developer(consumer('certificate'), 'oauthConfig.certificate'),
  clientCredentials: developer(consumer('isClientCredentialsFlowEnabled'), 'oauthConfig.isClientCredentialEnabled'),
  codeAndCredentials: developer(consumer('isCodeCredFlowEnabled'), 'oauthConfig.isCodeCredentialEnabled'),
  codeAndCredentialsPostOnly: developer(consumer('isCodeCredPostOnly'), 'oauthConfig.isCodeCredentialPostOnly'),
  consumerKey: developer(consumer('consumerKey'), 'oauthConfig.consumerKey'),
  consumerSecret: developer(consumer('consumerSecret'), 'oauthConfig.consumerSecret'),
  deviceFlow: developer(consumer('isDeviceFlowEnabled'), 'oauthConfig.isDeviceFlowEnabled'),
  dpop: developer(consumer('isDPopEnabled'), 'oauthConfig.isDPopEnabled'),
  idToken: developer(consumer('idTokenConfig'), { field: 'oauthConfig.idTokenConfig', ...words.idToken }),
  idleRefreshTokenLimit: developer(consumer('isEnforceRefreshTokenTTL'), 'oauthConfig.isEnforceRefreshTokenTTL'),
  introspectAllTokens: developer(consumer('isIntrospectAllTokens'), 'oauthConfig.isIntrospectAllTokens'),
  ipBinding: { owner: 'developer', ca: 'oauthConfig.isIpBindingEnabled' },
  jwtAccessTokens: developer(consumer('isNamedUserJwtEnabled'), 'oauthConfig.isNamedUserJwtEnabled'),
  mutualTls: developer(consumer('isMtlsEnabled')),
  pkceRequired: developer(consumer('isPkceRequired'), 'oauthConfig.isPkceRequired'),
  pkiMutualTls: { owner: 'developer', ca: 'oauthConfig.isPKImTLSEnabled' },
  refreshTokenRotation: developer(
    consumer('isRefreshTokenRotationEnabled'),
    'oauthConfig.isRefreshTokenRotationEnabled',
  ),
  secretInRefreshFlow: developer(
    consumer('isSecretRequiredForRefreshToken'),
    'oauthConfig.isSecretRequiredForRefreshToken',
  ),
  secretInTokenExchange: developer(
    consumer('isSecretRequiredForTokenExchange'),
    'oauthConfig.isSecretRequiredForTokenExchange',
  ),
  /** Salesforce stores the opposite. */
  secretInWebServerFlow: developer(consumer('isConsumerSecretOptional'), 'oauthConfig.isConsumerSecretOptional'),
  tokenExchange: developer(consumer('isTokenExchangeEnabled'), 'oauthConfig.isTokenExchangeEnabled'),

  assetTokenCertificate: developer(settings('assetTokenSigningCertificate'), {
    field: 'oauthConfig.assetTokenConfig',
    ...words.assetTokenCertificate,
  }),
  clientAssertionCertificate: developer(settings('clientAssertionCertificate')),
  customAttributes: developer(settings('customAttributes'), 'attributes'),
  customScopes: developer(settings('commaSeparatedCustomScopes')),
  firstPartyApp: developer(settings('isFirstPartyAppEnabled')),
  scopes: developer(settings('commaSeparatedOauthScopes'), { field: 'oauthConfig.scopes', ...words.scopes }),
  singleLogoutUrl: developer(settings('singleLogoutUrl'), 'oauthConfig.singleLogoutUrl'),
  trustedIpRanges: developer(settings('trustedIpRanges'), { field: 'ipRanges', ...words.ipRanges }),
  refreshIpRanges: developer(security('tokenIpRanges')),
  tlsClientAuthType: developer(security('tlsClientAuthCertParamType')),
  tlsClientAuthValue: developer(security('tlsClientAuthCertParamValue')),

  adminCustomAttributes: admin(policies('customAttributes')),
  adminCustomScopes: admin(policies('commaSeparatedCustomScopes')),
  adminSingleLogoutUrl: admin(policies('singleLogoutUrl'), 'oauthPolicy.singleLogoutUrl'),
  apexHandler: admin(policies('apexHandler'), 'plugin'),
  apexHandlerUser: admin(policies('executeHandlerAs'), 'pluginExecutionUser'),
  appEnabled: admin(general('isEnabled')),
  /** The admin's half of the switch; the same switch on a Connected App. */
  clientCredentialsPolicy: admin(policies('isClientCredentialsFlowEnabled'), 'oauthConfig.isClientCredentialEnabled'),
  guestCodeAndCredentials: admin(policies('isGuestCodeCredFlowEnabled')),
  guestJwtTimeoutMinutes: admin(policies('guestJwtTimeout')),
  guestJwtTimeoutType: admin(policies('guestJwtSessionTimeoutType')),
  ipRelaxation: admin(policies('ipRelaxationPolicyType'), {
    field: 'oauthPolicy.ipRelaxation',
    ...words.ipRelaxation,
  }),
  jwtTimeoutMinutes: admin(policies('namedUserJwtTimeout')),
  jwtTimeoutType: admin(policies('namedUserJwtSessionTimeoutType')),
  oauthEnabled: admin(general('isOauthPluginEnabled')),
  permissionSets: admin(policies('commaSeparatedPermissionSet'), 'permissionSetName'),
  permittedUsers: admin(policies('permittedUsersPolicyType'), {
    field: 'oauthConfig.isAdminApproved',
    ...words.permittedUsers,
  }),
  profiles: admin(policies('commaSeparatedProfile'), 'profileName'),
  refreshTokenPeriod: admin(policies('refreshTokenValidityPeriod')),
  refreshTokenType: admin(policies('refreshTokenPolicyType')),
  refreshTokenUnit: admin(policies('refreshTokenValidityUnit')),
  /** The three in one text. */
  packedRefreshTokenPolicy: { owner: 'admin', ca: 'oauthPolicy.refreshTokenPolicy' },
  requiredSessionLevel: admin(policies('requiredSessionLevel'), {
    field: 'sessionPolicy.sessionLevel',
    ...words.sessionLevel,
  }),
  runAsUser: admin(policies('clientCredentialsFlowUser'), 'oauthConfig.oauthClientCredentialUser'),
  sessionLevelAction: admin(policies('policyAction'), 'sessionPolicy.policyAction'),
  sessionTimeoutMinutes: admin(policies('sessionTimeoutInMinutes'), 'sessionPolicy.sessionTimeout'),
  startPage: admin(general('startPage')),
  startPageUrl: admin(general('startUrl')),
  startUrl: developer(policies('startUrl'), 'startUrl'),
  mobileStartUrl: { owner: 'developer', ca: 'mobileStartUrl' },
  tokenExchangePolicy: admin(policies('isTokenExchangeFlowEnabled'), 'oauthPolicy.isTokenExchangeFlowEnabled'),

  // Settings of plugins, which are read and never written.
  pushShowsContent: admin(push('isFullContent')),
  samlSigning: developer(saml('signingAlgorithmType'), 'samlConfig'),
  samlEncryption: developer(saml('encryptionType'), 'samlConfig'),
  samlEncryptionCertificate: developer(saml('encryptionCertificate'), 'samlConfig'),
  screenLock: developer(mobile('isScreenLockEnabled')),
  screenLockTimeout: admin(mobilePolicies('screenLockTimeout')),
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof SETTINGS;

/** Where a platform has the setting, where it has it. */
export function placeOf({ eca, ca }: Places, platform: 'external-client-app' | 'connected-app'): Place | undefined {
  if (platform === 'external-client-app') return eca;
  return ca === undefined ? undefined : { type: CONNECTED_APP, field: typeof ca === 'string' ? ca : ca.field };
}

/** A value of the platform in the words of External Client Apps; as it is where they have no word for it. */
export const inExternalWords = (
  { ca }: Places,
  platform: 'external-client-app' | 'connected-app',
  value: FieldValue,
): FieldValue => (platform === 'connected-app' && typeof ca === 'object' ? (ca.from(value) ?? value) : value);

/** Its place on every platform that has it. */
export const placesOnBoth = (name: SettingName): readonly Place[] =>
  (['external-client-app', 'connected-app'] as const).flatMap((platform) => placeOf(SETTINGS[name], platform) ?? []);

/** The names of the fields that hold these settings, on either platform. */
export const fieldsOf = (...names: readonly SettingName[]): ReadonlySet<string> =>
  new Set(names.flatMap(placesOnBoth).map(({ field }) => field));

/** What the format of access tokens decides, with the lifetime that belongs to it. */
export const TOKEN_FORMAT = [
  'jwtAccessTokens',
  'sessionTimeoutMinutes',
  'jwtTimeoutMinutes',
  'jwtTimeoutType',
] as const satisfies readonly SettingName[];
