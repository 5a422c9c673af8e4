import type { FieldRecord, FieldValue } from '../../lib/metadata/component';
import { fieldOf } from '../../lib/metadata/fields';
import { effectOf, impactOf, worstEffect } from '../../lib/plan/effect';

const CONSUMER = 'ExtlClntAppGlobalOauthSettings';
const SETTINGS = 'ExtlClntAppOauthSettings';
const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';
const SECURITY = 'ExtlClntAppOauthSecuritySettings';

type Value = FieldValue | undefined;

const range = (last: number): FieldRecord => ({
  startIpAddress: `203.0.113.${last}`,
  endIpAddress: `203.0.113.${last}`,
});

function judge(type: string, name: string, before: Value, after: Value): string {
  const record = { type, fields: {} };
  const transition = { field: fieldOf(type, name), before, after, recordBefore: record, recordAfter: record };
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
    [POLICIES, 'sessionTimeoutInMinutes', 60, 120, 'widens, none'],
    [POLICIES, 'clientCredentialsFlowUser', 'a@x', 'b@x', 'widens, breaks'],
    // Where no address is listed, every address will do.
    [SECURITY, 'tokenIpRanges', undefined, [range(1)], 'narrows, breaks'],
    [SECURITY, 'tokenIpRanges', [range(1)], undefined, 'widens, none'],
    [SECURITY, 'tokenIpRanges', [range(1)], [range(1), range(2)], 'widens, none'],
    [SECURITY, 'tokenIpRanges', [range(1), range(2)], [range(2)], 'narrows, breaks'],
    [SECURITY, 'tokenIpRanges', [range(1)], [range(2)], 'widens, breaks'],
    [SECURITY, 'tlsClientAuthCertParamValue', undefined, 'CN=a', 'unknown, unknown'],
    [SECURITY, 'tlsClientAuthCertParamValue', 'CN=a', 'CN=b', 'unknown, unknown'],
  ])('%s.%s from %j to %j: %s', (type, name, before, after, expected) => {
    expect(judge(type, name, before, after)).toBe(expected);
  });

  it('the worst of several is what counts', () => {
    expect(worstEffect(['neutral', 'widens', 'narrows'])).toBe('widens');
    expect(worstEffect(['narrows', 'unknown', 'neutral'])).toBe('unknown');
    expect(worstEffect([])).toBe('neutral');
  });
});

describe.each([
  [
    'External Client Apps',
    POLICIES,
    'commaSeparatedPermissionSet',
    { permittedUsersPolicyType: 'AdminApprovedPreAuthorized' },
  ],
  ['Connected Apps', 'ConnectedApp', 'permissionSetName', { 'oauthConfig.isAdminApproved': true }],
])('the permission sets of %s', (_, type, name, approved) => {
  const field = fieldOf(type, name);
  const record = (fields: object) => ({ type, fields: { ...fields } });
  const judge = (before: readonly string[], after: readonly string[], recordBefore: object): string =>
    effectOf({ field, before, after, recordBefore: record(recordBefore), recordAfter: record(approved) });

  it('widen nothing where everybody could enter so far: whom they let in was in already', () => {
    expect(judge([], ['Portal_Access'], {})).toBe('neutral');
  });

  it('let more or fewer in where an admin approves already', () => {
    expect(judge(['A'], ['A', 'B'], approved)).toBe('widens');
    expect(judge(['A', 'B'], ['B'], approved)).toBe('narrows');
  });
});
