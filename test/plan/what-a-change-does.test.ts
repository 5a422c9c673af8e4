import type { FieldRecord, FieldValue } from '../../lib/metadata/component';
import { fieldOf } from '../../lib/metadata/fields';
import { assess, impactOf, mayWiden } from '../../lib/plan/effect';

const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
const SETTINGS = 'ExtlClntAppOauthSettings';
const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
const SECURITY = 'ExtlClntAppOauthSecuritySettings';
const CONNECTED = 'ConnectedApp';

type Fields = Readonly<Record<string, FieldValue>>;

interface Case {
  readonly type?: string;
  readonly before?: Fields;
  readonly after?: Fields;
  /** The org-wide session timeout; without it, it was not read. */
  readonly org?: number;
}

function judge(name: string, { type = POLICIES, before = {}, after = {}, org }: Case) {
  const transition = {
    field: fieldOf(type, name),
    before: before[name],
    after: after[name],
    recordBefore: { type, fields: before },
    recordAfter: { type, fields: after },
    ...(org !== undefined && { facts: { orgSessionTimeoutMinutes: org } }),
  };
  const { effect, reason } = assess(transition);
  return { effect, impact: impactOf(transition, effect).level, reason };
}

const lifetime = (kind: string, days: number): Fields => ({
  refreshTokenPolicyType: kind,
  refreshTokenValidityPeriod: days,
  refreshTokenValidityUnit: 'Days',
});

describe('the lifetime of refresh tokens counts for tokens in use and for idle ones', () => {
  it.each([
    [
      'an absolute end becomes none for a token in use',
      lifetime('SpecificLifetime', 30),
      lifetime('SpecificInactivity', 30),
      'widens',
      'none',
    ],
    [
      'longer in use, shorter idle',
      lifetime('SpecificLifetime', 90),
      lifetime('SpecificInactivity', 30),
      'mixed',
      'reauthorize',
    ],
    [
      '365 days of lifetime to 30 idle days',
      lifetime('SpecificLifetime', 365),
      lifetime('SpecificInactivity', 30),
      'mixed',
      'reauthorize',
    ],
    [
      'active clients must authorize every 30 days',
      lifetime('SpecificInactivity', 30),
      lifetime('SpecificLifetime', 30),
      'narrows',
      'reauthorize',
    ],
    [
      'endless to idle',
      { refreshTokenPolicyType: 'Infinite' },
      lifetime('SpecificInactivity', 30),
      'narrows',
      'reauthorize',
    ],
    ['none to some', { refreshTokenPolicyType: 'Zero' }, lifetime('SpecificInactivity', 1), 'widens', 'none'],
    [
      'the same in other units',
      { ...lifetime('SpecificInactivity', 48), refreshTokenValidityUnit: 'Hours' },
      lifetime('SpecificInactivity', 2),
      'neutral',
      'none',
    ],
  ])('%s', (_, before, after, effect, impact) => {
    expect(judge('refreshTokenPolicyType', { before, after })).toMatchObject({ effect, impact });
  });

  it('and the plan says both', () => {
    const before = lifetime('SpecificLifetime', 90);
    expect(judge('refreshTokenPolicyType', { before, after: lifetime('SpecificInactivity', 30) }).reason).toBe(
      'a refresh token in use never ends instead of ending after 90 days; an unused one ends after 30 days instead of after 90 days',
    );
    // Once is enough.
    expect(judge('refreshTokenValidityPeriod', { before, after: lifetime('SpecificInactivity', 30) })).toEqual({
      effect: 'mixed',
      impact: 'reauthorize',
      reason: undefined,
    });
  });

  it.each([
    ['specific_lifetime:30:DAYS', 'specific_inactivity:30:DAYS', 'widens', 'none'],
    ['specific_lifetime:90:DAYS', 'specific_inactivity:30:DAYS', 'mixed', 'reauthorize'],
    ['specific_inactivity:30:DAYS', 'specific_lifetime:30:DAYS', 'narrows', 'reauthorize'],
  ])('in one text of a Connected App: %s to %s %s', (before, after, effect, impact) => {
    const name = 'oauthPolicy.refreshTokenPolicy';
    expect(judge(name, { type: CONNECTED, before: { [name]: before }, after: { [name]: after } })).toMatchObject({
      effect,
      impact,
    });
  });
});

const jwt = (kind: string, minutes?: number): Fields => ({
  namedUserJwtSessionTimeoutType: kind,
  ...(minutes !== undefined && { namedUserJwtTimeout: minutes }),
});

describe('timeouts that the app leaves to the profile or the org', () => {
  const timeout = (minutes?: number): Fields => (minutes === undefined ? {} : { sessionTimeoutInMinutes: minutes });

  it.each([
    ['not stated, org 2 h, to 24 h', undefined, 1440, 120, 'widens'],
    ['not stated, org 15 min, to 1 h', undefined, 60, 15, 'widens'],
    ['not stated, org 2 h, to 1 h', undefined, 60, 120, 'narrows'],
    ['not stated, org 1 h, to 1 h', undefined, 60, 60, 'neutral'],
    ['1 h to not stated, org 2 h', 60, undefined, 120, 'widens'],
    ['not stated to 1 h, org not read', undefined, 60, undefined, 'unknown'],
    ['1 h to not stated, org not read', 60, undefined, undefined, 'unknown'],
    ['not stated to the longest there is, org not read', undefined, 1440, undefined, 'widens'],
    ['not stated to the shortest there is, org not read', undefined, 15, undefined, 'narrows'],
    ['1 h to 2 h', 60, 120, undefined, 'widens'],
  ])('session timeout: %s', (_, before, after, org, effect) => {
    const facts = org === undefined ? {} : { org };
    const found = judge('sessionTimeoutInMinutes', { before: timeout(before), after: timeout(after), ...facts });
    expect(found.effect).toBe(effect);
  });

  it('say which value applied, or that it was not read', () => {
    const after = timeout(60);
    expect(judge('sessionTimeoutInMinutes', { after, org: 120 }).reason).toMatch(/: 120 minutes in this org$/);
    expect(judge('sessionTimeoutInMinutes', { after }).reason).toMatch(/the org did not return it/);
  });

  it('are the same of a Connected App', () => {
    const name = 'sessionPolicy.sessionTimeout';
    expect(judge(name, { type: CONNECTED, after: { [name]: 60 } }).effect).toBe('unknown');
    expect(judge(name, { type: CONNECTED, after: { [name]: 60 }, org: 15 }).effect).toBe('widens');
  });

  it.each([
    ['5 minutes to the user session', jwt('Custom', 5), jwt('UserSession'), undefined, 'widens'],
    ['the user session to 5 minutes', jwt('UserSession'), jwt('Custom', 5), undefined, 'narrows'],
    ['2 hours to the user session, org not read', jwt('Custom', 120), jwt('UserSession'), undefined, 'unknown'],
    ['2 hours to the user session, org 15 min', jwt('Custom', 120), jwt('UserSession'), 15, 'narrows'],
    ['30 to 60 minutes', jwt('Custom', 30), jwt('Custom', 60), undefined, 'widens'],
  ])('JWT access tokens: %s', (_, before, after, org, effect) => {
    const facts = org === undefined ? {} : { org };
    expect(judge('namedUserJwtSessionTimeoutType', { before, after, ...facts }).effect).toBe(effect);
  });

  it('JWT access tokens of guests', () => {
    const before = { guestJwtSessionTimeoutType: 'Custom', guestJwtTimeout: 5 };
    const after = { guestJwtSessionTimeoutType: 'UserSession' };
    expect(judge('guestJwtSessionTimeoutType', { before, after }).effect).toBe('widens');
  });
});

describe('what happens below the required session level', () => {
  const HIGH = { requiredSessionLevel: 'HIGH_ASSURANCE' };

  it.each([
    [
      'raising instead of refusing',
      { ...HIGH, policyAction: 'Block' },
      { ...HIGH, policyAction: 'RaiseSessionLevel' },
      'widens',
      'none',
    ],
    [
      'refusing instead of raising',
      { ...HIGH, policyAction: 'RaiseSessionLevel' },
      { ...HIGH, policyAction: 'Block' },
      'narrows',
      'breaks',
    ],
    ['no action any more', { ...HIGH, policyAction: 'RaiseSessionLevel' }, HIGH, 'unknown', 'unknown'],
    [
      'where every level will do',
      { requiredSessionLevel: 'LOW', policyAction: 'Block' },
      { requiredSessionLevel: 'LOW' },
      'neutral',
      'none',
    ],
  ])('%s', (_, before, after, effect, impact) => {
    expect(judge('policyAction', { before, after })).toMatchObject({ effect, impact });
  });

  it('a Connected App that requires no level has nothing below it', () => {
    const [action, level] = ['sessionPolicy.policyAction', 'sessionPolicy.sessionLevel'];
    const change = (fields: Fields) =>
      judge(action, {
        type: CONNECTED,
        before: { ...fields, [action]: 'Block' },
        after: { ...fields, [action]: 'RaiseSessionLevel' },
      });
    expect(change({}).effect).toBe('neutral');
    expect(change({ [level]: 'HIGH_ASSURANCE' }).effect).toBe('widens');
  });
});

const range = (last: number): FieldRecord => ({
  startIpAddress: `203.0.113.${last}`,
  endIpAddress: `203.0.113.${last}`,
});
const attribute = (key: string): FieldRecord => ({ key, formula: `$User.${key}` });

describe('what a change does, row by row', () => {
  it.each<[string, string, FieldValue | undefined, FieldValue | undefined, string, string]>([
    [POLICIES, 'apexHandler', 'Gate', undefined, 'widens', 'unknown'],
    [POLICIES, 'apexHandler', 'Gate', 'OtherGate', 'unknown', 'unknown'],
    [POLICIES, 'apexHandler', undefined, 'Gate', 'unknown', 'unknown'],
    [CONNECTED, 'plugin', 'Gate', undefined, 'widens', 'unknown'],
    [CONSUMER, 'isNamedUserJwtEnabled', true, false, 'neutral', 'breaks'],
    [CONSUMER, 'isNamedUserJwtEnabled', false, true, 'neutral', 'breaks'],
    [CONNECTED, 'oauthConfig.isNamedUserJwtEnabled', true, false, 'neutral', 'breaks'],
    [CONSUMER, 'isEnforceRefreshTokenTTL', false, true, 'narrows', 'reauthorize'],
    [CONNECTED, 'oauthConfig.isEnforceRefreshTokenTTL', false, true, 'narrows', 'reauthorize'],
    [CONSUMER, 'isDPopEnabled', false, true, 'unknown', 'unknown'],
    [CONSUMER, 'isDPopEnabled', true, false, 'unknown', 'unknown'],
    [CONSUMER, 'isMtlsEnabled', false, true, 'unknown', 'unknown'],
    [CONNECTED, 'oauthConfig.isIpBindingEnabled', false, true, 'unknown', 'unknown'],
    [CONNECTED, 'oauthConfig.isPKImTLSEnabled', false, true, 'unknown', 'unknown'],
    [SECURITY, 'tlsClientAuthCertParamType', undefined, 'tls_client_auth_subject_dn', 'unknown', 'unknown'],
    [SECURITY, 'tokenIpRanges', undefined, [range(1)], 'narrows', 'breaks'],
    [SECURITY, 'tokenIpRanges', [range(1)], [range(1), range(2)], 'widens', 'none'],
    [SECURITY, 'tokenIpRanges', [range(1)], undefined, 'widens', 'none'],
    [SETTINGS, 'trustedIpRanges', [range(1), range(2)], [range(1)], 'narrows', 'reauthorize'],
    [SETTINGS, 'isFirstPartyAppEnabled', true, false, 'narrows', 'breaks'],
    [SETTINGS, 'clientAssertionCertificate', 'Old', 'New', 'widens', 'breaks'],
    [SETTINGS, 'clientAssertionCertificate', 'Old', undefined, 'narrows', 'breaks'],
    [SETTINGS, 'assetTokenSigningCertificate', 'Old', 'New', 'widens', 'breaks'],
    [SETTINGS, 'commaSeparatedCustomScopes', ['a', 'b'], ['a'], 'narrows', 'breaks'],
    [POLICIES, 'commaSeparatedCustomScopes', ['a', 'b'], ['a'], 'narrows', 'breaks'],
    [SETTINGS, 'customAttributes', [attribute('a'), attribute('b')], [attribute('a')], 'narrows', 'breaks'],
    [POLICIES, 'customAttributes', [attribute('a')], undefined, 'narrows', 'breaks'],
    [CONNECTED, 'attributes', [attribute('a')], undefined, 'narrows', 'breaks'],
    [SETTINGS, 'singleLogoutUrl', 'https://a', undefined, 'widens', 'breaks'],
    [SETTINGS, 'singleLogoutUrl', undefined, 'https://a', 'narrows', 'none'],
    [POLICIES, 'singleLogoutUrl', 'https://a', 'https://b', 'neutral', 'breaks'],
    [CONNECTED, 'oauthConfig.singleLogoutUrl', 'https://a', undefined, 'widens', 'breaks'],
    [CONNECTED, 'oauthPolicy.singleLogoutUrl', 'https://a', undefined, 'widens', 'breaks'],
    ['OauthTokenExchangeHandler', 'isEnabled', true, false, 'narrows', 'breaks'],
    // Without a number the platform's own applies, and which that is, is not documented.
    [SETTINGS, 'assetTokenValidity', undefined, 60, 'unknown', 'none'],
    ['OauthOidcSettings', 'agentAuthLinking', false, true, 'unknown', 'none'],
  ])('%s.%s from %j to %j: %s, %s', (type, name, before, after, effect, impact) => {
    const fields = (value: FieldValue | undefined): Fields => (value === undefined ? {} : { [name]: value });
    expect(judge(name, { type, before: fields(before), after: fields(after) })).toMatchObject({ effect, impact });
  });

  it.each([
    ['idTokenAudience', 'https://a', 'https://b', 'widens', 'breaks'],
    ['idTokenAudience', 'https://a', 'https://a https://b', 'widens', 'none'],
    ['idTokenAudience', 'https://a', undefined, 'narrows', 'breaks'],
    ['idTokenIncludeStandardClaims', true, false, 'narrows', 'breaks'],
    ['idTokenIncludeAttributes', true, false, 'narrows', 'breaks'],
    ['idTokenIncludeCustomPermissions', true, false, 'narrows', 'breaks'],
  ])('the ID token says less: %s from %j to %j: %s, %s', (name, before, after, effect, impact) => {
    const { kind } = fieldOf(CONSUMER, 'idTokenConfig');
    const field = kind.kind === 'record' ? kind.fields.find((each) => each.name === name) : undefined;
    if (!field) throw new Error(`no ${name}`);
    const record = { type: CONSUMER, fields: {} };
    const transition = { field, before, after, recordBefore: record, recordAfter: record };
    const { effect: found } = assess(transition);
    expect([found, impactOf(transition, found).level]).toEqual([effect, impact]);
  });

  it('names what the clients use', () => {
    const impact = (type: string, name: string) => fieldOf(type, name).impact;
    expect(impact(CONSUMER, 'isNamedUserJwtEnabled')?.whenFalse?.who).toMatch(/hosted MCP servers.*Agent, Models/);
    expect(impact(CONSUMER, 'isSecretRequiredForRefreshToken')?.whenTrue?.who).toMatch(/hybrid app refresh flow/);
    expect(impact('ConnectedAppSettings', 'enableAdminApprovedAppsOnlyForExternalUser')?.whenTrue?.who).toMatch(
      /not installed/,
    );
  });

  it('what is mixed or not known may widen, and is treated so', () => {
    expect((['widens', 'mixed', 'unknown', 'narrows', 'neutral'] as const).filter(mayWiden)).toEqual([
      'widens',
      'mixed',
      'unknown',
    ]);
  });
});
