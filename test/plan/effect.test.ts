import type { FieldValue } from '../../lib/metadata/component';
import { fieldOf } from '../../lib/metadata/fields';
import { effectOf, impactOf, worstEffect } from '../../lib/plan/effect';

const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
const SETTINGS = 'ExtlClntAppOauthSettings';
const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';

type Value = FieldValue | undefined;

function judge(type: string, name: string, before: Value, after: Value): string {
  const transition = { field: fieldOf(type, name), before, after, recordBefore: {}, recordAfter: {} };
  const effect = effectOf(transition);
  return `${effect}, ${impactOf(transition, effect).level}`;
}

describe('what a change does to security and to running clients', () => {
  it.each<[string, string, Value, Value, string]>([
    [CONSUMER, 'isPkceRequired', false, true, 'narrows, breaks'],
    [CONSUMER, 'isPkceRequired', true, false, 'widens, none'],
    [CONSUMER, 'isConsumerSecretOptional', true, false, 'narrows, breaks'],
    [CONSUMER, 'isClientCredentialsFlowEnabled', false, true, 'widens, none'],
    [CONSUMER, 'callbackUrl', ['https://a'], ['https://a', 'https://b'], 'widens, none'],
    [CONSUMER, 'callbackUrl', ['https://a', 'https://b'], ['https://a'], 'narrows, breaks'],
    [CONSUMER, 'callbackUrl', ['https://a'], ['https://b'], 'widens, breaks'],
    [CONSUMER, 'certificate', 'AAAA', 'BBBB', 'widens, breaks'],
    [CONSUMER, 'certificate', undefined, 'BBBB', 'widens, none'],
    [SETTINGS, 'commaSeparatedOauthScopes', ['Api', 'Full'], ['Api'], 'narrows, breaks'],
    [SETTINGS, 'commaSeparatedOauthScopes', ['Api'], ['Api', 'Web'], 'widens, none'],
    [POLICIES, 'ipRelaxationPolicyType', 'Bypass', 'Enforce', 'narrows, breaks'],
    [POLICIES, 'ipRelaxationPolicyType', 'Enforce', 'Bypass_2factor', 'widens, none'],
    [POLICIES, 'ipRelaxationPolicyType', 'FromTheFuture', 'Enforce', 'narrows, breaks'],
    [POLICIES, 'permittedUsersPolicyType', 'AllSelfAuthorized', 'AdminApprovedPreAuthorized', 'narrows, breaks'],
    [POLICIES, 'sessionTimeoutInMinutes', undefined, 60, 'narrows, none'],
    [POLICIES, 'sessionTimeoutInMinutes', 60, 120, 'widens, none'],
    [POLICIES, 'clientCredentialsFlowUser', 'a@x', 'b@x', 'widens, breaks'],
  ])('%s.%s from %j to %j: %s', (type, name, before, after, expected) => {
    expect(judge(type, name, before, after)).toBe(expected);
  });

  it.each([
    [
      { refreshTokenPolicyType: 'Infinite' },
      {
        refreshTokenPolicyType: 'SpecificInactivity',
        refreshTokenValidityPeriod: 30,
        refreshTokenValidityUnit: 'Days',
      },
      'narrows',
    ],
    [
      { refreshTokenPolicyType: 'SpecificLifetime', refreshTokenValidityPeriod: 365, refreshTokenValidityUnit: 'Days' },
      {
        refreshTokenPolicyType: 'SpecificInactivity',
        refreshTokenValidityPeriod: 30,
        refreshTokenValidityUnit: 'Days',
      },
      'narrows',
    ],
    [
      { refreshTokenPolicyType: 'Zero' },
      {
        refreshTokenPolicyType: 'SpecificInactivity',
        refreshTokenValidityPeriod: 1,
        refreshTokenValidityUnit: 'Hours',
      },
      'widens',
    ],
    [
      {
        refreshTokenPolicyType: 'SpecificInactivity',
        refreshTokenValidityPeriod: 48,
        refreshTokenValidityUnit: 'Hours',
      },
      { refreshTokenPolicyType: 'SpecificInactivity', refreshTokenValidityPeriod: 2, refreshTokenValidityUnit: 'Days' },
      'neutral',
    ],
  ])(
    'refresh tokens are judged by the lifetime of the whole policy: %j to %j %s',
    (recordBefore, recordAfter, expected) => {
      const field = fieldOf(POLICIES, 'refreshTokenPolicyType');
      expect(effectOf({ field, before: 'x', after: 'y', recordBefore, recordAfter })).toBe(expected);
    },
  );

  it('the worst of several is what counts', () => {
    expect(worstEffect(['neutral', 'widens', 'narrows'])).toBe('widens');
    expect(worstEffect([])).toBe('neutral');
  });
});
