import { checkOrg, claimsOf } from '../../lib/declaration/check-org';
import { declareOrg, declareStatements, type OrgInput } from '../../lib/declaration/declare-org';

interface Change extends Partial<OrgInput> {
  readonly settings?: readonly unknown[];
  readonly assumptions?: readonly unknown[];
}

const input = (change: Change) => ({
  path: 'identity/prod',
  name: 'prod',
  props: {},
  settings: [],
  assumptions: [],
  clock: '2026-07-01',
  apiVersions: { default: 66, oldest: 60, newest: 68 },
  ...change,
});

/** An org as its constructor and the calls behind it declare it. */
function declared(change: Change) {
  const { settings, assumptions, ...org } = input(change);
  const context = { path: org.path, org: org.name, id: org.name, apiVersion: 66, today: org.clock };
  const options = declareOrg(org);
  const statements = declareStatements(context, { settings, assumptions });
  return { ...options, ...statements, diagnostics: [...options.diagnostics, ...statements.diagnostics] };
}

const problems = (change: Change) => declared(change).diagnostics.map(({ code, field }) => `${code} ${field ?? ''}`);

describe('an org', () => {
  it('needs nothing but a name', () => {
    expect(declared({ props: undefined })).toMatchObject({
      apiVersion: 66,
      writePackage: true,
      today: '2026-07-01',
      settings: {},
      diagnostics: [],
    });
  });

  it.each(['..', 'a/b', 'my org', '1org', ''])('cannot be called %j', (name) => {
    expect(problems({ name })).toEqual(['invalid-org-name id']);
  });

  it.each([
    [{ orgId: '00D' }, 'invalid-org-id orgId'],
    [{ apiVersion: 59 }, 'invalid-api-version apiVersion'],
    [{ apiVersion: '66' }, 'invalid-api-version apiVersion'],
    [{ contactEmail: 'x' }, 'invalid-email contactEmail'],
    [{ today: 'tomorrow' }, 'wrong-type today'],
    [{ contactMail: 'x@y.zz' }, 'unknown-option props.contactMail'],
    ['prod', 'wrong-type props'],
  ])('with %j is refused', (props, expected) => expect(problems({ props })).toEqual([expected]));

  it('states its settings once', () => {
    expect(problems({ settings: [{ requirePkce: true }, { requirePkce: true }] })).toEqual([
      'stated-twice oauthSettings',
    ]);
  });

  it('has settings that are true or false and that exist', () => {
    expect(problems({ settings: [{ requirePkce: 'yes', blockUserAgentFlows: true }] })).toEqual([
      'unknown-option oauthSettings.blockUserAgentFlows',
      'wrong-type oauthSettings.requirePkce',
    ]);
  });

  it('does not both set a setting and assume that somebody else does', () => {
    const change = {
      settings: [{ allowCodeAndCredentialsFlow: false }],
      assumptions: [{ codeAndCredentialsFlow: true }],
    };
    expect(problems(change)).toEqual(['contradiction assumes.codeAndCredentialsFlow']);
  });
});

describe('apps of one org', () => {
  const claims = (id: string, props: object) => claimsOf(props, 'private', `identity/prod/${id}`, id);
  const check = (apps: Parameters<typeof checkOrg>[1], settings = {}, assumptions = {}) =>
    checkOrg({ name: 'prod', settings, assumptions }, apps).map(({ code, path }) => `${code} ${path}`);

  it('have different API names, upper and lower case making no difference', () => {
    expect(check([claims('Portal', {}), claims('B', { apiName: 'portal' }), claims('C', {})])).toEqual([
      'duplicate-api-name identity/prod/B',
    ]);
  });

  it('use the Authorization Code and Credentials Flow only where the org is said to allow it', () => {
    const apps = [claims('Portal', { codeAndCredentials: {} })];
    expect(check(apps)).toEqual(['code-and-credentials-not-allowed identity/prod/Portal']);
    expect(check(apps, { allowCodeAndCredentialsFlow: false })).toHaveLength(1);
    expect(check(apps, {}, { codeAndCredentialsFlow: false })).toHaveLength(1);
    expect(check(apps, { allowCodeAndCredentialsFlow: true })).toEqual([]);
    expect(check(apps, {}, { codeAndCredentialsFlow: true })).toEqual([]);
  });

  it('are given the missing line', () => {
    const [problem] = checkOrg({ name: 'uat', settings: {}, assumptions: {} }, [
      claims('P', { codeAndCredentials: {} }),
    ]);
    expect(problem?.remedy).toContain('uat.oauthSettings({ allowCodeAndCredentialsFlow: true })');
    expect(problem?.remedy).toContain('uat.assumes({ codeAndCredentialsFlow: true })');
  });

  it('do not do without PKCE where the org requires it', () => {
    const apps = [claims('Portal', { pkce: { required: false } })];
    expect(check(apps, { requirePkce: true })).toEqual(['contradiction identity/prod/Portal']);
    expect(check(apps)).toEqual([]);
  });
});
