import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { appOf, type Components, type Json, type Org, startOrg, stopOrgs, temporaryFolder } from './support';

afterEach(stopOrgs);

const EXPOSED: Components = [
  ['ExternalClientAppSettings', 'ExternalClientApp', { enableClientSecretInRestApiAccess: true }],
];

async function start(exposed = true): Promise<Org> {
  const org = await startOrg();
  await org.deploy([
    ...(exposed ? EXPOSED : []),
    ...appOf('Feed', {
      global: { isClientCredentialsFlowEnabled: true },
      policy: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: 'admin@emulator.example' },
    }),
  ]);
  return org;
}

async function call(
  org: Org,
  path: string,
  method = 'GET',
  body?: object,
  version = '66.0',
): Promise<{ status: number; body: Json }> {
  const answer = await fetch(
    path.startsWith('/services') ? org.url + path : `${org.url}/services/data/v${version}/apps/oauth/${path}`,
    {
      method,
      headers: { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  );
  const text = await answer.text();
  const json: unknown = text === '' ? {} : JSON.parse(text);
  return { status: answer.status, body: (Array.isArray(json) ? json[0] : json) as Json };
}

const consumerOf = async (org: Org): Promise<Json> => {
  const { body } = await call(org, 'credentials/Feed');
  return (body['consumers'] as Json[])[0] ?? {};
};

const login = async (org: Org, key: unknown, secret: unknown): Promise<number> => {
  const form = { grant_type: 'client_credentials', client_id: String(key), client_secret: String(secret) };
  return (await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) })).status;
};

describe('the credentials resource', () => {
  it('is closed until the org opens it', async () => {
    const org = await start(false);
    expect(await call(org, 'credentials/Feed')).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('not currently enabled') as string },
    });
  });

  it('is closed to a user without the permission', async () => {
    const seedDir = temporaryFolder();
    writeFileSync(join(seedDir, 'org.json'), '{"deployUser": {"permissions": {"PermissionsViewClientSecret": false}}}');
    const org = await startOrg({ seedDir });
    await org.deploy([...EXPOSED, ...appOf('Feed')]);
    expect((await call(org, 'credentials/Feed')).status).toBe(403);
  });

  it('lists consumers without secrets and gives out the part asked for', async () => {
    const org = await start();
    const consumer = await consumerOf(org);
    expect(consumer).toMatchObject({ key: expect.stringContaining('EMULATOR') as string, name: 'Feed_glbloauth' });
    expect(consumer).not.toHaveProperty('secret');
    const path = `credentials/Feed/${String(consumer['id'])}`;
    expect((await call(org, path)).body).not.toHaveProperty('secret');
    const secret = (await call(org, `${path}?part=secret`)).body;
    expect(secret).toHaveProperty('secret');
    expect(secret).not.toHaveProperty('key');
    const both = (await call(org, `${path}?part=keyandsecret`)).body;
    expect(await login(org, both['key'], both['secret'])).toBe(200);
    expect((await call(org, `${path}?part=all`)).status).toBe(400);
  });

  it('finds the app by its id too, and no other', async () => {
    const org = await start();
    const id = String((((await call(org, 'usage')).body['apps'] as Json[])[0] ?? {})['identifier']);
    expect((await call(org, `credentials/${id}`)).status).toBe(200);
    expect((await call(org, 'credentials/Nobody')).status).toBe(404);
  });
});

describe('rotation', () => {
  it('stages, swaps and drops, both sets being good in between', async () => {
    const org = await start();
    const consumer = await consumerOf(org);
    const url = String(consumer['url']);
    const old = (await call(org, `${url}?part=keyandsecret`)).body;
    const staged = await call(org, `${url}/staged`, 'POST', {});
    expect(staged.status).toBe(201);
    const set = (staged.body['stagedCredentials'] as Json[])[0] ?? {};
    expect(set).toMatchObject({ state: 'Active' });
    expect((await call(org, `${url}/staged`, 'POST', {})).status).toBe(400);
    expect(await login(org, old['key'], old['secret'])).toBe(200);
    expect(await login(org, set['key'], set['secret'])).toBe(200);
    expect(await login(org, set['key'], old['secret'])).toBe(400);

    const one = String(set['url']);
    expect((await call(org, one, 'PATCH', { command: 'swap' })).status).toBe(400);
    expect((await call(org, one, 'PATCH', { command: 'rotate' })).body).toMatchObject({
      state: 'Rotated',
      key: old['key'],
    });
    expect((await consumerOf(org))['key']).toBe(set['key']);
    expect(await login(org, old['key'], old['secret'])).toBe(200);
    expect((await call(org, one, 'PATCH', { command: 'rotate' })).status).toBe(400);

    expect((await call(org, one, 'DELETE')).status).toBe(204);
    expect((await call(org, one)).status).toBe(404);
    expect((await call(org, `${url}/staged`)).body['stagedCredentials']).toEqual([]);
    expect(await login(org, old['key'], old['secret'])).toBe(400);
    expect(await login(org, set['key'], set['secret'])).toBe(200);
  });

  it('by staging exists from version 65 on', async () => {
    const org = await start();
    const id = String((await consumerOf(org))['id']);
    expect((await call(org, `credentials/Feed/${id}/staged`, 'POST', {}, '64.0')).status).toBe(404);
    expect((await call(org, `credentials/Feed/${id}`, 'GET', undefined, '64.0')).body).not.toHaveProperty(
      'stagedCredentialsUrl',
    );
  });
});
