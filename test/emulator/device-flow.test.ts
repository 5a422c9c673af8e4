import { orgWithPortal, refresh, type Setup, token } from './oauth-support';
import { type Json, type Org, stopOrgs } from './support';
import { ADMIN } from './usage-support';

afterEach(stopOrgs);

const CLIENT = { client_id: 'portalkey1234' };
const org = ({ global = {}, ...more }: Setup = {}): Promise<Org> =>
  orgWithPortal({ ...more, global: { isDeviceFlowEnabled: true, ...global } });

const start = (on: Org, changes: Record<string, string> = {}): Promise<Json> =>
  token(on, { response_type: 'device_code', ...CLIENT, ...changes });
/** Asks once the device may ask again. */
const ask = (on: Org, { device_code: code }: Json, changes: Record<string, string> = {}): Promise<Json> => {
  on.advance(5_000);
  return token(on, { grant_type: 'device', code: String(code), ...CLIENT, ...changes });
};

async function connect(on: Org, { user_code: code }: Json, changes: Record<string, string> = {}): Promise<string> {
  const form = { user_code: String(code), username: ADMIN, password: 'emulator', approval: 'allow', ...changes };
  const answer = await fetch(`${on.url}/setup/connect`, { method: 'POST', body: new URLSearchParams(form) });
  return answer.text();
}

it('a device waits for a person, then gets tokens once', async () => {
  const on = await org();
  const device = await start(on);
  expect(device).toMatchObject({ status: 200, verification_uri: `${on.url}/setup/connect`, interval: 5 });
  expect(String(device['user_code'])).toMatch(/^[A-Z2-9]{8}$/);
  expect(await ask(on, device)).toMatchObject({ status: 400, error: 'authorization_pending' });
  expect(await connect(on, device)).toContain('Connected');
  const granted = await ask(on, device);
  expect(granted).toMatchObject({ status: 200, scope: 'api refresh_token openid' });
  expect(await refresh(on, granted['refresh_token'])).toMatchObject({ status: 200 });
  expect(await ask(on, device)).toMatchObject({ error: 'invalid_grant', error_description: 'invalid device code' });
});

it('a device that asks too often is slowed down, and one that a person turns away is refused', async () => {
  const on = await org();
  const device = await start(on);
  await ask(on, device);
  const again = { grant_type: 'device', code: String(device['device_code']), ...CLIENT };
  expect(await token(on, again)).toMatchObject({ status: 400, error: 'slow_down' });
  await connect(on, device, { approval: 'deny' });
  expect(await ask(on, device)).toMatchObject({ status: 400, error: 'access_denied' });
});

it('the page asks for code and login, then for consent, and says what is wrong', async () => {
  const on = await org();
  const device = await start(on);
  const page = await (await fetch(`${on.url}/setup/connect?user_code=${String(device['user_code'])}`)).text();
  expect(page).toContain(`value="${String(device['user_code'])}"`);
  expect(await connect(on, device, { approval: '' })).toContain('Portal is asking to');
  expect(await connect(on, device, { password: 'wrong' })).toContain('check your username and password');
  expect(await connect(on, { user_code: 'AAAAAAAA' })).toContain('The code is not valid');
  expect(await ask(on, device)).toMatchObject({ error: 'authorization_pending' });
});

it('codes end after ten minutes, and are of no use to another client', async () => {
  const on = await org({
    more: [],
  });
  const device = await start(on);
  on.advance(11 * 60_000);
  expect(await connect(on, device)).toContain('expired');
  expect(await ask(on, device)).toMatchObject({ error: 'invalid_grant', error_description: 'expired device code' });
  expect(await ask(on, await start(on), { client_id: 'nosuchkey' })).toMatchObject({ error: 'invalid_client_id' });
});

it.each<[string, Setup, Record<string, string>, string]>([
  [
    'while the app has it off',
    { global: { isDeviceFlowEnabled: false } },
    {},
    'device flow is not enabled for the app',
  ],
  ['with a wrong secret', {}, { client_secret: 'wrong' }, 'invalid client credentials'],
  ['for a scope the app does not have', {}, { scope: 'full' }, 'the requested scope is not allowed'],
])('no device gets a code %s', async (_, setup, changes, error_description) => {
  expect(await start(await org(setup), changes)).toMatchObject({ status: 400, error_description });
});

it('a user whom nobody approved lets no device in', async () => {
  const on = await org({
    policy: { permittedUsersPolicyType: 'AdminApprovedPreAuthorized', commaSeparatedPermissionSet: 'Access' },
  });
  const device = await start(on);
  expect(await connect(on, device, { username: 'bob@acme.example' })).toContain('OAUTH_APP_ACCESS_DENIED');
  expect(await ask(on, device)).toMatchObject({ error: 'authorization_pending' });
  expect(await connect(on, device, { username: 'ann@acme.example', approval: '' })).toContain('Connected');
  expect(await ask(on, device)).toMatchObject({ status: 200 });
});
