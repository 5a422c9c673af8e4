import { orgWithPortal, type Setup, token } from './oauth-support';
import { type Components, type Fields, type Json, type Org, stopOrgs } from './support';

afterEach(stopOrgs);

const TYPE = 'urn:ietf:params:oauth:token-type:';
const SEED = {
  users: [{ username: 'ann@acme.example', permissionSets: ['Access'] }, { username: 'bob@acme.example' }],
  permissionSets: [{ name: 'Access' }],
  apexClasses: [
    {
      name: 'MapTokens',
      subjects: { 'token of ann': 'ann@acme.example', 'token of bob': 'bob@acme.example', stale: 'gone@acme.example' },
    },
  ],
};

const handler = (changes: Fields = {}, enablement: Fields = {}): Components => [
  [
    'OauthTokenExchangeHandler',
    'Map_Tokens',
    {
      description: 'maps tokens',
      developerName: 'Map_Tokens',
      enablements: {
        apexExecutionUser: 'admin@emulator.example',
        externalClientApp: 'Portal',
        isDefault: true,
        ...enablement,
      },
      isAccessTokenSupported: false,
      isContactCreationAllowed: false,
      isEnabled: true,
      isIdTokenSupported: true,
      isJwtSupported: false,
      isRefreshTokenSupported: false,
      isSaml2Supported: false,
      isUserCreationAllowed: false,
      masterLabel: 'Map tokens',
      tokenHandlerApex: 'MapTokens',
      ...changes,
    },
  ],
];

async function org({
  global = {},
  policy = {},
  handlers = handler(),
}: Setup & { handlers?: Components } = {}): Promise<Org> {
  const on = await orgWithPortal({
    seed: SEED,
    global: { isTokenExchangeEnabled: true, isSecretRequiredForTokenExchange: true, ...global },
    policy: { isTokenExchangeFlowEnabled: true, ...policy },
  });
  if (handlers.length > 0) expect((await on.deploy(handlers, {}, '68.0')).problems).toEqual([]);
  return on;
}

const trade = (on: Org, changes: Record<string, string | undefined> = {}): Promise<Json> =>
  token(on, {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    client_id: 'portalkey1234',
    client_secret: 'portalsecret1234',
    subject_token: 'token of ann',
    subject_token_type: `${TYPE}id_token`,
    ...changes,
  });

it('the token of another issuer becomes one of the org, for the user whom the handler finds', async () => {
  const on = await org();
  const granted = await trade(on);
  expect(granted).toMatchObject({ status: 200, issued_token_type: `${TYPE}access_token`, scope: 'api openid' });
  expect(granted).not.toHaveProperty('refresh_token');
  const who = await (await on.get('/services/oauth2/userinfo', String(granted['access_token']))).json();
  expect(who).toMatchObject({ preferred_username: 'ann@acme.example' });
  expect(await trade(on, { token_handler: 'Map_Tokens', scope: 'api' })).toMatchObject({ status: 200, scope: 'api' });
});

const NONE = 'no token exchange handler is enabled for the app';

it.each<[string, Parameters<typeof org>[0], Record<string, string | undefined>, string]>([
  [
    'while the developer has it off',
    { global: { isTokenExchangeEnabled: false } },
    {},
    'token exchange is not enabled for the app',
  ],
  [
    'while the administrator has it off',
    { policy: { isTokenExchangeFlowEnabled: false } },
    {},
    'token exchange is not enabled for the app',
  ],
  ['without the secret', {}, { client_secret: undefined }, 'invalid client credentials'],
  ['with another secret', {}, { client_secret: 'wrong' }, 'invalid client credentials'],
  ['without a handler', { handlers: [] }, {}, NONE],
  ['with a handler that is off', { handlers: handler({ isEnabled: false }) }, {}, NONE],
  ['by a handler that is not the default', { handlers: handler({}, { isDefault: false }) }, {}, NONE],
  ['by a handler of another name', {}, { token_handler: 'Other' }, NONE],
  [
    'of a type the handler does not take',
    {},
    { subject_token_type: `${TYPE}access_token` },
    'the subject token type is not supported',
  ],
  ['of a type there is not', {}, { subject_token_type: 'id_token' }, 'the subject token type is not supported'],
  ['that the handler does not know', {}, { subject_token: 'made up' }, 'the subject token is not valid'],
  ['of a user the org does not have', {}, { subject_token: 'stale' }, 'the subject token is not valid'],
  ['of a name every object has', {}, { subject_token: 'constructor' }, 'the subject token is not valid'],
  ['for a scope the app does not have', {}, { scope: 'full' }, 'the requested scope is not allowed'],
  [
    'of a user whom nobody approved',
    { policy: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedPermissionSet: 'Access' } },
    { subject_token: 'token of bob' },
    'user is not admin approved to access this app',
  ],
  ['with an actor, as for an asset token', {}, { actor_token: 'thing' }, 'grant type not supported'],
])('refuses a token %s', async (_, setup, changes, error_description) => {
  expect(await trade(await org(setup), changes)).toMatchObject({ status: 400, error_description });
});

it('needs no secret where the app does not demand one', async () => {
  const on = await org({ global: { isSecretRequiredForTokenExchange: false } });
  expect(await trade(on, { client_secret: undefined })).toMatchObject({ status: 200 });
});
