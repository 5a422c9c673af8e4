import { readdirSync, rmSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { sampled } from '../deep';
import { makeCertificate } from '../emulator/certificate';
import { describeBuilt } from './built';
import { ALL_IN, getIn, healed, type Pair, prepared, program, type Start, startFrom } from './heal-support';
import { type AtRequest, type AtWrite, deathsOf, killer, memoryOf, nameOf } from './killed';
import { type Project, project } from './support';

describeBuilt('a heal that is killed', () => {
  let pair: Pair;
  let start: Start;
  let here: Project;
  let sandbox: Emulator;

  beforeAll(async () => {
    pair = await makeCertificate();
    const first = project();
    start = await prepared(first, pair);
    first.remove();
    here = project();
    here.synth(program(pair));
    sandbox = await startFrom(here, start);
  }, 240_000);
  afterAll(async () => {
    await sandbox.close();
    here.remove();
  });

  /** The sandbox just after its refresh, and what the project remembered before. */
  async function refresh(): Promise<void> {
    await sandbox.close();
    rmSync(here.path('.client-apps'), { recursive: true, force: true });
    sandbox = await startFrom(here, start);
    sandbox.refresh({ name: 'uat' });
  }

  async function dies(at?: AtRequest | AtWrite) {
    await refresh();
    const killing = killer(here, sandbox);
    const died = await killing.run(['heal', 'uat', '--json', '--debug'], at);
    killing.close();
    expect(died.stdout + died.stderr + memoryOf(here)).not.toContain(sandbox.accessToken);
    return died;
  }

  it('anywhere is finished by one more run, which opens every client’s way in, and a third has nothing to do', async () => {
    const whole = await dies();
    expect([whole.end, whole.requests > 5, whole.writes > 2]).toEqual([0, true, true]);
    expect(await getIn(sandbox, pair)).toEqual(ALL_IN);
    const failures: string[] = [];
    for (const at of sampled(deathsOf(whole), 6)) {
      try {
        expect((await dies(at)).end).toBe('SIGKILL');
        const second = await healed(here, sandbox);
        expect([second.code, second.stderr]).toEqual([0, expect.any(String)]);
        expect(await getIn(sandbox, pair)).toEqual(ALL_IN);
        const third = await healed(here, sandbox);
        expect(third.org.apps.map(({ outcome }) => outcome)).toEqual(['intact', 'intact', 'intact']);
        expect(
          readdirSync(here.path('.client-apps/receipts')).filter((name) => name.endsWith('.journal.json')),
        ).toEqual([]);
      } catch (error) {
        failures.push(`killed ${nameOf(at)}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    expect(failures).toEqual([]);
  }, 3_600_000);
});
