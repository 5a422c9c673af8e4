import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Emulator } from '../../lib/emulator';
import { deploys, fastOrg, login, org, portal, type Project, project, tamper, twoApps } from './support';

let here: Project;
let salesforce: Emulator;
let environment: Readonly<Record<string, string>>;
beforeEach(async () => {
  here = project();
  here.synth(twoApps);
  salesforce = await fastOrg();
  environment = login(salesforce);
  expect(await here.run('apply --auto-approve', { environment })).toMatchObject({ code: 0 });
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const isOn = async (app = 'Portal'): Promise<boolean> =>
  !(await here.run(`stop ${app}`, { environment })).stdout.includes('already off');

describe('stop', () => {
  it('says where it acts before it acts', async () => {
    let before = -1;
    const written = deploys(salesforce);
    const onStderr = (text: string): void => {
      if (before < 0 && text.includes(`Switching Portal off in prod (${salesforce.orgId} at`))
        before = deploys(salesforce);
    };
    const { code, stderr } = await here.run('stop Portal', { environment, onStderr });
    expect(stderr.startsWith('Switching Portal off in prod.\n')).toBe(true);
    expect([code, before]).toEqual([0, written]);
  });

  it.each([
    ['its first word', /Switching Portal off in prod\./],
    ['the search', /looking for Portal/],
  ])('is stopped by one interrupt at %s, and nothing is written', async (_, moment) => {
    const written = deploys(salesforce);
    let done = false;
    const onStderr = (text: string, interrupt: () => void): void => {
      if (done || !moment.test(text)) return;
      done = true;
      // The announcement is made before anything listens.
      setImmediate(interrupt);
    };
    const { code, stdout } = await here.run('stop Portal', { environment, onStderr });
    expect([code, stdout]).toEqual([130, '']);
    expect(deploys(salesforce)).toBe(written);
    expect(await isOn()).toBe(true);
  });

  it('interrupted while it writes finishes that and says so', async () => {
    let done = false;
    const onStderr = (text: string, interrupt: () => void): void => {
      if (done || !/Switching Portal off in prod \(/.test(text)) return;
      done = true;
      setImmediate(interrupt);
    };
    const { code, stdout, stderr } = await here.run('stop Portal', { environment, onStderr });
    expect(stderr).toContain('Stopping:');
    expect(stdout).toContain('Portal is off in prod');
    expect(code).toBe(0);
  });

  it('works without a manifest that can be used, and says that the login alone decides', async () => {
    here.write('cdktf.out/stacks/identity/client-apps/prod/manifest.json', '{ damaged');
    const { code, stdout, stderr } = await here.run('stop Portal', { environment });
    expect(stderr).toContain('cannot be used: cdktf.out/stacks/identity/client-apps/prod/manifest.json');
    expect(stderr).toContain('Switching Portal off in the org of the login.');
    expect(stdout).toContain(`Portal is off in org (${salesforce.orgId}`);
    expect(code).toBe(0);
  });

  it('works where the output of cdktf is damaged as a whole', async () => {
    here.write('cdktf.out/manifest.json', 'no JSON');
    expect(await here.run('stop Portal', { environment })).toMatchObject({ code: 0 });
  });

  it('still refuses a manifest that was named and cannot be used, and an org that does not exist', async () => {
    here.write('bad.json', '{ damaged');
    expect(await here.run('stop Portal --manifest bad.json', { environment })).toMatchObject({ code: 1 });
    expect(await here.run('stop nowhere/Portal', { environment })).toMatchObject({ code: 1 });
  });

  it('is undone once: a second start finds that it is so, unless somebody has stopped the app since', async () => {
    const run = (line: string) => here.run(line, { environment });
    await run('stop Portal');
    expect(await run('start Portal --auto-approve')).toMatchObject({ code: 0 });
    const before = deploys(salesforce);
    for (const line of ['start Portal --auto-approve', 'start Portal --dry-run']) {
      const { code, stdout } = await run(line);
      expect([code, stdout]).toEqual([
        0,
        expect.stringContaining('Portal already has the values from before the stop'),
      ]);
    }
    expect(deploys(salesforce)).toBe(before);
    // By somebody who keeps no receipt here.
    const policies = 'extlClntAppPolicies/Portal_plcy.ecaPlcy';
    const off = { type: 'ExtlClntAppConfigurablePolicies', name: 'Portal_plcy', path: policies };
    await tamper(salesforce, off, /(<isEnabled>)true/, '$1false');
    const again = await run('start Portal --auto-approve');
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('[start-without-receipt]')]);
  });

  it.each(['0', 'soon', '-1'])('refuses --timeout %s', async (timeout) => {
    const { code, stderr } = await here.run(`stop Portal --timeout ${timeout}`, { environment });
    expect(stderr).toContain('this is not a valid number of seconds');
    expect(code).toBe(1);
  });

  it('against a server that says nothing gives up in time, says that nothing was written, and ends with 5', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const started = Date.now();
    const { code, stderr } = await here.run('stop Portal --timeout 2', {
      environment: { ...environment, SF_INSTANCE_URL: url },
    });
    silent.closeAllConnections();
    silent.close();
    expect(Date.now() - started).toBeLessThan(15_000);
    expect(stderr).toMatch(/Gave up after 2 s|no answer for/);
    expect(code).toBe(5);
  });
});

describe('stop in several orgs', () => {
  let uat: Emulator;
  let both: Readonly<Record<string, string>>;
  beforeEach(async () => {
    here.synth((stack) => {
      portal(org(stack));
      portal(org(stack, 'uat'));
    });
    uat = await fastOrg();
    both = { ...login(salesforce, 'prod'), ...login(uat, 'uat') };
    expect(await here.run('apply --auto-approve --org uat', { environment: both })).toMatchObject({ code: 0 });
  });
  afterEach(() => uat.close());

  it('names them all and the way to one, and asks on a terminal', async () => {
    const written = deploys(salesforce) + deploys(uat);
    const { code, stderr } = await here.run('stop Portal', { environment: both, answer: 'no' });
    expect(stderr).toContain('Switching Portal off in prod and uat; client-apps stop ORG/Portal acts on one org only.');
    expect(stderr).toContain('Not approved: nothing was written.');
    expect([code, deploys(salesforce) + deploys(uat)]).toEqual([1, written]);
    expect(await here.run('stop Portal', { environment: both, answer: 'yes' })).toMatchObject({ code: 0 });
  });

  it('asks nothing where one is named or nobody is there to answer', async () => {
    expect(await here.run('stop uat/Portal', { environment: both, answer: 'no' })).toMatchObject({ code: 0 });
    const { code, stdout } = await here.run('stop Portal', { environment: both });
    expect(stdout).toContain('Portal is off in prod');
    expect(stdout).toContain('Portal was already off in uat');
    expect(code).toBe(0);
  });
});
