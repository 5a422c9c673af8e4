import { DEFAULT_API_VERSION } from '../../metadata/api-version';
import type { Component } from '../../metadata/component';
import { unpackRefreshTokenPolicy } from '../../options/refresh-token-policy';
import { ipRelaxationPolicy } from '../../options/ip-relaxation';
import { externalClientAppScope } from '../../options/scopes';
import { decode } from '../../metadata/decode';
import { CONNECTED_APP_PARTS, connectedApp } from '../../metadata/fields/connected-app';
import type { ObservedApp, ObservedComponent } from '../../metadata/observed';
import type { XmlElement, XmlNode } from '../../metadata/package/xml';
import type { Result } from '../../values/result';
import type { AppFields, AppPosture, SamlSettings } from '../posture';
import { certificateOnRecord } from './certificate';
import { attributes, firstOf, flag, idToken, list, number, reader, text } from './external-client-app';
import { ABSENT, mapReading, unreadable, valued, valueOf, type Reading, type Readings } from '../reading';

export interface ConnectedAppOptions {
  /** The version that was read with. Default 66. */
  readonly apiVersion?: number;
  /**
   * An External Client App has the same name.
   * @default - not known
   */
  readonly sharesName?: boolean;
}

/** A Connected App, from its metadata file as a tree, or why the file could not be read. */
export function connectedAppPosture(
  fullName: string,
  file: Result<XmlElement, string>,
  options: ConnectedAppOptions = {},
): AppPosture {
  return postureOfConnectedApp(fullName, componentIn(fullName, file), options);
}

function componentIn(fullName: string, file: Result<XmlElement, string>): ObservedComponent {
  if (!file.ok) return { state: 'unreadable', reason: file.error };
  const decoded = decode(connectedApp, fullName, file.value);
  if (decoded.ok) return { state: 'present', component: decoded.value };
  return {
    state: 'unreadable',
    reason: decoded.error.map(({ line, problem }) => `line ${line}: ${problem}`).join('; '),
  };
}

/** A Connected App, from its one component. */
export function postureOfConnectedApp(
  apiName: string,
  observed: ObservedComponent,
  { apiVersion = DEFAULT_API_VERSION, sharesName }: ConnectedAppOptions = {},
): AppPosture {
  const app: Pick<ObservedApp, 'components'> = { components: { ConnectedApp: observed } };
  const read = reader(app, apiVersion);
  const own = <T>(name: string, convert: Parameters<typeof read<T>>[2]): Reading<T> =>
    read('ConnectedApp', name, convert);
  const oauth = <T>(name: string, convert: Parameters<typeof read<T>>[2]): Reading<T> =>
    own(`oauthConfig.${name}`, convert);
  const label = valueOf(own('label', text));
  // The namespace of a package stands in front of the name; the app that Salesforce makes for linking a namespace has none.
  const thirdParty =
    /^[A-Za-z]\w*?__\w/.test(apiName) || (/^DEVHUB_/.test(apiName) && label === 'SalesforceDX Namespace Registry');
  const inSetup = unreadable('the lifetime of JWT-based access tokens is not in the metadata of a Connected App');
  const fields: Readings<AppFields> = {
    appEnabled: ABSENT,
    callbackUrls: oauth('callbackUrl', list),
    certificate: mapReading(oauth('certificate', text), certificateOnRecord),
    clientAssertionCertificate: ABSENT,
    clientCredentials: oauth('isClientCredentialEnabled', flag),
    clientCredentialsPolicy: oauth('isClientCredentialEnabled', flag),
    codeAndCredentials: oauth('isCodeCredentialEnabled', flag),
    codeAndCredentialsPostOnly: oauth('isCodeCredentialPostOnly', flag),
    customAttributes: own('attributes', attributes),
    customScopes: ABSENT,
    deviceFlow: oauth('isDeviceFlowEnabled', flag),
    guestCodeAndCredentials: ABSENT,
    idleRefreshTokenLimit: oauth('isEnforceRefreshTokenTTL', flag),
    idToken: oauth('idTokenConfig', idToken),
    introspectAllTokens: oauth('isIntrospectAllTokens', flag),
    ipRelaxation: mapReading(own('oauthPolicy.ipRelaxation', text), (word) => ipRelaxationPolicy(word) ?? word),
    jwtAccessTokens: oauth('isNamedUserJwtEnabled', flag),
    jwtTimeoutMinutes: inSetup,
    jwtTimeoutType: inSetup,
    permissionSets: own('permissionSetName', list),
    permittedUsers: mapReading(oauth('isAdminApproved', flag), (approved) =>
      approved ? 'AdminApprovedPreAuthorized' : 'AllSelfAuthorized',
    ),
    pkceRequired: oauth('isPkceRequired', flag),
    profiles: own('profileName', list),
    pushShowsContent: ABSENT,
    refreshIpRanges: ABSENT,
    refreshTokenPolicy: mapReading(
      own('oauthPolicy.refreshTokenPolicy', text),
      (packed) => unpackRefreshTokenPolicy(packed) ?? { type: packed },
    ),
    refreshTokenRotation: oauth('isRefreshTokenRotationEnabled', flag),
    requiredSessionLevel: own('sessionPolicy.sessionLevel', text),
    runAsUser: oauth('oauthClientCredentialUser', text),
    saml: saml(observed),
    scopes: mapReading(oauth('scopes', list), (tokens) => tokens.map(externalClientAppScope).sort()),
    screenLock: ABSENT,
    screenLockTimeout: ABSENT,
    secretInRefreshFlow: oauth('isSecretRequiredForRefreshToken', flag),
    secretInTokenExchange: oauth('isSecretRequiredForTokenExchange', flag),
    secretInWebServerFlow: mapReading(oauth('isConsumerSecretOptional', flag), (optional) => !optional),
    sessionTimeoutMinutes: own('sessionPolicy.sessionTimeout', number),
    singleLogoutUrl: firstOf(oauth('singleLogoutUrl', text), own('oauthPolicy.singleLogoutUrl', text)),
    startUrl: own('startUrl', text),
    tokenExchange: oauth('isTokenExchangeEnabled', flag),
    tokenExchangePolicy: own('oauthPolicy.isTokenExchangeFlowEnabled', flag),
  };
  const withOauth = hasSection(observed, 'oauthConfig');
  return {
    platform: 'connected-app',
    apiName,
    ...(label !== undefined && { label }),
    thirdParty,
    ...(sharesName !== undefined && { sharesName }),
    oauth:
      observed.state === 'unreadable'
        ? 'unreadable'
        : withOauth || (thirdParty && hasSection(observed, 'oauthPolicy'))
          ? 'present'
          : 'absent',
    plugins: partsOf(observed),
    fields: thirdParty && observed.state === 'present' && !withOauth ? vendorKeeps(fields) : fields,
  };
}

/** Parts beside OAuth, as `ConnectedApp:name`. */
function partsOf(observed: ObservedComponent): readonly string[] {
  if (observed.state !== 'present') return [];
  return CONNECTED_APP_PARTS.filter(({ name }) => part(observed.component, name)).map(
    ({ name }) => `ConnectedApp:${name}`,
  );
}

/** True where the record says anything in that section. */
function hasSection(observed: ObservedComponent, section: string): boolean {
  if (observed.state !== 'present') return false;
  const { fields, unknown = [] } = observed.component;
  return [...Object.keys(fields), ...unknown.map(({ name }) => name)].some((name) => name.startsWith(`${section}.`));
}

function saml(observed: ObservedComponent): Reading<SamlSettings> {
  if (observed.state === 'unreadable') return unreadable(observed.reason);
  const node = observed.state === 'present' ? part(observed.component, 'samlConfig') : undefined;
  if (!node) return ABSENT;
  const child = (name: string): string | undefined =>
    node.children?.find((each) => each.name === name)?.text?.trim() || undefined;
  const [signingAlgorithm, encryptionType] = [child('samlSigningAlgoType'), child('encryptionType')];
  return valued({
    ...(signingAlgorithm !== undefined && { signingAlgorithm }),
    ...(encryptionType !== undefined && { encryptionType }),
    encryptsAssertions: child('encryptionCertificate') !== undefined,
  });
}

const part = ({ unknown = [] }: Component, name: string): XmlNode | undefined =>
  unknown.find((node) => node.name === name);

/** Of an installed app only the policies come back; its OAuth settings are the vendor's and exist all the same. */
function vendorKeeps(fields: Readings<AppFields>): Readings<AppFields> {
  const kept = unreadable('the OAuth settings of an installed app stay with its vendor');
  const policies = ['ipRelaxation', 'refreshTokenPolicy', 'requiredSessionLevel', 'sessionTimeoutMinutes'];
  const own = [...policies, 'tokenExchangePolicy', 'profiles', 'permissionSets', 'saml', 'customAttributes'];
  return Object.fromEntries(
    Object.entries(fields).map(([name, reading]) => [name, own.includes(name) ? reading : kept]),
  ) as unknown as Readings<AppFields>;
}
