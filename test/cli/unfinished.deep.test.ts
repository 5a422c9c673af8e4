import { existsSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';

import type { Emulator } from '../../lib/emulator';
import type { ApplyJournal } from '../../lib/operations/journal';
import { until } from './built';
import { deploys, fastOrg, login, org, type Project, project, threeDeploys } from './support';

const RECEIPT = '.client-apps/receipts/identity__prod.json';
const JOURNAL = '.client-apps/receipts/identity__prod.journal.json';
const LOCK = '.client-apps/receipts/identity__prod.lock';

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

const run = (commandLine: string) => here.run(commandLine, { environment });
const journal = (): ApplyJournal => JSON.parse(here.read(JOURNAL)) as ApplyJournal;
const edit = (change: Partial<ApplyJournal>): void => here.write(JOURNAL, JSON.stringify({ ...journal(), ...change }));

/** An apply whose second deploy, that of the app, gets no answer. */
async function loseAnswer(): Promise<void> {
  salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'slow', ms: 0 });
  salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'drop' });
  expect((await run('apply --auto-approve')).code).toBe(6);
}

describe('an apply that ends well', () => {
  it('leaves no journal and no lock', async () => {
    expect((await run('apply --auto-approve')).code).toBe(0);
    expect([existsSync(here.path(JOURNAL)), existsSync(here.path(LOCK))]).toEqual([false, false]);
  });

  it('leaves none either where Salesforce refuses it', async () => {
    salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'OauthOidc' });
    expect((await run('apply --auto-approve')).code).toBe(1);
    expect(existsSync(here.path(JOURNAL))).toBe(false);
  });
});

describe('an apply in doubt', () => {
  it('is told by the next plan, phase by phase, and finished by the next apply', async () => {
    await loseAnswer();
    const { code, stdout } = await run('plan');
    expect(code).toBe(0);
    expect(stdout).toContain('was not finished');
    expect(stdout.replace(/\s+/g, ' ')).toMatch(
      /that the apps need: done \(0Af\w+\); Client apps: no deploy is running in the org, so it was not sent or has ended; .*Org settings that tighten: not started/,
    );
    expect((await run('apply --auto-approve')).code).toBe(0);
    expect(here.read(RECEIPT)).toContain('apply-finished');
    expect(existsSync(here.path(JOURNAL))).toBe(false);
    expect((await run('drift')).code).toBe(0);
  });

  it('is told by a destroy before anything is approved', async () => {
    await loseAnswer();
    expect((await run('destroy --dry-run')).stdout).toContain('was not finished');
  });

  it('is finished, with a receipt that has the new app, although nothing is left to do', async () => {
    await run('apply --auto-approve');
    // What a process leaves that died after its last deploy.
    const { org_id: orgId, manifest_id: id, plan_digest: digest } = JSON.parse(here.read(RECEIPT)) as ApplyJournal;
    const deploy = { phase: 'apps', title: 'Client apps', state: 'announced' } as const;
    here.write(
      JOURNAL,
      JSON.stringify({
        format_version: '1.0',
        org: 'prod',
        org_id: orgId,
        manifest_id: id,
        plan_digest: digest,
        begun: '2026-11-21T08:00:00.000Z',
        phases: [{ name: 'apps', title: 'Client apps' }],
        created: ['Portal'],
        opened: [],
        deploys: [deploy],
      } satisfies ApplyJournal),
    );
    const before = deploys(salesforce);
    const { code, stdout } = await run('apply --auto-approve --receipt ' + RECEIPT);
    expect([code, deploys(salesforce) - before]).toEqual([0, 0]);
    expect(stdout).toContain('+ Portal: created');
    expect(stdout).toContain('this run finished an apply that began 2026-11-21T08:00:00.000Z');
    expect(existsSync(here.path(JOURNAL))).toBe(false);
  });

  it('is waited for where its deploy still runs, and until then no plan passes for the truth', async () => {
    await salesforce.close();
    salesforce = await fastOrg({ switches: { deployMs: 2000 } });
    environment = login(salesforce);
    let interrupt: () => void = () => undefined;
    const running = here.run('apply --auto-approve', { environment, onStderr: (_, stop) => (interrupt = stop) });
    await until(() => existsSync(here.path(JOURNAL)) && here.read(JOURNAL).includes('accepted'));
    interrupt();
    interrupt();
    expect((await running).code).toBe(130);
    const plan = await run('plan');
    expect([plan.code, plan.stdout]).toEqual([1, expect.stringContaining('[deploy-running]')]);
    const drift = await run('drift');
    expect([drift.code, drift.stdout]).toEqual([1, expect.stringContaining('[deploy-running]')]);
    expect(drift.stdout).not.toContain('In sync');
    const { code, stderr } = await run('apply --auto-approve');
    expect([code, stderr]).toEqual([0, expect.stringContaining('of an unfinished apply')]);
    expect((await run('drift')).code).toBe(0);
  }, 30_000);

  it('is looked for in the org where the answer with its id was lost, and waited for', async () => {
    await salesforce.close();
    salesforce = await fastOrg({ switches: { deployMs: 1500 } });
    environment = login(salesforce);
    salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'drop-after' });
    expect((await run('apply --auto-approve')).code).toBe(6);
    const plan = await run('plan');
    expect([plan.code, plan.stdout]).toEqual([1, expect.stringMatching(/still in progress in the org.*0Af/)]);
    const { code, stderr } = await run('apply --auto-approve');
    expect([code, stderr]).toEqual([0, expect.stringMatching(/looking for deploy 0Af\w+ of an unfinished apply/)]);
    expect((await run('drift')).code).toBe(0);
  }, 30_000);

  it('says what is not known where the org does not tell what runs', async () => {
    await salesforce.close();
    salesforce = await fastOrg({ switches: { deployRequestsQueryable: false } });
    environment = login(salesforce);
    await loseAnswer();
    expect((await run('plan')).stdout.replace(/\s+/g, ' ')).toContain('not known, nor what runs in the org');
    expect((await run('apply --auto-approve')).code).toBe(0);
  });

  it('of another org, or cut by a full disk, is an error that changes and loses nothing', async () => {
    await loseAnswer();
    edit({ org_id: '00D000000000001AAA' });
    const other = await run('apply --auto-approve');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('[journal-of-another]')]);
    const half = here.read(JOURNAL).slice(0, 100);
    here.write(JOURNAL, half);
    for (const command of ['plan', 'apply --auto-approve']) {
      const { code, stderr } = await run(command);
      expect([code, stderr]).toEqual([1, expect.stringContaining('[journal-unusable]')]);
    }
    expect(here.read(JOURNAL)).toBe(half);
    expect(deploys(salesforce)).toBe(2);
  });

  it.each([{ format_version: '2.0' }, { format_version: '1.99', phases: [{ name: 'later', title: 'Later' }] }])(
    'that a newer version began is left to that version: %j',
    async (newer) => {
      await loseAnswer();
      edit(newer as Partial<ApplyJournal>);
      const before = [here.read(JOURNAL), deploys(salesforce)];
      for (const command of ['plan', 'apply --auto-approve', 'destroy --auto-approve --all']) {
        const { code, stderr } = await run(command);
        expect([code, stderr]).toEqual([1, expect.stringMatching(/by a newer version of client-apps: use that one/)]);
        expect(stderr).not.toContain('move the file away');
      }
      expect([here.read(JOURNAL), deploys(salesforce)]).toEqual(before);
    },
  );

  it('of a saved plan goes on by that plan, and by nothing that it did not have', async () => {
    await run('plan --out plan.json');
    salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'slow', ms: 0 });
    salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'drop' });
    expect((await run('apply plan.json')).code).toBe(6);
    expect(await run('apply plan.json')).toMatchObject({ code: 0 });
    expect((await run('drift')).code).toBe(0);
  });
});

describe('two applies at once', () => {
  it('that finish the same one: what the first did meanwhile makes the plan of the second stale', async () => {
    await loseAnswer();
    const before = deploys(salesforce);
    const { code, stderr } = await here.run('apply', {
      environment,
      answer: 'yes',
      // Another one went on with the journal, and was cut off as well.
      onQuestion: () =>
        edit({ deploys: [...journal().deploys, { phase: 'apps', title: 'Client apps', state: 'failed' }] }),
    });
    expect([code, stderr]).toEqual([4, expect.stringContaining('another apply began after the plan was made')]);
    expect(deploys(salesforce)).toBe(before);
  });

  it('on another machine: --resume with a saved plan says whose lock it takes', async () => {
    await run('plan --out plan.json');
    here.write(LOCK, JSON.stringify({ since: '2026-11-21T08:00:00.000Z', pid: 1, host: 'ci-runner-7' }));
    const { code, stderr } = await run('apply plan.json --resume');
    expect([code, stderr]).toEqual([0, expect.stringContaining('ci-runner-7')]);
  });

  const lock = (owner: object): void =>
    here.write(LOCK, JSON.stringify({ since: '2026-11-21T08:00:00.000Z', ...owner }));

  it('on one machine: the second refuses, and writes nothing', async () => {
    lock({ pid: process.pid, host: hostname() });
    const { code, stderr } = await run('apply --auto-approve');
    expect(code).toBe(1);
    expect(stderr).toContain(`process ${process.pid}, since 2026-11-21T08:00:00.000Z`);
    expect(deploys(salesforce)).toBe(0);
  });

  it('the lock of a dead process, of an earlier one with the same id, or cut off, is no lock', async () => {
    for (const owner of [
      { pid: 2 ** 22 - 1, host: hostname() },
      { pid: process.pid, host: hostname(), mark: 'old' },
      {},
    ]) {
      lock(owner);
      expect((await run('apply --auto-approve')).code).toBe(0);
    }
  });

  it('on another machine it cannot be seen: plan warns, apply refuses, and --resume goes on', async () => {
    lock({ pid: 1, host: 'ci-runner-7' });
    expect((await run('plan')).stdout).toContain('began on the machine ci-runner-7');
    expect((await run('apply --auto-approve')).code).toBe(1);
    expect(deploys(salesforce)).toBe(0);
    expect((await run('apply --auto-approve --resume')).code).toBe(0);
    expect(existsSync(here.path(LOCK))).toBe(false);
  });

  it('on two machines: the deploy of the other one is waited for, and what it changed makes the plan stale', async () => {
    await salesforce.close();
    salesforce = await fastOrg({ switches: { deployMs: 2500 } });
    environment = login(salesforce);
    const elsewhere = project();
    elsewhere.synth((stack) => org(stack).oauthSettings({ allowCodeAndCredentialsFlow: true }));
    const other = elsewhere.run('apply --auto-approve --allow widens', { environment });
    await until(() => deploys(salesforce) === 1);
    const { code, stderr } = await run('apply --auto-approve');
    expect([code, stderr]).toEqual([
      4,
      expect.stringMatching(/waiting for deploy 0Af\w+, which is running in the org/),
    ]);
    expect(await other).toMatchObject({ code: 0 });
    elsewhere.remove();
    expect((await run('apply --auto-approve')).code).toBe(0);
  }, 30_000);

  it('started together leave the org as declared, whoever goes first', async () => {
    const codes = await Promise.all([run('apply --auto-approve'), run('apply --auto-approve')]);
    expect(codes.map(({ code }) => code).sort()).toEqual([0, expect.any(Number)]);
    expect((await run('drift')).code).toBe(0);
  });
});

describe('a journal that cannot be written', () => {
  it('keeps the apply from beginning', async () => {
    mkdirSync(here.path(`${JOURNAL}/in-the-way`), { recursive: true });
    const { code, stderr } = await run('apply --auto-approve');
    expect(code).toBe(1);
    expect(stderr).not.toContain('defect');
    expect(deploys(salesforce)).toBe(0);
  });

  it('is not asked for with --no-receipt', async () => {
    expect((await run('apply --auto-approve --no-receipt')).code).toBe(0);
    expect(existsSync(here.path('.client-apps'))).toBe(false);
  });
});
