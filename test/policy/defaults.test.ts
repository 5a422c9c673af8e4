import { BAD_CONSUMER, BAD_POLICIES, BAD_SCOPES } from './insecure';
import { machine, privateApp, publicApp, reportOf, resultOf, withOutcome } from './support';

describe('apps with nothing but their required options', () => {
  it.each([
    ['private', privateApp(), ['SFCA-ECA-CODE-CREDENTIALS', 'SFCA-ECA-JWT-ACCESS-TOKENS']],
    ['public', publicApp(), ['SFCA-ECA-CODE-CREDENTIALS', 'SFCA-ECA-JWT-ACCESS-TOKENS']],
    ['machine', machine(), ['SFCA-ECA-JWT-ACCESS-TOKENS']],
  ])('pass every control as a %s client, and what is low risk says why', (_kind, app, lowRisk) => {
    const report = reportOf(app);
    expect(withOutcome(report, 'fail')).toEqual([]);
    expect(withOutcome(report, 'low-risk')).toEqual(lowRisk);
    expect(withOutcome(report, 'not-evaluated')).toEqual([]);
    for (const id of lowRisk) expect(resultOf(report, id).because).not.toBe('');
  });

  it('are taken for what they are when nobody says so', () => {
    const kinds = [privateApp(), publicApp(), machine()].map(({ app }) => reportOf({ app }).kind?.kind);
    expect(kinds).toEqual(['private', 'public', 'machine']);
  });
});

const EVERYBODY = [
  'SFCA-APP-CALLBACK-URLS',
  'SFCA-APP-INTROSPECTION',
  'SFCA-APP-SELF-AUTHORIZED',
  'SFCA-APP-TOKEN-EXCHANGE',
  'SFCA-ECA-CLIENT-CREDENTIALS',
  'SFCA-ECA-DEVICE-FLOW',
  'SFCA-ECA-IP-RELAXATION',
  'SFCA-ECA-PKCE',
  'SFCA-ECA-RUN-AS-USER',
  'SFCA-ECA-SCOPES',
  'SFCA-ECA-SESSION-LEVEL',
  'SFCA-ECA-SESSION-TIMEOUT',
];
const USERS = ['SFCA-APP-REFRESH-LIFETIME', 'SFCA-ECA-ROTATION'];
/** An app on a device keeps no login session that a server could be told to end. */
const SESSION = ['SFCA-APP-SINGLE-LOGOUT'];
const SERVERS = ['SFCA-ECA-SECRET-REFRESH', 'SFCA-ECA-SECRET-WEB-SERVER'];

describe('the insecure twin', () => {
  const noSecrets = { isConsumerSecretOptional: true, isSecretRequiredForRefreshToken: false };
  const clearText = { callbackUrl: ['http://a.example/cb'] };

  it('of a private client fails exactly what it should', () => {
    const report = reportOf(
      privateApp({
        global: { ...BAD_CONSUMER, ...noSecrets, ...clearText },
        oauth: BAD_SCOPES,
        policies: BAD_POLICIES,
      }),
    );
    expect(withOutcome(report, 'fail')).toEqual([...EVERYBODY, ...USERS, ...SESSION, ...SERVERS].sort());
  });

  it('of a public client fails exactly what it should', () => {
    const report = reportOf(
      publicApp({ global: { ...BAD_CONSUMER, ...clearText }, oauth: BAD_SCOPES, policies: BAD_POLICIES }),
    );
    expect(withOutcome(report, 'fail')).toEqual([...EVERYBODY, ...USERS, 'SFCA-APP-PUBLIC-SECRET'].sort());
  });

  it('of a machine fails exactly what it should', () => {
    const report = reportOf(
      machine({
        header: { certificateFingerprint: undefined },
        global: { ...BAD_CONSUMER, ...noSecrets, ...clearText, certificate: undefined },
        oauth: BAD_SCOPES,
        policies: BAD_POLICIES,
      }),
    );
    expect(withOutcome(report, 'fail')).toEqual(
      [...EVERYBODY, ...SERVERS, 'SFCA-APP-SCOPES-BY-KIND', 'SFCA-ECA-JWT-BEARER'].sort(),
    );
  });
});
