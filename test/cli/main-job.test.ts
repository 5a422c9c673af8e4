import { existsSync, readdirSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import {
  deleteApp,
  deploys,
  fastOrg,
  login,
  type Project,
  project,
  switchPkceOff,
  takeScopeAway,
  twoApps,
} from './support';

let here: Project;
let salesforce: Emulator;
let environment: Readonly<Record<string, string>>;
beforeEach(async () => {
  here = project();
  here.synth(twoApps);
  salesforce = await fastOrg();
  environment = login(salesforce);
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const client = (commandLine: string) => here.run(commandLine, { environment });

describe('from nothing to an org in sync', () => {
  it('plans, applies, finds nothing left, sees drift, repairs it', async () => {
    const plan = await client('plan --detailed-exitcode');
    expect(plan.stdout).toContain('2 to create');
    expect(plan.code).toBe(2);

    const apply = await client('apply --auto-approve');
    expect(apply.stdout).toMatch(/\+ Portal: created\n\s+consumer key: +3MVG9/);
    expect(apply.stdout).toContain('Setup > External Client App Manager > Portal > Settings');
    expect(apply.stdout).toContain('up to 30 minutes');
    expect(apply.stderr).toContain('deploying to prod');
    expect(apply.stderr).toContain('.client-apps/receipts/identity__prod.json');
    expect(apply.code).toBe(0);

    expect(await client('plan --detailed-exitcode')).toMatchObject({ code: 0 });
    expect(await client('drift')).toMatchObject({ code: 0 });
    const written = deploys(salesforce);
    const idle = await client('apply --auto-approve');
    expect(idle.stdout).toContain('No changes: prod matches the code.');
    expect(idle.code).toBe(0);
    expect(deploys(salesforce)).toBe(written);

    await switchPkceOff(salesforce);
    const drift = await client('drift');
    expect(drift.stdout).toMatch(/isPkceRequired\): declared true, org has false\n.*widens access/);
    expect(drift.code).toBe(2);
    expect((await client('apply --auto-approve')).stdout).toContain('~ Mobile: updated');
    expect(await client('drift')).toMatchObject({ code: 0 });
  });

  it('tells a secret nowhere, and the login neither', async () => {
    const said: string[] = [];
    for (const commandLine of [
      'plan --out p.json --markdown p.md',
      'apply p.json --json',
      'outputs --json',
      'drift --json',
    ]) {
      const { stdout, stderr } = await client(commandLine);
      said.push(stdout, stderr);
    }
    const files = [here.read('p.json'), here.read('p.md'), here.read('.client-apps/receipts/identity__prod.json')];
    for (const text of [...said, ...files]) {
      expect(text).not.toContain(salesforce.accessToken);
      expect(text).not.toMatch(/<consumerSecret>|"consumerSecret"/);
    }
  });

  it('prints the consumer keys for people and for programs', async () => {
    expect((await client('outputs')).stdout).toContain('not in the org: apply creates it');
    await client('apply --auto-approve');
    const people = await client('outputs');
    const programs = JSON.parse((await client('outputs --json')).stdout) as {
      readonly orgs: readonly {
        readonly apps: readonly { readonly api_name: string; readonly consumer_key: string }[];
      }[];
    };
    const apps = programs.orgs[0]?.apps ?? [];
    expect(apps.map((app) => app.api_name)).toEqual(['Mobile', 'Portal']);
    for (const app of apps) expect(people.stdout).toContain(app.consumer_key);
  });
});

describe('machine output', () => {
  it.each(['plan', 'drift', 'outputs', 'apply --auto-approve'])('of a failed %s is JSON, too', async (command) => {
    const { code, stdout, stderr } = await here.run(`${command} --json`, { environment: {} });
    const errors = [{ code: 'org-login', severity: 'error', path: 'identity/prod' }];
    expect(code).toBe(5);
    expect(stderr).toContain('No complete set of credentials');
    expect(stderr.replace(/\s+/g, ' ')).toContain('to try the command without an org, add --local');
    const half = await here.run(command, { environment: { SF_USERNAME: 'admin@example.com' } });
    expect(half.stderr).not.toContain('--local');
    const parsed = JSON.parse(stdout) as { readonly exit_code?: number };
    if (parsed.exit_code !== undefined) expect(parsed).toMatchObject({ exit_code: 5, errors });
    const input = await here.run(`${command} --json --org nowhere`, { environment });
    expect(JSON.parse(input.stdout)).toMatchObject({ exit_code: 1, errors: [{ code: 'org-unknown' }] });
  });

  it('has standard output for itself; what people read goes to standard error', async () => {
    const plan = await client('plan --json');
    expect(JSON.parse(plan.stdout)).toMatchObject({ format_version: '1.7', orgs: [{ org: 'prod' }] });
    expect(plan.stderr).toContain('2 to create');
    const drift = await client('drift --json');
    expect(JSON.parse(drift.stdout)).toMatchObject({ format_version: '1.1', orgs: [{ in_sync: false }] });
    expect(drift.code).toBe(2);
    const apply = await client('apply --auto-approve --json');
    expect(JSON.parse(apply.stdout)).toMatchObject({
      format_version: '1.1',
      receipts: [{ manifest_id: 'identity/prod' }],
    });
    expect(apply.stderr).toContain('+ Portal: created');
  });

  it('of an apply that has nothing to do is an empty list', async () => {
    await client('apply --auto-approve');
    const { stdout, code } = await client('apply --auto-approve --json');
    expect(JSON.parse(stdout)).toEqual({ format_version: '1.1', receipts: [] });
    expect(code).toBe(0);
  });
});

describe('plan', () => {
  it('writes the very packages that apply deploys, for another tool to deploy', async () => {
    await client('plan --package packages');
    expect(readdirSync(here.path('packages/prod'))).toEqual(['1-apps']);
    expect(readdirSync(here.path('packages/prod/1-apps')).sort()).toEqual([
      'externalClientApps',
      'extlClntAppGlobalOauthSets',
      'extlClntAppOauthPolicies',
      'extlClntAppOauthSettings',
      'extlClntAppPolicies',
      'package.xml',
    ]);
  });

  it('--target leaves the other apps alone', async () => {
    const { stdout } = await client('plan --target prod/Portal');
    expect(stdout).toContain('1 to create');
    expect(stdout).toContain('Left alone in this run (1): Mobile');
  });

  it('--validate has Salesforce judge the packages, keeps nothing, and fails where it would refuse', async () => {
    expect(await client('plan --validate')).toMatchObject({ code: 0 });
    salesforce.faults.failNext(
      { operation: 'deploy' },
      { kind: 'deploy-fails', fullName: 'Portal', problem: 'Salesforce says no' },
    );
    const refused = await client('plan --validate --out plan.json');
    expect(refused.stdout).toMatch(/identity\/prod\/Portal.*Salesforce says no/);
    expect(refused.code).toBe(1);
    expect((await client('plan')).stdout).toContain('2 to create');
    expect(await client('apply plan.json')).toMatchObject({ code: 1 });
  });

  it('--deny widens exits with 3 where access that exists is widened, not for new apps and repairs', async () => {
    expect(await client('plan --deny widens')).toMatchObject({ code: 0 });
    await client('apply --auto-approve');
    await switchPkceOff(salesforce);
    expect(await client('plan --deny widens --detailed-exitcode')).toMatchObject({ code: 2 });
    await takeScopeAway(salesforce);
    expect(await client('plan --deny widens --detailed-exitcode')).toMatchObject({ code: 3 });
  });

  it('--fail-on exits with 3 where an app that changes violates a control so serious, and only then', async () => {
    expect(await client('plan --fail-on high')).toMatchObject({ code: 0 });
    const plan = await client('plan --fail-on medium');
    expect(plan.code).toBe(3);
    expect(plan.stdout).toContain('violates (medium): Every user of the org can approve the app');
    await client('apply --auto-approve');
    expect(await client('plan --fail-on medium')).toMatchObject({ code: 0 });
  });
});

describe('the memory of earlier applies', () => {
  it('distinguishes an app deleted in the org from a new one', async () => {
    await client('apply --auto-approve');
    await deleteApp(salesforce, 'Portal');
    const plan = await client('plan');
    expect(plan.stdout).toContain('Portal was applied before and has been deleted in the org');
    expect(plan.code).toBe(1);
    expect((await client('plan --no-receipt')).stdout).toContain('1 to create');
    expect(await client('apply --auto-approve --allow-recreate Portal')).toMatchObject({ code: 0 });
    expect(await client('drift')).toMatchObject({ code: 0 });
  });

  it('stands where --receipt says', async () => {
    await client('apply --auto-approve --receipt memory/prod.json');
    expect(JSON.parse(here.read('memory/prod.json'))).toMatchObject({ org: 'prod' });
    expect(existsSync(here.path('.client-apps'))).toBe(false);
  });

  it('that is damaged stops everything and names the file', async () => {
    here.write('.client-apps/receipts/identity__prod.json', '{"format_version": "1.0"}');
    for (const commandLine of ['plan', 'drift', 'apply --auto-approve']) {
      const { code, stderr } = await client(commandLine);
      expect(stderr).toContain('.client-apps/receipts/identity__prod.json');
      expect(code).toBe(1);
    }
    expect(deploys(salesforce)).toBe(0);
  });
});
