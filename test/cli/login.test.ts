import { createServer } from 'node:net';

import type { Emulator } from '../../lib/emulator';
import { deploys, fastOrg, login, mobile, org, portal, type Project, project, twoApps } from './support';

let here: Project;
let salesforce: Emulator;
beforeAll(async () => {
  salesforce = await fastOrg();
});
afterAll(() => salesforce.close());
beforeEach(() => {
  here = project();
});
afterEach(() => here.remove());

const COMMANDS = ['plan', 'apply --auto-approve', 'drift', 'outputs', 'stop Portal'];

describe('an org that lets nobody in is never drift and never empty', () => {
  beforeEach(() => here.synth(twoApps));

  it.each(COMMANDS)('%s: a refused token exits with 5, and does not show it', async (commandLine) => {
    const environment = { SF_INSTANCE_URL: salesforce.url, SF_ACCESS_TOKEN: '00DEM!wrong-token' };
    const { code, stdout, stderr } = await here.run(commandLine, { environment });
    expect(stderr).toContain('error: identity/prod:');
    expect(stdout + stderr).not.toContain('wrong-token');
    expect(code).toBe(5);
  });

  it.each(COMMANDS)('%s: no credentials exit with 5, naming the variables', async (commandLine) => {
    const { code, stderr } = await here.run(commandLine, { environment: { SF_CLIENT_ID: '3MVGx' } });
    expect(stderr).toContain('Found: SF_CLIENT_ID.');
    expect(stderr).toContain('SF_JWT_KEY_FILE');
    expect(code).toBe(5);
  });

  it('an address where nobody listens exits with 5', async () => {
    const port = await freePort();
    const environment = { SF_INSTANCE_URL: `http://127.0.0.1:${port}`, SF_ACCESS_TOKEN: '00DEM!token' };
    expect(await here.run('drift', { environment })).toMatchObject({ code: 5 });
  });
});

describe('several orgs in one run', () => {
  beforeEach(() =>
    here.synth((stack) => {
      portal(org(stack, 'prod'));
      mobile(org(stack, 'test'));
    }),
  );

  it('take only credentials with their name', async () => {
    const { code, stderr } = await here.run('plan', { environment: login(salesforce) });
    expect(stderr).toContain('Not used because the run has more than one org: SF_ACCESS_TOKEN, SF_INSTANCE_URL');
    expect(stderr).toContain('SF_PROD_');
    expect(stderr).toContain('SF_TEST_');
    expect(code).toBe(5);
  });

  it('are each planned and applied with their own', async () => {
    const second = await fastOrg();
    const environment = { ...login(salesforce, 'prod'), ...login(second, 'test') };
    const apply = await here.run('apply --auto-approve', { environment });
    expect(apply.stdout).toContain('+ Portal: created');
    expect(apply.stdout).toContain('+ Mobile: created');
    expect(apply.code).toBe(0);
    const { stdout } = await here.run('outputs --json --org test', { environment: login(second) });
    expect(JSON.parse(stdout)).toMatchObject({ orgs: [{ org_id: second.orgId, apps: [{ exists: true }] }] });
    expect((await here.run('stop Mobile', { environment })).stdout).toContain('Mobile is off in test');
    const unknown = await here.run('stop Elsewhere', { environment });
    expect(unknown.stderr).toContain('prod/Elsewhere, test/Elsewhere');
    await second.close();
  });

  it('go on where one cannot be reached, save no half plan, and end with its exit code', async () => {
    const third = await fastOrg();
    const environment = { ...login(third, 'prod') };
    const plan = await here.run('plan --out plan.json --detailed-exitcode', { environment });
    expect(plan.stdout).toContain('Org prod');
    expect(plan.stderr).toContain('Not written, because not every org could be planned: plan.json');
    expect(plan.code).toBe(5);
    expect(() => here.read('plan.json')).toThrow();
    const apply = await here.run('apply --auto-approve', { environment });
    expect(apply.code).toBe(5);
    expect(deploys(third)).toBe(1);
    await third.close();
  });

  it('cannot share one receipt file', async () => {
    const { code, stderr } = await here.run('plan --receipt one.json');
    expect(stderr).toContain('one file cannot hold the receipts of 2 orgs');
    expect(code).toBe(1);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
