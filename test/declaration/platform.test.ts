import {
  AccessTokens,
  Duration,
  MachineApp,
  PermittedUsers,
  Platform,
  Plugin,
  PrivateClientApp,
  PublicClientApp,
  Scope,
  SessionLevel,
  StartPage,
} from '../../constructs';
import { optionVersions } from '../../lib/metadata/option-versions';
import { toComponents } from '../../lib/metadata/to-components';
import { optionsOf } from '../../lib/options/table';
import { readOptions } from '../../scripts/read-options';
import { declaredIn, declareIn } from '../constructs/declared';
import { justification, machineProps } from '../constructs/support';

const props = {
  label: 'Legacy',
  platform: Platform.CONNECTED_APP,
  callbackUrls: ['https://a.example/cb'],
  scopes: [Scope.API],
  permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Portal_Access'] }),
};

const problems = (more: object, apiVersion = 66) => {
  const result = declareIn(apiVersion, { construct: PrivateClientApp, props: { ...props, ...more } });
  return result.ok ? [] : result.error;
};

describe('a client app declared as a Connected App', () => {
  it('is an External Client App where no platform is stated', () => {
    const { platform: _none, ...external } = props;
    expect(declaredIn(66, { construct: PrivateClientApp, props: external }).platform).toBe('external-client-app');
    expect(declaredIn(66, { construct: PrivateClientApp, props }).platform).toBe('connected-app');
  });

  it.each<[string, object]>([
    ['customScopes', { customScopes: ['orders'] }],
    ['adminPolicies.customScopes', { adminPolicies: { customScopes: ['orders'] } }],
    ['adminPolicies.customAttributes', { adminPolicies: { customAttributes: { a: 'User.Id' } } }],
    ['codeAndCredentials.guest', { accessTokens: AccessTokens.jwt(), codeAndCredentials: { guest: {} } }],
    ['startPage', { startPage: StartPage.NONE }],
    ['firstPartyApp', { firstPartyApp: { enabled: false } }],
    ['disabledPlugins', { disabledPlugins: [Plugin.SAML] }],
    ['mutualTls', { mutualTls: true }],
    ['reEnable', { reEnable: false }],
    ['experimental', { experimental: { securitySettings: { tokenIpRanges: [] } } }],
    ['accessTokens', { accessTokens: AccessTokens.jwt(Duration.minutes(30)) }],
    ['accessTokens', { accessTokens: AccessTokens.jwtForUserSession() }],
    ['requiredSessionLevel', { requiredSessionLevel: SessionLevel.low(justification) }],
    ['requiredSessionLevel', { requiredSessionLevel: SessionLevel.highAssuranceOrStepUp() }],
  ])('is refused with %s, which no version of it has', (field, more) => {
    expect(problems(more, 68)).toMatchObject([{ code: 'not-on-connected-app', field }]);
  });

  it('is refused at synth with everything that the types refuse, and with nothing that they allow', () => {
    const namesOf = (...groups: readonly string[]) =>
      readOptions('constructs/props/platform.ts', (name) => groups.includes(name))
        .flatMap(({ options }) => options.map(({ name }) => name))
        .filter((name) => name !== 'platform')
        .filter((name, index, all) => all.indexOf(name) === index);
    const refused = (platform: Platform, code: string) => {
      const names = optionsOf('private').filter((name) => name !== 'platform');
      return names.filter((name) => {
        const given = { platform, [name]: {} };
        return problems(given, 68).some((problem) => problem.code === code && problem.field === name);
      });
    };
    expect(refused(Platform.CONNECTED_APP, 'not-on-connected-app').sort()).toEqual(
      namesOf('ExternalClientAppOptions', 'InteractiveExternalClientAppOptions', 'ConfidentialClientOptions').sort(),
    );
    expect(refused(Platform.EXTERNAL_CLIENT_APP, 'option-of-another-platform').sort()).toEqual(
      namesOf('ConnectedAppOptions', 'InteractiveConnectedAppOptions', 'ConfidentialConnectedAppOptions').sort(),
    );
  });

  it('gets every problem at once', () => {
    expect(problems({ startPage: StartPage.NONE, mutualTls: true, disabledPlugins: [Plugin.SAML] })).toHaveLength(3);
  });

  it.each<[string, object, number, string]>([
    ['deviceFlow', { deviceFlow: { enabled: false } }, 67, 'apiVersion 68 or newer'],
    ['dpop', { dpop: true }, 67, 'apiVersion 68 or newer'],
    ['limitIdleRefreshTokens', { limitIdleRefreshTokens: true }, 67, 'apiVersion 68 or newer'],
    ['ipBinding', { ipBinding: true }, 67, 'apiVersion 68 or newer'],
    ['pkiMutualTls', { pkiMutualTls: false }, 67, 'apiVersion 68 or newer'],
  ])('names the first version that has %s', (field, more, apiVersion, allowed) => {
    const declared = (version: number) =>
      optionVersions(declaredIn(version, { construct: PrivateClientApp, props: { ...props, ...more } }), version);
    expect(declared(apiVersion)).toMatchObject([{ code: 'needs-newer-api-version', field, allowed }]);
    expect(declared(68)).toEqual([]);
  });

  it('may have scopes that only Connected Apps list, and a name longer than new apps have', () => {
    const more = { scopes: [Scope.of('A2A')], apiName: `L${'o'.repeat(60)}ng` };
    expect(problems(more, 68)).toEqual([]);
    expect(problems(more, 67)).toMatchObject([{ code: 'needs-newer-api-version' }]);
    expect(problems({ ...more, platform: undefined }, 68).map(({ code }) => code)).toEqual([
      'invalid-api-name',
      'unknown-scope',
    ]);
  });

  it('has headless login and JWT-based tokens before External Client Apps have', () => {
    const more = { codeAndCredentials: {}, accessTokens: AccessTokens.jwt() };
    const declared = declaredIn(60, { construct: PrivateClientApp, props: { ...props, ...more } });
    expect(optionVersions(declared, 60)).toEqual([]);
    expect(optionVersions({ ...declared, platform: 'external-client-app' }, 60)).not.toEqual([]);
  });

  it('takes a platform by its constant only', () => {
    expect(problems({ platform: 'connected-app' })).toMatchObject([{ code: 'wrong-type', field: 'platform' }]);
  });

  it.each<[string, object]>([
    ['creationAllowedBySupport', { creationAllowedBySupport: true }],
    ['mobileStartUrl', { mobileStartUrl: 'https://a.example/mobile' }],
    ['ipBinding', { ipBinding: false }],
    ['pkiMutualTls', { pkiMutualTls: true }],
  ])('alone can have %s, whether another platform is stated or none', (field, more) => {
    expect(problems(more, 68)).toEqual([]);
    for (const platform of [Platform.EXTERNAL_CLIENT_APP, undefined]) {
      expect(problems({ ...more, platform }, 68)).toMatchObject([{ code: 'option-of-another-platform', field }]);
    }
  });

  it('opens its mobile start page by an https URL', () => {
    expect(problems({ mobileStartUrl: 'http://a.example' })).toMatchObject([{ field: 'mobileStartUrl' }]);
    const declared = declaredIn(66, {
      construct: PrivateClientApp,
      props: { ...props, mobileStartUrl: 'https://a.example/m' },
    });
    expect(toComponents(declared, 'identity/prod', 66)[0]?.fields['mobileStartUrl']).toEqual({
      value: 'https://a.example/m',
      ownership: 'stated',
    });
  });

  it('has neither a mobile start page as a machine nor a key of its own as an app on a device', () => {
    const { callbackUrls: _none, ...machine } = props;
    const of = (construct: unknown, given: object) => {
      const result = declareIn(68, { construct, props: given });
      return result.ok ? [] : result.error.map(({ code, field }) => `${code} ${field}`);
    };
    expect(of(MachineApp, { ...machineProps, ...machine, mobileStartUrl: 'https://a.example' })).toEqual([
      'option-not-offered mobileStartUrl',
    ]);
    expect(of(PublicClientApp, { ...props, pkiMutualTls: true })).toEqual(['option-not-offered pkiMutualTls']);
    expect(of(MachineApp, { ...machineProps, ...machine, pkiMutualTls: true, ipBinding: true })).toEqual([]);
  });
});
