import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { writeSeed } from './messy-support';
import { deploys, fastOrg, login, type Project, project, twoApps } from './support';

const RECEIPTS = '.client-apps/stops';

let here: Project;
let salesforce: Emulator;
let environment: Readonly<Record<string, string>>;
const run = (commandLine: string) => here.run(commandLine, { environment });

async function begin(switches: NonNullable<Parameters<typeof fastOrg>[0]>['switches'] = {}): Promise<void> {
  salesforce = await fastOrg({ switches });
  environment = login(salesforce);
  expect(await run('apply --auto-approve')).toMatchObject({ code: 0 });
}
beforeEach(() => {
  here = project();
  here.synth(twoApps);
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

interface Receipt {
  readonly state: string;
  readonly under_way?: { readonly verb: string; readonly deploy?: string };
}

const receipt = (): Receipt => JSON.parse(here.read(RECEIPTS, readdirSync(here.path(RECEIPTS))[0] ?? '')) as Receipt;

const isOff = async (): Promise<boolean> => (await run('stop Portal --dry-run')).stdout.includes('already off');

const words = (text: string): string => text.replace(/\s+/g, ' ');

describe('a stop or a start of which nobody saw the end', () => {
  it.each([
    ['stop', 'drop', 'the app is on now'],
    ['stop', 'drop-after', 'the app is off now'],
    ['start', 'drop', 'the app is off now'],
    ['start', 'drop-after', 'the app is on now'],
  ] as const)(
    'a %s whose answer is lost (%s): the next plan says so, and how the app is',
    async (verb, kind, standing) => {
      await begin();
      const command = verb === 'stop' ? 'stop Portal' : 'start Portal --auto-approve';
      if (verb === 'start') await run('stop Portal');
      salesforce.faults.failNext({ operation: 'deploy' }, { kind });
      expect((await run(command)).code).toBe(6);
      expect(receipt().under_way).toMatchObject({ verb });
      for (const look of ['plan', 'drift']) {
        const { stdout } = await run(look);
        expect(words(stdout)).toContain(`a ${verb} of Portal that began 20`);
        expect(words(stdout)).toContain('no deploy is running in the org, so it was not sent or has ended');
        expect(words(stdout)).toContain(standing);
        expect(words(stdout)).toContain(`client-apps ${verb} prod/Portal`);
      }
      expect((await run('doctor')).stdout).toContain('a run was interrupted');
      const { code, stderr } = await run(command);
      expect([code, stderr]).toEqual([0, expect.stringContaining(`A ${verb} of Portal that began`)]);
      expect(receipt().under_way).toBeUndefined();
      expect(await isOff()).toBe(verb === 'stop');
      expect((await run('plan')).stdout).not.toContain('switch-unfinished');
    },
  );

  it('a start that still runs is waited for by a stop, which then switches the app off', async () => {
    await begin({ deployMs: 1500 });
    await run('stop Portal');
    salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'drop-after' });
    expect((await run('start Portal --auto-approve')).code).toBe(6);
    const { code, stderr } = await run('stop Portal');
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/looking for deploy 0Af\w+ of an unfinished start of Portal/),
    ]);
    expect(await isOff()).toBe(true);
    expect(receipt()).toMatchObject({ state: 'stopped' });
  }, 30_000);

  it('a stop that still runs is an error of the plan, and is waited for by the next stop', async () => {
    await begin({ deployMs: 5000 });
    let interrupt = (): void => undefined;
    const stopping = here.run('stop Portal', { environment, onStderr: (_, given) => (interrupt = given) });
    const deployIsKept = (): boolean =>
      existsSync(here.path(RECEIPTS)) &&
      readdirSync(here.path(RECEIPTS)).some((name) => here.read(RECEIPTS, name).includes('"deploy"'));
    // Nothing is printed while it waits for the deploy, so the receipt is looked at.
    while (!deployIsKept()) await new Promise((resolve) => setTimeout(resolve, 20));
    interrupt();
    interrupt();
    expect((await stopping).code).toBe(130);
    expect((await run('plan')).stdout).toContain('[deploy-running]');
    expect((await run('stop Portal')).code).toBe(0);
    expect(await isOff()).toBe(true);
  }, 30_000);

  it('a stop --revoke that ends before its tokens are asked for: the next plan says so, and the same command ends them', async () => {
    await begin();
    salesforce.faults.failNext({ operation: 'query' }, { kind: 'drop' }, 50);
    const broken = await run('stop Portal --revoke');
    salesforce.faults.clear();
    expect([broken.code, broken.stderr]).toEqual([5, expect.any(String)]);
    expect(receipt()).toMatchObject({ state: 'stopped', under_way: { verb: 'stop', revoke: true } });
    const { stdout } = await run('plan');
    expect(words(stdout)).toContain('the app is off now; its tokens were to be revoked, which was not started');
    expect(words(stdout)).toContain('client-apps stop prod/Portal --revoke');
    const again = await run('stop Portal --revoke');
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('its tokens were to be revoked')]);
    expect(receipt().under_way).toBeUndefined();
    expect((await run('plan')).stdout).not.toContain('-unfinished');
  });

  it('one that the org knows nothing of any more, or does not tell of, is said so', async () => {
    await begin({ deployRequestsQueryable: false });
    await run('stop Portal');
    salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'drop' });
    await run('start Portal --auto-approve');
    const { code, stdout, stderr } = await run('stop Portal');
    expect(words(stderr)).toContain('nor what runs in the org');
    // It is off, and may be switched on by a start that nobody can see.
    expect([code, stdout]).toEqual([2, expect.stringContaining('might still be running in the org and switch it on')]);
    expect(receipt().under_way).toMatchObject({ verb: 'start' });
  });
});

describe('a record that cannot be written', () => {
  const inTheWay = (): void => {
    mkdirSync(here.path('.client-apps'), { recursive: true });
    writeFileSync(here.path('.client-apps/stops'), 'a file where a folder has to be');
  };

  it('keeps no stop from beginning: what it takes to undo it is printed, and start takes that', async () => {
    await begin();
    inTheWay();
    const { code, stdout, stderr } = await run('stop Portal');
    expect(code).toBe(0);
    expect(stdout).toContain('Portal is off in prod');
    expect(stdout).toContain('No receipt was kept');
    expect(stderr).toContain('the stop continues without a record on this machine');
    expect(stderr).toMatch(/in progress in the org as 0Af\w+/);
    const printed = /\n(\{\n[^]*?\n\})\n/.exec(stderr)?.[1] ?? '';
    expect(stderr.match(/"format_version"/g)).toHaveLength(1);
    here.write('kept.json', printed);
    here.write('.client-apps/stops', '');
    const start = await run('start --from kept.json --auto-approve');
    // A start is no emergency.
    expect([start.code, start.stderr]).toEqual([1, expect.stringContaining('cannot be written')]);
    expect(await isOff()).toBe(true);
  });

  it('keeps a start from beginning', async () => {
    await begin();
    await run('stop Portal');
    const [name = ''] = readdirSync(here.path(RECEIPTS));
    here.write('kept.json', here.read(RECEIPTS, name));
    const before = deploys(salesforce);
    const onStderr = (said: string): void => {
      const file = here.path(RECEIPTS, name);
      if (!said.includes('will be usable again') || !statSync(file).isFile()) return;
      // After it was tried, and before the deploy.
      rmSync(file);
      mkdirSync(`${file}/in-the-way`, { recursive: true });
    };
    const { code, stderr } = await here.run('start --from kept.json --auto-approve', { environment, onStderr });
    expect([code, deploys(salesforce)]).toEqual([1, before]);
    expect(stderr).toContain('cannot be written');
    expect(stderr).not.toContain('defect');
    expect(await isOff()).toBe(true);
  });
});

describe('a revocation of which nobody saw the end', () => {
  const FILE = '.client-apps/revocations/prod__Ticket.json';
  const used = (n: number) => ({
    ...{ app: 'Ticket', user: 'ann@acme.example', created: '2026-01-01T00:00:00Z' },
    uses: n,
  });
  const org = {
    users: [{ username: 'ann@acme.example' }],
    usage: { uninstalledApps: [{ label: 'Ticket', consumerKey: '3MVG9TICKET' }], tokens: [used(1), used(2)] },
  };

  it('is said by the next plan with what is left, and is over once nothing is', async () => {
    const seedDir = writeSeed(here, new Map([['org.json', JSON.stringify(org)]]));
    salesforce = await fastOrg({ seedDir });
    environment = login(salesforce);
    const facts = { format_version: '1.1', org: 'prod', org_id: salesforce.orgId, app: 'Ticket', tokens: 5 };
    const asked = { inactive_users: false, unknown: true };
    here.write(FILE, JSON.stringify({ ...facts, asked, state: 'announced', begun: '2026-11-21T08:00:00.000Z' }));
    const { stdout } = await run('plan');
    expect(words(stdout)).toContain(
      'a revocation of 5 tokens of Ticket that began 2026-11-21T08:00:00.000Z was interrupted: the org lists 2 tokens of it now',
    );
    expect(words(stdout)).toContain('client-apps revoke prod/Ticket --unknown');
    await salesforce.close();

    salesforce = await fastOrg({ seedDir: writeSeed(here, new Map([['org.json', '{}']])), orgId: facts.org_id });
    environment = login(salesforce);
    expect((await run('plan')).stdout).not.toContain('revocation');
    expect(JSON.parse(here.read(FILE))).toMatchObject({ state: 'ended', left: 0 });
  });

  it('or whose record is damaged, is said so by the plan', async () => {
    await begin();
    here.write(FILE, '{');
    const { code, stdout } = await run('plan');
    expect([code, stdout]).toEqual([0, expect.stringContaining('receipt-unusable')]);
  });
});
