import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type FactRequest, readDependencies } from '../../lib/operations/read-dependencies';
import { SYSTEM_CLOCK } from '../../lib/org/clock';
import { createDependencies, createUsers, type DependenciesOf } from '../../lib/terraform/org/dependencies';
import { type Bench, bench } from '../operations/support';
import { countOf } from './provider-support';

const NOTHING: FactRequest = { sites: false, certificates: false, apexClasses: [], runAs: [] };
const seedDir = mkdtempSync(join(tmpdir(), 'client-apps-seed-'));
const names = (classes: ReadonlyMap<string, unknown> | undefined): readonly string[] | undefined =>
  classes && [...classes.keys()].sort();

describe('what apps depend on, over one plan of Terraform', () => {
  let open: Bench;
  let closed: Bench;
  let asked: Bench;
  let dependencies: DependenciesOf;

  beforeAll(async () => {
    const org = {
      users: [{ username: 'feed@acme.example' }, { username: 'boss@acme.example', profile: 'System Administrator' }],
      apexClasses: [{ name: 'First' }, { name: 'Second' }],
      certificates: [{ name: 'Devices', id: '0P1000000000001' }],
    };
    writeFileSync(join(seedDir, 'org.json'), JSON.stringify(org));
    open = await bench({ seedDir });
    closed = await bench({ seedDir, switches: { apexClassesQueryable: false } });
  });
  afterAll(async () => {
    await open.close();
    await closed.close();
    rmSync(seedDir, { recursive: true, force: true });
  });
  beforeEach(() => {
    asked = open;
    dependencies = createDependencies({ lookMs: 1, looks: () => 1, clock: SYSTEM_CLOCK }, (needs) =>
      readDependencies(asked.org, needs, 66, {}),
    );
  });
  const calls = (operation: string): number => countOf(open.emulator, operation);

  it('is asked for together, and remembered for those that are planned later', async () => {
    const before = [calls('composite'), calls('toolingQuery'), calls('retrieve')];
    const [first, second] = await Promise.all([
      dependencies({ ...NOTHING, apexClasses: ['First'], certificates: true }),
      dependencies({ ...NOTHING, apexClasses: ['Second'], certificates: true }),
    ]);
    expect(first).toEqual(second);
    expect(names(first.facts.apexClasses)).toEqual(['first', 'second']);
    const again = await dependencies({ ...NOTHING, apexClasses: ['SECOND'], certificates: true });
    expect(again).toEqual(first);
    expect([calls('composite'), calls('toolingQuery'), calls('retrieve')].map((n, i) => n - (before[i] ?? 0))).toEqual([
      1, 1, 0,
    ]);
  });

  it('costs nothing where no app needs it', async () => {
    const before = open.emulator.calls().length;
    expect(await dependencies(NOTHING)).toEqual({ facts: { unread: [] }, checkFacts: {} });
    expect(open.emulator.calls().length).toBe(before);
  });

  it('grows by users, of whom each is asked for once', async () => {
    await dependencies({ ...NOTHING, runAs: ['feed@acme.example'] });
    const before = calls('retrieve');
    const { checkFacts } = await dependencies({ ...NOTHING, runAs: ['FEED@acme.example', 'boss@acme.example'] });
    expect([...(checkFacts.runAsUsers ?? [])].map(([name, { administrator }]) => [name, administrator])).toEqual([
      ['feed@acme.example', false],
      ['boss@acme.example', true],
    ]);
    await dependencies({ ...NOTHING, runAs: ['boss@acme.example'] });
    expect(calls('retrieve') - before).toBe(1);
  });

  it('knows a user from the first time on, however late somebody asks again', async () => {
    const users = createUsers(
      { lookMs: 1, looks: () => 1, clock: SYSTEM_CLOCK },
      async (names) => (await open.org.facts(names)).users,
    );
    const [first, missing] = await Promise.all([users(['feed@acme.example']), users(['none@acme.example'])]);
    expect(first?.get('feed@acme.example')).toMatchObject({ isActive: true });
    expect(missing?.has('none@acme.example')).toBe(false);
    const before = open.emulator.calls().length;
    expect((await users(['none@acme.example', 'feed@acme.example']))?.size).toBe(1);
    expect(open.emulator.calls().length).toBe(before);
    expect((await users(['boss@acme.example']))?.size).toBe(2);
  });

  it('asks again for users that the org did not tell of', async () => {
    let tells = false;
    const users = createUsers({ lookMs: 1, looks: () => 1, clock: SYSTEM_CLOCK }, async (names) =>
      tells ? (await open.org.facts(names)).users : undefined,
    );
    expect(await users(['feed@acme.example'])).toBeUndefined();
    tells = true;
    expect((await users(['feed@acme.example']))?.has('feed@acme.example')).toBe(true);
  });

  it('never takes a class that could not be looked up for one that is missing', async () => {
    await dependencies({ ...NOTHING, apexClasses: ['First'] });
    asked = closed;
    expect((await dependencies({ ...NOTHING, apexClasses: ['Second'] })).facts).toEqual({
      unread: [expect.stringContaining('INVALID_TYPE')],
    });
    asked = open;
    const { facts } = await dependencies({ ...NOTHING, apexClasses: ['First', 'Second'] });
    expect(names(facts.apexClasses)).toEqual(['first', 'second']);
  });

  it('is asked for again after a call that failed', async () => {
    open.emulator.faults.failNext({ operation: 'toolingQuery' }, { kind: 'invalid-session' });
    await expect(dependencies({ ...NOTHING, certificates: true })).rejects.toThrow();
    const { facts } = await dependencies({ ...NOTHING, certificates: true });
    expect(facts.certificates).toMatchObject([{ name: 'Devices' }]);
  });
});
