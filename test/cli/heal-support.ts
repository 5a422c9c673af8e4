import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TerraformStack } from 'cdktf';

import {
  Certificate,
  MachineApp,
  PermittedUsers,
  PerOrg,
  PrivateClientApp,
  SalesforceOrg,
  Scope,
  Username,
} from '../../constructs';
import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { type makeCertificate, signAssertion } from '../emulator/certificate';
import { type Ended, fastOrg, login, type Project, TODAY } from './support';

export type Pair = Awaited<ReturnType<typeof makeCertificate>>;

const justification = { reason: 'nightly load', approvedBy: 'iam@acme.example', expires: '2027-01-01' };
const CALLBACKS = { prod: ['https://portal.acme.example/callback'], uat: ['https://uat.portal.acme.example/callback'] };
const RUN_AS = Username.perOrg({ prod: 'feed@acme.example', uat: 'feed@acme.example.uat' });

/** What a test changes of the program. */
export interface Variant {
  /** Whom the feed acts as. Default: the user of each org. */
  readonly runAs?: Username;
  /** Callback URLs of the portal. Default: those of each org. */
  readonly callbacks?: PerOrg<readonly string[]> | readonly string[];
  readonly orgs?: readonly ('prod' | 'uat')[];
  readonly orgId?: string;
}

/** A portal for people, a feed that has a secret, and jobs that sign; in production and in its sandbox. */
export const program =
  ({ cert }: Pair, { runAs = RUN_AS, callbacks, orgs = ['prod', 'uat'], orgId }: Variant = {}) =>
  (stack: TerraformStack): void => {
    for (const name of orgs) {
      const parent = new SalesforceOrg(stack, name, {
        contactEmail: 'iam@acme.example',
        today: TODAY,
        ...(orgId !== undefined && name === 'uat' && { orgId }),
      });
      parent.oauthSettings({ blockUsernamePasswordFlow: true });
      new PrivateClientApp(parent, 'Portal', {
        label: 'Portal',
        callbackUrls: (callbacks ?? PerOrg.of<readonly string[]>(CALLBACKS)) as never,
        scopes: [Scope.API, Scope.OPENID],
        permittedUsers: PermittedUsers.selfAuthorized(),
      });
      new MachineApp(parent, 'Feed', {
        label: 'Feed',
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Feeds'] }),
        clientCredentials: { runAs, justification },
      });
      new MachineApp(parent, 'Jobs', {
        label: 'Jobs',
        scopes: [Scope.API, Scope.REFRESH_TOKEN] as const,
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Jobs'] }),
        certificate: Certificate.fromPem(cert),
      });
    }
  };

/** An org with the people of the program; in a sandbox their names end in its name. */
const orgWithPeople = (suffix = '', options: EmulatorOptions = {}): Promise<Emulator> =>
  fastOrg({
    ...options,
    org: {
      users: [
        {
          username: `feed@acme.example${suffix}`,
          permissionSets: ['Feeds'],
          profile: 'Minimum Access - API Only Integrations',
        },
        { username: `jobs@acme.example${suffix}`, permissionSets: ['Jobs'] },
      ],
      permissionSets: [{ name: 'Feeds' }, { name: 'Jobs' }],
      ...options.org,
    },
  });

/** Applies the program to production and to the sandbox that there was. */
async function applied(here: Project, production: Emulator, former: Emulator, pair: Pair): Promise<void> {
  here.synth(program(pair));
  const environment = { ...login(production, 'prod'), ...login(former, 'uat') };
  const { code, stdout, stderr } = await here.run('apply --auto-approve --allow widens', { environment });
  if (code !== 0) throw new Error(stdout + stderr);
}

/** Production as it is after its apply, and the receipts of both orgs: the start of many tests. */
export interface Start {
  readonly state: string;
  readonly receipts: readonly (readonly [name: string, text: string])[];
}

export async function prepared(here: Project, pair: Pair): Promise<Start> {
  const [production, former] = await Promise.all([
    orgWithPeople('', { stateFile: here.path('state.json') }),
    orgWithPeople('.uat'),
  ]);
  try {
    await applied(here, production, former, pair);
  } finally {
    await Promise.all([production.close(), former.close()]);
  }
  const folder = here.path('.client-apps/receipts');
  const receipts = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
  return { state: here.read('state.json'), receipts };
}

/** The same again, in a project of its own; the org is still production. */
export async function startFrom(
  here: Project,
  { state, receipts }: Start,
  switches: EmulatorOptions['switches'] = {},
): Promise<Emulator> {
  here.write('state.json', state);
  for (const [name, text] of receipts) here.write(`.client-apps/receipts/${name}`, text);
  return fastOrg({ stateFile: here.path('state.json'), switches });
}

export interface HealedApp {
  readonly api_name: string;
  readonly found: string;
  readonly repair: string;
  readonly outcome: string;
  readonly because: readonly string[];
  readonly left: readonly { readonly code: string; readonly remedy: string; readonly allowed?: string }[];
  readonly next: readonly { readonly what: string; readonly command?: string }[];
  readonly consumer_key?: string;
  readonly former_consumer_key?: string;
}

export interface Healing {
  readonly org: string;
  readonly org_id: string;
  readonly refreshed: { readonly verdict: string; readonly because: readonly string[] };
  readonly applied_by: string;
  readonly apps: readonly HealedApp[];
  readonly items: readonly { readonly type: string; readonly outcome: string; readonly fields: readonly string[] }[];
  readonly left: readonly { readonly code: string; readonly field?: string }[];
  readonly notes: readonly { readonly code: string }[];
}

/** Runs heal on the sandbox, with JSON. */
export async function healed(
  here: Project,
  sandbox: Emulator,
  options = '',
): Promise<Ended & { readonly document: { readonly orgs: readonly Healing[] }; readonly org: Healing }> {
  const ended = await here.run(`heal uat --json ${options}`, { environment: login(sandbox) });
  const document = (ended.stdout === '' ? { orgs: [] } : JSON.parse(ended.stdout)) as { orgs: readonly Healing[] };
  return { ...ended, document, org: document.orgs[0] as Healing };
}

/** Whether each client gets in, by the token endpoint and the login page of the org. */
export async function getIn(
  sandbox: Emulator,
  pair: Pair,
  suffix = '.uat',
): Promise<Readonly<Record<string, boolean>>> {
  const token = async (form: Record<string, string>): Promise<boolean> =>
    (await fetch(`${sandbox.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) })).ok;
  const { key = '', secret = '' } = sandbox.consumer('Feed') ?? {};
  const claims = {
    iss: sandbox.consumer('Jobs')?.key ?? 'none',
    sub: `jobs@acme.example${suffix}`,
    aud: 'https://test.salesforce.com',
    exp: Math.floor(Date.now() / 1000) + 120,
  };
  const question = new URLSearchParams({
    response_type: 'code',
    client_id: sandbox.consumer('Portal')?.key ?? 'none',
    redirect_uri: CALLBACKS.uat[0] ?? '',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const page = await fetch(`${sandbox.url}/services/oauth2/authorize?${question.toString()}`, { redirect: 'manual' });
  return {
    Portal: page.status === 200,
    Feed: await token({ grant_type: 'client_credentials', client_id: key, client_secret: secret }),
    Jobs: await token({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: signAssertion(claims, pair.key),
    }),
  };
}

export const ALL_IN = { Portal: true, Feed: true, Jobs: true };
