import { existsSync, readdirSync } from 'node:fs';

import { EXHAUSTIVE, sampled } from '../deep';
import { describeBuilt } from './built';
import { eachPlace, type Place, somePlaces, TIME } from './fault-matrix';
import { type Requests, requestsOf, underFaults } from './fault-world';
import { type AtRequest, type AtWrite, deathsOf, memoryOf, nameOf, type Repeated, repeated } from './killed';
import { credentialsIn, rotating, SEED, showsSecrets } from './rotation-support';
import { project } from './support';

const LINE = 'incident Sync --auto-approve';
const STEPS = ['evidence', 'stop', 'revoke', 'rotate', 'check'];
const secrets = new Set<string>();
let world: Repeated;

const stored = () => credentialsIn(world.here, secrets);
const isOff = (): boolean => {
  const { components } = JSON.parse(world.state()) as {
    readonly components: Readonly<
      Record<string, Readonly<Record<string, { readonly fields: { isEnabled?: boolean } }>>>
    >;
  };
  return components['ExtlClntAppConfigurablePolicies']?.['Sync_plcy']?.fields.isEnabled === false;
};
const hidden = (text: string): void => {
  for (const secret of [...secrets, world.salesforce().accessToken]) expect(text.includes(secret)).toBe(false);
};

/** The folder of the incident, once it has a journal. */
function begun(): string | undefined {
  const folder = world.here.path('.client-apps/incidents');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const found = names.find((name) => existsSync(`${folder}/${name}/incident.json`));
  return found && `.client-apps/incidents/${found}`;
}

interface Journal {
  readonly steps: Readonly<Record<string, { readonly state: string }>>;
}
const states = (folder: string): readonly string[] => {
  const { steps } = JSON.parse(world.here.read(folder, 'incident.json')) as Journal;
  return STEPS.map((name) => steps[name]?.state ?? '');
};

/** What it did is on record or said; one more run ends it, and repeats nothing that is done. */
async function expectEnding(fail: () => Promise<{ readonly code?: number; readonly said: string }>): Promise<void> {
  await world.putBack();
  const before = stored();
  const { code, said } = await fail();
  const between = stored();
  hidden(said + memoryOf(world.here));
  expect(said).not.toMatch(/bug in client-apps|\bundefined\b|\[object Object\]/);
  const folder = begun();
  const changed = isOff() || between.secret !== before.secret;
  if (changed) expect(folder).toBeDefined();
  // What was cut off is said by the next plan; what ended otherwise said how to go on.
  const plan = await world.run('plan');
  expect([plan.code, plan.stderr]).toEqual([0, expect.any(String)]);
  if (changed && code !== 0) {
    const onRecord = states(folder ?? '');
    if (onRecord.includes('announced')) expect(plan.stdout).toContain('[incident-unfinished]');
    else if (onRecord.some((state) => state !== 'done')) expect(said + plan.stdout).toContain('--resume');
  }
  if (code === 0) expect([isOff(), between.secret === before.secret]).toEqual([true, false]);

  const again = () => world.run(folder === undefined ? LINE : `incident --resume ${folder} --auto-approve`);
  const ended = await again();
  expect([ended.code, ended.stdout + ended.stderr]).toEqual([0, expect.any(String)]);
  const after = stored();
  hidden(ended.stdout + ended.stderr + memoryOf(world.here));
  expect([isOff(), after.secret === before.secret, after.key]).toEqual([true, false, before.key]);
  expect([states(begun() ?? ''), showsSecrets(world.here)]).toEqual([STEPS.map(() => 'done'), false]);
  expect((await world.run('plan')).stdout).not.toMatch(/-unfinished/);
  const sent = world.salesforce().calls().length;
  if (folder !== undefined) {
    expect(await again()).toMatchObject({ code: 0 });
    const writes = world.salesforce().calls().slice(sent);
    expect(writes.filter(({ operation }) => /^(deploy|revoke|deleteToken)$/.test(operation))).toEqual([]);
    expect(stored().secret).toBe(after.secret);
  }
}

beforeAll(async () => {
  const here = project();
  here.synth(rotating);
  world = await repeated(here, { seedDir: SEED });
  expect(await world.run('apply --auto-approve')).toMatchObject({ code: 0 });
  world.keep();
}, 60_000);
afterAll(() => world.close());

describe('an incident that rotates, too', () => {
  let requests: Requests;
  beforeAll(async () => {
    await world.putBack();
    expect(await world.run(LINE)).toMatchObject({ code: 0 });
    requests = requestsOf(world.salesforce().calls());
    expect(states(begun() ?? '')).toEqual(STEPS.map(() => 'done'));
  }, 60_000);

  it(
    'comes to its end in one more run, whatever goes wrong on the way',
    () =>
      eachPlace(somePlaces(requests, 6), 'incident', (place: Place) =>
        expectEnding(async () => {
          const { code, stdout, stderr } = await underFaults(world.salesforce(), [place], (options) =>
            world.here.run(LINE, options),
          );
          return { code, said: stdout + stderr };
        }),
      ),
    TIME,
  );
});

describeBuilt('an incident that rotates, killed', () => {
  it(
    'around any request and any change of a file, is gone on with by one more run',
    async () => {
      await world.putBack();
      const words = LINE.split(' ');
      const whole = await world.killed(words);
      expect([whole.end, whole.requests > 10, whole.writes > 10]).toEqual([0, true, true]);
      const deaths = sampled(deathsOf(whole), 3);
      const failures: string[] = [];
      for (const at of deaths) {
        const die = async (place: AtRequest | AtWrite) => {
          const { end, stdout, stderr } = await world.killed(words, place);
          expect(end).toBe('SIGKILL');
          return { said: stdout + stderr };
        };
        await expectEnding(() => die(at)).catch((error: unknown) => {
          failures.push(`killed ${nameOf(at)}: ${error instanceof Error ? error.message : String(error)}`);
        });
      }
      if (EXHAUSTIVE) process.stderr.write(`${deaths.length} deaths, ${failures.length} failed\n`);
      expect(failures).toEqual([]);
    },
    TIME,
  );
});
