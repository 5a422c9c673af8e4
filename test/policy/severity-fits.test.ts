import { type Case, connectedApp, machine, oauthConfig, privateApp, publicApp, reportOf, resultOf } from './support';

const NO_PKCE = { isPkceRequired: false };
const LANDING = 'https://login.salesforce.com/services/oauth2/success';
const SERVER = 'https://server.acme.example/cb';
const ca = (fields: Parameters<typeof oauthConfig>[0], kind: Case['kind'], policy = ''): Case =>
  connectedApp(`${oauthConfig(fields)}${policy}`, kind);
const infinite = '<oauthPolicy><refreshTokenPolicy>infinite</refreshTokenPolicy></oauthPolicy>';

describe('a switch is as severe as what is left open without it', () => {
  it.each([
    ['SFCA-CA-PKCE', 'critical', 'a public client proves nothing else', ca(NO_PKCE, 'public')],
    [
      'SFCA-CA-PKCE',
      'critical',
      'a server shows no secret',
      ca({ ...NO_PKCE, isConsumerSecretOptional: true }, 'private'),
    ],
    ['SFCA-CA-PKCE', 'high', 'a server shows its secret', ca(NO_PKCE, 'private')],
    ['SFCA-ECA-PKCE', 'high', 'the same on an External Client App', privateApp({ global: NO_PKCE })],
    ['SFCA-ECA-PKCE', 'high', 'an app on devices', publicApp({ global: NO_PKCE })],
    [
      'SFCA-CA-PKCE',
      'medium',
      'a machine whose codes reach nobody',
      ca({ ...NO_PKCE, callbackUrl: LANDING }, 'machine'),
    ],
    [
      'SFCA-CA-PKCE',
      'high',
      'a machine with a server that receives codes',
      ca({ ...NO_PKCE, callbackUrl: SERVER }, 'machine'),
    ],
    ['SFCA-ECA-PKCE', 'medium', 'a machine without a callback of its own', machine({ global: NO_PKCE })],
    [
      'SFCA-CA-SECRET-WEB-SERVER',
      'medium',
      'a machine whose codes reach nobody',
      ca({ isConsumerSecretOptional: true, callbackUrl: LANDING }, 'machine'),
    ],
    [
      'SFCA-CA-SECRET-REFRESH',
      'medium',
      'a machine that gets no refresh token in any flow it uses',
      ca({ isSecretRequiredForRefreshToken: false, scopes: 'RefreshToken', callbackUrl: LANDING }, 'machine'),
    ],
    [
      'SFCA-CA-SECRET-REFRESH',
      'critical',
      'a copied token alone works, and is never replaced',
      ca(
        { isSecretRequiredForRefreshToken: false, isRefreshTokenRotationEnabled: false, scopes: 'RefreshToken' },
        'private',
      ),
    ],
    [
      'SFCA-CA-SECRET-REFRESH',
      'high',
      'a copied token is replaced at its next use',
      ca({ isSecretRequiredForRefreshToken: false, scopes: 'RefreshToken' }, 'private'),
    ],
    [
      'SFCA-CA-ROTATION',
      'critical',
      'tokens live for good and need no secret',
      ca(
        { isRefreshTokenRotationEnabled: false, isSecretRequiredForRefreshToken: false, scopes: 'RefreshToken' },
        'private',
        infinite,
      ),
    ],
    [
      'SFCA-CA-ROTATION',
      'high',
      'the secret is needed beside the token',
      ca({ isRefreshTokenRotationEnabled: false, scopes: 'RefreshToken' }, 'private', infinite),
    ],
  ] as const)('%s is %s where %s', (id, severity, _, given) => {
    expect(resultOf(reportOf(given), id)).toMatchObject({ outcome: 'fail', severity });
  });

  it('is said of a machine together with why the flow is judged at all', () => {
    const { because } = resultOf(reportOf(machine({ global: NO_PKCE })), 'SFCA-ECA-PKCE');
    expect(because).toContain('Salesforce has no setting to turn them off');
  });

  it('is that of the kind for which it is worst, where the kind is not certain', () => {
    const loopback = { callbackUrl: 'http://localhost/', certificate: undefined, isConsumerSecretOptional: undefined };
    const app = connectedApp(oauthConfig({ ...NO_PKCE, ...loopback, isClientCredentialEnabled: true }));
    const report = reportOf(app);
    expect(report.kind?.judged_as).toEqual(['machine', 'public']);
    expect(resultOf(report, 'SFCA-CA-PKCE').severity).toBe('critical');
  });

  it('is unknown and not lower where the callback URLs were not read', () => {
    const { app, kind } = machine({ global: NO_PKCE });
    const callbackUrls = { state: 'unreadable', reason: 'no access' } as const;
    const unread = { app: { ...app, fields: { ...app.fields, callbackUrls } }, ...(kind && { kind }) };
    expect(resultOf(reportOf(unread), 'SFCA-ECA-PKCE').severity).toBe('high');
  });
});
