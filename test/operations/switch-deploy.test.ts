import { startApp } from '../../lib/operations/start-app';
import { stopApp } from '../../lib/operations/stop-app';
import type { StopChange } from '../../lib/operations/stop-receipt';
import { type Bench, bench, declared, refusal, twoApps } from './support';

const BEGUN = '2026-11-21T08:00:00.000Z';

let salesforce: Bench;
beforeEach(async () => {
  salesforce = await bench();
  await salesforce.apply(declared(twoApps));
});
afterEach(() => salesforce.close());

const sent = (): number => salesforce.emulator.calls().filter(({ operation }) => operation === 'deploy').length;

/** A place for what is under way that knows how many deploys the org had got at each save. */
function memory(onKeep: (count: number) => void = () => undefined) {
  const before = sent();
  const saves: { readonly change: StopChange; readonly sent: number }[] = [];
  const keep = (change: StopChange): void => {
    onKeep(saves.length + 1);
    saves.push({ change, sent: sent() - before });
  };
  const steps = () => saves.map(({ change, sent: count }) => [count, change.state, change.under_way]);
  return { keep, saves, steps, last: () => saves.at(-1)?.change };
}

const stop = (given: Partial<Parameters<typeof stopApp>[0]>) =>
  stopApp({ org: salesforce.org, apiName: 'Portal', apiVersion: 66, begun: BEGUN, ...given });

describe('a stop and a start', () => {
  it('are announced before they are sent, known by id before the first wait, and forgotten once read back', async () => {
    const stopped = memory();
    await stop({ keep: stopped.keep });
    const [, { deploy = '' } = {}] = [stopped.saves[1], stopped.saves[1]?.change.under_way];
    expect(stopped.steps()).toEqual([
      [0, 'announced', { verb: 'stop', begun: BEGUN }],
      [1, 'announced', { verb: 'stop', begun: BEGUN, deploy: expect.stringMatching(/^0Af/) as string }],
      [1, 'stopped', undefined],
    ]);
    expect(await salesforce.org.followDeploy({ id: deploy, apiVersion: 66, wait: false })).toMatchObject({
      status: 'succeeded',
    });
    expect(JSON.stringify(stopped.saves)).not.toContain(salesforce.emulator.accessToken);

    const change = stopped.last();
    if (!change) throw new Error('nothing was kept');
    const started = memory();
    await startApp({ org: salesforce.org, change, apiVersion: 66, begun: BEGUN, keep: started.keep });
    expect(started.steps()).toEqual([
      [0, 'stopped', { verb: 'start', begun: BEGUN }],
      [1, 'stopped', { verb: 'start', begun: BEGUN, deploy: expect.stringMatching(/^0Af/) as string }],
      [1, 'started', undefined],
    ]);
  });

  it('forget an id before a lock makes them send it again', async () => {
    const problem = 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record';
    const fault = { kind: 'deploy-fails', fullName: 'Portal_plcy', problem } as const;
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, fault);
    const { keep, saves } = memory();
    await stop({ keep });
    expect(saves.map(({ sent: count, change }) => [count, change.under_way?.deploy !== undefined])).toEqual([
      [0, false],
      [1, true],
      [1, false],
      [2, true],
      [2, false],
    ]);
  });

  it('that the org refuses leave nothing under way, and no app that counts as stopped', async () => {
    const { keep, last } = memory();
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Portal_plcy' });
    expect((await refusal(stop({ keep }))).code).toBe('DEPLOY_FAILED');
    expect([last()?.state, last()?.under_way]).toEqual(['started', undefined]);
  });

  it('do not begin where they cannot be announced', async () => {
    const before = sent();
    const full = (): void => {
      throw new Error('ENOSPC');
    };
    await expect(stop({ keep: full })).rejects.toThrow('ENOSPC');
    expect(sent()).toBe(before);
  });

  it('go on where only the id cannot be kept any more', async () => {
    const { keep } = memory((count) => {
      if (count === 2) throw new Error('ENOSPC');
    });
    expect((await stop({ keep })).state).toBe('stopped');
  });
});
