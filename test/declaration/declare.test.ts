import { AccessTokens } from '../../lib/declaration/options/access-tokens';
import { PermittedUsers } from '../../lib/declaration/options/permitted-users';
import { Scope } from '../../lib/declaration/options/scope';
import { Username } from '../../lib/declaration/options/username';
import { secureDefaultsOfOptions } from '../../lib/options/table';
import { declareMachineApp, declarePrivateClientApp, declarePublicClientApp } from './declare';
import {
  clientCredentials,
  context,
  justification,
  machineProps,
  onlyProblem,
  privateProps,
  problems,
  publicProps,
  valid,
} from './support';

describe('secure defaults', () => {
  const secretsDemanded = { value: true, origin: 'default' };
  const off = { value: false, origin: 'default' };

  it('of a private client demand the secret, PKCE and rotation, and switch the rest off', () => {
    expect(valid(declarePrivateClientApp(privateProps, context))).toMatchObject({
      kind: 'private',
      platform: 'external-client-app',
      apiName: 'App',
      contactEmail: 'iam@acme.example',
      requireSecretForWebServerFlow: secretsDemanded,
      requireSecretForRefreshTokenFlow: secretsDemanded,
      requirePkce: { value: true, origin: 'default' },
      rotateRefreshTokens: { value: true, origin: 'default' },
      refreshToken: { value: { type: 'SpecificInactivity', period: 30, unit: 'Days' }, origin: 'default' },
      accessToken: { value: { format: 'opaque', sessionTimeoutMinutes: 60 }, origin: 'default' },
      ipRelaxation: { value: 'Enforce', origin: 'default' },
      codeAndCredentials: { value: { enabled: false }, origin: 'default' },
      deviceFlow: off,
      introspectAllTokens: off,
      tokenExchange: { value: { enabled: false }, origin: 'default' },
      adopt: false,
      exceptions: [],
    });
  });

  it('of a public client demand no secret and still PKCE', () => {
    expect(valid(declarePublicClientApp(publicProps, context))).toMatchObject({
      requireSecretForWebServerFlow: off,
      requireSecretForRefreshTokenFlow: off,
      requirePkce: { value: true, origin: 'default' },
      rotateRefreshTokens: { value: true, origin: 'default' },
    });
  });

  it('of a machine demand the secret and leave the client credentials flow off', () => {
    const app = valid(declareMachineApp(machineProps, context));
    expect(app).toMatchObject({ requireSecretForWebServerFlow: secretsDemanded, requirePkce: { value: true } });
    expect(app.clientCredentials).toBeUndefined();
  });

  it('each name a reason and a published source', () => {
    for (const { reason, source } of secureDefaultsOfOptions()) {
      expect(reason.length).toBeGreaterThan(20);
      expect(source).toMatch(/RFC|Salesforce Help/);
    }
  });
});

describe('every problem is reported at once', () => {
  it('with path, field, given, allowed and remedy', () => {
    const result = declarePrivateClientApp(
      {
        ...privateProps,
        label: '',
        callbackUrls: ['http://a.example/cb', 'https://b.example/#x'],
        scopes: ['Foo'],
        pcke: 1,
      },
      context,
    );
    expect(problems(result)).toEqual([
      'unknown-option pcke',
      'invalid-text label',
      'unknown-scope scopes[0]',
      'invalid-callback-url callbackUrls[0]',
      'invalid-callback-url callbackUrls[1]',
    ]);
    if (result.ok) return;
    for (const diagnostic of result.error) {
      expect(diagnostic).toMatchObject({ path: 'identity/prod/App', severity: 'error' });
      expect(diagnostic.allowed).toBeTruthy();
      expect(diagnostic.remedy).toBeTruthy();
    }
    expect(result.error[3]).toMatchObject({ value: '"http://a.example/cb"' });
  });

  it.each([undefined, null, 7, 'props', []])('also where the props are %j', (props) => {
    expect(problems(declarePrivateClientApp(props, context))).toEqual(['wrong-type props']);
    expect(problems(declareMachineApp(props, context))).toEqual(['wrong-type props']);
  });

  it('for an empty object: everything required', () => {
    expect(problems(declareMachineApp({}, { ...context, contactEmail: undefined as unknown as string }))).toEqual([
      'missing-option label',
      'missing-option contactEmail',
      'missing-option scopes',
      'missing-option permittedUsers',
      'no-way-in certificate',
    ]);
  });
});

describe('an option that is not there', () => {
  it('is answered with the nearest one', () => {
    const { problem, remedy } = onlyProblem(declarePrivateClientApp({ ...privateProps, ipRelaxtion: 1 }, context));
    expect(problem).toContain('ipRelaxtion');
    expect(remedy).toContain('ipRelaxation');
  });

  it.each([
    [declarePublicClientApp, publicProps, 'secret', /cannot keep a secret/],
    [declarePublicClientApp, publicProps, 'clientCredentials', /needs a secret/],
    [declarePublicClientApp, publicProps, 'pkce', /always required/],
    [declarePublicClientApp, publicProps, 'certificate', /machine without a user/],
    [declarePrivateClientApp, privateProps, 'clientCredentials', /machine without a user/],
    [declarePrivateClientApp, privateProps, 'consumerSecret', /Salesforce generates it/],
    [declareMachineApp, machineProps, 'callbackUrls', /never receives an authorization code/],
    [declareMachineApp, machineProps, 'codeAndCredentials', /no user takes part/],
    [declareMachineApp, machineProps, 'refreshTokens', /never given a refresh token/],
    [declareMachineApp, machineProps, 'consumerKey', /generates the consumer key/],
  ])('of %p with %p: %s is explained', (declare, props, option, why) => {
    const problem = onlyProblem(declare({ ...props, [option]: 'hunter2-planted' }, context));
    expect(problem.code).toBe('option-not-offered');
    expect(problem.problem).toMatch(why);
    expect(JSON.stringify(problem)).not.toContain('hunter2-planted');
  });

  it('inside an option is found too', () => {
    const result = declareMachineApp(
      { ...machineProps, clientCredentials: { ...clientCredentials, secret: 'hunter2-planted' } },
      context,
    );
    expect(problems(result)).toEqual(['unknown-option clientCredentials.secret']);
    expect(JSON.stringify(result)).not.toContain('hunter2-planted');
  });

  it('counts as not there when it is undefined', () => {
    expect(
      problems(declarePublicClientApp({ ...publicProps, secret: undefined, description: undefined }, context)),
    ).toEqual([]);
  });
});

describe('scopes', () => {
  const withScopes = (...scopes: unknown[]) => declarePrivateClientApp({ ...privateProps, scopes }, context);

  it('are sorted and free of duplicates', () => {
    const app = valid(withScopes(Scope.REFRESH_TOKEN, Scope.API, Scope.API));
    expect(app.scopes).toEqual(['Api', 'RefreshToken']);
  });

  it.each([
    ['api', 'Api'],
    ['refresh_token', 'RefreshToken'],
    ['offline_access', 'RefreshToken'],
    ['SFAP', 'SFApiPlatform'],
    ['mcp_api', 'MCP'],
    ['profile', 'Basic'],
    ['Apii', 'Api'],
  ])('spelled %s are answered with %s', (spelling, token) => {
    expect(onlyProblem(withScopes(spelling)).remedy).toBe(`did you mean ${token}?`);
  });

  it('that do not exist are answered with the list', () => {
    const problem = onlyProblem(withScopes(Scope.of('Zzz')));
    expect(problem.code).toBe('unknown-scope');
    expect(problem.allowed).toContain('Api, Basic, CDP');
  });

  it('that the API version does not know are refused', () => {
    const props = { ...privateProps, scopes: [Scope.MCP], accessTokens: AccessTokens.jwt() };
    expect(problems(declarePrivateClientApp(props, { ...context, apiVersion: 65 }))).toEqual([
      'needs-newer-api-version scopes[0]',
    ]);
    expect(problems(declarePrivateClientApp(props, context))).toEqual([]);
  });

  it('may not be empty', () => expect(problems(withScopes())).toEqual(['wrong-type scopes']));
});

describe('a machine', () => {
  it('with a certificate gets the scope RefreshToken', () => {
    expect(valid(declareMachineApp(machineProps, context)).scopes).toEqual(['Api', 'RefreshToken']);
  });

  it('with client credentials alone does not', () => {
    const props = { ...machineProps, certificate: undefined, clientCredentials };
    expect(valid(declareMachineApp(props, context)).scopes).toEqual(['Api']);
  });

  it('needs Api where it has Full', () => {
    expect(problems(declareMachineApp({ ...machineProps, scopes: [Scope.FULL] }, context))).toEqual([
      'full-without-api scopes',
    ]);
    expect(problems(declareMachineApp({ ...machineProps, scopes: [Scope.FULL, Scope.API] }, context))).toEqual([]);
  });

  it('with a certificate needs a permission set, with client credentials alone it does not', () => {
    const permittedUsers = PermittedUsers.preAuthorized({ permissionSets: [] });
    expect(problems(declareMachineApp({ ...machineProps, permittedUsers }, context))).toEqual([
      'no-permission-set permittedUsers.permissionSets',
    ]);
    const props = { ...machineProps, certificate: undefined, permittedUsers, clientCredentials };
    expect(problems(declareMachineApp(props, context))).toEqual([]);
  });

  it('cannot be self-authorized', () => {
    expect(
      problems(declareMachineApp({ ...machineProps, permittedUsers: PermittedUsers.selfAuthorized() }, context)),
    ).toEqual(['machine-needs-pre-authorization permittedUsers']);
  });

  it('needs a justification for client credentials', () => {
    const { runAs } = clientCredentials;
    expect(problems(declareMachineApp({ ...machineProps, clientCredentials: { runAs } }, context))).toEqual([
      'missing-justification clientCredentials.justification',
    ]);
    const app = valid(declareMachineApp({ ...machineProps, clientCredentials }, context));
    expect(app.exceptions).toEqual([{ option: 'clientCredentials', justification }]);
  });

  it.each([
    [{ expires: '2026-06-30' }, 'justification-expired clientCredentials.justification.expires'],
    [{ expires: '2027-07-02' }, 'justification-too-long clientCredentials.justification.expires'],
    [{ reason: ' ' }, 'justification-incomplete clientCredentials.justification.reason'],
    [{ approvedBy: '' }, 'justification-incomplete clientCredentials.justification.approvedBy'],
    [{ approvedBy: 7 }, 'justification-incomplete clientCredentials.justification.approvedBy'],
  ])('whose justification has %j is refused', (change, expected) => {
    const credentials = { ...clientCredentials, justification: { ...justification, ...change } };
    expect(problems(declareMachineApp({ ...machineProps, clientCredentials: credentials }, context))).toEqual([
      expected,
    ]);
  });

  it('runs as the user stated for the org, and only as a stated one', () => {
    const withUser = (runAs: unknown) =>
      declareMachineApp({ ...machineProps, clientCredentials: { runAs, justification } }, context);
    const names = { prod: 'feed@acme.example', uat: 'feed@acme.example.uat' };
    expect(valid(withUser(Username.perOrg(names))).clientCredentials).toEqual({ runAs: 'feed@acme.example' });
    const missing = onlyProblem(withUser(Username.perOrg({ uat: 'feed@acme.example.uat' })));
    expect(missing.code).toBe('username-missing-for-org');
    expect(missing.remedy).toContain('prod:');
    expect(problems(withUser('feed@acme.example'))).toEqual(['wrong-type clientCredentials.runAs']);
    expect(problems(withUser(Username.of('005000000000001AAA')))).toEqual(['invalid-username clientCredentials.runAs']);
  });
});
