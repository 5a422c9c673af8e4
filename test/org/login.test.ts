import { orgPrefix, resolveLogin } from '../../lib/org/login';
import { isOrgError, type OrgError } from '../../lib/org/org-error';

const SECRET = 'PLANTED-secret-value-0123456789';

const refusal = (environment: Record<string, string>, org = 'prod', orgs?: readonly string[]): OrgError => {
  try {
    resolveLogin(environment, org, orgs);
  } catch (error) {
    if (isOrgError(error)) return error;
    throw error;
  }
  throw new Error('expected a refusal');
};

const TOKEN = { SF_ACCESS_TOKEN: '00D000000000001!AQ', SF_INSTANCE_URL: 'https://acme.my.salesforce.com/' };
const JWT = { SF_CLIENT_ID: '3MVG9key', SF_USERNAME: 'ci@acme.example', SF_JWT_KEY_FILE: 'ci.pem' };
const CLIENT = { SF_CLIENT_ID: '3MVG9key', SF_CLIENT_SECRET: SECRET, SF_LOGIN_URL: 'https://acme.my.salesforce.com' };
const prefixed = (environment: Record<string, string>, org: string): Record<string, string> =>
  Object.fromEntries(Object.entries(environment).map(([name, value]) => [name.replace('SF_', orgPrefix(org)), value]));

describe('the first complete set of credentials wins', () => {
  test('an access token with its instance URL, reduced to the origin', () => {
    expect(resolveLogin({ ...TOKEN, ...JWT, ...CLIENT, SF_TARGET_ORG: 'dev' }, 'prod')).toEqual({
      kind: 'access-token',
      accessToken: '00D000000000001!AQ',
      instanceUrl: 'https://acme.my.salesforce.com',
      clientId: '3MVG9key',
    });
  });

  test('JWT bearer before client credentials', () => {
    expect(resolveLogin({ ...CLIENT, ...JWT, SF_LOGIN_URL: 'https://test.salesforce.com' }, 'prod')).toEqual({
      kind: 'jwt-bearer',
      clientId: '3MVG9key',
      username: 'ci@acme.example',
      privateKey: { file: 'ci.pem', variable: 'SF_JWT_KEY_FILE' },
      loginUrl: 'https://test.salesforce.com',
      audience: 'https://test.salesforce.com',
    });
  });

  test('a key given as text instead of a file', () => {
    expect(resolveLogin({ ...JWT, SF_JWT_KEY_FILE: '', SF_JWT_KEY: 'PEM' }, 'prod')).toMatchObject({
      privateKey: { pem: 'PEM', variable: 'SF_JWT_KEY' },
      loginUrl: 'https://login.salesforce.com',
      audience: 'https://login.salesforce.com',
    });
  });

  test('a key knows the variable it comes from, that of its org included', () => {
    const prefixed = Object.fromEntries(
      Object.entries(JWT).map(([name, value]) => [name.replace('SF_', 'SF_PROD_'), value]),
    );
    expect(resolveLogin(prefixed, 'prod', ['prod', 'uat'])).toMatchObject({
      privateKey: { variable: 'SF_PROD_JWT_KEY_FILE' },
    });
  });

  test('client credentials before an alias of the Salesforce CLI', () => {
    expect(resolveLogin({ ...CLIENT, SF_TARGET_ORG: 'dev' }, 'prod')).toEqual({
      kind: 'client-credentials',
      clientId: '3MVG9key',
      clientSecret: SECRET,
      loginUrl: 'https://acme.my.salesforce.com',
    });
  });

  test('an alias, and the local org under its reserved alias', () => {
    expect(resolveLogin({ SF_TARGET_ORG: 'dev' }, 'prod')).toEqual({ kind: 'salesforce-cli', alias: 'dev' });
    expect(resolveLogin({ SF_TARGET_ORG: 'local' }, 'prod')).toEqual({ kind: 'local' });
  });

  test('an incomplete set earlier in the order does not hide a complete one', () => {
    expect(resolveLogin({ SF_ACCESS_TOKEN: '00D!x', SF_TARGET_ORG: 'dev' }, 'prod')).toMatchObject({
      kind: 'salesforce-cli',
    });
  });

  test('a variable set to nothing counts as not set', () => {
    expect(resolveLogin({ ...TOKEN, SF_ACCESS_TOKEN: ' ', SF_TARGET_ORG: 'dev' }, 'prod')).toMatchObject({
      alias: 'dev',
    });
  });

  test('the audience follows the org type, unless it is stated', () => {
    const audience = (url: string, more = {}): unknown =>
      (resolveLogin({ ...JWT, SF_LOGIN_URL: url, ...more }, 'prod') as { audience?: string }).audience;
    expect(audience('https://acme--uat.sandbox.my.salesforce.com')).toBe('https://test.salesforce.com');
    expect(audience('https://acme--uat.my.salesforce.com')).toBe('https://test.salesforce.com');
    expect(audience('https://funny-name.scratch.my.salesforce.com')).toBe('https://test.salesforce.com');
    expect(audience('https://acme-dev-ed.develop.my.salesforce.com')).toBe('https://login.salesforce.com');
    expect(audience('https://acme.my.salesforce.com')).toBe('https://login.salesforce.com');
    expect(audience('https://acme.my.site.com/portal')).toBe('https://acme.my.site.com');
    expect(audience('https://acme.my.salesforce.com', { SF_AUDIENCE: 'https://x.example' })).toBe('https://x.example');
  });
});

describe('an incomplete environment is one error', () => {
  test('that names what was found and what each set still needs, and no value', () => {
    const error = refusal({ SF_CLIENT_ID: 'THE-KEY', SF_CLIENT_SECRET: SECRET });
    expect(error.kind).toBe('login');
    expect(error.message).toContain('Found: SF_CLIENT_ID, SF_CLIENT_SECRET.');
    expect(error.message).toContain('JWT bearer: missing SF_USERNAME, SF_JWT_KEY_FILE or SF_JWT_KEY.');
    expect(error.message).toContain('Client credentials: missing SF_LOGIN_URL.');
    expect(error.message).toContain('Access token: missing SF_ACCESS_TOKEN, SF_INSTANCE_URL.');
    expect(error.message + error.remedy).not.toContain(SECRET);
    expect(error.message + error.remedy).not.toContain('THE-KEY');
  });

  test('that says so when nothing at all is set', () => {
    expect(refusal({}).message).toContain('Found: none.');
  });

  test('that explains why a username and password are no use', () => {
    const error = refusal({ SF_USERNAME: 'ci@acme.example', SF_PASSWORD: SECRET });
    expect(error.message).toContain('Username and password are not supported');
    expect(error.message).not.toContain(SECRET);
  });
});

describe('addresses', () => {
  test.each([
    ['http://acme.my.salesforce.com', 'https://'],
    ['ftp://acme.my.salesforce.com', 'https://'],
    ['acme.my.salesforce.com', 'not a URL'],
    ['https://user:pass@acme.my.salesforce.com', 'username or password'],
    ['https://acme.lightning.force.com', 'My Domain'],
  ])('%s is refused as an instance URL', (url, reason) => {
    const error = refusal({ SF_ACCESS_TOKEN: SECRET, SF_INSTANCE_URL: url });
    expect(error.message).toContain('SF_INSTANCE_URL cannot be used');
    expect(error.message).toContain(reason);
    expect(error.message).not.toContain(SECRET);
  });

  test.each(['http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:8080'])('%s is accepted', (url) => {
    expect(resolveLogin({ ...TOKEN, SF_INSTANCE_URL: url }, 'prod')).toMatchObject({ instanceUrl: url });
  });

  test.each(['https://login.salesforce.com', 'https://test.salesforce.com'])(
    'client credentials at %s are refused with the reason',
    (url) => {
      const error = refusal({ ...CLIENT, SF_LOGIN_URL: url });
      expect(error.message).toContain('does not accept client credentials requests');
      expect(error.remedy).toContain('My Domain');
    },
  );

  test.each(['"00D!x"  y', 'Bearer 00D!x', '00D!x\ny'])(
    'a token copied with something around it is refused: %j',
    (token) => {
      expect(refusal({ ...TOKEN, SF_ACCESS_TOKEN: token }).message).not.toContain('00D!x');
    },
  );
});

describe('several orgs', () => {
  test('prefixed variables name the org: upper case, everything else an underscore', () => {
    expect(orgPrefix('eu-prod.1')).toBe('SF_EU_PROD_1_');
  });

  test('prefixed variables win over the others as a whole, without mixing', () => {
    const environment = { ...prefixed({ SF_TARGET_ORG: 'eu' }, 'eu'), ...TOKEN };
    expect(resolveLogin(environment, 'eu')).toEqual({ kind: 'salesforce-cli', alias: 'eu' });
    const mixed = refusal({ SF_EU_ACCESS_TOKEN: '00D!x', SF_INSTANCE_URL: 'https://acme.my.salesforce.com' }, 'eu');
    expect(mixed.message).toContain('Access token: missing SF_EU_INSTANCE_URL.');
  });

  test('in a run with more than one org the unprefixed ones are refused, and it says why', () => {
    const error = refusal(TOKEN, 'eu', ['eu', 'us']);
    expect(error.message).toContain('more than one org: SF_ACCESS_TOKEN, SF_INSTANCE_URL');
    expect(error.remedy).toContain('SF_EU_');
    expect(resolveLogin(prefixed(TOKEN, 'us'), 'us', ['eu', 'us'])).toMatchObject({ kind: 'access-token' });
  });

  test('two orgs whose names give the same prefix are refused', () => {
    expect(refusal(prefixed(TOKEN, 'eu-1'), 'eu-1', ['eu-1', 'eu_1']).message).toContain('cannot be distinguished');
  });
});
