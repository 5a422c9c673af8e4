import { readdirSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { deploys, fastOrg, login, type Project, project, threeDeploys } from './support';

const RECEIPT = '.client-apps/receipts/identity__prod.json';

let here: Project;
let salesforce: Emulator;
let environment: Readonly<Record<string, string>>;
beforeEach(async () => {
  here = project();
  here.synth(threeDeploys);
  salesforce = await fastOrg();
  environment = login(salesforce);
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

/** The n-th call of that kind goes wrong. */
function failCall(
  operation: string,
  count: number,
  fault: Parameters<Emulator['faults']['failNext']>[1],
  times = 1,
): void {
  salesforce.faults.failNext({ operation }, { kind: 'slow', ms: 0 }, count - 1);
  salesforce.faults.failNext({ operation }, fault, times);
}

const receipts = (stdout: string) => (JSON.parse(stdout) as { receipts: unknown[] }).receipts;

describe('an apply that loses sight of a deploy', () => {
  it('ends with 6, and receipt, text and JSON say what is done, in doubt and not begun', async () => {
    failCall('deploy', 2, { kind: 'drop' });
    const { code, stdout, stderr } = await here.run('apply --auto-approve --json', { environment });
    expect(code).toBe(6);
    const phases = [
      expect.objectContaining({ name: 'enable', state: 'done' }) as unknown,
      expect.objectContaining({ name: 'apps', state: 'in-doubt' }) as unknown,
      expect.objectContaining({ name: 'tighten', state: 'not-begun' }) as unknown,
    ];
    expect(receipts(stdout)).toMatchObject([{ phases, apps: [{ api_name: 'Portal', action: 'unknown' }] }]);
    expect(JSON.parse(here.read(RECEIPT))).toMatchObject({ phases, apps: [{ action: 'unknown' }] });
    expect(stderr).toContain('The outcome is not known in prod');
    expect(stderr).toContain('Client apps: sent, but how it ended is not known');
    expect(stderr).toContain('Org settings that tighten: not started');
    expect(stderr).toContain('Portal: outcome unknown');
    expect(stderr).toContain('OauthOidcSettings.oAuthCdCrdtFlowEnable');
    // What is not known is not taken for an app that somebody deleted.
    expect(await here.run('apply --auto-approve', { environment })).toMatchObject({ code: 0 });
  });

  it('ends with 1 and keeps receipt and keys where a later deploy is refused', async () => {
    failCall('deploy', 3, { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no', status: 403 });
    const { code, stdout } = await here.run('apply --auto-approve', { environment });
    expect(code).toBe(1);
    expect(stdout).toContain('Applied in part to prod');
    expect(stdout).toContain('Org settings that tighten: not started');
    expect(stdout).toMatch(/consumer key: +3MVG9/);
    expect(JSON.parse(here.read(RECEIPT))).toMatchObject({ apps: [{ action: 'created' }] });
  });

  it('ends stop with 6, too, and names the deploy', async () => {
    await here.run('apply --auto-approve', { environment });
    failCall('checkDeployStatus', 1, { kind: 'html' }, 99);
    const { code, stderr } = await here.run('stop Portal', { environment });
    expect(code).toBe(6);
    expect(stderr).toMatch(/The deploy 0Af\w+ might still be running in the org or have ended/);
  });
});

describe('a receipt that cannot be kept', () => {
  it('is noticed before the first deploy', async () => {
    // A folder in which nobody can write, whoever runs this.
    const { code, stderr } = await here.run('apply --auto-approve --receipt /proc/receipt.json', { environment });
    expect(code).toBe(1);
    expect(stderr).toContain('cannot be written');
    expect(stderr).not.toContain('defect');
    expect(deploys(salesforce)).toBe(0);
  });

  it('and breaks during the deploys does not hide what happened from --json', async () => {
    let broken = false;
    const onStderr = (text: string): void => {
      if (broken || !text.includes('reading back')) return;
      broken = true;
      here.write(`${RECEIPT}/in-the-way`, '');
    };
    const { code, stdout } = await here.run('apply --auto-approve --json', { environment, onStderr });
    expect(code).toBe(1);
    expect(receipts(stdout)).toMatchObject([{ apps: [{ api_name: 'Portal', action: 'created' }] }]);
  });

  it('leaves no trace of the attempt', async () => {
    await here.run('apply --auto-approve', { environment });
    const left = readdirSync(here.folder, { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => /\.(tmp|try)$/.test(name))).toEqual([]);
  });
});
