import type { AccessTokenPolicy, Setting } from '../declaration/client-app';
import { AccessTokens, USER_SESSION } from '../declaration/options/access-tokens';
import { readJwtTimeout, readMinutes, SESSION_MINUTES } from '../declaration/read/minutes';
import type { Reading } from '../declaration/reading';
import { byDefault as unlessStated, stated as asStated } from '../declaration/setting';
import { call, type Expression } from './expression';
import { EVERY_KIND, forAll, option } from './option';
import { NOTHING, owned } from './owned';
import { duration, type Live } from './recall';
import { SETTINGS } from './settings';
import { variants } from './shape';
import { duration as durationShape } from './shapes';

/** Lifetime of JWT access tokens that state none, in minutes: an hour, or the longest the older versions have. */
export const jwtTimeoutMinutes = (apiVersion: number): number => (apiVersion >= 65 ? 60 : 30);

const LIFETIME =
  'Of opaque tokens, the idle time until the session ends; of JSON Web Tokens, the time until the token ends.';

/** Opaque tokens have a session timeout, JWTs a timeout of their own; the platform refuses the mixture (D17). */
export const accessTokens = option({
  name: 'accessTokens',
  kinds: EVERY_KIND,
  shape: variants({ AccessTokens }, 'format', {
    opaque: [{ name: 'lifetime', shape: durationShape, required: true, says: LIFETIME }],
    jwt: [{ name: 'lifetime', shape: durationShape, says: LIFETIME }],
    jwtForUserSession: [],
  }),
  notOnConnectedApps: [
    {
      used: (given) => AccessTokens.is(given) && given.format === 'jwt' && given.lifetime !== undefined,
      because: 'the lifetime of its JWT-based access tokens is set in Setup and not in metadata',
      remedy: 'write AccessTokens.jwt(), and set the lifetime in Setup > Manage Connected Apps',
    },
  ],
  default: {
    what: 'accessToken',
    value: forAll<AccessTokenPolicy>({ format: 'opaque', sessionTimeoutMinutes: 60 }),
    reason: 'An hour bounds what a stolen token is worth. Opaque tokens work with every API, SOAP included.',
    source: 'RFC 9700 section 2.2.1; Salesforce Help: Manage OAuth Access Policies',
  },
  read: (given, reading, secure) => ({ accessToken: readAccessTokens(given, secure, reading) }),
  fields: [
    {
      ...SETTINGS.jwtAccessTokens,
      before: false,
      value: ({ accessToken }) => owned(accessToken, accessToken.value.format === 'jwt'),
    },
    {
      ...SETTINGS.sessionTimeoutMinutes,
      value: ({ accessToken }) =>
        accessToken.value.format === 'opaque' ? owned(accessToken, accessToken.value.sessionTimeoutMinutes) : NOTHING,
    },
    {
      ...SETTINGS.jwtTimeoutMinutes,
      value: ({ accessToken }) =>
        accessToken.value.format === 'opaque' || accessToken.value.timeoutMinutes === USER_SESSION
          ? NOTHING
          : owned(accessToken, accessToken.value.timeoutMinutes),
    },
    {
      ...SETTINGS.jwtTimeoutType,
      before: 'Custom',
      value: ({ accessToken }) => {
        if (accessToken.value.format === 'opaque') return NOTHING;
        return owned(accessToken, accessToken.value.timeoutMinutes === USER_SESSION ? 'UserSession' : 'Custom');
      },
    },
  ],
  recall: recallAccessTokens,
});

function recallAccessTokens(live: Live): Expression | undefined {
  if (live.value(SETTINGS.jwtAccessTokens) !== true) {
    const session = live.own(SETTINGS.sessionTimeoutMinutes);
    if (typeof session !== 'number') return undefined;
    return call({ AccessTokens }, 'opaque', duration(session, 'minutes'));
  }
  if (live.value(SETTINGS.jwtTimeoutType) === 'UserSession') {
    return call({ AccessTokens }, 'jwtForUserSession');
  }
  const timeout = live.value(SETTINGS.jwtTimeoutMinutes);
  const isDefault = typeof timeout !== 'number' || timeout === jwtTimeoutMinutes(live.apiVersion);
  const lifetime = isDefault ? [] : [duration(timeout, 'minutes')];
  return call({ AccessTokens }, 'jwt', ...lifetime);
}

function readAccessTokens(value: unknown, secure: AccessTokenPolicy, reading: Reading): Setting<AccessTokenPolicy> {
  if (value === undefined) return unlessStated(secure);
  if (!AccessTokens.is(value)) {
    reading.wrongType('accessTokens', value, 'AccessTokens.opaque(Duration.minutes(60)) or AccessTokens.jwt()');
    return unlessStated(secure);
  }
  if (value.format === 'opaque') {
    const sessionTimeoutMinutes = readMinutes(value.lifetime, 'accessTokens', SESSION_MINUTES, reading);
    return asStated({ format: 'opaque', sessionTimeoutMinutes });
  }
  const { lifetime } = value;
  if (lifetime === USER_SESSION) return asStated({ format: 'jwt', timeoutMinutes: USER_SESSION });
  const timeoutMinutes =
    lifetime === undefined
      ? jwtTimeoutMinutes(reading.context.apiVersion)
      : readJwtTimeout(lifetime, 'accessTokens', reading);
  return asStated({ format: 'jwt', timeoutMinutes });
}
