import type { FieldValue } from '../../lib/metadata/component';
import type { ObservedApp } from '../../lib/metadata/observed';
import type { OwnLogin, OwnUser } from '../../lib/org/own-login';
import { loginProblems } from '../../lib/plan/own-login';

const SETTINGS = 'ExtlClntAppOauthSettings';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';
const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';

/** An app that lets everyone in whom it names, with other values in some fields. */
const app = (changes: Readonly<Record<string, FieldValue>> = {}): ObservedApp => {
  const all: Readonly<Record<string, FieldValue>> = {
    [`${SETTINGS}.commaSeparatedOauthScopes`]: ['Api', 'RefreshToken'],
    [`${GLOBAL}.isClientCredentialsFlowEnabled`]: true,
    [`${POLICIES}.isClientCredentialsFlowEnabled`]: true,
    [`${POLICIES}.clientCredentialsFlowUser`]: 'ci@acme.example',
    [`${POLICIES}.permittedUsersPolicyType`]: 'AdminApprovedPreAuthorized',
    [`${POLICIES}.commaSeparatedPermissionSet`]: ['CI'],
    [`${POLICIES}.ipRelaxationPolicyType`]: 'Bypass',
    'ExtlClntAppConfigurablePolicies.isEnabled': true,
    'ExtlClntAppConfigurablePolicies.isOauthPluginEnabled': true,
    ...changes,
  };
  const types = [...new Set(Object.keys(all).map((place) => place.split('.')[0] ?? ''))];
  const component = (type: string) => ({
    type,
    fullName: 'CI',
    fields: Object.fromEntries(
      Object.entries(all).flatMap(([place, value]) =>
        place.startsWith(`${type}.`) ? [[place.slice(type.length + 1), value]] : [],
      ),
    ),
  });
  return {
    platform: 'external-client-app',
    apiName: 'CI',
    condition: 'present',
    otherComponents: [],
    components: Object.fromEntries(types.map((type) => [type, { state: 'present', component: component(type) }])),
  };
};

const ME: OwnUser = {
  username: 'ci@acme.example',
  profileNames: ['System Administrator', 'Admin'],
  permissionSets: ['CI'],
  sourceIp: '192.0.2.7',
  loginIpRanges: [{ start: '192.0.2.0', end: '192.0.2.255' }],
  unread: [],
};
const CREDENTIALS: OwnLogin = { way: 'client-credentials' };
const JWT: OwnLogin = { way: 'jwt-bearer', username: 'ci@acme.example', publicKey: '00' };

const judged = (changes: Readonly<Record<string, FieldValue>>, login?: OwnLogin, user: OwnUser | undefined = ME) =>
  loginProblems(app(changes), { identity: login ? { login } : {}, user, today: '2026-11-21' }).map(
    ({ state, setting }) => `${state} ${setting}`,
  );

describe('what stands against a login', () => {
  it('is nothing where the app has all that the way needs', () => {
    expect([judged({}, CREDENTIALS), judged({})]).toEqual([[], []]);
  });

  it.each<[what: string, changes: Readonly<Record<string, FieldValue>>, login: OwnLogin | undefined, found: string[]]>([
    [
      'a scope that opens no API',
      { [`${SETTINGS}.commaSeparatedOauthScopes`]: ['Basic'] },
      CREDENTIALS,
      ['refused scopes'],
    ],
    ['Full alone', { [`${SETTINGS}.commaSeparatedOauthScopes`]: ['Full'] }, CREDENTIALS, ['refused scopes']],
    [
      'no refresh tokens, of an unknown way',
      { [`${SETTINGS}.commaSeparatedOauthScopes`]: ['Api'] },
      undefined,
      ['may scopes'],
    ],
    [
      'another permission set',
      { [`${POLICIES}.commaSeparatedPermissionSet`]: ['Other'] },
      undefined,
      ['refused permissionSets'],
    ],
    [
      'another permission set, which client credentials are not asked for',
      { [`${POLICIES}.commaSeparatedPermissionSet`]: ['Other'] },
      CREDENTIALS,
      ['not-evaluated permissionSets'],
    ],
    [
      'another run-as user',
      { [`${POLICIES}.clientCredentialsFlowUser`]: 'x@acme.example' },
      CREDENTIALS,
      ['may runAsUser'],
    ],
    ['no certificate that could be read', {}, JWT, ['not-evaluated certificate']],
    [
      'refresh tokens that end at once',
      { [`${POLICIES}.refreshTokenPolicyType`]: 'Zero' },
      undefined,
      ['refused refreshTokenType'],
    ],
    ['DPoP', { [`${GLOBAL}.isDPopEnabled`]: true }, CREDENTIALS, ['may dpop']],
    [
      'a high assurance session',
      { [`${POLICIES}.requiredSessionLevel`]: 'HIGH_ASSURANCE' },
      CREDENTIALS,
      ['may requiredSessionLevel'],
    ],
    ['an Apex class at the door', { [`${POLICIES}.apexHandler`]: 'Gate' }, CREDENTIALS, ['not-evaluated apexHandler']],
  ])('is %s', (_what, changes, login, found) => {
    expect(judged(changes, login)).toEqual(found);
  });

  it('is the address alone where the ranges do not hold it, and nothing is guessed where it is not known', () => {
    const enforced = { [`${POLICIES}.ipRelaxationPolicyType`]: 'Enforce' };
    expect(judged(enforced, CREDENTIALS)).toEqual([]);
    expect(judged(enforced, CREDENTIALS, { ...ME, sourceIp: '198.51.100.1' })).toEqual(['refused ipRelaxation']);
    const { sourceIp: _address, ...unknown } = ME;
    expect(judged(enforced, CREDENTIALS, unknown)).toEqual(['not-evaluated ipRelaxation']);
    expect(judged(enforced, CREDENTIALS, { ...unknown, loginIpRanges: [] })).toEqual([]);
    // Salesforce asks the ranges of the profile of a signed login whatever the app says.
    expect(judged(enforced, JWT, { ...ME, sourceIp: '198.51.100.1' })).toEqual(['not-evaluated certificate']);
  });

  it('is not evaluated where the user was not read, and never called in order', () => {
    expect(loginProblems(app(), { identity: {}, user: undefined, today: '2026-11-21' })).toMatchObject([
      { state: 'not-evaluated', setting: 'permissionSets' },
    ]);
  });

  it('admits by a profile under either of its names, and by names in any case', () => {
    const by = (profile: string) => ({
      [`${POLICIES}.commaSeparatedPermissionSet`]: [],
      [`${POLICIES}.commaSeparatedProfile`]: [profile],
    });
    expect([judged(by('Admin')), judged(by('system administrator')), judged(by('Standard'))]).toEqual([
      [],
      [],
      ['refused permissionSets'],
    ]);
  });
});
