import type { Emulator } from '../../lib/emulator';
import { makeCertificate } from '../emulator/certificate';
import { ALL_IN, getIn, healed, type Pair, prepared, program, type Start, startFrom } from './heal-support';
import { credentialsIn, rotating, SEED, showsSecrets, STATE } from './rotation-support';
import { deploys, fastOrg, login, type Project, project, threeDeploys } from './support';

let here: Project;
let salesforce: Emulator;
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const run = (line: string) => here.run(line, { environment: login(salesforce) });

const BOTH = [{ while: 'Pending' }, { while: 'InProgress' }] as const;

describe('a deploy that an administrator cancels', () => {
  describe('during a first apply of three deploys', () => {
    beforeEach(async () => {
      salesforce = await fastOrg({ org: { users: [{ username: 'eve@acme.example' }] } });
      here.synth(threeDeploys);
    });

    const openings = async (): Promise<string> => (await run('plan --json')).stdout;

    it.each(BOTH.flatMap((how) => [1, 2, 3].map((phase) => ({ ...how, phase }))))(
      'phase $phase, while $while: it says who, the org is before or in part and said, the next apply finishes',
      async ({ phase, ...how }) => {
        const before = await openings();
        salesforce.faults.failNext({ operation: 'deploy', after: phase - 1 }, { kind: 'canceled', ...how });
        const { code, stdout, stderr } = await run('apply --auto-approve');
        expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('canceled by eve@acme.example')]);
        if (phase === 3) expect(stdout).toContain('Applied in part to prod');
        else expect(await openings()).toBe(before);
        const plan = await run('plan');
        expect([plan.code, plan.stdout]).toEqual([0, expect.not.stringContaining('[apply-unfinished]')]);
        expect((await run('apply --auto-approve')).code).toBe(0);
        expect((await run('drift')).code).toBe(0);
      },
    );

    it('through Salesforce’s own API while it runs: the same', async () => {
      await salesforce.close();
      salesforce = await fastOrg({ switches: { deployMs: 60_000 } });
      let asked = false;
      salesforce.watch({
        after: ({ operation, answer }) => {
          if (operation !== 'deploy' || asked) return;
          asked = true;
          const { id } = JSON.parse(String(answer.body)) as { id: string };
          const headers = { authorization: `Bearer ${salesforce.accessToken}`, 'content-type': 'application/json' };
          const body = JSON.stringify({ deployResult: { status: 'Canceling' } });
          const url = `${salesforce.url}/services/data/v66.0/metadata/deployRequest/${id}`;
          void fetch(url, { method: 'PATCH', headers, body });
        },
      });
      const { code, stderr } = await run('apply --auto-approve');
      expect([code, stderr]).toEqual([1, expect.stringContaining('canceled by ')]);
      expect(deploys(salesforce)).toBe(1);
    });

    it('after the apply was interrupted: the next plan tells the end, and the next apply does it again', async () => {
      salesforce.faults.failNext({ operation: 'deploy', after: 1 }, { kind: 'canceled', while: 'InProgress' });
      salesforce.faults.failNext({ operation: 'checkDeployStatus', after: 1 }, { kind: 'drop' }, 99);
      salesforce.faults.failNext({ operation: 'retrieve', after: 2 }, { kind: 'drop' }, 99);
      expect((await run('apply --auto-approve')).code).toBe(6);
      salesforce.faults.clear();
      const plan = await run('plan');
      expect(plan.stdout).toContain('[apply-unfinished]');
      expect((await run('apply --auto-approve')).code).toBe(0);
      expect((await run('drift')).code).toBe(0);
    });
  });

  it.each(BOTH)('of a rotation’s switch, while $while: nothing is staged, and the switch stays off', async (how) => {
    salesforce = await fastOrg({ seedDir: SEED, stateFile: here.path(STATE) });
    here.synth(rotating);
    expect((await run('apply --auto-approve')).code).toBe(0);
    const before = credentialsIn(here, new Set());
    salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'canceled', ...how });
    const rotate = `rotate Sync --to-file ${here.path('sync.json')} --auto-approve --open-secret-access`;
    const { code, stderr } = await run(rotate);
    expect([code, stderr]).toEqual([1, expect.stringContaining('canceled by ')]);
    expect([credentialsIn(here, new Set()), showsSecrets(here)]).toEqual([before, false]);
    // The one that switches it off again.
    salesforce.faults.failNext({ operation: 'deploy', after: 1 }, { kind: 'canceled', ...how });
    const second = await run(rotate);
    if (second.code !== 0) {
      expect(second.stderr).toMatch(/(switched|turned) o/);
      expect(await run('plan')).toMatchObject({ stdout: expect.stringContaining('[secret-access-cut-off]') as string });
      expect(await run(`rotate Sync --resume --auto-approve --open-secret-access`)).toMatchObject({ code: 0 });
    }
    expect(showsSecrets(here)).toBe(false);
  });

  describe('of a heal', () => {
    let pair: Pair;
    let start: Start;
    beforeAll(async () => {
      pair = await makeCertificate();
      const first = project();
      start = await prepared(first, pair);
      first.remove();
    });

    it.each(BOTH)('while $while: it says who, and the next heal does it', async (how) => {
      here.synth(program(pair));
      salesforce = await startFrom(here, start);
      salesforce.refresh({ name: 'uat' });
      salesforce.faults.failNext({ operation: 'deploy' }, { kind: 'canceled', ...how });
      const first = await healed(here, salesforce);
      expect([first.code, first.stdout + first.stderr]).toEqual([1, expect.stringContaining('canceled by ')]);
      expect((await healed(here, salesforce)).code).toBe(0);
      expect(await getIn(salesforce, pair)).toEqual(ALL_IN);
    });
  });
});
