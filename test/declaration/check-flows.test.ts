import { Plugin } from '../../lib/declaration/options/plugin';
import { RefreshTokenPolicy } from '../../lib/declaration/options/refresh-token-policy';
import { Scope } from '../../lib/declaration/options/scope';
import { StartPage } from '../../lib/declaration/options/start-page';
import { checkFlows } from '../../lib/options/check-flows';
import { Duration } from '../../lib/values/duration';
import { declareMachineApp, declarePrivateClientApp } from './declare';
import { context, machineProps, privateProps, valid } from './support';

const found = (more: object): readonly string[] =>
  checkFlows(valid(declarePrivateClientApp({ ...privateProps, ...more }, context))).map(
    ({ code, severity, path, field }) => `${severity} ${code} ${path} ${field ?? ''}`,
  );
const machine = (more: object): readonly string[] =>
  checkFlows(valid(declareMachineApp({ ...machineProps, ...more }, context))).map(({ code }) => code);
const app = context.path;
const withRefresh = [Scope.API, Scope.REFRESH_TOKEN];
const refreshTokens = RefreshTokenPolicy.expiresAfter(Duration.days(1));

describe('what the flows of an app need of its other options', () => {
  it('is there in an app that states no more than it must', () => {
    expect(found({})).toEqual([]);
    expect(machine({})).toEqual([]);
  });

  it('scopes, so that tokens are issued that options are about', () => {
    expect(found({ refreshTokens })).toEqual([`warning refresh-token-never-issued ${app} refreshTokens`]);
    expect(found({ refreshTokens: RefreshTokenPolicy.expiresImmediately() })).toEqual([]);
    expect(found({ refreshTokens, scopes: withRefresh })).toEqual([]);
    // Of an app that the org has, people may hold tokens from when it had the scope.
    expect(found({ refreshTokens, adopt: true })).toEqual([]);
    expect(found({ idToken: {} })).toEqual([`warning id-token-never-issued ${app} idToken`]);
    expect(found({ idToken: {}, scopes: [Scope.API, Scope.OPENID] })).toEqual([]);
    expect(machine({ scopes: [Scope.REFRESH_TOKEN] })).toEqual(['scopes-give-no-token']);
  });

  it('no headless registration, which is an error', () => {
    expect(found({ scopes: [Scope.API, Scope.USER_REGISTRATION] })).toEqual([
      `error headless-registration-refused ${app} scopes`,
    ]);
  });

  it('a start page that is not switched off', () => {
    expect(found({ startPage: StartPage.SAML, disabledPlugins: [Plugin.SAML] })).toEqual([
      `warning start-page-switched-off ${app} startPage`,
    ]);
    expect(found({ startPage: StartPage.NONE, disabledPlugins: [Plugin.SAML] })).toEqual([]);
  });

  it('trusted ranges that leave somebody out', () => {
    expect(found({ trustedIpRanges: [{ start: '0.0.0.0', end: '255.255.255.255' }] })).toEqual([
      `warning trusts-every-address ${app} trustedIpRanges`,
    ]);
  });
});
