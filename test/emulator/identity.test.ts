import { codeOf, exchange, orgWithPortal, type Setup } from './oauth-support';
import { type Json, type Org, stopOrgs } from './support';

afterAll(stopOrgs);

const seed = {
  users: [
    { username: 'ann@acme.example', email: 'ann.lee@acme.example' },
    { username: 'bob@acme.example' },
    { username: 'guest@acme.example', site: 'member' },
    { username: 'mute@acme.example', apiEnabled: false },
  ],
};

const start = (setup: Setup = {}): Promise<Org> =>
  orgWithPortal({ seed, oauth: { commaSeparatedOauthScopes: 'Basic, Email, Api, Full, OpenID' }, ...setup });

interface Held {
  readonly token: string;
  /** Where the token’s identity URL is in the org. */
  readonly path: string;
}

async function loggedIn(org: Org, username: string, scope: string): Promise<Held> {
  const answer = await exchange(org, await codeOf(org, { username, scope }));
  return { token: String(answer['access_token']), path: new URL(String(answer['id'])).pathname };
}

async function get(org: Org, path: string, token: string): Promise<Json> {
  const answer = await org.get(path, token);
  return { status: answer.status, ...((await answer.json()) as Json) };
}
const USERINFO = '/services/oauth2/userinfo';

it('userinfo and the identity URL tell of one user, each in its own names', async () => {
  const org = await start();
  const { token, path } = await loggedIn(org, 'ann@acme.example', 'openid');
  const both = {
    status: 200,
    email: 'ann.lee@acme.example',
    active: true,
    user_type: 'STANDARD',
    organization_id: org.orgId,
  };
  const info = await get(org, USERINFO, token);
  expect(info).toMatchObject({ ...both, sub: org.url + path, preferred_username: 'ann@acme.example' });
  expect(info).not.toHaveProperty('username');
  const identity = await get(org, path, token);
  expect(identity).toMatchObject({ ...both, id: org.url + path, username: 'ann@acme.example', asserted_user: true });
  expect(identity['user_id']).toBe(info['user_id']);
});

it('the identity URL of another user takes an employee, API Enabled, and the scope api or full', async () => {
  const org = await start();
  const ann = await loggedIn(org, 'ann@acme.example', 'id');
  for (const scope of ['api', 'full']) {
    const { token } = await loggedIn(org, 'bob@acme.example', scope);
    expect(await get(org, ann.path, token)).toMatchObject({
      status: 200,
      username: 'ann@acme.example',
      asserted_user: false,
    });
  }
  for (const [username, scope] of [
    ['bob@acme.example', 'id'],
    ['guest@acme.example', 'api'],
    ['mute@acme.example', 'api'],
  ] as const) {
    const { token, path } = await loggedIn(org, username, scope);
    expect((await get(org, ann.path, token))['status']).toBe(404);
    expect(await get(org, path, token)).toMatchObject({ status: 200, username });
  }
  // An org or a user that is not there looks the same.
  const { token } = await loggedIn(org, 'bob@acme.example', 'full');
  expect((await get(org, ann.path.replace(/005\w+$/, '005000000000999AAA'), token))['status']).toBe(404);
  expect((await get(org, ann.path.replace(/00D\w+/, '00D000000000999AAA'), token))['status']).toBe(404);
});

it('with identityNeedsScope, one of the scopes for it is asked for, whichever', async () => {
  const org = await start({ switches: { identityNeedsScope: true } });
  for (const [scope, status] of [
    ['id', 200],
    ['email', 200],
    ['openid', 200],
    ['full', 200],
    ['api', 403],
  ] as const) {
    const { token, path } = await loggedIn(org, 'ann@acme.example', scope);
    for (const at of [USERINFO, path]) expect([scope, (await get(org, at, token))['status']]).toEqual([scope, status]);
  }
});
