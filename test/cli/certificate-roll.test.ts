import { createPrivateKey } from 'node:crypto';
import { join } from 'node:path';

import type { TerraformStack } from 'cdktf';

import { Certificate, MachineApp, PermittedUsers, Scope } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { signAssertion } from '../../lib/org/jwt-assertion';
import { makeCertificate } from '../emulator/certificate';
import { fastOrg, login, org, type Project, project } from './support';

const SEED = join(__dirname, '../../examples/quickstart/org-seed');
const USER = 'billing.sync@acme.example';

let here: Project;
let salesforce: Emulator;
type Pair = { readonly cert: string; readonly key: string };
let former: Pair;
let next: Pair;
beforeAll(async () => {
  [former, next] = await Promise.all([makeCertificate(), makeCertificate()]);
});
beforeEach(async () => {
  here = project();
  salesforce = await fastOrg({ seedDir: SEED });
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const apply = async (apps: Readonly<Record<string, Pair>>, options = ''): Promise<number> => {
  here.synth((stack: TerraformStack) => {
    const parent = org(stack);
    for (const [name, { cert }] of Object.entries(apps)) {
      new MachineApp(parent, name, {
        label: name,
        scopes: [Scope.API, Scope.REFRESH_TOKEN] as const,
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Sync_Access'] }),
        certificate: Certificate.fromPem(cert),
      });
    }
  });
  return (await here.run(`apply --auto-approve ${options}`, { environment: login(salesforce) })).code;
};

const keyOf = async (app: string): Promise<string> => {
  const { stdout } = await here.run('outputs --json', { environment: login(salesforce) });
  const { orgs } = JSON.parse(stdout) as { orgs: { apps: { api_name: string; consumer_key: string }[] }[] };
  return orgs[0]?.apps.find(({ api_name: name }) => name === app)?.consumer_key ?? '';
};

/** The proof: a token is issued, or refused. */
const signsIn = async (clientId: string, { key }: Pair): Promise<boolean> => {
  const audience = 'https://login.salesforce.com';
  const assertion = signAssertion({ clientId, username: USER, audience, key: createPrivateKey(key), now: Date.now() });
  const body = new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  return (await fetch(`${salesforce.url}/services/oauth2/token`, { method: 'POST', body })).ok;
};

describe('rolling a certificate', () => {
  it('with a second app both keys sign in, until the first app is removed', async () => {
    expect(await apply({ Sync: former })).toBe(0);
    const first = await keyOf('Sync');
    expect(await signsIn(first, former)).toBe(true);
    expect(await apply({ Sync: former, Sync_2: next })).toBe(0);
    const second = await keyOf('Sync_2');
    expect([await signsIn(first, former), await signsIn(second, next)]).toEqual([true, true]);
    expect(await signsIn(second, former)).toBe(false);
    expect(await apply({ Sync_2: next }, '--allow-delete Sync')).toBe(0);
    expect([await signsIn(first, former), await signsIn(second, next)]).toEqual([false, true]);
  });

  it('in one apply the former key is refused from that moment on', async () => {
    expect(await apply({ Sync: former })).toBe(0);
    const clientId = await keyOf('Sync');
    expect(await apply({ Sync: next }, '--allow widens')).toBe(0);
    expect(await keyOf('Sync')).toBe(clientId);
    expect([await signsIn(clientId, former), await signsIn(clientId, next)]).toEqual([false, true]);
  });
});
