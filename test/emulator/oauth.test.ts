import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Connection } from 'jsforce';

import { makeCertificate, signAssertion } from './certificate';
import {
  appOf,
  type Components,
  type Fields,
  type Json,
  type Org,
  startOrg,
  stopOrgs,
  temporaryFolder,
} from './support';

let pair: { readonly cert: string; readonly key: string };
beforeAll(async () => {
  pair = await makeCertificate();
});
afterEach(stopOrgs);

const USER = 'robot@acme.example';

async function start(): Promise<Org> {
  const seedDir = temporaryFolder();
  const users = [
    { username: USER, permissionSets: ['Access'] },
    { username: 'other@acme.example' },
    { username: 'gone@acme.example', active: false, permissionSets: ['Access'] },
  ];
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify({ users, permissionSets: [{ name: 'Access' }] }));
  return startOrg({ seedDir });
}

const robot = (changes: Parameters<typeof appOf>[1] = {}): Components =>
  appOf('Robot', {
    ...changes,
    global: { certificate: pair.cert, ...changes.global },
    policy: {
      permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      commaSeparatedPermissionSet: 'Access',
      ...changes.policy,
    },
  });

async function keyAndSecret(org: Org): Promise<readonly [string, string]> {
  await org.deploy([['ExternalClientAppSettings', 'ExternalClientApp', { enableConsumerSecretApiAccess: true }]]);
  const { files } = await org.retrieve({ ExtlClntAppGlobalOauthSettings: ['*'] });
  const text = [...files.values()].join('');
  return [/<consumerKey>(\w+)/.exec(text)?.[1] ?? '', /<consumerSecret>(\w+)/.exec(text)?.[1] ?? ''];
}

const now = (): number => Math.floor(Date.now() / 1000);
const assertion = (claims: object, key = pair.key, alg?: string): string => signAssertion(claims, key, alg);

async function token(org: Org, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Json> {
  const answer = await fetch(`${org.url}/services/oauth2/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
  });
  return { status: answer.status, ...((await answer.json()) as Json) };
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

describe('JWT bearer', () => {
  async function login(components: Components, claims: object = {}, key?: string, alg?: string): Promise<Json> {
    const org = await start();
    expect((await org.deploy(components)).problems).toEqual([]);
    const [iss] = await keyAndSecret(org);
    const all = { iss, sub: USER, aud: 'https://login.salesforce.com', exp: now() + 120, ...claims };
    return token(org, { grant_type: JWT_BEARER, assertion: assertion(all, key, alg) });
  }

  it('gives a session to a user who holds the permission set', async () => {
    const org = await start();
    await org.deploy(robot());
    const [iss] = await keyAndSecret(org);
    const connection = new Connection({ oauth2: { loginUrl: org.url }, instanceUrl: org.url, version: '66.0' });
    const claims = { iss, sub: USER, aud: org.url, exp: now() + 120 };
    await connection.authorize({ grant_type: JWT_BEARER, assertion: assertion(claims) });
    expect(connection.accessToken).toMatch(/^00D\w+!.*EMULATOR/);
    expect((await connection.identity()).username).toBe(USER);
    const me = await org.get('/services/oauth2/userinfo', connection.accessToken ?? '');
    expect(await me.json()).toMatchObject({ preferred_username: USER, organization_id: org.orgId });
  });

  it('gives a JWT where the app issues JWTs', async () => {
    const answer = await login(robot({ global: { isNamedUserJwtEnabled: true } }));
    expect(String(answer['access_token']).split('.')).toHaveLength(3);
    expect(answer).toMatchObject({ token_format: 'jwt', token_type: 'Bearer', scope: 'api' });
  });

  const REFUSED: Readonly<Record<string, readonly [() => Components, object, string, string]>> = {
    'another audience': [() => robot(), { aud: 'https://evil.example' }, 'invalid_grant', 'audience is invalid'],
    'a past expiry': [() => robot(), { exp: now() - 10 }, 'invalid_grant', 'expired'],
    'an unknown key': [() => robot(), { iss: '3MVG9unknown' }, 'invalid_client_id', 'client identifier invalid'],
    'a user without the permission set': [
      () => robot(),
      { sub: 'other@acme.example' },
      'invalid_app_access',
      'not admin approved',
    ],
    'a user who left': [() => robot(), { sub: 'gone@acme.example' }, 'invalid_grant', "hasn't approved"],
    'prn before sub': [() => robot(), { prn: 'other@acme.example' }, 'invalid_app_access', 'not admin approved'],
    'users who approve themselves': [
      () => robot({ policy: { permittedUsersPolicyType: 'AllSelfAuthorized' } }),
      {},
      'invalid_grant',
      "user hasn't approved this consumer",
    ],
    'no refresh token scope': [
      () => robot({ oauth: { commaSeparatedOauthScopes: 'Api' } }),
      {},
      'invalid_request',
      'refresh_token scope is required',
    ],
    'no scope but that': [
      () => robot({ oauth: { commaSeparatedOauthScopes: 'RefreshToken' } }),
      {},
      'invalid_scope',
      'no valid scopes',
    ],
    'a stopped app': [() => robot({ general: { isEnabled: false } }), {}, 'invalid_client', 'blocked'],
    'a stopped OAuth plugin': [
      () => robot({ general: { isOauthPluginEnabled: false } }),
      {},
      'invalid_client',
      'blocked',
    ],
  };

  it.each(Object.entries(REFUSED))('is refused with %s', async (_, [components, claims, error, description]) => {
    expect(await login(components(), claims)).toMatchObject({
      status: 400,
      error,
      error_description: expect.stringContaining(description) as string,
    });
  });

  it('is refused with another key, another algorithm or an app without a certificate', async () => {
    const other = await makeCertificate();
    const invalid = { error: 'invalid_grant', error_description: 'invalid assertion' };
    expect(await login(robot(), {}, other.key)).toMatchObject(invalid);
    expect(await login(robot(), {}, pair.key, 'none')).toMatchObject(invalid);
    const org = await start();
    await org.deploy(appOf('Bare'));
    const [iss] = await keyAndSecret(org);
    const claims = { iss, sub: USER, aud: org.url, exp: now() + 60 };
    expect(await token(org, { grant_type: JWT_BEARER, assertion: assertion(claims) })).toMatchObject(invalid);
    expect(await token(org, { grant_type: JWT_BEARER, assertion: 'a.b' })).toMatchObject(invalid);
  });
});

describe('client credentials', () => {
  const both = (policy: Fields = {}, oauth: Fields = {}): Components =>
    appOf('Feed', {
      global: { isClientCredentialsFlowEnabled: true },
      oauth,
      policy: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: USER, ...policy },
    });
  const form = (client_id: string, client_secret: string) => ({
    grant_type: 'client_credentials',
    client_id,
    client_secret,
  });

  it('give a session of the run-as user, by form or header, until it is revoked', async () => {
    const org = await start();
    await org.deploy(both());
    const [key, secret] = await keyAndSecret(org);
    const answer = await token(org, form(key, secret));
    expect(answer).toMatchObject({ status: 200, instance_url: org.url, token_type: 'Bearer' });
    const session = String(answer['access_token']);
    expect(await (await org.get('/services/oauth2/userinfo', session)).json()).toMatchObject({
      preferred_username: USER,
    });
    const basic = Buffer.from(`${key}:${secret}`).toString('base64');
    expect(
      (await token(org, { grant_type: 'client_credentials' }, { authorization: `Basic ${basic}` }))['status'],
    ).toBe(200);
    await fetch(`${org.url}/services/oauth2/revoke`, { method: 'POST', body: new URLSearchParams({ token: session }) });
    expect((await org.get('/services/oauth2/userinfo', session)).status).toBe(401);
  });

  it('need both switches, the right secret and a scope that counts', async () => {
    const org = await start();
    await org.deploy(both({ isClientCredentialsFlowEnabled: false }));
    const [key, secret] = await keyAndSecret(org);
    expect(await token(org, form(key, secret))).toMatchObject({
      error_description: 'no client credentials user enabled',
    });
    expect(await token(org, form(key, `${secret}x`))).toMatchObject({ error: 'invalid_client' });
    expect(await token(org, form('unknown', secret))).toMatchObject({ error: 'invalid_client_id' });
    await org.deploy(both({}, { commaSeparatedOauthScopes: 'Full' }));
    expect(await token(org, form(key, secret))).toMatchObject({ error_description: 'no valid scopes defined' });
    await org.deploy(both());
    expect(await token(org, { ...form(key, secret), scope: 'api' })).toMatchObject({ error: 'invalid_request' });
  });
});

describe('other grants', () => {
  it.each(['password', ''])('are refused: %s', async (grant_type) => {
    const org = await start();
    expect(await token(org, { grant_type })).toMatchObject({ status: 400, error: 'unsupported_grant_type' });
  });
});
