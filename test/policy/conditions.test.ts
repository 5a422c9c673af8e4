import { APP_CONTROLS, ORG_CONTROLS } from '../../lib/policy/controls';
import type { ConditionResult } from '../../lib/policy/report';
import {
  type Case,
  connectedApp,
  judgeOrg,
  machine,
  oauthConfig,
  org,
  privateApp,
  publicApp,
  reportOf,
  resultOf,
} from './support';

type Holds = ConditionResult['holds'];

const SELF = { permittedUsersPolicyType: 'AllSelfAuthorized' };
const off = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, false]));
const scopes = (...tokens: readonly string[]) => ({ commaSeparatedOauthScopes: tokens });
const http = { callbackUrl: ['http://a.example/cb'] };
const noCertificate = { certificate: undefined };
const noFingerprint = { header: { certificateFingerprint: undefined } };
const idToken = (more: Record<string, string | number | boolean>) => ({
  oauth: scopes('OpenID'),
  global: { idTokenConfig: { idTokenValidityInMinutes: 10, ...more } },
});
const ca = (fields: Parameters<typeof oauthConfig>[0], more = '', kind: Case['kind'] = 'private') =>
  connectedApp(`${oauthConfig(fields)}${more}`, kind);
const longLived = (type: string, more: Readonly<Record<string, string>> = {}) => ({
  policies: {
    refreshTokenPolicyType: type,
    refreshTokenValidityPeriod: 365,
    refreshTokenValidityUnit: 'Days',
    ...more,
  },
});
const withRefresh = { oauth: scopes('Api', 'RefreshToken') };

/** By control: apps that violate it, and which of its conditions hold, in their order. */
const TABLE: Readonly<Record<string, readonly (readonly [string, Case, readonly Holds[]])[]>> = {
  'SFCA-ECA-PKCE': [
    ['a public client', publicApp({ global: off('isPkceRequired') }), ['yes', 'no']],
    ['a server with its secret', privateApp({ global: off('isPkceRequired') }), ['no', 'yes']],
    [
      'a server without one',
      privateApp({ global: { isPkceRequired: false, isConsumerSecretOptional: true } }),
      ['yes', 'no'],
    ],
  ],
  'SFCA-ECA-ROTATION': [
    [
      'tokens for good, and the secret is needed',
      privateApp({ ...withRefresh, global: off('isRefreshTokenRotationEnabled'), ...longLived('Infinite') }),
      ['yes', 'yes'],
    ],
    ['an app on devices', publicApp({ ...withRefresh, global: off('isRefreshTokenRotationEnabled') }), ['no', 'no']],
    [
      'policies that cannot be read',
      publicApp({ ...withRefresh, global: off('isRefreshTokenRotationEnabled'), unreadable: ['policies'] }),
      ['unknown', 'no'],
    ],
  ],
  'SFCA-ECA-SECRET-WEB-SERVER': [
    ['PKCE is required', privateApp({ global: { isConsumerSecretOptional: true } }), ['no', 'yes']],
    ['it is not', privateApp({ global: { isConsumerSecretOptional: true, isPkceRequired: false } }), ['yes', 'no']],
  ],
  'SFCA-ECA-SECRET-REFRESH': [
    ['tokens are rotated', privateApp({ global: off('isSecretRequiredForRefreshToken') }), ['no', 'yes']],
    [
      'they are not',
      privateApp({ global: off('isSecretRequiredForRefreshToken', 'isRefreshTokenRotationEnabled') }),
      ['yes', 'no'],
    ],
  ],
  'SFCA-ECA-CODE-CREDENTIALS': [
    ['an app on devices', publicApp({ global: off('isPkceRequired') }), ['yes', 'no']],
    ['a server of which nothing says who reaches it', privateApp({ global: off('isPkceRequired') }), ['unknown', 'no']],
    ['a server with PKCE', privateApp(), ['unknown', 'yes']],
    [
      'a site on the internet',
      privateApp({ global: { callbackUrl: ['https://acme.my.site.com/callback'] } }),
      ['yes', 'yes'],
    ],
    ['a server of the intranet', privateApp({ global: { callbackUrl: ['https://crm.corp/callback'] } }), ['no', 'yes']],
  ],
  'SFCA-CA-CODE-CREDENTIALS': [
    ['high privileges without PKCE', ca({ scopes: 'Full', isPkceRequired: false }), ['yes', 'no', 'yes']],
    ['high privileges with PKCE', ca({ scopes: 'Full' }), ['no', 'no', 'yes']],
    [
      'high privileges, and the org requires PKCE',
      { ...ca({ scopes: 'Full', isPkceRequired: false }), org: org({ isPkceRequired: true }) },
      ['no', 'no', 'yes'],
    ],
    ['few rights without PKCE', ca({ scopes: 'OpenID', isPkceRequired: false }), ['no', 'no', 'yes']],
    [
      'PKCE instead of the secrets of a private client, which lowers nothing',
      ca({ isConsumerSecretOptional: true, isSecretRequiredForRefreshToken: false }),
      ['no', 'no', 'no'],
    ],
    [
      'a private client that refreshes without its secret',
      ca({ isSecretRequiredForRefreshToken: false }),
      ['no', 'no', 'no'],
    ],
    ['a public client of which a secret is demanded', ca({}, '', 'public'), ['no', 'yes', 'yes']],
    [
      'a public client with PKCE and no secret',
      ca({ isConsumerSecretOptional: true, isSecretRequiredForRefreshToken: false }, '', 'public'),
      ['no', 'no', 'yes'],
    ],
    [
      'a public client with neither',
      ca(
        { isConsumerSecretOptional: true, isSecretRequiredForRefreshToken: false, isPkceRequired: false },
        '',
        'public',
      ),
      ['yes', 'no', 'no'],
    ],
  ],
  'SFCA-ECA-JWT-BEARER': [
    ['no other way in', machine({ ...noFingerprint, global: noCertificate }), ['no', 'yes']],
    [
      'client credentials instead',
      machine({ ...noFingerprint, global: noCertificate, policies: { isClientCredentialsFlowEnabled: true } }),
      ['yes', 'no'],
    ],
  ],
  'SFCA-ECA-SCOPES': [
    ['anybody may approve', privateApp({ oauth: scopes('Full'), policies: SELF }), ['yes', 'no']],
    ['admins decide', privateApp({ oauth: scopes('Full') }), ['no', 'yes']],
  ],
  'SFCA-ECA-ID-TOKEN': [
    ['custom attributes', privateApp(idToken({ idTokenIncludeAttributes: true })), ['yes', 'no']],
    ['custom permissions', privateApp(idToken({ idTokenIncludeCustomPermissions: true })), ['yes', 'no']],
    ['identity only', privateApp(idToken({})), ['no', 'yes']],
  ],
  'SFCA-ECA-DEVICE-FLOW': [
    ['anybody may approve', publicApp({ global: { isDeviceFlowEnabled: true }, policies: SELF }), ['yes', 'no']],
    ['admins decide', privateApp({ global: { isDeviceFlowEnabled: true } }), ['no', 'yes']],
  ],
  'SFCA-ECA-IP-RELAXATION': [
    ['no ranges', privateApp({ policies: { ipRelaxationPolicyType: 'Bypass' } }), ['yes', 'no', 'no']],
    [
      'at first login',
      privateApp({ policies: { ipRelaxationPolicyType: 'Enforce_RelaxRefresh' } }),
      ['no', 'yes', 'no'],
    ],
    [
      'a second factor',
      privateApp({ policies: { ipRelaxationPolicyType: 'Bypass_2factor', requiredSessionLevel: 'HIGH_ASSURANCE' } }),
      ['no', 'no', 'yes'],
    ],
  ],
  'SFCA-ECA-SESSION-TIMEOUT': [
    ['an app on devices', publicApp({ policies: { sessionTimeoutInMinutes: 120 } }), ['yes', 'no', 'no']],
    ['a token that lives for a day', privateApp({ policies: { sessionTimeoutInMinutes: 1440 } }), ['no', 'yes', 'no']],
    [
      'a second factor, and no ranges',
      privateApp({
        policies: {
          sessionTimeoutInMinutes: 120,
          requiredSessionLevel: 'HIGH_ASSURANCE',
          ipRelaxationPolicyType: 'Bypass',
        },
      }),
      ['no', 'no', 'no'],
    ],
    [
      'a second factor and ranges',
      privateApp({ policies: { sessionTimeoutInMinutes: 120, requiredSessionLevel: 'HIGH_ASSURANCE' } }),
      ['no', 'no', 'yes'],
    ],
  ],
  'SFCA-ECA-PERMITTED-USERS': [
    ['a dozen', privateApp({ policies: { commaSeparatedProfile: ['a', 'b', 'c', 'd'] } }), ['yes']],
  ],
  'SFCA-CA-PROFILES': [['a dozen', ca({}, 'abcdefghijkl'.replace(/./g, '<profileName>$&</profileName>')), ['yes']]],
  'SFCA-APP-CALLBACK-URLS': [
    ['PKCE is required', privateApp({ global: http }), ['no']],
    ['it is not', privateApp({ global: { ...http, isPkceRequired: false } }), ['yes']],
  ],
  'SFCA-APP-REFRESH-LIFETIME': [
    ['for good', privateApp({ ...withRefresh, ...longLived('Infinite') }), ['yes', 'unknown']],
    ['for a year', privateApp({ ...withRefresh, ...longLived('SpecificLifetime') }), ['no', 'unknown']],
    [
      'the idle limit is off',
      privateApp({ ...withRefresh, ...longLived('Infinite'), global: off('isEnforceRefreshTokenTTL') }),
      ['yes', 'no'],
    ],
    [
      'the idle limit is on',
      privateApp({ ...withRefresh, ...longLived('Infinite'), global: { isEnforceRefreshTokenTTL: true } }),
      ['yes', 'yes'],
    ],
  ],
  'SFCA-APP-SELF-AUTHORIZED': [
    ['access without end', publicApp({ oauth: scopes('Api', 'RefreshToken'), policies: SELF }), ['yes', 'no']],
    ['access for a session', publicApp({ oauth: scopes('Full'), policies: SELF }), ['no', 'yes']],
    [
      'refresh tokens that end at once',
      publicApp({ oauth: scopes('Api', 'RefreshToken'), policies: { ...SELF, refreshTokenPolicyType: 'Zero' } }),
      ['no', 'yes'],
    ],
  ],
  'SFCA-APP-TOKEN-EXCHANGE': [
    [
      'without secret',
      privateApp({ global: { isTokenExchangeEnabled: true }, policies: { isTokenExchangeFlowEnabled: true } }),
      ['yes', 'no'],
    ],
    [
      'with secret',
      privateApp({
        global: { isTokenExchangeEnabled: true, isSecretRequiredForTokenExchange: true },
        policies: { isTokenExchangeFlowEnabled: true },
      }),
      ['no', 'yes'],
    ],
  ],
  'SFCA-APP-SINGLE-LOGOUT': [
    ['two hours', privateApp({ oauth: scopes('OpenID'), policies: { sessionTimeoutInMinutes: 120 } }), ['no']],
    ['no timeout', privateApp({ oauth: scopes('OpenID'), policies: { sessionTimeoutInMinutes: undefined } }), ['no']],
    ['an hour', privateApp({ oauth: scopes('OpenID') }), ['yes']],
  ],
};

describe.each(Object.entries(TABLE))('the conditions of %s', (id, rows) => {
  it.each(rows)('are judged: %s', (_name, app, holds) => {
    expect(resultOf(reportOf(app), id).conditions.map((condition) => condition.holds)).toEqual(holds);
  });
});

describe('conditions', () => {
  it('are tested for every control of an app that has any, or for its twin', () => {
    const elsewhere = ['CLIENT-CREDENTIALS', 'RUN-AS-USER', 'CERTIFICATE-EXPIRY', 'OLD-GRANTS'];
    const twins: Readonly<Record<string, string>> = { 'DIGITAL-SIGNATURES': 'JWT-BEARER' };
    const tested = new Set([...Object.keys(TABLE).map((id) => id.replace(/^SFCA-[A-Z]+-/, '')), ...elsewhere]);
    const untested = APP_CONTROLS.filter(({ conditions }) => conditions.length > 0)
      .map(({ id }) => id.replace(/^SFCA-[A-Z]+-/, ''))
      .filter((name) => !tested.has(twins[name] ?? name));
    expect(untested).toEqual([]);
  });

  it('of the certificate follow its end', () => {
    const ended = resultOf(reportOf(machine(), { today: '2029-01-01' }), 'SFCA-APP-CERTIFICATE-EXPIRY');
    expect(ended).toMatchObject({ outcome: 'fail', severity: 'medium', cvss: 6.9, conditions: [{ holds: 'yes' }] });
    const near = resultOf(reportOf(machine(), { today: '2028-12-15' }), 'SFCA-APP-CERTIFICATE-EXPIRY');
    expect(near).toMatchObject({ outcome: 'fail', conditions: [{ holds: 'no' }] });
  });

  it('of the run-as user follow what was read about it', () => {
    const on = {
      global: { isClientCredentialsFlowEnabled: true },
      policies: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: 'feed@acme.example' },
    };
    const facts = { runAsUsers: new Map([['feed@acme.example', { administrator: true, loginIpRanges: false }]]) };
    for (const id of ['SFCA-ECA-CLIENT-CREDENTIALS', 'SFCA-ECA-RUN-AS-USER']) {
      expect(resultOf(reportOf(machine(on, { facts })), id)).toMatchObject({
        outcome: 'fail',
        cvss: 8.9,
        conditions: [
          { effect: 'raises', holds: 'yes' },
          { effect: 'lowers', holds: 'no' },
        ],
      });
    }
  });

  it('of the org follow its settings', () => {
    const holds = (settings: Readonly<Record<string, boolean>>): readonly Holds[] =>
      resultOf(judgeOrg(org(settings)), 'SFCA-ORG-OAUTH-FLOWS').conditions.map((condition) => condition.holds);
    expect(holds({})).toEqual(['yes', 'no', 'unknown']);
    expect(holds({ blockOAuthUnPwFlow: true })).toEqual(['no', 'no', 'unknown']);
    expect(holds({ blockOAuthUnPwFlow: true, blockOAuthUsrAgtFlow: true })).toEqual(['no', 'yes', 'unknown']);
    expect(ORG_CONTROLS.filter(({ conditions }) => conditions.length > 0)).toHaveLength(7);
  });
});
