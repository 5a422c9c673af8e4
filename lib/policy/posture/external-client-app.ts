import { DEFAULT_API_VERSION } from '../../metadata/api-version';
import type { FieldRecord, FieldValue } from '../../metadata/component';
import { fieldOf } from '../../metadata/fields';
import { isRecord } from '../../options/owned';
import type { ObservedApp } from '../../metadata/observed';
import { NO_CERTIFICATE } from '../../metadata/ownership-line';
import type {
  AppFields,
  AppPosture,
  CertificateOnRecord,
  IdTokenSettings,
  RefreshTokenSettings,
  SamlSettings,
} from '../posture';
import { certificateOnRecord } from './certificate';
import { ABSENT, implied, mapReading, unreadable, valued, valueOf, type Reading } from '../reading';

const HEADER = 'ExternalClientApplication';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const OAUTH = 'ExtlClntAppOauthSettings';
const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
const GENERAL = 'ExtlClntAppConfigurablePolicies';

export interface PostureOptions {
  /** The version that was read with; fields of newer versions are unreadable, not absent. Default 66. */
  readonly apiVersion?: number;
  /**
   * `declared`: what is not there does not exist. `read`: an org or files made from one, where Salesforce may have left
   * a certificate out although it is stored.
   */
  readonly origin: 'declared' | 'read';
}

/** An External Client App, from its observed components. */
export function externalClientAppPosture(app: ObservedApp, options: PostureOptions): AppPosture {
  const read = reader(app, options.apiVersion ?? DEFAULT_API_VERSION);
  const label = valueOf(read(HEADER, 'label', text));
  return {
    platform: 'external-client-app',
    apiName: app.apiName,
    ...(label !== undefined && { label }),
    thirdParty: ['Managed', 'AutoInstalled'].includes(valueOf(read(HEADER, 'distributionState', text)) ?? ''),
    oauth: oauthOf(app),
    plugins: app.otherComponents,
    fields: {
      appEnabled: read(GENERAL, 'isEnabled', flag),
      callbackUrls: read(GLOBAL, 'callbackUrl', list),
      certificate: certificateOf(
        read(GLOBAL, 'certificate', text),
        read(HEADER, 'certificateFingerprint', text),
        options,
      ),
      clientAssertionCertificate: clientAssertion(read, options),
      clientCredentials: read(GLOBAL, 'isClientCredentialsFlowEnabled', flag),
      clientCredentialsPolicy: read(POLICIES, 'isClientCredentialsFlowEnabled', flag),
      codeAndCredentials: read(GLOBAL, 'isCodeCredFlowEnabled', flag),
      codeAndCredentialsPostOnly: read(GLOBAL, 'isCodeCredPostOnly', flag),
      customAttributes: together(
        read(OAUTH, 'customAttributes', attributes),
        read(POLICIES, 'customAttributes', attributes),
        (settings, policies) => [...settings, ...policies],
      ),
      customScopes: read(OAUTH, 'commaSeparatedCustomScopes', list),
      deviceFlow: read(GLOBAL, 'isDeviceFlowEnabled', flag),
      guestCodeAndCredentials: read(POLICIES, 'isGuestCodeCredFlowEnabled', flag),
      idleRefreshTokenLimit: read(GLOBAL, 'isEnforceRefreshTokenTTL', flag),
      idToken: read(GLOBAL, 'idTokenConfig', idToken),
      introspectAllTokens: read(GLOBAL, 'isIntrospectAllTokens', flag),
      ipRelaxation: read(POLICIES, 'ipRelaxationPolicyType', text),
      jwtAccessTokens: read(GLOBAL, 'isNamedUserJwtEnabled', flag),
      jwtTimeoutMinutes: read(POLICIES, 'namedUserJwtTimeout', number),
      jwtTimeoutType: read(POLICIES, 'namedUserJwtSessionTimeoutType', text),
      permissionSets: read(POLICIES, 'commaSeparatedPermissionSet', list),
      permittedUsers: read(POLICIES, 'permittedUsersPolicyType', text),
      pkceRequired: read(GLOBAL, 'isPkceRequired', flag),
      profiles: read(POLICIES, 'commaSeparatedProfile', list),
      refreshIpRanges: allowlist(app, read, options),
      refreshTokenPolicy: refreshTokenPolicy(read),
      refreshTokenRotation: read(GLOBAL, 'isRefreshTokenRotationEnabled', flag),
      requiredSessionLevel: read(POLICIES, 'requiredSessionLevel', text),
      pushShowsContent: mapReading(ofPlugin(app, 'ExtlClntAppPushConfigurablePolicies', 'isFullContent'), isTrue),
      runAsUser: read(POLICIES, 'clientCredentialsFlowUser', text),
      saml: samlOf(app),
      scopes: read(OAUTH, 'commaSeparatedOauthScopes', list),
      screenLock: mapReading(ofPlugin(app, 'ExtlClntAppMobileSettings', 'isScreenLockEnabled'), isTrue),
      screenLockTimeout: ofPlugin(app, 'ExtlClntAppMobileConfigurablePolicies', 'screenLockTimeout'),
      secretInRefreshFlow: read(GLOBAL, 'isSecretRequiredForRefreshToken', flag),
      secretInTokenExchange: read(GLOBAL, 'isSecretRequiredForTokenExchange', flag),
      secretInWebServerFlow: mapReading(read(GLOBAL, 'isConsumerSecretOptional', flag), (optional) => !optional),
      sessionTimeoutMinutes: read(POLICIES, 'sessionTimeoutInMinutes', number),
      singleLogoutUrl: firstOf(read(OAUTH, 'singleLogoutUrl', text), read(POLICIES, 'singleLogoutUrl', text)),
      startUrl: ABSENT,
      tokenExchange: read(GLOBAL, 'isTokenExchangeEnabled', flag),
      tokenExchangePolicy: read(POLICIES, 'isTokenExchangeFlowEnabled', flag),
    },
  };
}

export type Read = <T>(type: string, field: string, convert: (value: FieldValue) => T | undefined) => Reading<T>;

export function reader(app: Pick<ObservedApp, 'components'>, apiVersion: number): Read {
  return (type, name, convert) => {
    const component = app.components[type];
    const { since, default: fallback } = fieldOf(type, name);
    if (component === undefined || component.state === 'absent') return unreadable(missing(type));
    if (component.state === 'unreadable') return unreadable(component.reason);
    const stored = component.component.fields[name];
    if (stored === undefined) {
      if (since > apiVersion) return unreadable(`Metadata API ${apiVersion} does not show ${type}.${name}`);
      const value = fallback === undefined ? undefined : convert(fallback);
      return value === undefined ? ABSENT : implied(value);
    }
    const value = convert(stored);
    return value === undefined
      ? unreadable(`${type}.${name} has a value of another kind than expected`)
      : valued(value);
  };
}

const isTrue = (text: string): boolean => /^(true|1)$/i.test(text);

const SAML = 'ExtlClntAppSamlConfigurablePolicies';

/** A setting of a plugin: absent without the plugin, unreadable where the plugin is there and its content was not read. */
function ofPlugin({ otherComponents, pluginSettings = {} }: ObservedApp, type: string, name: string): Reading<string> {
  if (!otherComponents.some((each) => each.startsWith(`${type}:`))) return ABSENT;
  const settings = pluginSettings[type];
  if (settings === undefined) return unreadable(`the content of ${type} was not read`);
  const text = settings[name];
  return text === undefined ? ABSENT : valued(text);
}

function samlOf(app: ObservedApp): Reading<SamlSettings> {
  const signing = ofPlugin(app, SAML, 'signingAlgorithmType');
  if (signing.state === 'unreadable') return signing;
  const settings = app.pluginSettings?.[SAML];
  if (settings === undefined) return ABSENT;
  const { encryptionType, encryptionCertificate } = settings;
  return valued({
    ...(signing.state === 'value' && { signingAlgorithm: signing.value }),
    ...(encryptionType !== undefined && { encryptionType }),
    encryptsAssertions: encryptionCertificate !== undefined && encryptionCertificate !== '',
  });
}

/** Salesforce keeps these records for every OAuth app, so one that was not found was not read. */
const missing = (type: string): string =>
  `no ${type} record was read, although Salesforce keeps one for every app with OAuth`;

/** An app without any OAuth record is no OAuth client; one that lacks some of them was not read in full. */
function oauthOf(app: ObservedApp): AppPosture['oauth'] {
  const states = [GLOBAL, OAUTH, POLICIES].map((type) => app.components[type]?.state ?? 'absent');
  if (states.includes('present')) return 'present';
  return states.includes('unreadable') ? 'unreadable' : 'absent';
}

function certificateOf(
  stored: Reading<string>,
  onRecord: Reading<string>,
  { origin }: PostureOptions,
): Reading<CertificateOnRecord> {
  if (stored.state === 'value') return valued(certificateOnRecord(stored.value));
  if (onRecord.state === 'value') {
    return onRecord.value === NO_CERTIFICATE ? ABSENT : valued({ fingerprint: onRecord.value });
  }
  if (stored.state === 'unreadable' || origin === 'declared') return stored;
  return unreadable('Salesforce may not give back a certificate that it has');
}

/** Only a first-party app has one; of that it may be there although it does not come back. */
function clientAssertion(read: Read, { origin }: PostureOptions): Reading<CertificateOnRecord> {
  const stored = mapReading(read(OAUTH, 'clientAssertionCertificate', text), certificateOnRecord);
  if (stored.state !== 'absent' || origin === 'declared') return stored;
  const firstParty = read(OAUTH, 'isFirstPartyAppEnabled', flag);
  if (firstParty.state === 'unreadable') return firstParty;
  return valueOf(firstParty) === true
    ? unreadable('Salesforce may not give back a client assertion certificate that it has')
    : ABSENT;
}

const SECURITY = 'ExtlClntAppOauthSecuritySettings';

/** Not every app has the record; versions before it show none. */
function allowlist(
  { components }: ObservedApp,
  read: Read,
  { apiVersion = DEFAULT_API_VERSION, origin }: PostureOptions,
): Reading<AppFields['refreshIpRanges']> {
  if ((components[SECURITY]?.state ?? 'absent') !== 'absent') return read(SECURITY, 'tokenIpRanges', ipRanges);
  if (origin === 'declared') return unreadable('the program leaves the refresh token IP allowlist to the org');
  const { since } = fieldOf(SECURITY, 'tokenIpRanges');
  return since > apiVersion ? unreadable(`Metadata API ${apiVersion} does not show ${SECURITY}.tokenIpRanges`) : ABSENT;
}

const ipRanges = (value: FieldValue): AppFields['refreshIpRanges'] | undefined =>
  Array.isArray(value)
    ? (value as readonly FieldRecord[]).map((row) => ({
        start: String(row['startIpAddress'] ?? ''),
        end: String(row['endIpAddress'] ?? ''),
      }))
    : undefined;

function refreshTokenPolicy(read: Read): Reading<RefreshTokenSettings> {
  const period = valueOf(read(POLICIES, 'refreshTokenValidityPeriod', number));
  const unit = valueOf(read(POLICIES, 'refreshTokenValidityUnit', text));
  return mapReading(read(POLICIES, 'refreshTokenPolicyType', text), (type) =>
    // Without a period Salesforce counts 365 days.
    type.startsWith('Specific') ? { type, period: period ?? 365, unit: unit ?? 'Days' } : { type },
  );
}

function together<T>(a: Reading<T>, b: Reading<T>, join: (a: T, b: T) => T): Reading<T> {
  if (a.state === 'value' && b.state === 'value') return valued(join(a.value, b.value));
  if (a.state === 'unreadable' || b.state === 'unreadable') return a.state === 'unreadable' ? a : b;
  return a.state === 'value' ? a : b;
}

/** One of two places suffices. */
export function firstOf<T>(a: Reading<T>, b: Reading<T>): Reading<T> {
  if (a.state === 'value') return a;
  return b.state === 'absent' ? a : b;
}

export const flag = (value: FieldValue): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
export const text = (value: FieldValue): string | undefined => (typeof value === 'string' ? value : undefined);
export const number = (value: FieldValue): number | undefined => (typeof value === 'number' ? value : undefined);
export const list = (value: FieldValue): readonly string[] | undefined =>
  Array.isArray(value) ? (value as readonly unknown[]).filter((item) => typeof item === 'string') : undefined;

export const attributes = (value: FieldValue): readonly { key: string; formula: string }[] | undefined =>
  Array.isArray(value)
    ? (value as readonly FieldRecord[]).map((row) => ({
        key: String(row['key'] ?? ''),
        formula: String(row['formula'] ?? ''),
      }))
    : undefined;

export function idToken(value: FieldValue): IdTokenSettings | undefined {
  if (!isRecord(value)) return undefined;
  const audiences = value['idTokenAudience'];
  return {
    validityMinutes: Number(value['idTokenValidityInMinutes'] ?? value['idTokenValidity'] ?? 2),
    ...(typeof audiences === 'string' && audiences !== '' && { audiences }),
    includesStandardClaims: value['idTokenIncludeStandardClaims'] === true,
    includesCustomAttributes: value['idTokenIncludeAttributes'] === true,
    includesCustomPermissions:
      (value['idTokenIncludeCustomPermissions'] ?? value['idTokenIncludeCustomPerms']) === true,
  };
}
