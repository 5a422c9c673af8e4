import type { Emulator } from '../../lib/emulator';
import {
  deleteApp,
  fastOrg,
  login,
  mobile,
  org,
  portal,
  type Project,
  project,
  switchPkceOff,
  tamper,
  twoApps,
} from './support';

let here: Project;
let salesforce: Emulator;
beforeEach(async () => {
  here = project();
  here.synth(twoApps);
  salesforce = await fastOrg();
  await client('apply --auto-approve');
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const client = (commandLine: string) => here.run(commandLine, { environment: login(salesforce) });

describe('what plan and drift say of an org that is not as declared', () => {
  it('agrees on an app that somebody stopped', async () => {
    await client('stop Mobile');
    const plan = await client('plan');
    expect(plan.stdout).toContain(
      'Nothing to apply, but prod does not match the code: 1 app stopped in the org (Mobile).',
    );
    expect(plan.stdout).not.toContain('No changes');
    const drift = await client('drift');
    expect(drift.stdout).toContain('Drift in prod: 1 stopped app.');
    expect(drift.code).toBe(2);
  });

  it('agrees on an app that was left out, and drift judges only what it compared', async () => {
    await client('stop Mobile');
    for (const line of ['plan --except Mobile', 'plan --target Portal']) {
      const plan = await client(line);
      expect(plan.stdout).toContain('No changes: everything compared in prod matches the code.');
      expect(plan.stdout).toContain('Not compared with the org: 1 app left out of this run (Mobile).');
    }
    const drift = await client('drift --except Mobile');
    expect(drift.stdout).toContain('Not compared with the org: 1 app left out of this run (Mobile).');
    expect(drift.code).toBe(0);
  });

  it('agrees on an app that the code no longer declares', async () => {
    here.synth((stack) => void portal(org(stack)));
    expect((await client('plan')).stdout).toContain(
      'does not match the code: 1 app no longer declared, still in the org (Mobile).',
    );
    const drift = await client('drift');
    expect(drift.stdout).toContain('Drift in prod: 1 app no longer declared.');
    expect(drift.code).toBe(2);
  });

  it('is drift by its exit code, too, where a guard keeps an apply from the repair, and says so', async () => {
    await switchPkceOff(salesforce);
    const header = { type: 'ExternalClientApplication', name: 'Mobile', path: 'externalClientApps/Mobile.eca' };
    await tamper(salesforce, header, /Managed as code by identity\/prod/, 'made by hand');
    const drift = await client('drift');
    expect(drift.stdout).toContain('[adoption-needed]');
    expect(drift.stdout.replace(/\s+/g, ' ')).toContain('An apply would not repair 1 app: see the errors above.');
    expect([drift.code, (await client('status')).code]).toEqual([2, 2]);
  });

  it('tells a deleted app as missing, in text and in the report for Terraform', async () => {
    await deleteApp(salesforce, 'Mobile');
    const drift = await client('drift');
    expect(drift.stdout).toContain('! Mobile: public client app, declared, not in the org');
    expect(drift.stdout).toContain('Drift in prod: 1 missing app.');
    expect(drift.stdout).not.toContain('weaker');
    expect(drift.code).toBe(2);
  });

  it('says that there is no package to write, and writes the plan all the same where a comment cannot be', async () => {
    const { stderr } = await client('plan --package packages');
    expect(stderr).toContain('packages: the plan deploys nothing.');
    expect(await client('plan --out p.json --markdown cdktf.json/x.md')).toMatchObject({ code: 1 });
    expect(here.read('p.json')).toContain('"orgs"');
  });

  it('says so of a program that declares other apps now', async () => {
    here.synth((stack) => {
      const prod = org(stack);
      portal(prod);
      mobile(prod);
    });
    expect((await client('plan')).stdout).toContain('No changes: prod matches the code.');
  });
});
