import { AccessTokens } from '../../lib/declaration/options/access-tokens';
import { Plugin } from '../../lib/declaration/options/plugin';
import { SessionLevel } from '../../lib/declaration/options/session-level';
import { StartPage } from '../../lib/declaration/options/start-page';
import { Username } from '../../lib/declaration/options/username';
import { Duration } from '../../lib/values/duration';
import { declareMachineApp, declarePrivateClientApp, declarePublicClientApp } from './declare';
import {
  context,
  demoCertificate,
  machineProps,
  onlyProblem,
  privateProps,
  problems,
  publicProps,
  valid,
} from './support';

const declare = (given: object) => declarePrivateClientApp({ ...privateProps, ...given }, context);
const assetToken = {
  audiences: 'https://devices.acme.example',
  signingCertificate: '0P1000000000001',
  validity: Duration.hours(1),
};

describe('asset tokens', () => {
  it('are stored in seconds, without attributes and custom permissions unless stated', () => {
    expect(valid(declare({ assetToken })).assetToken).toEqual({
      audiences: 'https://devices.acme.example',
      signingCertificate: '0P1000000000001',
      validitySeconds: 3600,
      includeCustomAttributes: false,
      includeCustomPermissions: false,
    });
  });

  it.each([
    [{ ...assetToken, validity: undefined }, 'missing-option assetToken.validity'],
    [{ ...assetToken, validity: 3600 }, 'wrong-type assetToken.validity'],
    [{ ...assetToken, validity: Duration.months(1) }, 'invalid-duration assetToken.validity'],
    [{ ...assetToken, signingCertificate: 'My_Certificate' }, 'invalid-certificate-id assetToken.signingCertificate'],
    [{ ...assetToken, secret: 'x' }, 'unknown-option assetToken.secret'],
  ])('of %j are refused', (given, problem) => {
    expect(problems(declare({ assetToken: given }))).toEqual([problem]);
  });
});

describe('native login', () => {
  it('needs the certificate that the app attests with, and holds it', () => {
    expect(problems(declare({ firstPartyApp: { enabled: true } }))).toEqual([
      'missing-option firstPartyApp.clientAssertionCertificate',
    ]);
    const given = { enabled: true, clientAssertionCertificate: demoCertificate() };
    expect(valid(declare({ firstPartyApp: given })).firstPartyApp).toMatchObject({
      enabled: true,
      clientAssertionCertificate: { subject: expect.any(String) },
    });
  });

  it('that is off has no certificate', () => {
    expect(valid(declare({ firstPartyApp: { enabled: false } })).firstPartyApp).toEqual({ enabled: false });
    const given = { enabled: false, clientAssertionCertificate: demoCertificate() };
    expect(problems(declare({ firstPartyApp: given }))).toEqual([
      'superfluous-option firstPartyApp.clientAssertionCertificate',
    ]);
  });
});

describe('the Apex handler', () => {
  const executeAs = Username.perOrg({ prod: 'plugin@acme.example' });

  it('has a class and the user it runs as in this org', () => {
    const given = { className: 'acme__PortalPlugin', executeAs };
    expect(valid(declare({ apexHandler: given })).apexHandler).toEqual({
      className: 'acme__PortalPlugin',
      executeAs: 'plugin@acme.example',
    });
  });

  it.each([
    [{ className: 'Portal-Plugin', executeAs }, 'invalid-apex-class apexHandler.className'],
    [{ executeAs }, 'missing-option apexHandler.className'],
    [{ className: 'Plugin' }, 'missing-option apexHandler.executeAs'],
    [
      { className: 'Plugin', executeAs: Username.perOrg({ uat: 'a@b.example' }) },
      'username-missing-for-org apexHandler.executeAs',
    ],
  ])('of %j is refused', (given, problem) => {
    expect(problems(declare({ apexHandler: given }))).toEqual([problem]);
  });
});

describe('plugins', () => {
  it('can be switched off, each once', () => {
    const app = valid(declare({ disabledPlugins: [Plugin.SAML, Plugin.CANVAS, Plugin.SAML] }));
    expect(app.disabledPlugins).toEqual(['Canvas', 'Saml']);
  });

  it('are no bare names', () => {
    expect(problems(declare({ disabledPlugins: ['Saml'] }))).toEqual(['wrong-type disabledPlugins[0]']);
  });
});

describe('what admins lay down', () => {
  it('is apart from the settings of the same name', () => {
    const adminPolicies = {
      customScopes: ['orders', 'invoices'],
      customAttributes: { team: 'User.Department' },
      singleLogoutUrl: 'https://a.example/out',
    };
    const app = valid(declare({ customScopes: ['orders'], adminPolicies }));
    expect(app.customScopes).toEqual(['orders']);
    expect(app.adminPolicies).toEqual({
      customScopes: ['invoices', 'orders'],
      customAttributes: [{ key: 'team', formula: 'User.Department' }],
      singleLogoutUrl: 'https://a.example/out',
    });
  });

  it('names the policy where a value is wrong', () => {
    const adminPolicies = { customScopes: ['not a name'], customAttributes: { team: 1 } };
    expect(problems(declare({ adminPolicies }))).toEqual([
      'invalid-custom-scope adminPolicies.customScopes[0]',
      'wrong-type adminPolicies.customAttributes.team',
    ]);
  });
});

describe('where users start and how they log in', () => {
  it('may be a page of the app as a whole', () => {
    expect(valid(declare({ startPage: StartPage.custom('https://a.example') })).startPage).toEqual({
      page: 'Custom',
      url: 'https://a.example',
    });
    expect(problems(declare({ startPage: StartPage.custom('http://a.example') }))).toEqual(['invalid-url startPage']);
    expect(problems(declare({ startPage: 'None' }))).toEqual(['wrong-type startPage']);
  });

  it('may demand a second factor and say what happens without', () => {
    expect(valid(declare({ requiredSessionLevel: SessionLevel.highAssuranceOrBlock() }))).toMatchObject({
      requiredSessionLevel: 'HIGH_ASSURANCE',
      sessionLevelAction: 'Block',
    });
    expect(valid(declare({ requiredSessionLevel: SessionLevel.HIGH_ASSURANCE }))).not.toHaveProperty(
      'sessionLevelAction',
    );
  });

  it('may be a token that lives as long as the session', () => {
    expect(valid(declare({ accessTokens: AccessTokens.jwtForUserSession() })).accessToken.value).toEqual({
      format: 'jwt',
      timeoutMinutes: 'user-session',
    });
  });
});

describe('a limit of idle refresh tokens', () => {
  it('can be asked for and not be lifted', () => {
    expect(valid(declare({ limitIdleRefreshTokens: true })).limitIdleRefreshTokens).toBe(true);
    expect(problems(declare({ limitIdleRefreshTokens: false }))).toEqual(['wrong-value limitIdleRefreshTokens']);
  });
});

describe('options that a kind lacks', () => {
  it.each(['startPage', 'firstPartyApp', 'limitIdleRefreshTokens', 'registration', 'isProtected'])(
    'such as %s of a machine are refused with the reason',
    (option) => {
      const problem = onlyProblem(declareMachineApp({ ...machineProps, [option]: true }, context));
      expect(problem).toMatchObject({ code: 'option-not-offered', field: option });
      expect(problem.problem).toContain(': ');
    },
  );

  it('such as mutual TLS of a public app are refused with the reason', () => {
    const problem = onlyProblem(declarePublicClientApp({ ...publicProps, mutualTls: true }, context));
    expect(problem.problem).toContain('private key');
  });

  it('such as the single logout of a machine’s admins are unknown', () => {
    const adminPolicies = { singleLogoutUrl: 'https://a.example/out' };
    expect(problems(declareMachineApp({ ...machineProps, adminPolicies }, context))).toEqual([
      'unknown-option adminPolicies.singleLogoutUrl',
    ]);
  });
});
