import { type Answer, codeOf, exchange, orgWithPortal, question, type Setup, verifier } from './oauth-support';
import { type Components, type Json, type Org, stopOrgs } from './support';

afterEach(stopOrgs);

const VISITOR = '6a2f41a3-c54c-4ba8-9c3c-0d6b2d1f5c11';
const ON: Components = [['OauthOidcSettings', 'OauthOidc', { oAuthCdCrdtFlowEnable: true }]];
const SEED = {
  users: [
    { username: 'ann@site.example', site: 'member', permissionSets: ['Access'] },
    { username: 'bob@site.example', site: 'member' },
    { username: 'clerk@acme.example', permissionSets: ['Access'] },
    { username: 'guest@site.example', site: 'guest' },
  ],
  permissionSets: [{ name: 'Access' }],
};
const RESTRICTED = { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedPermissionSet: 'Access' };
const APPROVED = { policy: RESTRICTED };

const site = ({ global = {}, ...more }: Setup = {}): Promise<Org> =>
  orgWithPortal({ seed: SEED, first: ON, ...more, global: { isCodeCredFlowEnabled: true, ...global } });

interface Asking {
  readonly method?: 'GET' | 'POST';
  readonly type?: string | undefined;
  readonly body?: Record<string, string | undefined>;
  readonly inAddress?: Record<string, string>;
  readonly headers?: Record<string, string>;
}

/** A client with a login form of its own asks for a code. */
async function ask(org: Org, { method = 'POST', type = 'Named-User', ...asking }: Asking = {}): Promise<Answer> {
  const { body = {}, inAddress = {}, headers = {} } = asking;
  const asked = question({ response_type: 'code_credentials', ...body });
  const address = new URLSearchParams(method === 'GET' ? { ...asked, ...inAddress } : inAddress);
  const response = await fetch(`${org.url}/services/oauth2/authorize?${address.toString()}`, {
    method,
    redirect: 'manual',
    headers: { 'auth-request-type': type, ...headers },
    ...(method === 'POST' && { body: new URLSearchParams(asked) }),
  });
  const location = response.headers.get('location');
  return {
    status: response.status,
    to: location === null ? undefined : new URL(location),
    text: await response.text(),
  };
}

const ANN = { username: 'ann@site.example', password: 'emulator' };
const basic = (name: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});
const said = ({ to }: Answer): string =>
  to?.searchParams.get('error_description') ?? (to?.searchParams.has('code') ? 'a code' : 'nothing');

describe('the Authorization Code and Credentials Flow', () => {
  it('gives a member of the site a code, and says which site it is', async () => {
    const org = await site(APPROVED);
    const { status, to } = await ask(org, { body: ANN });
    expect([status, to?.searchParams.get('sfdc_community_url'), to?.searchParams.get('state')]).toEqual([
      302,
      org.url,
      'xyz',
    ]);
    const code = to?.searchParams.get('code') ?? '';
    expect(await exchange(org, code)).toMatchObject({ status: 200, scope: 'api refresh_token openid' });
  });

  it.each<[string, Setup, Asking, string]>([
    [
      'while the app has it off',
      { global: { isCodeCredFlowEnabled: false } },
      { body: ANN },
      'the Authorization Code and Credentials Flow is not enabled',
    ],
    ['with another password', {}, { body: { ...ANN, password: 'wrong' } }, 'authentication failure'],
    ['without a password', {}, { body: { username: ANN.username } }, 'authentication failure'],
    [
      'for an employee',
      {},
      { body: { ...ANN, username: 'clerk@acme.example' } },
      'user is no member of the Experience Cloud site',
    ],
    ['for the guest user', {}, { body: { ...ANN, username: 'guest@site.example' } }, 'authentication failure'],
    [
      'for a user whom nobody approved',
      APPROVED,
      { body: { ...ANN, username: 'bob@site.example' } },
      'user is not admin approved to access this app',
    ],
    [
      'without a code challenge',
      {},
      { body: { ...ANN, code_challenge: undefined } },
      'missing required code challenge',
    ],
    [
      'for a scope the app does not have',
      {},
      { body: { ...ANN, scope: 'full' } },
      'the requested scope is not allowed',
    ],
    [
      'of another type',
      {},
      { type: 'user-registration', body: ANN },
      'the header Auth-Request-Type must be Named-User, Guest or passwordless-login',
    ],
    [
      'of guests while they are off',
      {},
      { type: 'Guest', headers: { 'uvid-hint': VISITOR } },
      'the guest flow is not enabled',
    ],
  ])('refuses a login %s', async (_, setup, asking, description) => {
    expect(said(await ask(await site(setup), asking))).toBe(description);
  });

  it('is off in every app once the org has it off', async () => {
    const org = await site();
    await org.deploy([['OauthOidcSettings', 'OauthOidc', { oAuthCdCrdtFlowEnable: false }]]);
    expect(said(await ask(org, { body: ANN }))).toBe('the Authorization Code and Credentials Flow is not enabled');
  });

  it('sends nothing to a callback URL that is not registered', async () => {
    const { status, to } = await ask(await site(), { body: { ...ANN, redirect_uri: 'https://evil.example' } });
    expect([status, to]).toEqual([400, undefined]);
  });

  it.each<[string, Asking]>([
    ['in the Basic header', { headers: basic(ANN.username, ANN.password) }],
    ['by GET', { method: 'GET', inAddress: ANN }],
    ['in the address of a POST', { inAddress: ANN }],
    ['in the body, with a name in the address as well', { body: ANN, inAddress: { username: ANN.username } }],
  ])('takes credentials %s, but not where only the POST body may hold them', async (_, asking) => {
    expect(said(await ask(await site(), asking))).toBe('a code');
    const strict = await site({ global: { isCodeCredPostOnly: true } });
    expect(said(await ask(strict, asking))).toBe('user credentials must be sent in the POST body');
    expect(said(await ask(strict, { body: ANN }))).toBe('a code');
  });

  it('has no part in ordinary logins: they work while it is off', async () => {
    const org = await orgWithPortal();
    expect(await exchange(org, await codeOf(org))).toMatchObject({ status: 200 });
  });

  it('ends in an endpoint that shows a client without an address its code', async () => {
    const org = await site({ global: { callbackUrl: 'https://acme.example/services/oauth2/echo' } });
    const { to } = await ask(org, { body: { ...ANN, redirect_uri: 'https://acme.example/services/oauth2/echo' } });
    const shown = (await (await fetch(`${org.url}/services/oauth2/echo${to?.search ?? ''}`)).json()) as Json;
    expect(shown['code']).toBe(to?.searchParams.get('code'));
  });
});

describe('a guest', () => {
  const open = (): Promise<Org> =>
    site({
      global: { isNamedUserJwtEnabled: true },
      policy: { isGuestCodeCredFlowEnabled: true, guestJwtSessionTimeoutType: 'Custom', guestJwtTimeout: 15 },
    });
  const headers = { 'uvid-hint': VISITOR, 'auth-request-type': 'Guest' };
  const trade = async (org: Org, code: string, sent: Record<string, string>): Promise<Json> => {
    const form = { grant_type: 'authorization_code', client_id: 'portalkey1234', client_secret: 'portalsecret1234' };
    const { redirect_uri = '' } = question();
    const body = new URLSearchParams({ ...form, redirect_uri, code, code_verifier: verifier });
    return (await (
      await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', headers: sent, body })
    ).json()) as Json;
  };

  it('gets a JWT of its own lifetime, which names the visitor and comes without a refresh token', async () => {
    const org = await open();
    const { to } = await ask(org, { type: 'Guest', headers: { 'uvid-hint': VISITOR } });
    const { access_token: token, refresh_token: other } = await trade(org, to?.searchParams.get('code') ?? '', headers);
    const claims = JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Json;
    expect([claims['uvid'], Number(claims['exp']) - Number(claims['iat']), other]).toEqual([VISITOR, 900, undefined]);
  });

  it('has to say again who it is when it trades the code, and needs an ID at all', async () => {
    const org = await open();
    for (const sent of [{}, { ...headers, 'uvid-hint': 'another' }]) {
      const { to } = await ask(org, { type: 'Guest', headers: { 'uvid-hint': VISITOR } });
      expect(await trade(org, to?.searchParams.get('code') ?? '', sent)).toMatchObject({ error: 'unknown_error' });
    }
    expect(said(await ask(org, { type: 'Guest' }))).toBe('the header Uvid-Hint is missing');
  });
});

describe('passwordless login', () => {
  const template = 'unfiled$public/Template';
  const NETWORK = {
    changePasswordTemplate: template,
    emailSenderAddress: 'site@acme.example',
    emailSenderName: 'Site',
    forgotPasswordTemplate: template,
    site: 'Site',
    status: 'Live',
    tabs: { defaultTab: 'home', standardTab: 'Chatter' },
    welcomeTemplate: template,
  };
  const network = (settings: Record<string, boolean>): Components => [
    ['OauthOidcSettings', 'OauthOidc', { oAuthCdCrdtFlowEnable: true }],
    ['Network', 'Site', { ...NETWORK, networkAuthApiSettings: settings }],
  ];
  const start = (org: Org, given: Json, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${org.url}/services/auth/headless/init/passwordless/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ verificationmethod: 'email', ...given }),
    });
  const finish = (org: Org, identifier: string, password: string): Promise<Answer> =>
    ask(org, {
      type: 'passwordless-login',
      headers: { 'auth-verification-type': 'email', ...basic(identifier, password) },
    });
  const started = async (org: Org, username: string): Promise<string> =>
    String(((await (await start(org, { username })).json()) as Json)['identifier']);

  it('takes the one-time password once, within ten minutes, for the user it was sent to', async () => {
    const org = await site({ first: network({ isPwdlessLoginAllowed: true }) });
    const identifier = await started(org, ANN.username);
    expect(said(await finish(org, identifier, '000000'))).toBe('a code');
    expect(said(await finish(org, identifier, '000000'))).toBe('authentication failure');
    expect(said(await finish(org, await started(org, ANN.username), '111111'))).toBe('authentication failure');
    expect(said(await finish(org, await started(org, 'nobody@site.example'), '000000'))).toBe('authentication failure');
    const late = await started(org, ANN.username);
    org.advance(11 * 60_000);
    expect(said(await finish(org, late, '000000'))).toBe('authentication failure');
  });

  it('starts only where the site allows it, with what the site wants to see first', async () => {
    const statusOf = async (settings: Record<string, boolean>, given: Json = {}): Promise<number> =>
      (await start(await site({ first: network(settings) }), { username: ANN.username, ...given })).status;
    expect(await statusOf({ isPwdlessLoginAllowed: false })).toBe(403);
    const guarded = { isPwdlessLoginAllowed: true, isRecaptchaRequiredPwdlessLogin: true };
    expect([await statusOf(guarded), await statusOf(guarded, { recaptcha: 'seen' })]).toEqual([400, 200]);
    const internal = { isPwdlessLoginAllowed: true, doesPwdlessLoginRequireAuth: true };
    expect(await statusOf(internal)).toBe(401);
    const org = await site({ first: network(internal), oauth: { commaSeparatedOauthScopes: 'Api, PwdlessLogin' } });
    const { access_token: token } = await exchange(org, await codeOf(org));
    expect((await start(org, { username: ANN.username }, { authorization: `Bearer ${String(token)}` })).status).toBe(
      200,
    );
  });
});
