import { spawn } from 'node:child_process';

import { type Bench, bench } from '../operations/support';
import { describeTerraformDeep } from './deep';
import { app, countOf, credentials, type Project, project, providersOf, SELF_AUTHORIZED } from './provider-support';
import { terraformEnvironment } from './support';

const PROVIDER = 'provider "salesforce" {\n  managed_by = "identity/prod"\n}';
const named = (label: string, more = ''): string =>
  app('Portal', `${SELF_AUTHORIZED}\n${more}`).replace('label = "Portal"', `label = "${label}"`);
const HEADER = ['ExternalClientApplication', 'Portal', 'externalClientApps/Portal.eca'] as const;
const KEYS = [
  'ExtlClntAppGlobalOauthSettings',
  'Portal_glbloauth',
  'extlClntAppGlobalOauthSets/Portal_glbloauth.ecaGlblOauth',
] as const;

async function until(happened: () => boolean): Promise<void> {
  for (let tries = 0; tries < 6_000 && !happened(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(happened()).toBe(true);
}

/**
 * The provider keeps no journal: Terraform's state, the ownership line and the deploys that the org lists as running are
 * enough. Killed anywhere, the next plan tells the truth, and the next apply repairs it.
 */
describeTerraformDeep('a provider that is killed in the middle of an apply of the real terraform', () => {
  let org: Bench;
  let work: Project;
  const plan = (...given: string[]) => work.run('plan', '-input=false', ...given);
  const apply = () => work.run('apply', '-input=false', '-auto-approve');

  beforeEach(async () => {
    // Long enough that the next plan meets the deploy of the dead provider.
    org = await bench({ switches: { deployMs: 2_500 } });
    work = project(credentials(org.emulator));
    work.write(PROVIDER, named('Portal'));
    expect(await work.run('init', '-input=false')).toMatchObject({ status: 0 });
  });
  afterEach(async () => {
    await org.close();
    work.remove();
  });

  /** Applies, and kills every process of the provider as soon as that happened. */
  async function applyKilled(when: () => boolean, ...given: string[]): Promise<void> {
    const child = spawn('terraform', ['apply', '-input=false', '-auto-approve', '-no-color', ...given], {
      cwd: work.folder,
      env: terraformEnvironment(credentials(org.emulator)),
      stdio: 'ignore',
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await until(when);
    for (const pid of providersOf(work.folder)) process.kill(pid, 'SIGKILL');
    expect(await ended).toBe(1);
  }

  /** Keeps the n-th call of that name from now on waiting, before anything is done for it. */
  function heldAt(operation: string, nth: number): { readonly isHeld: () => boolean; readonly release: () => void } {
    let count = 0;
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    org.emulator.watch({
      before: async (call) => {
        if (call.operation !== operation) return;
        count += 1;
        if (count === nth) await released;
      },
    });
    return { isHeld: () => count >= nth, release };
  }

  const calls = (operation: string): (() => number) => {
    const before = countOf(org.emulator, operation);
    return () => countOf(org.emulator, operation) - before;
  };
  /** Read by another client, once the org is at rest. */
  const inOrg = ([type, name, path]: typeof HEADER | typeof KEYS): Promise<string> => org.file(type, name, path);

  async function expectSettled(label: string): Promise<void> {
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
    expect(await inOrg(HEADER)).toContain(`<label>${label}</label>`);
    expect(work.state()).not.toContain('tainted');
  }

  it('before a create was sent: the app is planned as new, and made', async () => {
    const sent = calls('deploy');
    // The reading of the apply itself, after that of its plan: the org keeps it waiting until the provider is dead.
    const reading = heldAt('retrieve', 2);
    await applyKilled(reading.isHeld);
    reading.release();
    expect(sent()).toBe(0);
    expect((await plan()).output).toContain('1 to add');
    expect((await apply()).output).toContain('1 added');
    await expectSettled('Portal');
  }, 240_000);

  it.each([
    ['as soon as a create was sent', () => true],
    ['after the org has finished a create', () => countOf(org.emulator, 'checkDeployStatus') > 0],
  ])(
    '%s: the plan waits for the deploy, and the next apply adopts the app with its key',
    async (_, further) => {
      const sent = calls('deploy');
      await applyKilled(() => sent() === 1 && further());
      const planned = await plan('-out=killed.bin');
      expect(planned.output).toContain('1 to add');
      // It waited: the org has the app by now, and its key stays.
      const key = /<consumerKey>[^<]+/.exec(await inOrg(KEYS))?.[0];
      expect(key).toBeDefined();
      const applied = await work.run('apply', '-input=false', 'killed.bin');
      expect([applied.status, applied.output]).toEqual([0, expect.stringContaining('1 added')]);
      expect(await inOrg(KEYS)).toContain(key);
      await expectSettled('Portal');
    },
    240_000,
  );

  it('while an update runs: the plan waits for it and sees what it did', async () => {
    expect(await apply()).toMatchObject({ status: 0 });
    work.write(PROVIDER, named('Gate'));
    const sent = calls('deploy');
    await applyKilled(() => sent() === 1);
    const { output, status } = await plan('-detailed-exitcode');
    expect(output).toContain('No changes');
    expect(status).toBe(0);
    expect(sent()).toBe(1);
    expect(await apply()).toMatchObject({ status: 0 });
    await expectSettled('Gate');
  }, 240_000);

  it('while a deletion runs: the plan waits for it, and nothing is left to delete', async () => {
    work.write(PROVIDER, named('Portal', 'deletion_protection = false'));
    expect(await apply()).toMatchObject({ status: 0 });
    const sent = calls('deploy');
    await applyKilled(() => sent() === 1, '-destroy');
    const { output } = await plan('-destroy');
    expect(output).toMatch(/No changes|0 to destroy|deleted in the\s+org/);
    expect(await work.run('apply', '-destroy', '-input=false', '-auto-approve')).toMatchObject({ status: 0 });
    expect(sent()).toBe(1);
    await expect(inOrg(HEADER)).rejects.toThrow('was not retrieved');
  }, 240_000);
});
