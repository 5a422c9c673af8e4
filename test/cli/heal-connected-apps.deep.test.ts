import { readdirSync } from 'node:fs';

import type { TerraformStack } from 'cdktf';

import { Certificate, MachineApp, PermittedUsers, PerOrg, Platform, PrivateClientApp, Scope } from '../../constructs';
import type { AppDamage, Emulator } from '../../lib/emulator';
import { makeCertificate, signAssertion } from '../emulator/certificate';
import { healed, type HealedApp, type Healing, type Pair, type Start, startFrom } from './heal-support';
import { deployAs, deploys, fastOrg, login, org, type Project, project } from './support';

const CALLBACKS = { prod: ['https://portal.acme.example/callback'], uat: ['https://uat.portal.acme.example/callback'] };
const CONNECTED = { platform: Platform.CONNECTED_APP, creationAllowedBySupport: true } as const;

/** A portal for people and jobs that sign, both as Connected Apps, in production and in its sandbox. */
const program =
  ({ cert }: Pair) =>
  (stack: TerraformStack): void => {
    for (const name of ['prod', 'uat']) {
      const parent = org(stack, name);
      new PrivateClientApp(parent, 'Portal', {
        ...CONNECTED,
        label: 'Portal',
        callbackUrls: PerOrg.of<readonly string[]>(CALLBACKS) as never,
        scopes: [Scope.API, Scope.OPENID],
        permittedUsers: PermittedUsers.selfAuthorized(),
      });
      new MachineApp(parent, 'Jobs', {
        ...CONNECTED,
        label: 'Jobs',
        scopes: [Scope.API, Scope.REFRESH_TOKEN] as const,
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Jobs'] }),
        certificate: Certificate.fromPem(cert),
      });
    }
  };

/** Salesforce Support has let the orgs create Connected Apps. */
const OPEN = { connectedAppCreation: true };

const people = (suffix = '') => ({
  users: [{ username: `jobs@acme.example${suffix}`, permissionSets: ['Jobs'] }],
  permissionSets: [{ name: 'Jobs' }],
});

let pair: Pair;
let before: Start;
let here: Project;
let sandbox: Emulator;
beforeAll(async () => {
  pair = await makeCertificate();
  const first = project();
  first.synth(program(pair));
  const orgs = await Promise.all([
    fastOrg({ stateFile: first.path('state.json'), org: people(), switches: OPEN }),
    fastOrg({ org: people('.uat'), switches: OPEN }),
  ]);
  const environment = { ...login(orgs[0], 'prod'), ...login(orgs[1], 'uat') };
  const { code, stdout, stderr } = await first.run('apply --auto-approve --allow widens', { environment });
  if (code !== 0) throw new Error(stdout + stderr);
  await Promise.all(orgs.map((each) => each.close()));
  const names = readdirSync(first.path('.client-apps/receipts'));
  const receipts = names.map((name) => [name, first.read('.client-apps/receipts', name)] as const);
  before = { state: first.read('state.json'), receipts };
  first.remove();
});
afterEach(async () => {
  await sandbox.close();
  here.remove();
});

async function refreshed(
  apps: Readonly<Record<string, readonly AppDamage[]>> = {},
  connectedAppCreation = true,
): Promise<void> {
  here = project();
  here.synth(program(pair));
  sandbox = await startFrom(here, before, { connectedAppCreation });
  sandbox.refresh({ name: 'uat', apps: { Portal: [], Jobs: [], ...apps } });
}

const appOf = ({ apps }: Healing, name: string): HealedApp => apps.find((app) => app.api_name === name) as HealedApp;
const shown = ({ apps }: Healing): readonly unknown[] =>
  apps.map(({ api_name: name, found, repair, outcome }) => [name, found, repair, outcome]);

/** The key of an app by the sandbox's own state. */
const keyOf = (app: string): string =>
  (
    JSON.parse(here.read('state.json')) as {
      components: Record<string, Record<string, { consumer?: { key: string } }>>;
    }
  ).components['ConnectedApp']?.[app]?.consumer?.key ?? 'none';

/** Whether each client gets in, by the token endpoint and the login page of the org. */
async function getIn(): Promise<Readonly<Record<string, boolean>>> {
  const claims = {
    iss: keyOf('Jobs'),
    sub: 'jobs@acme.example.uat',
    aud: 'https://test.salesforce.com',
    exp: Math.floor(Date.now() / 1000) + 120,
  };
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: signAssertion(claims, pair.key),
  });
  const token = await fetch(`${sandbox.url}/services/oauth2/token`, { method: 'POST', body });
  const question = new URLSearchParams({
    response_type: 'code',
    client_id: keyOf('Portal'),
    redirect_uri: CALLBACKS.uat[0] ?? '',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const page = await fetch(`${sandbox.url}/services/oauth2/authorize?${question.toString()}`, { redirect: 'manual' });
  return { Portal: page.status === 200, Jobs: token.ok };
}

/** The second heal writes nothing, and finds the same left. */
async function isSettled(code: number, options = ''): Promise<void> {
  const sent = deploys(sandbox);
  const second = await healed(here, sandbox, options);
  expect([second.code, deploys(sandbox)]).toEqual([code, sent]);
}

describe('Connected Apps after a refresh', () => {
  it('come along under the line of production: taken over, and what widens waits for a review', async () => {
    await refreshed();
    const { code, org: found } = await healed(here, sandbox);
    expect([code, shown(found)]).toEqual([
      2,
      [
        ['Jobs', 'copied', 'update', 'healed'],
        ['Portal', 'copied', 'none', 'left'],
      ],
    ]);
    expect(appOf(found, 'Portal').left.map((each) => each.code)).toEqual(['widening-not-reviewed']);
    expect(await getIn()).toEqual({ Portal: false, Jobs: true });
    await isSettled(2);
    const widened = await healed(here, sandbox, '--allow widens');
    expect([widened.code, await getIn()]).toEqual([0, { Portal: true, Jobs: true }]);
    await isSettled(0, '--allow widens');
  });

  it.each<[damage: AppDamage, repair: string]>([
    ['not-copied', 'create'],
    ['without-certificate', 'update'],
    ['new-consumer-key', 'update'],
  ])('%s: %s, and every client gets in again', async (damage, repair) => {
    await refreshed({ Portal: damage === 'without-certificate' ? [] : [damage], Jobs: [damage] });
    const { code, org: found } = await healed(here, sandbox, '--allow widens');
    expect([code, found.apps.flatMap(({ left }) => left)]).toEqual([0, []]);
    expect(appOf(found, 'Jobs')).toMatchObject({ repair, outcome: 'healed' });
    expect(await getIn()).toEqual({ Portal: true, Jobs: true });
    // The clients are told where their key is.
    const next = found.apps.map((app) => app.next.some(({ command }) => command?.startsWith('client-apps outputs')));
    expect(next).toEqual([true, true]);
    await isSettled(0, '--allow widens');
    const plan = await here.run('plan --org uat --detailed-exitcode', { environment: login(sandbox) });
    expect(plan.code).toBe(0);
  });

  it('are only looked at with --dry-run', async () => {
    await refreshed({ Jobs: ['not-copied'] });
    const state = here.read('state.json');
    const { code, org: found } = await healed(here, sandbox, '--dry-run');
    expect([code, here.read('state.json')]).toEqual([2, state]);
    expect(appOf(found, 'Jobs')).toMatchObject({ found: 'missing', repair: 'create' });
  });

  it('that Salesforce does not let the program create are for a person, and the others are repaired', async () => {
    await refreshed({ Jobs: ['not-copied'] }, false);
    const { code, stderr, org: found } = await healed(here, sandbox, '--allow widens');
    expect([code, appOf(found, 'Portal').outcome, appOf(found, 'Jobs').outcome]).toEqual([1, 'healed', 'not-healed']);
    expect(stderr + JSON.stringify(found)).toContain('Salesforce refused connectedApps/Jobs.connectedApp');
  });

  it('of the same name as an External Client App are for a person', async () => {
    await refreshed({ Jobs: ['not-copied'] });
    const header = `<ExternalClientApplication xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>a@acme.example</contactEmail><distributionState>Local</distributionState><label>Jobs</label></ExternalClientApplication>`;
    const members =
      '<types><members>Jobs</members><name>ExternalClientApplication</name></types><version>66.0</version>';
    await deployAs(
      sandbox,
      new Map([
        ['externalClientApps/Jobs.eca', header],
        ['package.xml', `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${members}</Package>`],
      ]),
    );
    const { code, org: found } = await healed(here, sandbox, '--allow widens');
    expect([code, appOf(found, 'Portal').outcome, appOf(found, 'Jobs').outcome]).toEqual([2, 'healed', 'left']);
    expect(appOf(found, 'Jobs').left.map((each) => each.remedy.length > 0)).not.toContain(false);
    await isSettled(2, '--allow widens');
  });
});
