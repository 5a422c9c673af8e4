import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';

import {
  ask,
  CALLBACK,
  codeOf,
  DAY,
  exchange,
  login,
  MINUTE,
  orgWithPortal,
  refresh,
  type Setup,
} from './oauth-support';
import { appOf, type Fields, type Json, type Org, startOrg, stopOrgs } from './support';
import { post, query } from './usage-support';

afterEach(stopOrgs);

const OVER = { status: 400, error: 'invalid_grant', error_description: 'expired access/refresh token' };

describe('the authorization endpoint', () => {
  it('shows a login page, then asks for consent, then gives a code that works once', async () => {
    const org = await orgWithPortal();
    expect((await ask(org)).text).toContain('name="password"');
    expect((await login(org, { password: 'wrong' })).text).toContain('check your username and password');
    const consent = await login(org, { approval: undefined });
    expect(consent.text).toContain('Portal is asking to');
    const code = await codeOf(org);
    expect(await exchange(org, code)).toMatchObject({ status: 200, scope: 'api refresh_token openid' });
    expect(await exchange(org, code)).toMatchObject({ status: 400, error: 'invalid_grant' });
    // Who let the app in once is not asked again.
    expect((await login(org, { approval: undefined })).to?.searchParams.get('state')).toBe('xyz');
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['without a code challenge', { code_challenge: undefined }, 'missing required code challenge'],
    ['with a plain code challenge', { code_challenge_method: 'plain' }, 'code challenge method must be S256'],
    ['for a scope the app does not have', { scope: 'api full' }, 'the requested scope is not allowed'],
    ['for a token instead of a code', { response_type: 'token' }, 'response type is not supported'],
  ])('refuses a request %s before anybody logs in', async (_, changes, description) => {
    const { status, to } = await ask(await orgWithPortal(), changes);
    expect([status, to?.origin, to?.searchParams.get('error_description')]).toEqual([
      302,
      'https://acme.example',
      description,
    ]);
  });

  it.each(['https://evil.example/callback', `${CALLBACK}/more`, 'https://acme.example', ''])(
    'never sends anything to a callback URL that is not registered: %s',
    async (redirect_uri) => {
      const { status, to, text } = await login(await orgWithPortal(), { redirect_uri });
      expect([status, to]).toEqual([400, undefined]);
      expect(text).toContain('redirect_uri_mismatch');
    },
  );

  it('takes requests without a challenge where neither the app nor the org demands one', async () => {
    const global = { isPkceRequired: false };
    const free = await orgWithPortal({ global });
    const code = await codeOf(free, { code_challenge: undefined, code_challenge_method: undefined });
    expect(await exchange(free, code, { code_verifier: undefined })).toMatchObject({ status: 200 });
    const strict = await orgWithPortal({
      global,
      more: [['OauthOidcSettings', 'OauthOidc', { isPkceRequired: true }]],
    });
    expect((await ask(strict, { code_challenge: undefined })).to?.searchParams.get('error')).toBe('invalid_request');
  });

  it('lets in only users whom an administrator approved, where one has to', async () => {
    const policy = { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedPermissionSet: 'Access' };
    const org = await orgWithPortal({ policy });
    expect((await login(org, { username: 'bob@acme.example' })).text).toContain('OAUTH_APP_ACCESS_DENIED');
    const code = await codeOf(org, { username: 'ann@acme.example', approval: undefined });
    expect(await exchange(org, code)).toMatchObject({ status: 200 });
  });

  it('is closed while the app is off', async () => {
    const org = await orgWithPortal();
    await org.deploy([
      ['ExtlClntAppConfigurablePolicies', 'Portal_plcy', { externalClientApplication: 'Portal', isEnabled: false }],
    ]);
    expect((await login(org)).text).toContain('blocked');
  });
});

describe('a code', () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    ['without the verifier', { code_verifier: undefined }, 'invalid code verifier'],
    ['with another verifier', { code_verifier: 'a'.repeat(43) }, 'invalid code verifier'],
    ['without the secret', { client_secret: undefined }, 'invalid client credentials'],
    ['with another secret', { client_secret: 'wrong' }, 'invalid client credentials'],
    ['for another callback URL', { redirect_uri: 'https://evil.example' }, 'redirect_uri must match configuration'],
  ])('is refused %s', async (_, changes, error_description) => {
    const org = await orgWithPortal();
    expect(await exchange(org, await codeOf(org), changes)).toMatchObject({ status: 400, error_description });
  });

  it('is of no use to another client', async () => {
    const org = await orgWithPortal({
      more: appOf('Other', { global: { consumerKey: 'otherkey1234', consumerSecret: 'othersecret1234' } }),
    });
    const other = { client_id: 'otherkey1234', client_secret: 'othersecret1234' };
    expect(await exchange(org, await codeOf(org), other)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('needs no secret of a public client, and ends after a quarter of an hour', async () => {
    const org = await orgWithPortal({ global: { isConsumerSecretOptional: true } });
    expect(await exchange(org, await codeOf(org), { client_secret: undefined })).toMatchObject({ status: 200 });
    const late = await codeOf(org);
    org.advance(16 * MINUTE);
    expect(await exchange(org, late, { client_secret: undefined })).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('a refresh token', () => {
  const held = async (org: Org, changes: Record<string, string | undefined> = {}): Promise<Json> =>
    exchange(org, await codeOf(org, changes));

  it('is given out only with its scope, and demands the secret where the app says so', async () => {
    const org = await orgWithPortal();
    expect(await held(org, { scope: 'api' })).not.toHaveProperty('refresh_token');
    const { refresh_token } = await held(org);
    expect(await refresh(org, refresh_token)).toMatchObject({ status: 200 });
    expect(await refresh(org, refresh_token, { client_secret: undefined })).toMatchObject({ error: 'invalid_client' });
    const open = await orgWithPortal({ global: { isSecretRequiredForRefreshToken: false } });
    const other = await held(open);
    expect(await refresh(open, other['refresh_token'], { client_secret: undefined })).toMatchObject({ status: 200 });
  });

  it('is replaced at each use where the app rotates; bringing the former one ends them all', async () => {
    const org = await orgWithPortal({ global: { isRefreshTokenRotationEnabled: true } });
    const first = await held(org);
    const second = await refresh(org, first['refresh_token']);
    expect(second['refresh_token']).not.toBe(first['refresh_token']);
    expect(await refresh(org, second['refresh_token'])).toMatchObject({ status: 200 });
    const third = await refresh(org, (await held(org))['refresh_token']);
    expect(await refresh(org, second['refresh_token'])).toMatchObject(OVER);
    // The stolen family is over; another login of the same user is not.
    expect(await refresh(org, third['refresh_token'])).toMatchObject({ status: 200 });
    expect(await refresh(org, first['refresh_token'])).toMatchObject(OVER);
  });

  it.each<[string, Fields, Fields, number, number]>([
    [
      'its lifetime',
      { refreshTokenPolicyType: 'SpecificLifetime', refreshTokenValidityPeriod: 2, refreshTokenValidityUnit: 'Days' },
      {},
      1.9 * DAY,
      0.2 * DAY,
    ],
    [
      'idle days',
      { refreshTokenPolicyType: 'SpecificInactivity', refreshTokenValidityPeriod: 2, refreshTokenValidityUnit: 'Days' },
      {},
      1.9 * DAY,
      2 * DAY,
    ],
    [
      'thirty idle days, with the limit on',
      { refreshTokenPolicyType: 'Infinite' },
      { isEnforceRefreshTokenTTL: true },
      29 * DAY,
      30 * DAY,
    ],
  ])('works until %s are over', async (_, policy, global, before, after) => {
    const org = await orgWithPortal({ policy, global });
    const { refresh_token } = await held(org);
    org.advance(before);
    expect(await refresh(org, refresh_token)).toMatchObject({ status: 200 });
    org.advance(after);
    expect(await refresh(org, refresh_token)).toMatchObject(OVER);
  });

  it('never ends under Infinite, and never works under Zero', async () => {
    const open = await orgWithPortal({ policy: { refreshTokenPolicyType: 'Infinite' } });
    const { refresh_token } = await held(open);
    open.advance(2000 * DAY);
    expect(await refresh(open, refresh_token)).toMatchObject({ status: 200 });
    const zero = await orgWithPortal({ policy: { refreshTokenPolicyType: 'Zero' } });
    expect(await refresh(zero, (await held(zero))['refresh_token'])).toMatchObject(OVER);
  });
});

describe('an access token', () => {
  it('ends when the app says so, and calls the API only with the scope for it', async () => {
    const org = await orgWithPortal({ policy: { sessionTimeoutInMinutes: 15 } });
    const { access_token: strong } = await exchange(org, await codeOf(org));
    const { access_token: weak } = await exchange(org, await codeOf(org, { scope: 'openid' }));
    const soql = 'SELECT Id FROM User';
    expect(await query(org, soql, String(strong))).toMatchObject({ status: 200 });
    expect(await query(org, soql, String(weak))).toMatchObject({ status: 401 });
    expect((await org.get('/services/oauth2/userinfo', String(weak))).status).toBe(200);
    org.advance(16 * MINUTE);
    expect(await query(org, soql, String(strong))).toMatchObject({ status: 401 });
    expect((await org.get('/services/oauth2/userinfo', String(weak))).status).toBe(401);
  });

  it('and an ID token verify against the keys that the discovery document names', async () => {
    const org = await orgWithPortal({
      global: { isNamedUserJwtEnabled: true, idTokenConfig: { idTokenValidityInMinutes: 10 } },
    });
    const found = (await (await fetch(`${org.url}/.well-known/openid-configuration`)).json()) as Record<string, string>;
    const { keys } = (await (await fetch(found['jwks_uri'] ?? '')).json()) as { readonly keys: readonly JsonWebKey[] };
    const granted = await exchange(org, await codeOf(org, { nonce: 'n-0S6' }));
    const claims = ['access_token', 'id_token'].map((name) => {
      const [head = '', body = '', signature = ''] = String(granted[name]).split('.');
      const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' });
      expect(verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
      return JSON.parse(Buffer.from(body, 'base64url').toString()) as Json;
    });
    expect(claims[1]).toMatchObject({ iss: org.url, aud: 'portalkey1234', nonce: 'n-0S6' });
    expect(Number(claims[1]?.['exp']) - Number(claims[1]?.['iat'])).toBe(600);
    expect(claims[0]).toMatchObject({ client_id: 'portalkey1234', scp: 'api refresh_token openid' });
  });

  it('can be introspected by its own client, and by one that may see them all', async () => {
    const spy = (isIntrospectAllTokens: boolean): Setup => ({
      more: appOf('Spy', {
        global: { consumerKey: 'spykey123456', consumerSecret: 'spysecret123456', isIntrospectAllTokens },
      }),
    });
    const seen = async (org: Org, client: string): Promise<unknown> => {
      const { access_token } = await exchange(org, await codeOf(org));
      const form = { token: String(access_token), client_id: `${client}key12${client === 'spy' ? '3456' : '34'}` };
      const secret = client === 'spy' ? 'spysecret123456' : 'portalsecret1234';
      const answer = await post(org, 'introspect', { ...form, client_secret: secret });
      return ((await answer.json()) as Json)['active'];
    };
    const narrow = await orgWithPortal(spy(false));
    expect([await seen(narrow, 'portal'), await seen(narrow, 'spy')]).toEqual([true, false]);
    expect(await seen(await orgWithPortal(spy(true)), 'spy')).toBe(true);
  });

  it('of another client is described as that client’s, and no refresh token outlives its policy', async () => {
    const org = await orgWithPortal({
      more: appOf('Spy', {
        global: { consumerKey: 'spykey123456', consumerSecret: 'spysecret123456', isIntrospectAllTokens: true },
      }),
      policy: {
        refreshTokenPolicyType: 'SpecificLifetime',
        refreshTokenValidityPeriod: 2,
        refreshTokenValidityUnit: 'Days',
      },
    });
    const { refresh_token: token } = await exchange(org, await codeOf(org));
    const spy = { client_id: 'spykey123456', client_secret: 'spysecret123456' };
    const seen = async (): Promise<unknown> => (await post(org, 'introspect', { token: String(token), ...spy })).json();
    expect(await seen()).toMatchObject({ active: true, client_id: 'portalkey1234', token_type: 'refresh_token' });
    org.advance(2 * DAY);
    expect(await seen()).toEqual({ active: false });
  });
});

it('the clock is moved over HTTP by whoever holds a session, and never back', async () => {
  const org = await startOrg();
  const move = (advance_ms: number, authorization = `Bearer ${org.accessToken}`): Promise<Response> =>
    fetch(`${org.url}/__emulator/clock`, {
      method: 'POST',
      headers: { authorization },
      body: JSON.stringify({ advance_ms }),
    });
  const { now } = (await (await move(10 * DAY)).json()) as { readonly now: string };
  expect(Date.parse(now) - Date.now()).toBeGreaterThan(9 * DAY);
  expect([(await move(-1)).status, (await move(1, 'Bearer nope')).status]).toEqual([400, 401]);
});
