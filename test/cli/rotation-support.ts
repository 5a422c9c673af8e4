import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TerraformStack } from 'cdktf';

import { MachineApp, PermittedUsers, PublicClientApp, Scope, Username } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { org, type Project } from './support';

export const SEED = join(__dirname, '../../examples/quickstart/org-seed');
const USER = 'billing.sync@acme.example';
export const STATE = 'org-state.json';

export interface Credentials {
  readonly key: string;
  readonly secret: string;
  readonly staged?: Credentials & { readonly state: string };
}

/** A machine that can prove its secret, and a client that cannot. */
export const rotating = (stack: TerraformStack): void => {
  const parent = org(stack);
  const justification = { reason: 'r', approvedBy: 'a@acme.example', expires: '2027-01-01' };
  new MachineApp(parent, 'Sync', {
    label: 'Sync',
    scopes: [Scope.API, Scope.REFRESH_TOKEN] as const,
    permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
    clientCredentials: { runAs: Username.of(USER), justification },
  });
  new PublicClientApp(parent, 'Mobile', {
    label: 'Mobile',
    callbackUrls: ['com.acme.mobile://callback'],
    scopes: [Scope.API],
    permittedUsers: PermittedUsers.selfAuthorized(),
  });
};

/** The credentials of an app by the emulated org's own state: no reading of ours is asked. */
export function credentialsIn(here: Project, secrets: Set<string>, app = 'Sync'): Credentials {
  const state = JSON.parse(here.read(STATE), (key, value: unknown) => {
    if (key === 'secret' && typeof value === 'string') secrets.add(value);
    return value;
  }) as { components: Record<string, Record<string, { consumer: Credentials }>> };
  const found = state.components['ExtlClntAppGlobalOauthSettings']?.[`${app}_glbloauth`];
  if (!found) throw new Error(`no consumer of ${app}`);
  return found.consumer;
}

/** Whether the org shows consumer secrets through the REST API, by its own state. */
export const showsSecrets = (here: Project): boolean =>
  /"enableClientSecretInRestApiAccess": ?true/.test(here.read(STATE));

/** All that stands in files of the project, but the state of the emulated org. */
export const filesIn = (here: Project): string =>
  readdirSync(here.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== STATE)
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n');

/** Whether credentials open the app, asked as a client of it would. */
export async function opens(salesforce: Emulator, { key, secret }: Credentials): Promise<boolean> {
  const form = { grant_type: 'client_credentials', client_id: key, client_secret: secret };
  const body = new URLSearchParams(form);
  return (await fetch(`${salesforce.url}/services/oauth2/token`, { method: 'POST', body })).ok;
}
