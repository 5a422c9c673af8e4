import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Emulator } from '../../lib/emulator';
import { TIME } from '../cli/fault-matrix';
import { fastOrg, login, project as commandLine } from '../cli/support';
import { EXHAUSTIVE } from '../deep';
import { SEED } from '../operations/support';
import { artifacts } from './artifacts';
import { describeTerraformDeep } from './deep';
import { providersOf } from './provider-support';
import { consumerIn, isSwitchOpen, ROTATION, type Stored, stored } from './store-support';
import { terraformEnvironment } from './support';

describeTerraformDeep('a secret that goes to a write-only argument of another provider, by the real terraform', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'client-apps-store-'));
  const begun = join(scratch, 'begun.json');
  const secrets = new Set<string>();
  let at: Stored;
  let stateBegun = '';
  let org: Emulator;
  let file = '';
  let count = 0;

  /** The org and the state as they were before the rotation. */
  async function again(): Promise<void> {
    file = join(scratch, `${(count += 1)}.json`);
    copyFileSync(begun, file);
    org = await fastOrg({ stateFile: file });
    writeFileSync(join(at.work.folder, 'terraform.tfstate'), stateBegun);
    at.heard.clear();
  }
  const apply = () => at.run(org, 'apply', '-input=false', '-auto-approve');
  const plan = (...given: readonly string[]) => at.run(org, 'plan', '-input=false', ...given);
  const consumer = () => consumerIn(file, secrets);
  const opens = async ({ key, secret }: { readonly key: string; readonly secret: string }): Promise<boolean> => {
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: key, client_secret: secret });
    return (await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body })).ok;
  };

  beforeAll(async () => {
    at = await stored();
    org = await fastOrg({ seedDir: SEED, stateFile: begun });
    at.write();
    expect(await at.run(org, 'init', '-input=false')).toMatchObject({ status: 0 });
    expect(await apply()).toMatchObject({ status: 0 });
    await org.close();
    stateBegun = at.work.state();
    at.write(ROTATION);
  });
  afterAll(async () => {
    await at.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  async function expectNoTrace(): Promise<void> {
    const texts = await artifacts(at.work.folder, at.said);
    expect(texts.size).toBeGreaterThan(5);
    for (const each of [...secrets, org.accessToken]) {
      expect([...texts].filter(([, text]) => text.includes(each)).map(([name]) => name)).toEqual([]);
    }
  }

  it('arrives, as an access token does, and is in no plan, no state and no log', async () => {
    await again();
    const before = consumer();
    expect(await plan('-out=plan.bin')).toMatchObject({ status: 0 });
    expect(at.heard.size).toBe(0);
    expect(await at.run(org, 'apply', '-input=false', 'plan.bin')).toMatchObject({ status: 0 });
    const now = consumer();
    expect(now.key).not.toBe(before.key);
    expect(Object.fromEntries(at.heard)).toEqual({ secret: now.secret, token: org.accessToken });
    expect(await opens(now)).toBe(true);
    expect(await plan('-detailed-exitcode')).toMatchObject({ status: 0 });
    await expectNoTrace();
    const texts = await artifacts(at.work.folder, at.said);
    expect([...texts.keys()]).toEqual(expect.arrayContaining(['terraform.tfstate', 'plan.bin/tfplan', 'apply-3.log']));
    await org.close();
  });

  /** Applies, and kills the provider before that request is carried out. */
  async function killedAt(request: number): Promise<void> {
    let requests = 0;
    org.watch({
      before: () => {
        requests += 1;
        if (requests === request) for (const pid of providersOf(at.work.folder)) process.kill(pid, 'SIGKILL');
      },
    });
    const child = spawn('terraform', ['apply', '-input=false', '-auto-approve', '-no-color'], {
      cwd: at.work.folder,
      env: terraformEnvironment(at.environment(org, `killed-${request}.log`)),
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output += data.toString()));
    child.stderr.on('data', (data: Buffer) => (output += data.toString()));
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(1);
    at.said.push(output);
    org.watch({});
  }

  it(
    'is lost by no kill of the provider: the next apply goes on, or says what to do',
    async () => {
      await again();
      const before = org.calls().length;
      expect(await apply()).toMatchObject({ status: 0 });
      const operations = org
        .calls()
        .slice(before)
        .map(({ operation }) => operation);
      await org.close();
      // Credentials are staged then, and no state knows of them.
      const orphaned = operations.indexOf('stage') + 2;
      const places = EXHAUSTIVE ? operations.map((_, index) => index + 1) : [orphaned];
      const outcomes: string[] = [];
      for (const request of places) {
        await again();
        const former = consumer();
        await killedAt(request);
        const between = consumer();
        const planned = await plan();
        const words = planned.output.replace(/[\s│]+/g, ' ');
        expect([request, planned.status]).toEqual([request, 0]);
        expect([request, words.includes('The access to consumer secrets is on')]).toEqual([
          request,
          isSwitchOpen(file),
        ]);
        // Whoever is a client of the app is let in, whatever was cut off.
        expect(await opens(between)).toBe(true);
        let next = await apply();
        if (next.status !== 0) {
          outcomes.push(`${request}: refused`);
          expect(between.staged?.state).toBe('Active');
          expect(at.work.state()).not.toContain(between.staged?.key);
          const command = /client-apps (rotate \S+ --discard)/.exec(next.output.replace(/[\s│]+/g, ' '))?.[1];
          const here = commandLine();
          const discarded = await here.run(`${command ?? ''} --auto-approve --open-secret-access`, {
            environment: login(org),
          });
          expect([request, discarded.code, discarded.stderr]).toEqual([request, 0, expect.any(String)]);
          here.remove();
          next = await apply();
        } else outcomes.push(`${request}: went on`);
        expect([request, next.status, next.output]).toEqual([request, 0, expect.any(String)]);
        const now = consumer();
        expect(now.key).not.toBe(former.key);
        if (between.staged) expect(between.staged.state === 'Active' || between.key === now.key).toBe(true);
        expect(at.heard.get('secret')).toBe(now.secret);
        expect(await opens(now)).toBe(true);
        expect([request, (await plan('-detailed-exitcode')).status]).toEqual([request, 0]);
        await expectNoTrace();
        await org.close();
      }
      expect(outcomes).toContain(`${orphaned}: refused`);
      if (EXHAUSTIVE) process.stderr.write(`${outcomes.join(', ')}\n`);
    },
    TIME,
  );
});
