import { DEFAULT_API_VERSION } from '../../metadata/api-version';
import type { FieldRecord, FieldValue } from '../../metadata/component';
import { isLockedOut } from '../../metadata/connected-app/lock-out';
import { fieldOf } from '../../metadata/fields';
import { presentComponent } from '../../metadata/observe';
import type { ObservedApp } from '../../metadata/observed';
import { NO_CERTIFICATE } from '../../metadata/ownership-line';
import { isRecord } from '../../options/owned';
import { unpackRefreshTokenPolicy } from '../../options/refresh-token-policy';
import { SETTINGS } from '../../options/settings';
import { namespaceOf } from '../../values/api-name';
import { CONNECTED_APP } from '../../values/metadata-types';
import type { AppFields, AppPosture, CertificateOnRecord, IdTokenSettings, RefreshTokenSettings } from '../posture';
import { ABSENT, mapReading, type Reading, type Readings, unreadable, valued, valueOf } from '../reading';
import { certificateOnRecord } from './certificate';
import { isTrue, ofPlugin, samlOf } from './plugins';
import { notShown, type Read, reader } from './read-setting';

export interface PostureOptions {
  /** The version that was read with; fields of newer versions are unreadable, not absent. Default 66. */
  readonly apiVersion?: number;
  /**
   * `declared`: what is not there does not exist. `read`: an org or files made from one, where Salesforce may have left
   * a certificate out although it is stored.
   */
  readonly origin: 'declared' | 'read';
  /**
   * Of a Connected App: an External Client App has the same name.
   * @default - not known
   */
  readonly sharesName?: boolean;
  /** It has its consumer key, too. */
  readonly migrated?: boolean;
}

/** What controls see of an app of either platform, from its observed components. */
export function postureOf(app: ObservedApp, options: PostureOptions): AppPosture {
  const { apiVersion = DEFAULT_API_VERSION, sharesName, migrated } = options;
  const { platform, apiName, otherComponents: plugins, policiesChanged } = app;
  const read = reader(app, apiVersion);
  const label = valueOf(read('label', text));
  const thirdParty = isThirdParty(app, read, label);
  const known = {
    ...{ platform, apiName, thirdParty },
    ...(label !== undefined && { label }),
    ...(policiesChanged !== undefined && { policiesChanged }),
  };
  const fields = fieldsOf(app, read, options);
  if (platform === 'external-client-app') return { ...known, oauth: oauthOf(app), plugins, fields };
  const withOauth = hasSection(app, 'oauthConfig');
  const unread = app.components[CONNECTED_APP]?.state !== 'present';
  const present = withOauth || (thirdParty && hasSection(app, 'oauthPolicy'));
  return {
    ...known,
    ...(sharesName !== undefined && { sharesName }),
    ...(migrated === true && { migrated }),
    oauth: unread ? 'unreadable' : present ? 'present' : 'absent',
    plugins,
    fields: thirdParty && !unread && !withOauth ? vendorKeeps(fields) : fields,
  };
}

/** The namespace of a package stands in front of the name; the app that Salesforce makes for linking a namespace has none. */
const isThirdParty = ({ platform, apiName }: ObservedApp, read: Read, label: string | undefined): boolean =>
  platform === 'external-client-app'
    ? ['Managed', 'AutoInstalled'].includes(valueOf(read('distributionState', text)) ?? '')
    : namespaceOf(apiName) !== undefined || (/^DEVHUB_/.test(apiName) && label === 'SalesforceDX Namespace Registry');

function fieldsOf(app: ObservedApp, read: Read, options: PostureOptions): Readings<AppFields> {
  const connected = app.platform === 'connected-app';
  const inSetup = unreadable('the lifetime of JWT-based access tokens is not in the metadata of a Connected App');
  return {
    // A Connected App has no switch; a stop leaves it to a permission set that is for nobody.
    appEnabled: isLockedOut(presentComponent(app, CONNECTED_APP)) ? valued(false) : read('appEnabled', flag),
    callbackUrls: read('callbackUrls', list),
    certificate: certificateOf(app, read, options),
    clientAssertionCertificate: clientAssertion(read, options),
    clientCredentials: read('clientCredentials', flag),
    clientCredentialsPolicy: read('clientCredentialsPolicy', flag),
    codeAndCredentials: read('codeAndCredentials', flag),
    codeAndCredentialsPostOnly: read('codeAndCredentialsPostOnly', flag),
    customAttributes: together(read('customAttributes', attributes), read('adminCustomAttributes', attributes)),
    customScopes: read('customScopes', list),
    deviceFlow: read('deviceFlow', flag),
    guestCodeAndCredentials: read('guestCodeAndCredentials', flag),
    idleRefreshTokenLimit: read('idleRefreshTokenLimit', flag),
    idToken: read('idToken', idToken),
    introspectAllTokens: read('introspectAllTokens', flag),
    ipRelaxation: read('ipRelaxation', text),
    jwtAccessTokens: read('jwtAccessTokens', flag),
    jwtTimeoutMinutes: connected ? inSetup : read('jwtTimeoutMinutes', number),
    jwtTimeoutType: connected ? inSetup : read('jwtTimeoutType', text),
    permissionSets: read('permissionSets', list),
    permittedUsers: read('permittedUsers', text),
    pkceRequired: read('pkceRequired', flag),
    profiles: read('profiles', list),
    pushShowsContent: mapReading(ofPlugin(app, 'pushShowsContent'), isTrue),
    refreshIpRanges: allowlist(app, read, options),
    refreshTokenPolicy: firstOf(read('packedRefreshTokenPolicy', packedPolicy), refreshTokenPolicy(read)),
    refreshTokenRotation: read('refreshTokenRotation', flag),
    requiredSessionLevel: read('requiredSessionLevel', text),
    runAsUser: read('runAsUser', text),
    saml: samlOf(app),
    scopes: read('scopes', list),
    screenLock: mapReading(ofPlugin(app, 'screenLock'), isTrue),
    screenLockTimeout: ofPlugin(app, 'screenLockTimeout'),
    secretInRefreshFlow: read('secretInRefreshFlow', flag),
    secretInTokenExchange: read('secretInTokenExchange', flag),
    secretInWebServerFlow: mapReading(read('secretInWebServerFlow', flag), (optional) => !optional),
    sessionTimeoutMinutes: read('sessionTimeoutMinutes', number),
    singleLogoutUrl: firstOf(read('singleLogoutUrl', text), read('adminSingleLogoutUrl', text)),
    startUrl: read('startUrl', text),
    tokenExchange: read('tokenExchange', flag),
    tokenExchangePolicy: read('tokenExchangePolicy', flag),
  };
}

const OAUTH_RECORDS = [SETTINGS.consumerKey, SETTINGS.scopes, SETTINGS.permittedUsers].map(({ eca }) => eca.type);

/** An app without any OAuth record is no OAuth client; one that lacks some of them was not read in full. */
function oauthOf({ components }: ObservedApp): AppPosture['oauth'] {
  const states = OAUTH_RECORDS.map((type) => components[type]?.state ?? 'absent');
  if (states.includes('present')) return 'present';
  return states.includes('unreadable') ? 'unreadable' : 'absent';
}

/** True where the record of a Connected App says anything in that section. */
function hasSection(app: ObservedApp, section: string): boolean {
  const { fields = {}, unknown = [] } = presentComponent(app, CONNECTED_APP) ?? {};
  return [...Object.keys(fields), ...unknown.map(({ name }) => name)].some((name) => name.startsWith(`${section}.`));
}

const KEPT_BY_VENDOR = unreadable('the OAuth settings of an installed app stay with its vendor');

/** Settings outside of OAuth, and policies. */
const OWN_IN_PACKAGES: ReadonlySet<string> = new Set<keyof AppFields>([
  'customAttributes',
  'ipRelaxation',
  'permissionSets',
  'profiles',
  'refreshTokenPolicy',
  'requiredSessionLevel',
  'saml',
  'sessionTimeoutMinutes',
  'tokenExchangePolicy',
]);

/** Of an installed app only the policies come back; its OAuth settings are the vendor's and exist all the same. */
const vendorKeeps = (fields: Readings<AppFields>): Readings<AppFields> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, reading]) => [name, OWN_IN_PACKAGES.has(name) ? reading : KEPT_BY_VENDOR]),
  ) as unknown as Readings<AppFields>;

/** A Connected App gives its certificate back; of an External Client App the ownership line may know more. */
function certificateOf(
  { platform }: ObservedApp,
  read: Read,
  { origin }: PostureOptions,
): Reading<CertificateOnRecord> {
  const stored = mapReading(read('certificate', text), certificateOnRecord);
  if (stored.state === 'value' || platform === 'connected-app') return stored;
  const onRecord = read('certificateFingerprint', text);
  if (onRecord.state === 'value') {
    return onRecord.value === NO_CERTIFICATE ? ABSENT : valued({ fingerprint: onRecord.value });
  }
  if (stored.state === 'unreadable' || origin === 'declared') return stored;
  return unreadable('Salesforce may not give back a certificate that it has');
}

/** Only a first-party app has one; of that it may be there although it does not come back. */
function clientAssertion(read: Read, { origin }: PostureOptions): Reading<CertificateOnRecord> {
  const stored = mapReading(read('clientAssertionCertificate', text), certificateOnRecord);
  if (stored.state !== 'absent' || origin === 'declared') return stored;
  const firstParty = read('firstPartyApp', flag);
  if (firstParty.state === 'unreadable') return firstParty;
  return valueOf(firstParty) === true
    ? unreadable('Salesforce may not give back a client assertion certificate that it has')
    : ABSENT;
}

/** Not every app has the record; versions before it show none. */
function allowlist(
  { platform, components }: ObservedApp,
  read: Read,
  { apiVersion = DEFAULT_API_VERSION, origin }: PostureOptions,
): Reading<AppFields['refreshIpRanges']> {
  const { eca: place } = SETTINGS.refreshIpRanges;
  if (platform === 'connected-app' || (components[place.type]?.state ?? 'absent') !== 'absent') {
    return read('refreshIpRanges', ipRanges);
  }
  if (origin === 'declared') return unreadable('the program leaves the refresh token IP allowlist to the org');
  return fieldOf(place.type, place.field).since > apiVersion ? unreadable(notShown(apiVersion, place)) : ABSENT;
}

const packedPolicy = (value: FieldValue): RefreshTokenSettings | undefined =>
  typeof value === 'string' ? (unpackRefreshTokenPolicy(value) ?? { type: value }) : undefined;

function refreshTokenPolicy(read: Read): Reading<RefreshTokenSettings> {
  const period = valueOf(read('refreshTokenPeriod', number));
  const unit = valueOf(read('refreshTokenUnit', text));
  return mapReading(read('refreshTokenType', text), (type) =>
    // Without a period Salesforce counts 365 days.
    type.startsWith('Specific') ? { type, period: period ?? 365, unit: unit ?? 'Days' } : { type },
  );
}

/** What two lists hold. */
function together<T>(a: Reading<readonly T[]>, b: Reading<readonly T[]>): Reading<readonly T[]> {
  if (a.state === 'value' && b.state === 'value') return valued([...a.value, ...b.value]);
  if (a.state === 'unreadable' || b.state === 'unreadable') return a.state === 'unreadable' ? a : b;
  return a.state === 'value' ? a : b;
}

/** One of two places suffices. */
function firstOf<T>(a: Reading<T>, b: Reading<T>): Reading<T> {
  if (a.state === 'value') return a;
  return b.state === 'absent' ? a : b;
}

const flag = (value: FieldValue): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
const text = (value: FieldValue): string | undefined => (typeof value === 'string' ? value : undefined);
const number = (value: FieldValue): number | undefined => (typeof value === 'number' ? value : undefined);
const list = (value: FieldValue): readonly string[] | undefined =>
  Array.isArray(value) ? (value as readonly unknown[]).filter((item) => typeof item === 'string') : undefined;

const rows = <T>(value: FieldValue, change: (row: FieldRecord) => T): readonly T[] | undefined =>
  Array.isArray(value) ? (value as readonly FieldRecord[]).map(change) : undefined;
const attributes = (value: FieldValue): AppFields['customAttributes'] | undefined =>
  rows(value, ({ key = '', formula = '' }) => ({ key: String(key), formula: String(formula) }));
const ipRanges = (value: FieldValue): AppFields['refreshIpRanges'] | undefined =>
  rows(value, ({ startIpAddress = '', endIpAddress = '' }) => ({
    start: String(startIpAddress),
    end: String(endIpAddress),
  }));

function idToken(value: FieldValue): IdTokenSettings | undefined {
  if (!isRecord(value)) return undefined;
  const audiences = value['idTokenAudience'];
  return {
    validityMinutes: Number(value['idTokenValidityInMinutes'] ?? 2),
    ...(typeof audiences === 'string' && audiences !== '' && { audiences }),
    includesStandardClaims: value['idTokenIncludeStandardClaims'] === true,
    includesCustomAttributes: value['idTokenIncludeAttributes'] === true,
    includesCustomPermissions: value['idTokenIncludeCustomPermissions'] === true,
  };
}
