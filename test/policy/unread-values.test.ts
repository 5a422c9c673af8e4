import type { Platform } from '../../lib/declaration/client-app';
import { fieldOf } from '../../lib/metadata/fields';
import { APP_CONTROLS } from '../../lib/policy/controls';
import { placesOf } from '../../lib/policy/fields';
import type { AppFieldName, AppPosture } from '../../lib/policy/posture';
import { unreadable } from '../../lib/policy/reading';
import {
  type Case,
  certificate,
  connectedApp,
  machine,
  oauthConfig,
  org,
  privateApp,
  publicApp,
  reportOf,
} from './support';

const HARMLESS = { loginIpRanges: true, administrator: false, beyondSharing: [], apiOnly: true };
const ON = {
  global: { isClientCredentialsFlowEnabled: true },
  policies: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: 'feed@acme.example' },
};
const OPEN_ID = { oauth: { commaSeparatedOauthScopes: ['Api', 'OpenID', 'RefreshToken'] } };
const HEADLESS = { global: { isCodeCredFlowEnabled: true, isCodeCredPostOnly: true } };

/** Apps that together pass every control that can be passed. */
const CASES: readonly Case[] = [
  privateApp(OPEN_ID),
  privateApp({ oauth: { ...OPEN_ID.oauth, singleLogoutUrl: 'https://a.example/logout' } }),
  privateApp(HEADLESS, { org: org({ oAuthCdCrdtFlowEnable: true }) }),
  privateApp({
    global: { isNamedUserJwtEnabled: true },
    policies: { namedUserJwtTimeout: 30, namedUserJwtSessionTimeoutType: 'Custom' },
  }),
  publicApp(OPEN_ID),
  publicApp(HEADLESS, { org: org({ oAuthCdCrdtFlowEnable: true }) }),
  machine(),
  machine({ global: { certificate } }),
  machine(ON, { facts: { runAsUsers: new Map([['feed@acme.example', HARMLESS]]) } }),
  connectedApp(oauthConfig({ certificate, isDeviceFlowEnabled: false }), 'machine'),
  connectedApp(
    `${oauthConfig({ scopes: 'OpenID' })}<sessionPolicy><sessionTimeout>60</sessionTimeout></sessionPolicy>`,
    'private',
  ),
  connectedApp(oauthConfig({ isCodeCredentialEnabled: true, isCodeCredentialPostOnly: true }), 'private'),
];

/**
 * Fields without which a pass is still true, and why. Everything else that a control reads and could not read makes it
 * say so.
 */
const OTHER_HALF_OFF = 'the other half of the switch is off, and the flow needs both';
const NO_FLOW = 'the flow is off, whoever it would run as';
const ROTATES = 'tokens are rotated, whether or not any are issued';
const OPAQUE = 'no JWT is issued';
const IRRELEVANT: Readonly<Record<string, string | undefined>> = {
  'SFCA-APP-CODE-CREDENTIALS-READY jwtAccessTokens': 'no guest logs in, so that no JWT is needed',
  'SFCA-APP-PUBLIC-SECRET tokenExchange': OTHER_HALF_OFF,
  'SFCA-APP-PUBLIC-SECRET secretInTokenExchange': OTHER_HALF_OFF,
  'SFCA-APP-PUBLIC-SECRET clientCredentials': OTHER_HALF_OFF,
  'SFCA-APP-PUBLIC-SECRET clientCredentialsPolicy': OTHER_HALF_OFF,
  'SFCA-APP-REFRESH-LIFETIME scopes': 'the policy ends refresh tokens, whether or not any are issued',
  'SFCA-APP-REFRESH-LIFETIME idleRefreshTokenLimit': 'the policy ends refresh tokens by itself',
  'SFCA-APP-SINGLE-LOGOUT callbackUrls': 'single logout is configured',
  'SFCA-APP-SINGLE-LOGOUT sessionTimeoutMinutes': 'single logout is configured',
  'SFCA-APP-REFRESH-IDLE idleRefreshTokenLimit': 'the policy ends unused tokens by itself',
  'SFCA-APP-TOKEN-EXCHANGE tokenExchange': OTHER_HALF_OFF,
  'SFCA-APP-TOKEN-EXCHANGE tokenExchangePolicy': OTHER_HALF_OFF,
  'SFCA-CA-CLIENT-CREDENTIALS clientCredentials': OTHER_HALF_OFF,
  'SFCA-CA-CLIENT-CREDENTIALS clientCredentialsPolicy': OTHER_HALF_OFF,
  'SFCA-CA-CLIENT-CREDENTIALS runAsUser': NO_FLOW,
  'SFCA-CA-OAUTH-SETTINGS callbackUrls': 'the app has other OAuth settings',
  'SFCA-CA-OAUTH-SETTINGS saml': 'the app has OAuth settings',
  'SFCA-CA-OAUTH-SETTINGS startUrl': 'the app has OAuth settings',
  'SFCA-CA-ROTATION scopes': ROTATES,
  'SFCA-CA-SESSION-TIMEOUT jwtTimeoutMinutes': OPAQUE,
  'SFCA-CA-SESSION-TIMEOUT jwtTimeoutType': OPAQUE,
  'SFCA-ECA-CLIENT-CREDENTIALS clientCredentials': OTHER_HALF_OFF,
  'SFCA-ECA-CLIENT-CREDENTIALS clientCredentialsPolicy': OTHER_HALF_OFF,
  'SFCA-ECA-CLIENT-CREDENTIALS runAsUser': NO_FLOW,
  'SFCA-ECA-CODE-CREDENTIALS guestCodeAndCredentials': 'the flow is on',
  'SFCA-ECA-CODE-CREDENTIALS scopes': 'the flow is on',
  'SFCA-ECA-ROTATION scopes': ROTATES,
  'SFCA-ECA-SESSION-TIMEOUT jwtTimeoutMinutes': OPAQUE,
  'SFCA-ECA-SESSION-TIMEOUT jwtTimeoutType': OPAQUE,
};

const without = (app: AppPosture, name: AppFieldName): AppPosture => ({
  ...app,
  fields: { ...app.fields, [name]: unreadable(`nobody read ${name}`) },
});

describe('no control of an app passes on a value that nobody read', () => {
  it.each(APP_CONTROLS.map((control) => [control.id, control] as const))('%s', (id, { reads, concern }) => {
    const passed: string[] = [];
    for (const given of CASES) {
      const outcome = (app: AppPosture) =>
        reportOf({ ...given, app, ...(given.kind && { kind: given.kind }) }).results.find(
          ({ control }) => control === id,
        )?.outcome;
      if (outcome(given.app) !== 'pass') continue;
      for (const name of reads) {
        if (outcome(without(given.app, name)) === 'pass') passed.push(name);
      }
    }
    expect(concern).toBeDefined();
    expect([...new Set(passed)].filter((name) => IRRELEVANT[`${id} ${name}`] === undefined)).toEqual([]);
  });

  it('and the reasons why a field does not matter are needed', () => {
    const known = APP_CONTROLS.flatMap(({ id, reads }) => reads.map((name) => `${id} ${name}`));
    expect(Object.keys(IRRELEVANT).filter((key) => !known.includes(key))).toEqual([]);
  });
});

const absentIn = (app: AppPosture, name: AppFieldName): AppPosture => ({
  ...app,
  fields: { ...app.fields, [name]: { state: 'absent' } },
});

/** What it means that there is no value, where Salesforce has no default. */
const MEANING: Readonly<Partial<Record<AppFieldName, string>>> = {
  clientAssertionCertificate: 'the app has none: only a first-party app can, and of that it would be unreadable',
  idToken: 'Salesforce counts two minutes and includes nothing beyond identity',
  profiles: 'no profile is let in',
  scopes: 'the app is granted no scope',
};
/** Fields that a pass does not depend on, because another field decides. */
const DECIDED_ELSEWHERE: readonly string[] = [
  // Tokens are JWTs, which have a timeout of their own.
  'SFCA-ECA-SESSION-TIMEOUT sessionTimeoutMinutes',
];

/** True where a reading of the field is never absent: Salesforce has a default, which the table says. */
const hasDefault = (name: AppFieldName, platform: Platform): boolean => {
  const places = placesOf(name, platform);
  return (
    places.length > 0 &&
    places.every((place) => {
      const [type = '', ...path] = place.split('.');
      return fieldOf(type, path.join('.')).default !== undefined;
    })
  );
};

const JWT_WITHOUT_END = {
  global: { isNamedUserJwtEnabled: true },
  policies: { namedUserJwtTimeout: undefined, namedUserJwtSessionTimeoutType: undefined },
};

describe('no control of an app passes on a value that is absent', () => {
  const passing = APP_CONTROLS.flatMap(({ id, reads }) =>
    CASES.flatMap((given) => {
      const outcome = (app: AppPosture) =>
        reportOf({ ...given, app }).results.find(({ control }) => control === id)?.outcome;
      if (outcome(given.app) !== 'pass') return [];
      return reads
        .filter((name) => IRRELEVANT[`${id} ${name}`] === undefined && outcome(absentIn(given.app, name)) === 'pass')
        .map((name) => ({ id, name, platform: given.app.platform }));
    }),
  );

  it('unless Salesforce has a default for it, by the field table, or its absence means that there is none', () => {
    const unexplained = passing.filter(
      ({ id, name, platform }) =>
        !hasDefault(name, platform) && MEANING[name] === undefined && !DECIDED_ELSEWHERE.includes(`${id} ${name}`),
    );
    expect([...new Set(unexplained.map(({ id, name, platform }) => `${id} ${name} ${platform}`))]).toEqual([]);
  });

  it('and every meaning is needed', () => {
    const names = new Set(passing.map(({ name }) => name));
    expect(Object.keys(MEANING).filter((name) => !names.has(name as AppFieldName))).toEqual([]);
  });

  it.each([
    [
      'how long an opaque token lives',
      privateApp({ policies: { sessionTimeoutInMinutes: undefined } }),
      'SFCA-ECA-SESSION-TIMEOUT',
    ],
    ['how long a JWT lives', privateApp(JWT_WITHOUT_END), 'SFCA-ECA-SESSION-TIMEOUT'],
    ['the same of a Connected App', connectedApp(oauthConfig(), 'private'), 'SFCA-CA-SESSION-TIMEOUT'],
  ])('as where nothing says %s', (_, given, id) => {
    expect(reportOf(given).results.find(({ control }) => control === id)?.outcome).not.toBe('pass');
  });
});
