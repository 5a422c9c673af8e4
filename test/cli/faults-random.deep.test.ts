import { DEEP } from '../deep';
import { expectDecent, expectFinishable, READERS, SWITCHES, type Writer, WRITERS } from './fault-judge';
import { DEPLOY_FAULTS, FAULTS } from './fault-table';
import { type Failing, type World, world } from './fault-world';

/** How many seeds are tried, and from which on: what failed prints its own. */
const COUNT = Number(process.env['CLIENT_APPS_SEEDS'] ?? (DEEP ? 60 : 10));
const FIRST = Number(process.env['CLIENT_APPS_FIRST_SEED'] ?? 1);

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ALL_FAULTS = [...Object.values(FAULTS), ...Object.values(DEPLOY_FAULTS)];
const ALL_WRITERS: Readonly<Record<string, Writer>> = { ...WRITERS, ...SWITCHES };
const COMMANDS = [...Object.keys(ALL_WRITERS), ...Object.keys(ALL_WRITERS), ...Object.keys(READERS)];

/** What one seed does: a command, and two to five faults on its way. */
function caseOf(seed: number): { readonly command: string; readonly faults: readonly Failing[] } {
  const next = numbers(seed);
  const upTo = (count: number): number => Math.floor(next() * count);
  const command = COMMANDS[upTo(COMMANDS.length)] ?? '';
  const faults = Array.from({ length: 2 + upTo(4) }, () => ({
    request: 1 + upTo(25),
    fault: ALL_FAULTS[upTo(ALL_FAULTS.length)] ?? ({ kind: 'drop' } as const),
    times: next() < 0.7 ? 1 : 1 + upTo(12),
  }));
  return { command, faults };
}

async function tryIt(here: World, seed: number): Promise<void> {
  const { command, faults } = caseOf(seed);
  const writer = ALL_WRITERS[command];
  if (writer) {
    await expectFinishable(here, writer, seed % 1000, (line) => here.failing(line, faults));
    return;
  }
  const before = here.state();
  expectDecent(here, await here.failing(READERS[command]?.command ?? 'plan', faults));
  expect(here.state()).toBe(before);
}

it(
  `random faults, several at once: ${COUNT} seeds from ${FIRST} on`,
  async () => {
    const failures: string[] = [];
    let here = await world();
    for (let seed = FIRST; seed < FIRST + COUNT && failures.length < 10; seed++) {
      try {
        await tryIt(here, seed);
      } catch (error) {
        const { command, faults } = caseOf(seed);
        failures.push(
          `CLIENT_APPS_FIRST_SEED=${seed} CLIENT_APPS_SEEDS=1: ${command} ${JSON.stringify(faults)}\n${String(error)}`,
        );
        await here.close();
        here = await world();
      }
    }
    await here.close();
    expect(failures.join('\n\n')).toBe('');
  },
  60_000 + COUNT * 5_000,
);
