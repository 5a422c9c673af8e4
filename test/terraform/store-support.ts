import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { MACHINE } from './machine';
import { ADDRESS, credentials, type Project, project } from './provider-support';
import { installProvider, type Ran, terraform } from './support';

const STORE = 'client-apps.invalid/test/store';
const HEAD = `
terraform {
  required_providers {
    salesforce = { source = "${ADDRESS}" }
    store      = { source = "${STORE}" }
  }
}
provider "salesforce" {
  managed_by = "identity/prod"
}
`;

/** A rotation whose secret goes to a store of another provider, which is given an access token as well. */
export const ROTATION = `
resource "salesforce_staged_credentials" "sync" {
  api_name           = salesforce_external_client_app.sync.api_name
  rotation           = "1"
  open_secret_access = true
}
ephemeral "salesforce_staged_client_secret" "sync" {
  api_name           = salesforce_staged_credentials.sync.api_name
  consumer_key       = salesforce_staged_credentials.sync.consumer_key
  open_secret_access = true
}
ephemeral "salesforce_access_token" "own" {}
resource "store_secret" "sync" {
  name             = "secret"
  value_wo         = ephemeral.salesforce_staged_client_secret.sync.client_secret
  value_wo_version = salesforce_staged_credentials.sync.consumer_key
}
resource "store_secret" "token" {
  name             = "token"
  value_wo         = ephemeral.salesforce_access_token.own.access_token
  value_wo_version = "1"
}
resource "salesforce_promoted_credentials" "sync" {
  api_name           = salesforce_external_client_app.sync.api_name
  consumer_key       = salesforce_staged_credentials.sync.consumer_key
  open_secret_access = true
  depends_on         = [store_secret.sync]
}
`;

export interface Consumer {
  readonly key: string;
  readonly secret: string;
  readonly staged?: Consumer & { readonly state: string };
}

/** By the emulated org's own state: no reading of ours is asked. @param secrets Every secret that is found is added. */
export function consumerIn(file: string, secrets: Set<string>): Consumer {
  const state = JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) => {
    if (key === 'secret' && typeof value === 'string') secrets.add(value);
    return value;
  }) as { components: Record<string, Record<string, { consumer: Consumer }>> };
  const found = state.components['ExtlClntAppGlobalOauthSettings']?.['Sync_glbloauth'];
  if (!found) throw new Error('no consumer');
  return found.consumer;
}

export const isSwitchOpen = (file: string): boolean =>
  /"enableClientSecretInRestApiAccess": ?true/.test(readFileSync(file, 'utf8'));

/** A folder with both providers, a store that listens, and what terraform said. */
export interface Stored {
  readonly work: Project;
  /** What the store was sent, by name: the last of each. */
  readonly heard: Map<string, string>;
  readonly said: string[];
  readonly write: (...parts: readonly string[]) => void;
  readonly environment: (emulator: Emulator, log: string) => Readonly<Record<string, string>>;
  readonly run: (emulator: Emulator, ...given: readonly string[]) => Promise<Ran>;
  readonly close: () => Promise<void>;
}

export async function stored(): Promise<Stored> {
  const heard = new Map<string, string>();
  const said: string[] = [];
  const store: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += data.toString()));
    request.on('end', () => {
      heard.set((request.url ?? '').slice(1), body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => store.listen(0, '127.0.0.1', resolve));
  const work = project({});
  installProvider(work.folder, STORE, '0.1.0', 'test/terraform/stand-in/store-provider.ts');
  const environment: Stored['environment'] = (emulator, log) => ({
    ...credentials(emulator),
    TF_LOG: 'trace',
    TF_LOG_PATH: join(work.folder, log),
    STORE_URL: `http://127.0.0.1:${(store.address() as AddressInfo).port}`,
  });
  return {
    work,
    heard,
    said,
    environment,
    write: (...parts) => writeFileSync(join(work.folder, 'main.tf'), [HEAD, MACHINE, ...parts].join('\n')),
    run: async (emulator, ...given) => {
      const ran = await terraform(work.folder, given, environment(emulator, `${given[0] ?? ''}-${said.length}.log`));
      said.push(ran.output);
      return ran;
    },
    close: async () => {
      await new Promise((resolve) => store.close(resolve));
      work.remove();
    },
  };
}
