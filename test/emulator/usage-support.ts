import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { EmulatorOptions } from '../../lib/emulator';
import { appOf, type Json, type Org, startOrg, temporaryFolder } from './support';

export const ADMIN = 'admin@emulator.example';

/** An org with this in its org.json, and with these files beside it. */
export function orgWith(
  seed: object,
  options: EmulatorOptions = {},
  files: Readonly<Record<string, string>> = {},
): Promise<Org> {
  const seedDir = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(seedDir, dirname(path)), { recursive: true });
    writeFileSync(join(seedDir, path), content);
  }
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify(seed));
  return startOrg({ ...options, seedDir });
}

export async function query(org: Org, soql: string, token?: string): Promise<Json> {
  const answer = await org.get(`/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, token);
  return { status: answer.status, ...((await answer.json()) as Json) };
}

export const rowsOf = async (org: Org, soql: string, token?: string): Promise<readonly Json[]> =>
  ((await query(org, soql, token))['records'] ?? []) as readonly Json[];

/** A machine's app, and the access token it gets by client credentials. */
export async function machineToken(org: Org): Promise<string> {
  await org.deploy([
    ['ExternalClientAppSettings', 'ExternalClientApp', { enableConsumerSecretApiAccess: true }],
    ...appOf('Feed', {
      global: { isClientCredentialsFlowEnabled: true },
      policy: { isClientCredentialsFlowEnabled: true, clientCredentialsFlowUser: ADMIN },
    }),
  ]);
  const { files } = await org.retrieve({ ExtlClntAppGlobalOauthSettings: ['*'] });
  const text = [...files.values()].join('');
  const form = {
    grant_type: 'client_credentials',
    client_id: /<consumerKey>(\w+)/.exec(text)?.[1] ?? '',
    client_secret: /<consumerSecret>(\w+)/.exec(text)?.[1] ?? '',
  };
  const answer = await post(org, 'token', form);
  return String(((await answer.json()) as Json)['access_token']);
}

export const post = (org: Org, endpoint: string, form: Record<string, string>): Promise<Response> =>
  fetch(`${org.url}/services/oauth2/${endpoint}`, { method: 'POST', body: new URLSearchParams(form) });

export const works = async (org: Org, token: string): Promise<boolean> =>
  (await org.get('/services/oauth2/userinfo', token)).status === 200;

export const remove = (org: Org, path: string): Promise<Response> =>
  fetch(`${org.url}/services/data/v66.0${path}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${org.accessToken}` },
  });
