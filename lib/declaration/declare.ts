import type { Diagnostic } from '../values/diagnostic';
import { fail, ok, type Result } from '../values/result';
import type {
  ClientKind,
  MachineAppDeclaration,
  PrivateClientAppDeclaration,
  PublicClientAppDeclaration,
} from './client-app';
import { DEFAULTS } from './defaults';
import { Reading, type DeclareContext } from './reading';
import { readFirstPartyApp, readStartPage, readTrue } from './read/app-parts';
import { readCodeAndCredentials, readDeviceFlow, readPkce, readRotation } from './read/flows';
import { checkMachine, readCertificate, readClientCredentials } from './read/machine';
import { readIpRanges } from './read/ip-ranges';
import { readCallbackUrls } from './read/names';
import { readIdToken, readSessionLevel } from './read/policies';
import { readCommon } from './read/common';
import { platformOf } from './read/platform';
import type { Props } from './read/props';
import { readRefreshTokens } from './read/tokens';
import { unknownOptions } from './read/unknown-options';
import { isPlainObject, readBoolean, readHttpsUrl } from './read/values';
import { byDefault } from './setting';

type Declared<T> = Result<T, readonly Diagnostic[]>;

/**
 * What the author of a PrivateClientApp typed, as a value that can only be valid, or every problem at once. `props` is
 * unknown because untyped programs call this too.
 */
export function declarePrivateClientApp(
  props: unknown,
  context: DeclareContext,
): Declared<PrivateClientAppDeclaration> {
  return declare('private', props, context, (given, reading) => {
    const common = readCommon(given, reading);
    return {
      kind: 'private',
      ...common,
      ...withUsers(given, 'server', common, reading),
      ...unchanging('private'),
      requirePkce: readPkce(given['pkce'], reading),
      ...readMutualTls(given, reading),
    };
  });
}

/** As {@link declarePrivateClientApp}, for an app on somebody's device. */
export function declarePublicClientApp(props: unknown, context: DeclareContext): Declared<PublicClientAppDeclaration> {
  return declare('public', props, context, (given, reading) => {
    const common = readCommon(given, reading);
    return { kind: 'public', ...common, ...withUsers(given, 'device', common, reading), ...unchanging('public') };
  });
}

/** As {@link declarePrivateClientApp}, for a machine without a user. */
export function declareMachineApp(props: unknown, context: DeclareContext): Declared<MachineAppDeclaration> {
  return declare('machine', props, context, (given, reading) => {
    const common = readCommon(given, reading);
    const certificate = readCertificate(given['certificate'], reading);
    const clientCredentials = readClientCredentials(given['clientCredentials'], reading);
    const { permittedUsers: policy, scopes } = common;
    checkMachine({ ...pick(given, ['certificate', 'clientCredentials', 'permittedUsers']), policy, scopes }, reading);
    return {
      kind: 'machine',
      ...common,
      // The JWT bearer flow asks for the scope although it never issues a refresh token.
      scopes: certificate ? [...new Set([...scopes, 'RefreshToken'])].sort() : scopes,
      ...unchanging('machine'),
      rotateRefreshTokens: byDefault(DEFAULTS.rotateRefreshTokens.value.machine),
      refreshToken: byDefault(DEFAULTS.refreshToken.value.machine),
      deviceFlow: byDefault(DEFAULTS.deviceFlow.value.machine),
      ...(certificate && { certificate }),
      ...(clientCredentials && { clientCredentials }),
      ...readMutualTls(given, reading),
    };
  });
}

function declare<T>(
  kind: ClientKind,
  props: unknown,
  context: DeclareContext,
  read: (props: Props, reading: Reading) => Omit<T, 'exceptions'>,
): Declared<T> {
  const reading = new Reading(context, kind, platformOf((props as Props | null | undefined)?.['platform']));
  if (!isPlainObject(props)) {
    reading.wrongType('props', props, 'an object with the options of the app');
    return fail(reading.diagnostics);
  }
  unknownOptions(props, kind, reading);
  const app = read(props, reading);
  if (reading.diagnostics.length > 0) return fail(reading.diagnostics);
  return ok({ ...app, exceptions: reading.exceptions } as T);
}

/** Options of the kinds that users log in to. */
function withUsers(
  props: Props,
  audience: 'server' | 'device',
  common: ReturnType<typeof readCommon>,
  reading: Reading,
) {
  const trustedIpRanges = readIpRanges(props['trustedIpRanges'], 'trustedIpRanges', reading);
  const idToken = readIdToken(props['idToken'], reading);
  const singleLogoutUrl = readHttpsUrl(props['singleLogoutUrl'], 'singleLogoutUrl', reading);
  const startUrl = readHttpsUrl(props['startUrl'], 'startUrl', reading);
  const mobileStartUrl = readHttpsUrl(props['mobileStartUrl'], 'mobileStartUrl', reading);
  const session = readSessionLevel(props['requiredSessionLevel'], reading);
  const startPage = readStartPage(props['startPage'], reading);
  const firstPartyApp = readFirstPartyApp(props['firstPartyApp'], reading);
  const limitIdle = readTrue(props['limitIdleRefreshTokens'], 'limitIdleRefreshTokens', reading);
  return {
    callbackUrls: readCallbackUrls(props['callbackUrls'], audience, reading),
    codeAndCredentials: readCodeAndCredentials(props['codeAndCredentials'], common.accessToken.value, reading),
    refreshToken: readRefreshTokens(props['refreshTokens'], reading),
    rotateRefreshTokens: readRotation(props['refreshTokenRotation'], reading),
    deviceFlow: readDeviceFlow(props['deviceFlow'], reading),
    ...(trustedIpRanges && { trustedIpRanges }),
    ...(idToken && { idToken }),
    ...(singleLogoutUrl !== undefined && { singleLogoutUrl }),
    ...(startUrl !== undefined && { startUrl }),
    ...(mobileStartUrl !== undefined && { mobileStartUrl }),
    ...(startPage && { startPage }),
    ...(session && { requiredSessionLevel: session.level }),
    ...(session?.action && { sessionLevelAction: session.action }),
    ...(firstPartyApp && { firstPartyApp }),
    ...(limitIdle && { limitIdleRefreshTokens: limitIdle }),
  };
}

/** Mutual TLS proves that the client holds a private key, so it is for clients that can keep one. */
function readMutualTls(props: Props, reading: Reading) {
  const mutualTls = readBoolean(props['mutualTls'], 'mutualTls', reading);
  const pkiMutualTls = readBoolean(props['pkiMutualTls'], 'pkiMutualTls', reading);
  return { ...(mutualTls !== undefined && { mutualTls }), ...(pkiMutualTls !== undefined && { pkiMutualTls }) };
}

/** What follows from the kind alone. */
function unchanging(kind: ClientKind) {
  return {
    requirePkce: byDefault(DEFAULTS.requirePkce.value[kind]),
    requireSecretForWebServerFlow: byDefault(DEFAULTS.requireSecretForWebServerFlow.value[kind]),
    requireSecretForRefreshTokenFlow: byDefault(DEFAULTS.requireSecretForRefreshTokenFlow.value[kind]),
  };
}

function pick<K extends string>(props: Props, names: readonly K[]): Record<K, unknown> {
  return Object.fromEntries(names.map((name) => [name, props[name]])) as Record<K, unknown>;
}
