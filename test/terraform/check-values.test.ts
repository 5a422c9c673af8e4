import type { ObservedApp } from '../../lib/metadata/observed';
import { CONNECTED_APP, EXTERNAL_CLIENT_APP } from '../../lib/terraform/app/app-model';
import { checkControls } from '../../lib/terraform/app/check-controls';
import { plannedState } from '../../lib/terraform/app/plan-app';
import { newAppProblems, validateApp } from '../../lib/terraform/app/validate-app';
import { Unknown, type Values } from '../../lib/terraform/wire/value';
import { Certificate } from '../../lib/values/certificate';
import { EC_KEY, issued, STRONG, WEAK_RSA } from '../values/issued-certificate';

const app = (members: Record<string, Values>, more: Values = {}): Values => ({
  api_name: 'Portal',
  client_type: 'private',
  ...more,
  app: { label: 'Portal', contact_email: 'iam@acme.example', ...members['app'] },
  global_oauth: { callback_url: ['https://portal.acme.example/cb'], ...members['global_oauth'] },
  oauth: { comma_separated_oauth_scopes: ['Api'], ...members['oauth'] },
  oauth_policies: { ...members['oauth_policies'] },
});
const problems = (members: Record<string, Values>) =>
  validateApp(EXTERNAL_CLIENT_APP, app(members), { writeOnly: true }).map(
    ({ severity, attribute = [], detail }) => `${severity} ${attribute.join('.')}: ${detail}`,
  );
describe('the arguments of an app, before anybody asks an org', () => {
  it('are accepted where nothing is wrong, or where it is not known yet', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ oauth: { comma_separated_oauth_scopes: ['OfflineAccess', 'OpenID'] } })).toEqual([]);
    expect(problems({ oauth: { comma_separated_oauth_scopes: new Unknown() } })).toEqual([]);
  });

  it.each([
    ['a scope in the words of OAuth', { oauth: { comma_separated_oauth_scopes: ['api'] } }, /Did you mean Api\?/],
    ['a scope misspelled', { oauth: { comma_separated_oauth_scopes: ['RefreshTokn'] } }, /mean RefreshToken\?/],
    ['several scopes in one text', { oauth: { comma_separated_oauth_scopes: ['Api, Web'] } }, /several scopes in one/],
    ['no scopes', { oauth: { comma_separated_oauth_scopes: [] } }, /There are no scopes/],
    ['a blank label', { app: { label: ' ' } }, /label is blank/],
    ['a blank label of a component', { oauth_policies: { label: '' } }, /label is blank/],
    ['no e-mail address', { app: { contact_email: 'nobody' } }, /"nobody" is no e-mail address/],
    ['part of a minute', { oauth_policies: { session_timeout_in_minutes: 1.5 } }, /1\.5 is no whole number/],
    ['a negative time', { oauth_policies: { session_timeout_in_minutes: -5 } }, /-5 is no whole number/],
    ['a session of no time', { oauth_policies: { session_timeout_in_minutes: 0 } }, /0 minutes does not exist/],
    ['more than Salesforce holds', { oauth_policies: { refresh_token_validity_period: 1e20 } }, /no whole number/],
    [
      'a JWT timeout that is not offered',
      { global_oauth: { is_named_user_jwt_enabled: true }, oauth_policies: { named_user_jwt_timeout: 7 } },
      /no JWT timeout of 7 minutes/,
    ],
    ['a JWT timeout without JWTs', { oauth_policies: { named_user_jwt_timeout: 30 } }, /they are off/],
    [
      'JWTs with a session timeout',
      { global_oauth: { is_named_user_jwt_enabled: true }, oauth_policies: { session_timeout_in_minutes: 30 } },
      /no session timeout beside it/,
    ],
  ])('are refused: %s', (_title, members, expected) => {
    expect(problems(members as never)).toEqual([expect.stringMatching(/^error /)]);
    expect(problems(members as never)[0]).toMatch(expected);
  });

  it.each([
    ['a period that the policy does not have', { refresh_token_policy_type: 'Zero', refresh_token_validity_period: 3 }],
    [
      'permission sets that keep no one out',
      { permitted_users_policy_type: 'AllSelfAuthorized', comma_separated_permission_set: ['A'] },
    ],
    ['a user of a flow that is off', { client_credentials_flow_user: 'a@acme.example' }],
  ])('are warned about: %s', (_title, policies) => {
    expect(problems({ oauth_policies: policies })).toEqual([expect.stringMatching(/^warning oauth_policies\./)]);
  });

  it('are refused where an IP range ends before it starts, or is none', () => {
    const ranges = (start_ip_address: string, end_ip_address: string) =>
      problems({ oauth: { trusted_ip_ranges: [{ start_ip_address, end_ip_address, description: null }] } });
    expect(ranges('203.0.113.1', '203.0.113.9')).toEqual([]);
    expect(ranges('203.0.113.9', '203.0.113.1')).toEqual([expect.stringMatching(/ends before it starts/)]);
    expect(ranges('x', '203.0.113.1')).toEqual([expect.stringMatching(/"x" is not an IP address/)]);
  });

  it('of a new app need a short name and, for a client with users, a callback URL', () => {
    const summaries = (config: Values) => newAppProblems(EXTERNAL_CLIENT_APP, config).map(({ summary }) => summary);
    expect(summaries(app({}))).toEqual([]);
    expect(summaries(app({}, { api_name: 'A'.repeat(31) }))).toEqual(['Wrong api_name']);
    expect(summaries(app({ global_oauth: { callback_url: [] } }))).toEqual(['callback_url is missing']);
    expect(summaries(app({ global_oauth: { callback_url: new Unknown() } }))).toEqual([]);
    expect(summaries(app({ global_oauth: { callback_url: [] } }, { client_type: 'machine' }))).toEqual([]);
  });

  it('of a Connected App follow the same rules', () => {
    const config = { api_name: 'Old', client_type: 'private', oauth_config: { scopes: ['Apii'] } };
    const found = validateApp(CONNECTED_APP, config, { writeOnly: true });
    expect(found.map(({ detail }) => detail)).toEqual([expect.stringMatching(/Did you mean Api\?/)]);
  });
});

describe('the certificate of an app', () => {
  const machineWith = (certificate: string): Values => app({}, { client_type: 'machine', certificate });
  const refusedAtOnce = (certificate: string) =>
    validateApp(EXTERNAL_CLIENT_APP, machineWith(certificate), { writeOnly: true }).map(({ summary }) => summary);
  const judged = (certificate: string, before?: string) => {
    const plan = (given: string) => {
      const config = machineWith(given);
      return {
        config,
        planned: plannedState(EXTERNAL_CLIENT_APP, { prior: undefined, config, keepsUnset: false }, 66),
      };
    };
    const found = checkControls(
      {
        ...plan(certificate),
        model: EXTERNAL_CLIENT_APP,
        apiVersion: 66,
        failOn: 'high',
        today: new Date().toISOString().slice(0, 10),
        before: before === undefined ? undefined : { app: observedWith(before), origin: 'read' },
      },
      true,
    );
    return found
      .filter(({ summary }) => summary.includes('CERTIFICATE'))
      .map(({ severity, summary }) => [severity, summary]);
  };
  /** An org that gives back the fingerprint alone. */
  const observedWith = (text: string): ObservedApp => {
    const parsed = Certificate.parse(text);
    if (!parsed.ok) throw new Error(parsed.error);
    const present = (type: string, fields: Readonly<Record<string, string>> = {}) =>
      ({ state: 'present', component: { type, fullName: 'Portal', fields } }) as const;
    const { fingerprint: certificateFingerprint } = parsed.value;
    return {
      platform: 'external-client-app',
      apiName: 'Portal',
      condition: 'present',
      components: {
        ExternalClientApplication: present('ExternalClientApplication', { certificateFingerprint }),
        ExtlClntAppGlobalOauthSettings: present('ExtlClntAppGlobalOauthSettings'),
      },
      otherComponents: [],
    };
  };

  it('is refused by terraform validate where the flow cannot use its key', () => {
    expect(refusedAtOnce(issued(EC_KEY))).toEqual([expect.stringContaining('certificate key unusable')]);
    expect(refusedAtOnce(issued(STRONG))).toEqual([]);
  });

  it('blocks the plan where its key is weak, and warns where it lives or lasts too long or too short', () => {
    expect(judged(issued(WEAK_RSA, 365))).toEqual([
      ['error', expect.stringContaining('SFCA-APP-CERTIFICATE-STRENGTH')],
    ]);
    expect(judged(issued(STRONG, 3650))).toEqual([
      ['warning', expect.stringContaining('SFCA-APP-CERTIFICATE-LIFETIME')],
    ]);
    expect(judged(issued(STRONG, 10))).toEqual([['warning', expect.stringContaining('SFCA-APP-CERTIFICATE-EXPIRY')]]);
    expect(judged(issued(STRONG, 365))).toEqual([]);
  });

  it('blocks no plan that leaves a weak one as it was', () => {
    const weak = issued(WEAK_RSA, 365);
    expect(judged(weak, weak)).toEqual([['warning', expect.stringContaining('SFCA-APP-CERTIFICATE-STRENGTH')]]);
    expect(judged(weak, issued(WEAK_RSA, 365))).toEqual([
      ['error', expect.stringContaining('SFCA-APP-CERTIFICATE-STRENGTH')],
    ]);
  });
});
