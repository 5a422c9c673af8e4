import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Certificate, MachineApp, PermittedUsers, PrivateClientApp, Scope } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import type { OrgReceipt } from '../../lib/operations/types';
import { ROOT } from '../docs/documents';
import { until } from './built';
import {
  deleteApp,
  deploys,
  fastOrg,
  login,
  mobile,
  org,
  portal,
  type Project,
  project,
  tamper,
  twoApps,
} from './support';

let here: Project;
const started: Emulator[] = [];
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.close()));
  here.remove();
});

async function emulated(options: Parameters<typeof fastOrg>[0] = {}): Promise<Emulator> {
  const each = await fastOrg(options);
  started.push(each);
  return each;
}

const RECEIPT = '.client-apps/receipts/identity__prod.json';
const JOURNAL = '.client-apps/receipts/identity__prod.journal.json';
const actionsOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries((JSON.parse(text) as OrgReceipt).apps.map(({ api_name: name, action }) => [name, action]));
const BOTH = { Mobile: 'deleted', Portal: 'deleted' };

/** One org with both apps. */
async function applied(options: Parameters<typeof fastOrg>[0] = {}) {
  const salesforce = await emulated(options);
  const client = (line: string, more: Parameters<Project['run']>[1] = {}) =>
    here.run(line, { environment: login(salesforce), ...more });
  here.synth(twoApps);
  expect((await client('apply --auto-approve')).code).toBe(0);
  return { salesforce, client };
}

describe('a destroy that was cut off', () => {
  it('after the org took it: the receipt says unknown, nothing advises to make the apps anew, and the next destroy says deleted', async () => {
    const { salesforce, client } = await applied({ switches: { deployMs: 3000 } });
    let interrupt: () => void = () => undefined;
    const running = client('destroy --auto-approve --all', { onStderr: (_, stop) => (interrupt = stop) });
    expect(await until(() => existsSync(here.path(JOURNAL)) && here.read(JOURNAL).includes('accepted'))).toBe(true);
    interrupt();
    interrupt();
    expect((await running).code).toBe(130);
    expect(actionsOf(here.read(RECEIPT))).toEqual({ Mobile: 'unknown', Portal: 'unknown' });
    const written = deploys(salesforce);

    const again = await client('destroy --auto-approve --all');
    expect(again.stdout).toContain('- Mobile: deleted');
    expect(again.stdout).toContain('this run finished an apply that began');
    expect(again.code).toBe(0);
    expect(actionsOf(here.read(RECEIPT))).toEqual(BOTH);
    expect([existsSync(here.path(JOURNAL)), deploys(salesforce)]).toEqual([false, written]);
  });

  it('before it was sent: plan names what it was to delete and how to finish that', async () => {
    const { salesforce, client } = await applied();
    salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'drop' });
    expect((await client('destroy --auto-approve --all')).code).toBe(6);
    const { stdout } = await client('plan');
    expect(stdout).toContain('it was to delete ExternalClientApplication:Mobile, ExternalClientApplication:Portal');
    expect(stdout).not.toContain('run client-apps apply to continue');
    expect(await client('destroy', { answer: 'prod' })).toMatchObject({ code: 0 });
    expect(actionsOf(here.read(RECEIPT))).toEqual(BOTH);
  });

  it('by an answer that never came is settled by reading', async () => {
    const { salesforce, client } = await applied();
    salesforce.faults.failNext({ operation: 'checkDeployStatus' }, { kind: 'html' }, 99);
    expect(await client('destroy --auto-approve --all')).toMatchObject({ code: 0 });
    expect(actionsOf(here.read(RECEIPT))).toEqual(BOTH);
  });

  it('at its question: nothing was deleted', async () => {
    const { salesforce, client } = await applied();
    const written = deploys(salesforce);
    let interrupt: () => void = () => undefined;
    const { code, stderr } = await client('destroy', {
      answer: 'prod',
      onStderr: (_, stop) => (interrupt = stop),
      onQuestion: () => interrupt(),
    });
    expect([code === 0, stderr]).toEqual([false, expect.stringContaining('Interrupted: nothing was written')]);
    expect(deploys(salesforce)).toBe(written);
  });
});

describe('a destroy', () => {
  it("deletes nothing where an app became another owner's between the question and the answer", async () => {
    const { salesforce, client } = await applied();
    const path = 'externalClientApps/Mobile.eca';
    const takeOver = (): Promise<void> =>
      tamper(salesforce, { type: 'ExternalClientApplication', name: 'Mobile', path }, /identity\/prod/, 'other/prod');
    const { code, stdout } = await client('destroy', { answer: 'prod', onQuestion: takeOver });
    expect([code, stdout]).toEqual([4, expect.not.stringContaining('- Portal: deleted')]);
    expect((await client('destroy --dry-run')).stdout).toContain('does not say that we manage it: it stays');
  });

  it('deletes nothing where an app came that it had not named', async () => {
    const { salesforce, client } = await applied();
    const elsewhere = project();
    elsewhere.synth((stack) => {
      const parent = org(stack);
      portal(parent);
      mobile(parent);
      new PrivateClientApp(parent, 'Late', {
        label: 'Late',
        callbackUrls: ['https://late.acme.example/callback'],
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.selfAuthorized(),
      });
    });
    const comes = () => elsewhere.run('apply --auto-approve', { environment: login(salesforce) });
    const { code, stdout } = await client('destroy', { answer: 'prod', onQuestion: comes });
    elsewhere.remove();
    expect([code, stdout]).toEqual([4, expect.not.stringContaining('deleted\n')]);
    expect((await client('destroy --dry-run')).stdout).toContain('- Late will be deleted');
  });

  it('of several orgs goes on where one cannot be reached, and says so by its exit code', async () => {
    const names = ['dev', 'prod', 'test'];
    const all = new Map<string, Emulator>();
    for (const name of names) all.set(name, await emulated());
    const environment = Object.assign({}, ...[...all].map(([name, each]) => login(each, name))) as Record<
      string,
      string
    >;
    here.synth((stack) => {
      for (const name of names) mobile(org(stack, name));
    });
    expect((await here.run('apply --auto-approve', { environment })).code).toBe(0);
    await all.get('prod')?.close();
    const { code, stdout, stderr } = await here.run('destroy --auto-approve --allow-delete Mobile', { environment });
    expect(code).toBe(5);
    expect(stderr).toContain('error: identity/prod');
    expect(stdout.match(/- Mobile: deleted/g)).toHaveLength(2);
    for (const name of ['dev', 'test'])
      expect(actionsOf(here.read(`.client-apps/receipts/identity__${name}.json`))).toEqual({ Mobile: 'deleted' });
    expect(actionsOf(here.read('.client-apps/receipts/identity__prod.json'))).toEqual({ Mobile: 'created' });
  });

  it('refuses a name that no app has before it deletes another', async () => {
    const { salesforce, client } = await applied();
    const written = deploys(salesforce);
    for (const name of ['Mobil', 'ConnectedApp:Mobile', 'ExternalClientApplication:Portl', 'prod/Mobil']) {
      const { code, stderr } = await client(`destroy --auto-approve --all --allow-delete ${name}`);
      expect([name, code, stderr]).toEqual([name, 1, expect.stringContaining('[app-unknown]')]);
    }
    expect((await client('destroy --auto-approve --all --allow-delete nowhere/Mobile')).stderr).toContain('nowhere');
    expect(deploys(salesforce)).toBe(written);
    // The same script again, after it deleted an app.
    await deleteApp(salesforce, 'Mobile');
    const named = '--allow-delete Mobile --allow-delete ExternalClientApplication:Portal';
    expect(await client(`destroy --auto-approve ${named}`)).toMatchObject({ code: 0 });
    expect(await client(`destroy --auto-approve ${named}`)).toMatchObject({ code: 0 });
  });

  it('prints one JSON document in any case: the plans of a dry run, the receipts of what was done', async () => {
    const { client } = await applied();
    const dry = JSON.parse((await client('destroy --dry-run --json')).stdout) as {
      orgs: { apps: { action: string }[] }[];
    };
    expect(dry.orgs.map(({ apps }) => apps.map(({ action }) => action))).toEqual([['delete', 'delete']]);
    const refused = await client('destroy --json', { answer: 'yes' });
    expect(JSON.parse(refused.stdout)).toMatchObject({ receipts: [] });
    const done = await client('destroy --json', { answer: 'prod' });
    expect(JSON.parse(done.stdout)).toMatchObject({ receipts: [{ org: 'prod', apps: [{}, {}] }] });
  });

  it('deletes a machine with its certificate, whatever the org returns of it', async () => {
    here.write('seed/org.json', JSON.stringify({ permissionSets: [{ name: 'Access', holders: 1 }] }));
    const salesforce = await emulated({ seedDir: here.path('seed') });
    here.synth((stack) => {
      new MachineApp(org(stack), 'Feed', {
        label: 'Feed',
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Access'] }),
        certificate: Certificate.fromFile(join(ROOT, 'examples/server-integration/certs/warehouse-feed.crt')),
      });
    });
    const environment = login(salesforce);
    expect(await here.run('apply --auto-approve', { environment })).toMatchObject({ code: 0 });
    expect(await here.run('destroy --auto-approve --all', { environment })).toMatchObject({ code: 0 });
    expect(actionsOf(here.read(RECEIPT))).toEqual({ Feed: 'deleted' });
  });
});
