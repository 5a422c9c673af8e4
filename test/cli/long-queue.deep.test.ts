import type { Emulator, EmulatorSwitches } from '../../lib/emulator';
import type { Clock } from '../../lib/org/clock';
import { appOf, packageOf } from '../emulator/support';
import { credentialsIn, rotating, SEED, showsSecrets, STATE } from './rotation-support';
import {
  clock,
  deployAs,
  deploys,
  type Ended,
  fastOrg,
  login,
  type Project,
  project,
  switchPkceOff,
  twoApps,
} from './support';

const MINUTE = 60_000;

let here: Project;
let salesforce: Emulator;
let waited: number;
beforeEach(() => {
  here = project();
  waited = 0;
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

/** Whoever waits moves the clock of the org, and no time passes for real. */
const waiting: Clock = {
  now: () => Date.now() + waited,
  sleep: (ms) => {
    waited += ms;
    salesforce.advance(ms);
    return clock.sleep(0);
  },
};
const run = (line: string): Promise<Ended> => here.run(line, { environment: login(salesforce), clock: waiting });

/** An org with both apps, whose queue is long from then on. */
async function begin(switches: Partial<EmulatorSwitches>): Promise<void> {
  here.synth(twoApps);
  salesforce = await fastOrg({ stateFile: here.path(STATE) });
  expect((await run('apply --auto-approve')).code).toBe(0);
  await switchPkceOff(salesforce);
  await queueOf(switches);
}

async function queueOf(switches: Partial<EmulatorSwitches>): Promise<void> {
  await salesforce.close();
  salesforce = await fastOrg({ stateFile: here.path(STATE), switches });
}

/** Another client sends a deploy, and does not wait for it. */
async function sendAnother(): Promise<void> {
  const files = packageOf(appOf('Other'));
  const before = deploys(salesforce);
  void deployAs(salesforce, files).catch(() => undefined);
  while (deploys(salesforce) === before) await clock.sleep(5);
}

const isEnabled = (app: string): boolean => {
  const { components } = JSON.parse(here.read(STATE)) as {
    components: Record<string, Record<string, { fields: Record<string, unknown> }>>;
  };
  return components['ExtlClntAppConfigurablePolicies']?.[`${app}_plcy`]?.fields['isEnabled'] !== false;
};

describe('an org that takes minutes', () => {
  it.each([
    ['plan', 0, /Mobile[^]*isPkceRequired/],
    ['drift', 2, /Mobile[^]*isPkceRequired/],
    ['status', 2, /Mobile +drift/],
    ['audit', 3, /Audit of prod/],
    ['outputs', 0, /Portal[^]*3MVG9/],
  ] as const)('to zip what %s reads is waited for', async (command, code, says) => {
    await begin({ unfinishedPolls: 150 });
    const ended = await run(command);
    expect([ended.code, ended.stdout]).toEqual([code, expect.stringMatching(says)]);
    expect(waited).toBeGreaterThan(5 * MINUTE);
  });

  it('for each deploy: stop and start wait, and the app is off and on', async () => {
    await begin({ deployMs: 7 * MINUTE });
    expect((await run('stop Portal')).code).toBe(0);
    expect([isEnabled('Portal'), waited > 7 * MINUTE]).toEqual([false, true]);
    expect((await run('start Portal --auto-approve')).code).toBe(0);
    expect(isEnabled('Portal')).toBe(true);
  });

  it('for each deploy: apply and destroy come to their end', async () => {
    await begin({ deployMs: 7 * MINUTE });
    expect((await run('apply --auto-approve')).code).toBe(0);
    expect((await run('drift')).code).toBe(0);
    expect((await run('destroy --auto-approve --all')).code).toBe(0);
    expect(waited).toBeGreaterThan(14 * MINUTE);
  });

  it('for each deploy: a plan that validates and an incident come to their end', async () => {
    await begin({ deployMs: 7 * MINUTE });
    const plan = await run('plan --validate');
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringMatching(/Mobile[^]*isPkceRequired/)]);
    const before = waited;
    // One deploy switches the app off, another one rotates its secret.
    const incident = await run('incident Portal --auto-approve');
    expect([incident.code, incident.stdout]).toEqual([0, expect.stringContaining('Rotate its secret: done')]);
    expect([isEnabled('Portal'), waited - before > 14 * MINUTE]).toEqual([false, true]);
  });

  it('with the deploy of somebody else in front: stop waits for its turn, and the app is off', async () => {
    await begin({ deployMs: 10 * MINUTE });
    await sendAnother();
    expect((await run('stop Portal')).code).toBe(0);
    expect([isEnabled('Portal'), waited > 20 * MINUTE - 1000]).toEqual([false, true]);
  });

  it('longer than a stop waits: 6, the next plan says it, and the same command waits for that deploy alone', async () => {
    await begin({ deployMs: 50 * MINUTE });
    const first = await run('stop Portal');
    expect([first.code, first.stderr]).toEqual([6, expect.stringMatching(/might still be running in the org/)]);
    expect(isEnabled('Portal')).toBe(true);
    const plan = await run('plan');
    expect(plan.stdout).toContain('[switch-unfinished]');
    const sent = deploys(salesforce);
    expect((await run('stop Portal')).code).toBe(0);
    expect([isEnabled('Portal'), deploys(salesforce)]).toEqual([false, sent]);
  });

  it('for the switch of a rotation: it comes to its end, and the switch is off again', async () => {
    here.synth(rotating);
    salesforce = await fastOrg({ seedDir: SEED, stateFile: here.path(STATE) });
    expect((await run('apply --auto-approve')).code).toBe(0);
    await queueOf({ deployMs: 5 * MINUTE });
    const before = credentialsIn(here, new Set());
    const ended = await run(`rotate Sync --to-file ${here.path('sync.json')} --auto-approve --open-secret-access`);
    expect([ended.code, ended.stderr]).toEqual([0, expect.any(String)]);
    expect([credentialsIn(here, new Set()).key === before.key, showsSecrets(here)]).toEqual([false, false]);
  });
});
