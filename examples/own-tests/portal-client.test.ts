import { App } from 'cdktf';
import { startOrg, type TestOrg } from 'cdktf-salesforce-client-apps/testing';

import { declareClients } from './clients';
import { PortalClient } from './portal-client';

let org: TestOrg;
beforeAll(async () => {
  org = await startOrg(declareClients(new App()).portal);
});
afterAll(() => org.close());

/** Logs in as a person does: the login page takes user and password in one form. */
async function logIn(): Promise<PortalClient> {
  const { clientId, clientSecret, callbackUrls, username, password } = org.client('Portal');
  const client = new PortalClient(org.url, clientId, clientSecret);
  const { url, finish } = client.begin(callbackUrls[0] ?? '');
  const body = new URLSearchParams({ username, password });
  const page = await fetch(url, { method: 'POST', redirect: 'manual', body });
  await finish(new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '');
  return client;
}

test('our client survives rotation', async () => {
  const client = await logIn();
  for (let turn = 0; turn < 3; turn++) expect(await client.refresh()).not.toBe('');
});

test('our client is told when its refresh token lay unused for too long', async () => {
  const client = await logIn();
  org.advance(31 * 24 * 60 * 60 * 1000);
  await expect(client.refresh()).rejects.toThrow('invalid_grant');
});
