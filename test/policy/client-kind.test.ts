import { kindOf } from '../../lib/policy/client-kind';
import type { AppPosture } from '../../lib/policy/posture';
import {
  certificate,
  connectedApp,
  installed,
  machine,
  oauthConfig,
  privateApp,
  publicApp,
  reportOf,
  resultOf,
} from './support';

const judged = (app: AppPosture): string => {
  const { kind, confidence } = kindOf(app);
  return `${kind} ${confidence}`;
};

const NO_SECRETS = { isConsumerSecretOptional: true, isSecretRequiredForRefreshToken: false };

describe('the kind of an app that nobody declared', () => {
  it('is what somebody said, whatever the evidence', () => {
    expect(kindOf(privateApp().app, { kind: 'machine', by: 'stated' })).toMatchObject({
      kind: 'machine',
      confidence: 'stated',
      judged_as: ['machine'],
    });
  });

  it('is public with certainty where a callback URL belongs to an app on a device and no secret is demanded', () => {
    expect(judged(publicApp().app)).toBe('public high');
  });

  it('is public where a callback URL belongs to an app on a device; a secret demanded by default says nothing', () => {
    expect(judged(connectedApp('<oauthConfig><callbackUrl>app://cb</callbackUrl></oauthConfig>').app)).toBe(
      'public high',
    );
  });

  it('is private where a web server gets the code and shows its secret', () => {
    expect(judged(privateApp().app)).toBe('private medium');
    expect(judged(connectedApp(oauthConfig()).app)).toBe('private medium');
  });

  it('is private although a developer added a loopback address', () => {
    const app = connectedApp(oauthConfig({ callbackUrl: 'https://a.example/cb\nhttp://localhost:8080/cb' })).app;
    expect(judged(app)).toBe('private medium');
  });

  it('is public with low confidence for a page in a browser, https and no secret, and judged as private, too', () => {
    const app = privateApp({ global: NO_SECRETS }).app;
    expect(judged(app)).toBe('public low');
    expect(kindOf(app).judged_as).toEqual(['private', 'public']);
  });

  it.each([
    ['http://localhost', 'the job of a server, whose author had to enter something'],
    ['http://localhost:1717/OauthRedirect', "what the guide of Salesforce's command line has everybody enter"],
    ['https://localhost', 'a placeholder'],
    ['portal.acme.example/oauth/callback', 'text without a scheme'],
    ['portal.acme.example:8443/callback', 'a host with a port, and no scheme'],
    ['https://login.salesforce.com/services/oauth2/success', "Salesforce's own landing page"],
    ['https://acme.my.salesforce.com/services/oauth2/callback', 'the landing page on My Domain'],
    ['https://login.salesforce.com', "Salesforce's login page"],
    ['https://oauth.pstmn.io/v1/callback', 'a page of a developer tool'],
  ])('takes %s for no evidence where the secret is demanded: %s', (callbackUrl) => {
    const app = connectedApp(oauthConfig({ callbackUrl, isAdminApproved: false })).app;
    expect(judged(app)).toBe('private low');
    expect(kindOf(app).judged_as).toEqual(['private']);
  });

  it('takes loopback without a demand for the secret for a program on the machine of its user', () => {
    const app = connectedApp(
      oauthConfig({ callbackUrl: 'http://127.0.0.1:8080/cb', isConsumerSecretOptional: undefined }),
    );
    expect(judged(app.app)).toBe('public low');
  });

  it('takes the callback of an Auth. Provider of another org for a web server', () => {
    const callbackUrl = 'https://acme.my.salesforce.com/services/authcallback/Portal';
    expect(judged(connectedApp(oauthConfig({ callbackUrl })).app)).toBe('private medium');
  });

  it('takes every scope ticked for no choice of a hybrid app, and the two of its child sessions for one', () => {
    const withScopes = (...scopes: readonly string[]): string =>
      oauthConfig({ scopes: undefined, isConsumerSecretOptional: undefined }).replace(
        '</oauthConfig>',
        `${scopes.map((scope) => `<scopes>${scope}</scopes>`).join('')}</oauthConfig>`,
      );
    expect(judged(connectedApp(withScopes('Api', 'Web', 'Full', 'Lightning', 'Content')).app)).toBe('private low');
    expect(judged(connectedApp(withScopes('Api', 'Web', 'Lightning', 'Content')).app)).toBe('public low');
  });

  it('gives one verdict to one tool, whatever its callback, scopes and refresh settings are in each org', () => {
    const tool = [
      {
        callbackUrl: 'https://www.getpostman.com/oauth2/callback',
        isSecretRequiredForRefreshToken: false,
        scopes: 'Full',
      },
      { callbackUrl: 'https://oauth.pstmn.io/v1/callback', isSecretRequiredForRefreshToken: true, scopes: 'Content' },
      {
        callbackUrl: 'https://test.salesforce.com/services/oauth2/callback',
        isSecretRequiredForRefreshToken: undefined,
      },
      { callbackUrl: 'https://login.salesforce.com/services/oauth2/authorize', isAdminApproved: false },
    ];
    expect(new Set(tool.map((fields) => judged(connectedApp(oauthConfig(fields)).app)))).toEqual(
      new Set(['private low']),
    );
  });

  it('is a machine where a certificate is on record and the code goes to nobody', () => {
    expect(judged(machine().app)).toBe('machine high');
    const cli = connectedApp(
      oauthConfig({ certificate, callbackUrl: 'https://login.salesforce.com/services/oauth2/callback' }),
    );
    expect(judged(cli.app)).toBe('machine medium');
  });

  it('is a machine where a run-as user is chosen', () => {
    const app = connectedApp(
      oauthConfig({ isClientCredentialEnabled: true, oauthClientCredentialUser: 'a@b.example' }),
    ).app;
    expect(judged(app)).toBe('machine low');
  });

  it('stays open where the evidence contradicts itself, between the kinds it speaks for', () => {
    const app = connectedApp(oauthConfig({ certificate, isAdminApproved: false })).app;
    expect(kindOf(app)).toMatchObject({ kind: 'unclassified', judged_as: ['machine', 'private'] });
  });

  it('stays open between private and public where there is no evidence', () => {
    expect(kindOf(installed({ absent: ['global', 'oauth'] }).app)).toMatchObject({
      kind: 'unclassified',
      confidence: 'none',
      judged_as: ['private', 'public'],
      evidence: [],
    });
  });

  it('comes with the evidence, which names fields and holds no secret', () => {
    const { evidence } = kindOf(publicApp({ global: { callbackUrl: ['app://user:hunter2@cb'] } }).app);
    expect(evidence[0]).toMatchObject({
      kind: 'public',
      weight: 3,
      fields: ['ExtlClntAppGlobalOauthSettings.callbackUrl'],
    });
    expect(JSON.stringify(evidence)).not.toContain('hunter2');
  });
});

describe('an app whose kind is not certain', () => {
  it('is not told to switch its secret off, and not to demand one', () => {
    const open = privateApp({ global: NO_SECRETS, oauth: { commaSeparatedOauthScopes: ['Api', 'RefreshToken'] } });
    for (const id of ['SFCA-ECA-SECRET-WEB-SERVER', 'SFCA-ECA-SECRET-REFRESH']) {
      expect(resultOf(reportOf({ app: open.app }), id).outcome).toBe('not-evaluated');
    }
    const device = connectedApp(
      oauthConfig({
        callbackUrl: 'https://a.example/cb',
        isConsumerSecretOptional: undefined,
        isDeviceFlowEnabled: true,
      }),
    );
    expect(kindOf(device.app).judged_as).toEqual(['private', 'public']);
    expect(resultOf(reportOf(device), 'SFCA-APP-PUBLIC-SECRET')).toMatchObject({
      outcome: 'not-evaluated',
      because: expect.stringContaining('State its kind'),
    });
  });

  it('is not told to switch its secret off because of a loopback callback', () => {
    const job = connectedApp(oauthConfig({ callbackUrl: 'http://localhost/', isSecretRequiredForRefreshToken: false }));
    expect(resultOf(reportOf(job), 'SFCA-APP-PUBLIC-SECRET').outcome).toBe('not-applicable');
  });

  it('is judged by the refresh policy of people as well, where a machine is only likely', () => {
    const app = connectedApp(oauthConfig({ certificate, isAdminApproved: true, scopes: 'RefreshToken' }));
    expect(kindOf(app.app)).toMatchObject({ kind: 'machine', confidence: 'low', judged_as: ['machine', 'private'] });
    expect(resultOf(reportOf(app), 'SFCA-APP-REFRESH-LIFETIME')).toMatchObject({
      outcome: 'fail',
      because: expect.stringContaining('Judged as a private client'),
    });
  });
});
