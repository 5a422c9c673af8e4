import fc from 'fast-check';

import { cases, DEEP, EXHAUSTIVE } from '../deep';
import {
  type Certificates,
  eitherCertificate,
  eitherWay,
  KINDS,
  OF_TERRAFORM,
  type Step,
  STEPS,
} from './certificate-orders';
import { byTerraform, certificateWorld, componentsOf, inHand, type Situation, type World } from './certificate-world';
import { describeTerraformDeep } from './deep';

// "In every order" means: from every situation that any number of these steps can lead to, every step. Two orders that leave
// the same org, the same state and the same configuration behind are one: no later step tells them apart. By hand,
// CLIENT_APPS_EXHAUSTIVE=1 takes the shortest orders first, and ends when no step leads anywhere new, which takes more than an
// hour for each kind of resource; with CLIENT_APPS_ORDER_STEPS=4 it ends after all orders of so many steps. The long run takes
// one random walk through each. The real terraform takes every two of the steps in a row, in one walk, of which the long run
// takes a part.

/** How long the orders of the exhaustive run are. */
const LONGEST = Number(process.env['CLIENT_APPS_ORDER_STEPS'] ?? Infinity);
/** How many steps of a walk. */
const STEPS_TAKEN = cases(2, 12);
const CHOICE = Number(process.env['CLIENT_APPS_FIRST_SEED'] ?? 1);
const describeDeep = DEEP ? describe : describe.skip;

const WORLDS = KINDS.flatMap((kind) =>
  (kind.mayHide ? [false, true] : [true]).map((readable) => [kind.address, readable, kind] as const),
);

/** The same for situations that no step tells apart: without what an org makes up anew for each app, and what changes back and forth. */
function keyOf(situation: Situation, certificates: Certificates): string {
  const mine = Object.values(componentsOf(situation)).flatMap((members) =>
    Object.entries(members).flatMap(([name, { fields }]) => (/^Feed(_|$)/.test(name) ? [fields] : [])),
  );
  const kept = [...((situation.kept as Map<string, { state: unknown; private: unknown }> | undefined) ?? [])];
  const known = kept.map(([, { state, private: mark }]) => [state, String(mark).replace(/planned at \d+/, '')]);
  const madeUp = /^(oauth_?link|org_?scoped_?external_?app|consumer_?key|application_id)$/i;
  const text = JSON.stringify([mine, known, situation.wish], (name, value: unknown) =>
    madeUp.test(name) ? 'made up' : value,
  );
  return eitherCertificate(eitherWay(text), certificates);
}

/** Takes a step, and says what is wrong with where it leads. */
async function taken(world: World, from: Situation, step: Step): Promise<readonly [Situation, readonly string[]]> {
  const { next, run } = await world.follow(from, step);
  const problem = run && world.judge(from, next, run);
  return [next, problem === undefined ? [] : [`${next.steps.join(', ')}: ${problem}\n${run?.errors.join('\n') ?? ''}`]];
}

async function walk(world: World, steps: readonly Step[]): Promise<void> {
  let at = world.begun;
  for (const step of steps) {
    const [next, wrong] = await taken(world, at, step);
    expect(wrong).toEqual([]);
    at = next;
  }
}

async function everywhere(world: World): Promise<void> {
  const known = new Set([keyOf(world.begun, world.certificates)]);
  const queue = [world.begun];
  const wrong: string[] = [];
  let count = 0;
  for (let at = queue.shift(); at; at = queue.shift()) {
    for (const step of STEPS) {
      const [next, problems] = await taken(world, at, step);
      wrong.push(...problems);
      count += 1;
      const key = keyOf(next, world.certificates);
      if (known.has(key)) continue;
      known.add(key);
      if (next.steps.length < LONGEST) queue.push(next);
    }
    if (count % 350 === 0) {
      process.stderr.write(`orders of ${at.steps.length + 1} steps: ${known.size} situations, ${count} steps\n`);
    }
  }
  process.stderr.write(`${world.kind.address}: ${known.size} situations, ${count} steps: every order\n`);
  expect(wrong).toEqual([]);
}

const TIME = 14_400_000;

describeDeep('a certificate, whatever is done with its app and in whatever order', () => {
  it.each(WORLDS)(
    'is neither lost nor comes back: %s (returned by the org: %s)',
    async (_, readable, kind) => {
      const world = await certificateWorld(kind, readable, inHand);
      try {
        if (EXHAUSTIVE) await everywhere(world);
        else for (const steps of fc.sample(walks, { numRuns: 1, seed: CHOICE })) await walk(world, steps);
      } finally {
        world.close();
      }
    },
    TIME,
  );
  const walks = fc.array(fc.constantFrom(...STEPS), { minLength: STEPS_TAKEN, maxLength: STEPS_TAKEN });
});

/** A walk in which every two of them follow one another. */
const inPairs = <T>(all: readonly T[]): readonly T[] => [
  ...all.flatMap((one, index) => [one, ...all.slice(index + 1).flatMap((other) => [one, other])]),
  ...all.slice(0, 1),
];

describeTerraformDeep('the same, driven by the real terraform', () => {
  it.each(WORLDS.filter(([, readable, { mayHide }]) => readable !== mayHide))(
    'is neither lost nor comes back: %s (returned by the org: %s)',
    async (_, readable, kind) => {
      const world = await certificateWorld(kind, readable, byTerraform);
      const whole = inPairs<Step>([...STEPS, ...OF_TERRAFORM]);
      const begin = (CHOICE * 37) % whole.length;
      try {
        await walk(world, EXHAUSTIVE ? whole : whole.slice(begin, begin + cases(1, 4)));
      } finally {
        world.close();
      }
    },
    TIME,
  );
});
