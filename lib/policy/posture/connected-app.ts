import { DEFAULT_API_VERSION } from '../../metadata/api-version';
import { decode } from '../../metadata/decode';
import { connectedApp } from '../../metadata/fields/connected-app';
import { SCOPE_SYNONYMS } from '../../metadata/fields/oauth-settings';
import { isNil, type XmlElement } from '../../metadata/package/xml';
import type { Result } from '../../values/result';
import type { AppFields, AppPosture, IdTokenSettings, RefreshTokenSettings, SamlSettings } from '../posture';
import { certificateOnRecord } from './certificate';
import { ABSENT, implied, mapReading, unreadable, valued, valueOf, type Reading, type Readings } from '../reading';

/*
 * This file reads the few fields that controls judge straight from the XML tree, because controls tell what is stated from
 * what an omitted element implies. Whether the file can be read at all, the field table decides as for every other type.
 */

export interface ConnectedAppOptions {
  /** The version that was read with. Default 66. */
  readonly apiVersion?: number;
}

const IP_RELAXATION: Readonly<Record<string, string>> = {
  ENFORCE: 'Enforce',
  ENFORCE_RELAXREFRESH: 'Enforce_RelaxRefresh',
  BYPASS_2FACTOR: 'Bypass_2factor',
  BYPASS: 'Bypass',
};

const UNITS: Readonly<Record<string, string>> = { HOURS: 'Hours', DAYS: 'Days', MONTHS: 'Months' };

/** A Connected App, from its metadata file as a tree, or why the file could not be read. */
export function connectedAppPosture(
  fullName: string,
  file: Result<XmlElement, string>,
  { apiVersion = DEFAULT_API_VERSION }: ConnectedAppOptions = {},
): AppPosture {
  const root = file.ok ? rootOf(file.value) : { unreadable: file.error };
  const oauth = within(root, 'oauthConfig');
  const policy = within(root, 'oauthPolicy');
  const session = within(root, 'sessionPolicy');
  const label = valueOf(text(root, 'label'));
  // The namespace of a package stands in front of the name.
  const thirdParty = /^[A-Za-z]\w*?__\w/.test(fullName);
  const flag = (name: string, fallback: boolean, since: number): Reading<boolean> =>
    boolean(oauth, name, { fallback, since, apiVersion });
  const fields: Readings<AppFields> = {
    appEnabled: ABSENT,
    callbackUrls: mapReading(text(oauth, 'callbackUrl'), (urls) => urls.split(/\s+/).filter((url) => url !== '')),
    certificate: mapReading(text(oauth, 'certificate'), certificateOnRecord),
    clientCredentials: flag('isClientCredentialEnabled', false, 56),
    clientCredentialsPolicy: flag('isClientCredentialEnabled', false, 56),
    codeAndCredentials: flag('isCodeCredentialEnabled', false, 57),
    codeAndCredentialsPostOnly: flag('isCodeCredentialPostOnly', false, 57),
    customAttributes: attributes(root),
    customScopes: ABSENT,
    deviceFlow: flag('isDeviceFlowEnabled', false, 68),
    guestCodeAndCredentials: ABSENT,
    idleRefreshTokenLimit: flag('isEnforceRefreshTokenTTL', false, 68),
    idToken: idToken(within(oauth, 'idTokenConfig'), apiVersion),
    introspectAllTokens: flag('isIntrospectAllTokens', false, 49),
    ipRelaxation: mapReading(
      otherwise(text(policy, 'ipRelaxation'), 'ENFORCE'),
      (value) => IP_RELAXATION[value] ?? value,
    ),
    jwtAccessTokens: flag('isNamedUserJwtEnabled', false, 59),
    jwtTimeoutMinutes: unreadable('the lifetime of JWT-based access tokens is not in the metadata of a Connected App'),
    jwtTimeoutType: unreadable('the lifetime of JWT-based access tokens is not in the metadata of a Connected App'),
    permissionSets: texts(root, 'permissionSetName'),
    permittedUsers: mapReading(flag('isAdminApproved', false, 46), (approved) =>
      approved ? 'AdminApprovedPreAuthorized' : 'AllSelfAuthorized',
    ),
    pkceRequired: flag('isPkceRequired', false, 59),
    profiles: texts(root, 'profileName'),
    refreshTokenPolicy: mapReading(otherwise(text(policy, 'refreshTokenPolicy'), 'infinite'), refreshTokens),
    refreshTokenRotation: flag('isRefreshTokenRotationEnabled', false, 60),
    requiredSessionLevel: text(session, 'sessionLevel'),
    runAsUser: text(oauth, 'oauthClientCredentialUser'),
    saml: saml(within(root, 'samlConfig')),
    scopes: mapReading(texts(oauth, 'scopes'), scopes),
    secretInRefreshFlow: flag('isSecretRequiredForRefreshToken', true, 51),
    secretInTokenExchange: flag('isSecretRequiredForTokenExchange', false, 60),
    secretInWebServerFlow: mapReading(flag('isConsumerSecretOptional', false, 49), (optional) => !optional),
    sessionTimeoutMinutes: minutes(text(session, 'sessionTimeout')),
    singleLogoutUrl: firstOf(text(oauth, 'singleLogoutUrl'), text(policy, 'singleLogoutUrl')),
    tokenExchange: flag('isTokenExchangeEnabled', false, 60),
    tokenExchangePolicy: boolean(policy, 'isTokenExchangeFlowEnabled', { fallback: false, since: 60, apiVersion }),
  };
  return {
    platform: 'connected-app',
    apiName: fullName,
    ...(label !== undefined && { label }),
    thirdParty,
    oauth:
      'unreadable' in root
        ? 'unreadable'
        : 'element' in oauth || (thirdParty && 'element' in policy)
          ? 'present'
          : 'absent',
    plugins: [],
    fields: thirdParty && 'absent' in oauth ? vendorKeeps(fields) : fields,
  };
}

/** An element, that it is not there, or that the whole file cannot be read. */
type Source = { readonly element: XmlElement } | { readonly absent: true } | { readonly unreadable: string };

/** A file is read whole or not at all: of a value that is there twice, or is none, nobody knows what an org makes. */
function rootOf(element: XmlElement): Source {
  const decoded = decode(connectedApp, '', element);
  if (decoded.ok) return { element };
  return { unreadable: decoded.error.map(({ line, problem }) => `line ${line}: ${problem}`).join('; ') };
}

function within(source: Source, name: string): Source {
  if (!('element' in source)) return source;
  const element = source.element.children.find((child) => child.name === name && !isNil(child));
  return element ? { element } : { absent: true };
}

function text(source: Source, name: string): Reading<string> {
  if ('unreadable' in source) return unreadable(source.unreadable);
  const child = within(source, name);
  const value = 'element' in child ? child.element.text.trim() : '';
  return value === '' ? ABSENT : valued(value);
}

function texts(source: Source, name: string): Reading<readonly string[]> {
  if ('unreadable' in source) return unreadable(source.unreadable);
  if (!('element' in source)) return ABSENT;
  const values = source.element.children.filter((child) => child.name === name).map((child) => child.text.trim());
  const stated = values.filter((value) => value !== '');
  return stated.length === 0 ? ABSENT : valued(stated);
}

function boolean(
  source: Source,
  name: string,
  { fallback, since, apiVersion }: { fallback: boolean; since: number; apiVersion: number },
): Reading<boolean> {
  const stored = text(source, name);
  if (stored.state === 'value') {
    if (/^(true|1)$/i.test(stored.value)) return valued(true);
    return /^(false|0)$/i.test(stored.value) ? valued(false) : unreadable(`<${name}> is neither true nor false`);
  }
  if (stored.state === 'unreadable') return stored;
  if (since > apiVersion) return unreadable(`Metadata API ${apiVersion} does not show ConnectedApp ${name}`);
  return implied(fallback);
}

const otherwise = <T>(reading: Reading<T>, fallback: T): Reading<T> =>
  reading.state === 'absent' ? implied(fallback) : reading;

function firstOf<T>(a: Reading<T>, b: Reading<T>): Reading<T> {
  return a.state === 'absent' ? b : a;
}

function minutes(reading: Reading<string>): Reading<number> {
  if (reading.state !== 'value') return reading;
  return /^\+?\d{1,15}$/.test(reading.value)
    ? valued(Number(reading.value))
    : unreadable('<sessionTimeout> is not a whole number');
}

/** `infinite`, `zero`, `specific_lifetime:30:DAYS`, `specific_inactivity:7:DAYS`. */
function refreshTokens(packed: string): RefreshTokenSettings {
  const [kind = '', period, unit] = packed.split(':');
  const types: Readonly<Record<string, string>> = {
    infinite: 'Infinite',
    zero: 'Zero',
    specific_lifetime: 'SpecificLifetime',
    specific_inactivity: 'SpecificInactivity',
  };
  const type = types[kind.toLowerCase()] ?? packed;
  if (!type.startsWith('Specific') || period === undefined || unit === undefined) return { type };
  return { type, period: Number(period), unit: UNITS[unit.toUpperCase()] ?? unit };
}

function scopes(tokens: readonly string[]): readonly string[] {
  const folded = tokens.map((token) => (token === 'SFAP' ? 'SFApiPlatform' : (SCOPE_SYNONYMS[token] ?? token)));
  return [...new Set(folded)].sort();
}

function attributes(root: Source): AppPosture['fields']['customAttributes'] {
  if ('unreadable' in root) return unreadable(root.unreadable);
  const rows =
    'element' in root ? root.element.children.filter((child) => child.name === 'attributes' && !isNil(child)) : [];
  if (rows.length === 0) return ABSENT;
  return valued(
    rows.map((row) => ({
      key: valueOf(text({ element: row }, 'key')) ?? '',
      formula: valueOf(text({ element: row }, 'formula')) ?? '',
    })),
  );
}

function idToken(source: Source, apiVersion: number): Reading<IdTokenSettings> {
  if ('unreadable' in source) return unreadable(source.unreadable);
  if (!('element' in source)) return ABSENT;
  const audiences = valueOf(text(source, 'idTokenAudience'));
  const has = (name: string): boolean =>
    valueOf(boolean(source, name, { fallback: false, since: 43, apiVersion })) === true;
  return valued({
    validityMinutes: Number(valueOf(text(source, 'idTokenValidity')) ?? 2),
    ...(audiences !== undefined && { audiences }),
    includesStandardClaims: has('idTokenIncludeStandardClaims'),
    includesCustomAttributes: has('idTokenIncludeAttributes'),
    includesCustomPermissions: has('idTokenIncludeCustomPerms'),
  });
}

function saml(source: Source): Reading<SamlSettings> {
  if ('unreadable' in source) return unreadable(source.unreadable);
  if (!('element' in source)) return ABSENT;
  const signingAlgorithm = valueOf(text(source, 'samlSigningAlgoType'));
  const encryptionType = valueOf(text(source, 'encryptionType'));
  return valued({
    ...(signingAlgorithm !== undefined && { signingAlgorithm }),
    ...(encryptionType !== undefined && { encryptionType }),
    encryptsAssertions: text(source, 'encryptionCertificate').state === 'value',
  });
}

/** Of an installed app only the policies come back; its OAuth settings are the vendor's and exist all the same. */
function vendorKeeps(fields: Readings<AppFields>): Readings<AppFields> {
  const kept = unreadable('the OAuth settings of an installed app stay with its vendor');
  const policies = ['ipRelaxation', 'refreshTokenPolicy', 'requiredSessionLevel', 'sessionTimeoutMinutes'];
  const own = [...policies, 'tokenExchangePolicy', 'profiles', 'permissionSets', 'saml', 'customAttributes'];
  return Object.fromEntries(
    Object.entries(fields).map(([name, reading]) => [name, own.includes(name) ? reading : kept]),
  ) as unknown as Readings<AppFields>;
}
