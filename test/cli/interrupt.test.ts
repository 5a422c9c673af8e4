import { existsSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { deploys, fastOrg, login, type Project, project, threeDeploys } from './support';

let here: Project;
let salesforce: Emulator;
let environment: Readonly<Record<string, string>>;
beforeEach(async () => {
  here = project();
  here.synth(threeDeploys);
  salesforce = await fastOrg({ switches: { unfinishedPolls: 2 } });
  environment = login(salesforce);
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

/** Interrupts once each time standard error says so for the first time. */
const interruptAt = (...moments: readonly RegExp[]) => {
  const left = [...moments];
  return (text: string, interrupt: () => void): void => {
    if (left[0]?.test(text)) {
      left.shift();
      interrupt();
    }
  };
};

describe('an interrupt', () => {
  it('at the question is no answer: it says once that nothing was written, and ends with 130', async () => {
    let interrupt = (): void => undefined;
    const { code, stderr } = await here.run('apply', {
      environment,
      answer: '',
      onBegin: (end) => (interrupt = end),
      onQuestion: () => interrupt(),
    });
    expect(stderr.match(/nothing was written/g)).toHaveLength(1);
    expect(stderr).toContain('Interrupted: nothing was written.');
    expect(code).toBe(130);
    expect(deploys(salesforce)).toBe(0);
  });

  it('during a deploy finishes and records it, and starts no further one', async () => {
    const onStderr = interruptAt(/deploying to prod: Client apps/);
    const { code, stdout, stderr } = await here.run('apply --auto-approve', { environment, onStderr });
    expect(stderr).toContain('Stopping: a deploy in progress is finished and recorded first.');
    expect(stdout).toContain('+ Portal: created');
    expect(stdout).toContain('stopped on request before: Org settings that tighten');
    expect(code).toBe(1);
    expect(deploys(salesforce)).toBe(2);
    expect(JSON.parse(here.read('.client-apps/receipts/identity__prod.json'))).toMatchObject({
      apps: [{ api_name: 'Portal', action: 'created' }],
    });
    expect(await here.run('apply --auto-approve', { environment })).toMatchObject({ code: 0 });
    expect(await here.run('drift', { environment })).toMatchObject({ code: 0 });
  });

  it('repeated stops waiting with 130 and says that the deploy goes on', async () => {
    const onStderr = interruptAt(/deploying to prod: Client apps/, /Stopping:/);
    const { code, stderr } = await here.run('apply --auto-approve', { environment, onStderr });
    expect(stderr).toContain('A deploy that was in progress continues in the org');
    expect(stderr).not.toContain('defect');
    expect(code).toBe(130);
  });

  it('during the first deploy puts back what it opened, and keeps no receipt of apps that were never deployed', async () => {
    const onStderr = interruptAt(/deploying to prod: Org settings that the apps need/);
    const { code, stdout, stderr } = await here.run('apply --auto-approve', { environment, onStderr });
    expect(stdout).not.toContain('Portal: created');
    expect(stderr).toContain('stopped on request before: Client apps; Org settings that tighten');
    expect(stderr).toContain('were restored: OauthOidcSettings.oAuthCdCrdtFlowEnable');
    expect(code).toBe(1);
    expect(existsSync(here.path('.client-apps/receipts/identity__prod.json'))).toBe(false);
    expect(await here.run('apply --auto-approve', { environment })).toMatchObject({ code: 0 });
    expect(await here.run('drift', { environment })).toMatchObject({ code: 0 });
  });

  it('after the plan and before the first deploy ends apply at once, with nothing sent', async () => {
    const reading = /checking that nothing has changed in prod/;
    const { code } = await here.run('apply --auto-approve', { environment, onStderr: interruptAt(reading) });
    expect(code).toBe(130);
    expect(deploys(salesforce)).toBe(0);
  });

  it('while reading ends the command with 130 at once', async () => {
    for (const commandLine of ['plan', 'drift', 'apply --auto-approve']) {
      const { code, stderr } = await here.run(commandLine, { environment, onStderr: interruptAt(/reading prod/) });
      expect(stderr).toContain('Interrupted: nothing was written.');
      expect(code).toBe(130);
    }
    expect(deploys(salesforce)).toBe(0);
  });
});
