import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, SELF_AUTHORIZED } from './provider-support';

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `App${index + 1}`);
const apps = (count: number): string =>
  names(count)
    .map((name) => app(name, SELF_AUTHORIZED))
    .join('\n');

describeTerraformDeep('many apps in one apply, driven by the real terraform', () => {
  let org: Bench;
  let work: Project;
  const apply = (...given: string[]) => work.run('apply', '-input=false', '-auto-approve', ...given);

  beforeAll(async () => {
    org = await bench();
    work = project(credentials(org.emulator));
    work.write(apps(40));
    await work.run('init', '-input=false');
  });
  afterAll(async () => {
    await org.close();
    work.remove();
  });

  it('one that Salesforce refuses leaves nothing, and does not fail the others', async () => {
    work.write(apps(3));
    const fault = {
      kind: 'deploy-fails',
      type: 'ExtlClntAppGlobalOauthSettings',
      fullName: 'App2_glbloauth',
      problem: 'callbackUrl: not today',
    } as const;
    org.emulator.faults.failNext({ operation: 'deploy' }, fault);
    const { status, output } = await apply();
    expect(status).toBe(1);
    expect(output.match(/Error:/g)).toHaveLength(1);
    expect(output).toMatch(/callbackUrl: not\s+today/);
    expect(output).toMatch(/global_oauth\.callback_url: Salesforce\s+refused/);
    expect(output).toMatch(/\d+: +global_oauth += /);
    expect(work.state()).toContain('"App1"');
    expect(work.state()).not.toContain('"App2"');
    expect(work.state()).toContain('"App3"');
    expect(countOf(org.emulator, 'deploy')).toBe(2);
    expect(await apply()).toMatchObject({ status: 0 });
  });

  it('a failed update leaves the state as it was, and nothing is tainted', async () => {
    work.write(apps(3).replace('label = "App1"', 'label = "One"'));
    org.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'App1', problem: 'no' });
    expect(await apply()).toMatchObject({ status: 1 });
    expect(work.state()).not.toContain('tainted');
    expect(work.state()).not.toContain('"One"');
    const { output } = await work.run('plan', '-input=false');
    expect(output).toContain('will be updated in-place');
  });

  it('37 apps take at most four deploys, and one read to plan', async () => {
    const before = countOf(org.emulator, 'deploy');
    const reads = countOf(org.emulator, 'retrieve');
    work.write(apps(40));
    await work.run('plan', '-input=false');
    expect(countOf(org.emulator, 'retrieve')).toBe(reads + 1);
    expect(await apply()).toMatchObject({ status: 0 });
    expect(countOf(org.emulator, 'deploy') - before).toBeLessThanOrEqual(4);
  });

  it('a change of all 40 is one deploy where terraform asks for all at once', async () => {
    const before = countOf(org.emulator, 'deploy');
    work.write(apps(40).replaceAll('iam@acme.example', 'security@acme.example'));
    expect(await apply('-parallelism=100')).toMatchObject({ status: 0 });
    expect(countOf(org.emulator, 'deploy')).toBe(before + 1);
  });

  it('no credential is in state, plan or log', async () => {
    expect((await work.run('plan', '-input=false', '-out=plan.bin')).status).toBe(0);
    const json = (await work.run('show', '-json', 'plan.bin')).output;
    for (const text of [work.state(), json, readFileSync(join(work.folder, 'plan.bin'), 'latin1')]) {
      expect(text.length).toBeGreaterThan(100);
      expect(text).not.toContain(org.emulator.accessToken);
    }
  });
});
