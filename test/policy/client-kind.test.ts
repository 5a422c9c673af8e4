import { kindOf } from '../../lib/policy/client-kind';
import type { AppPosture } from '../../lib/policy/posture';
import { certificate, connectedApp, installed, machine, oauthConfig, privateApp, publicApp } from './support';

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
    expect(judged(app)).toBe('private low');
  });

  it('is public with low confidence for a page in a browser: https and no secret', () => {
    expect(judged(privateApp({ global: NO_SECRETS }).app)).toBe('public low');
  });

  it('is a machine where a certificate is on record and the code goes to nobody', () => {
    expect(judged(machine().app)).toBe('machine high');
    const cli = connectedApp(
      oauthConfig({ certificate, callbackUrl: 'https://login.salesforce.com/services/oauth2/callback' }),
    );
    expect(judged(cli.app)).toBe('machine high');
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
