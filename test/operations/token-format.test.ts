import { AccessTokens, Duration, PermittedUsers, Platform, PrivateClientApp, Scope } from '../../constructs';
import type { Manifest } from '../../lib/metadata/manifest';
import { planOf } from '../../lib/plan/plan-file';
import { planText } from '../../lib/reports/plan/text';
import { type Bench, bench, callback, codes, declared } from './support';

type Tokens = { readonly accessTokens?: ReturnType<typeof AccessTokens.opaque> | ReturnType<typeof AccessTokens.jwt> };

const app = ({ accessTokens }: Tokens = {}): Manifest =>
  declared((org) => {
    new PrivateClientApp(org, 'Assistant', {
      label: 'Assistant',
      adopt: true,
      callbackUrls: callback,
      scopes: [Scope.BASIC, Scope.REFRESH_TOKEN],
      permittedUsers: PermittedUsers.selfAuthorized(),
      ...(accessTokens && { accessTokens }),
    });
  });

const CONSUMER = ['ExtlClntAppGlobalOauthSettings', 'Assistant_glbloauth'] as const;
const FILE = 'extlClntAppGlobalOauthSets/Assistant_glbloauth.ecaGlblOauth';
const POLICIES = ['ExtlClntAppOauthConfigurablePolicies', 'Assistant_oauthPlcy'] as const;
const POLICIES_FILE = 'extlClntAppOauthPolicies/Assistant_oauthPlcy.ecaOauthPlcy';

describe('an app in the org that issues JWT access tokens, where the code does not state accessTokens', () => {
  let salesforce: Bench;

  beforeEach(async () => {
    salesforce = await bench();
    await salesforce.apply(app({ accessTokens: AccessTokens.jwt(Duration.minutes(30)) }));
  });
  afterEach(() => salesforce.close());

  it('keeps them, and the plan says so', async () => {
    const plan = await salesforce.plan(app());
    expect(plan.apps[0]).toMatchObject({ action: 'none', changes: [] });
    expect(codes(plan.diagnostics)).toContain('token-format-kept');
    const text = planText(planOf([plan]));
    expect(text).toContain('kept as it is: the app issues JWT access tokens, and the code does not set accessTokens');
  });

  it('keeps them in an apply that changes something else, and drift agrees', async () => {
    const other = declared((org) => {
      new PrivateClientApp(org, 'Assistant', {
        label: 'Renamed',
        callbackUrls: callback,
        scopes: [Scope.BASIC, Scope.REFRESH_TOKEN],
        permittedUsers: PermittedUsers.selfAuthorized(),
      });
    });
    await salesforce.apply(other);
    expect(await salesforce.file(...CONSUMER, FILE)).toContain('<isNamedUserJwtEnabled>true<');
    expect(await salesforce.file(...POLICIES, POLICIES_FILE)).toContain('<namedUserJwtTimeout>30<');
    expect((await salesforce.plan(other)).phases).toEqual([]);
    expect((await salesforce.drift(other)).plan.apps[0]).toMatchObject({ action: 'none', changes: [] });
  });

  it('keeps them when the app is adopted', async () => {
    const description = /<description>[^<]*<\/description>/;
    await salesforce.tamper(
      'ExternalClientApplication',
      'Assistant',
      'externalClientApps/Assistant.eca',
      description,
      '<description>by hand</description>',
    );
    await salesforce.apply(app(), { adopt: ['Assistant'] });
    expect(await salesforce.file(...CONSUMER, FILE)).toContain('<isNamedUserJwtEnabled>true<');
  });

  it('ends them where the code states opaque ones, and says whom that breaks', async () => {
    const manifest = app({ accessTokens: AccessTokens.opaque(Duration.minutes(60)) });
    const plan = await salesforce.plan(manifest);
    expect(codes(plan.diagnostics)).not.toContain('token-format-kept');
    expect(plan.apps[0]?.changes.find(({ field }) => field === 'isNamedUserJwtEnabled')).toMatchObject({
      after: { value: false },
      impact: { level: 'breaks' },
    });
    await salesforce.apply(manifest);
    expect(await salesforce.file(...CONSUMER, FILE)).not.toContain('<isNamedUserJwtEnabled>true<');
  });
});

describe('scopes of services that take JWT access tokens only', () => {
  const problems = (make: () => Manifest): string => {
    try {
      make();
    } catch (error) {
      return String(error);
    }
    return '';
  };
  const withScopes = (scopes: readonly [Scope, ...Scope[]], more: object = {}) =>
    declared((org) => {
      const props = { label: 'Assistant', callbackUrls: callback, permittedUsers: PermittedUsers.selfAuthorized() };
      // A program in JavaScript, which no compiler reads.
      new PrivateClientApp(org, 'Assistant', { ...props, scopes, ...more });
    });

  it.each(['MCP', 'SFApiPlatform'])('%s with opaque tokens is an error that says what to state', (token) => {
    const text = problems(() => withScopes([Scope.of(token)]));
    expect(text).toContain(`the scope ${token} is for`);
    expect(text).toContain('accessTokens: AccessTokens.jwt()');
    expect(problems(() => withScopes([Scope.of(token)], { accessTokens: AccessTokens.jwt() }))).toBe('');
  });

  it('MCP of a Connected App is refused', () => {
    const more = { platform: Platform.CONNECTED_APP, adopt: true, accessTokens: AccessTokens.jwt() };
    expect(problems(() => withScopes([Scope.of('MCP')], more))).toContain('do not support Connected Apps');
  });
});
