import { cpSync, existsSync, rmSync } from 'node:fs';

import type { OrgReceipt } from '../../lib/operations/types';
import { sampled } from '../deep';
import { type Repeated, repeated } from './killed';
import { differing } from './meanwhile';
import { type Ended, login, mobile, type Project, project, threeDeploys } from './support';

/** Where the second apply begins: before that request of the first; and before which of its own it waits for the first. */
interface Interleaving {
  readonly begins: number;
  /** Undefined: it comes to its end first. */
  readonly waits: number | undefined;
}

const RECEIPT = '.client-apps/receipts/identity__prod.json';

let world: Repeated;
let elsewhere: Project;
let goal: string;
let requests: number;

beforeAll(async () => {
  const here = project();
  here.synth((stack) => mobile(threeDeploys(stack)));
  world = await repeated(here, {});
  elsewhere = project();
  cpSync(here.path('cdktf.out'), elsewhere.path('cdktf.out'), { recursive: true });
  world.keep();
  expect(await world.run('apply --auto-approve')).toMatchObject({ code: 0 });
  goal = world.state();
  requests = world.salesforce().calls().length;
}, 120_000);
afterAll(async () => {
  await world.close();
  elsewhere.remove();
});

const there = (line: string): Promise<Ended> => elsewhere.run(line, { environment: login(world.salesforce()) });

/** Two applies of two folders, of which one of them is held up at every moment, so that nothing is left to chance. */
async function both({ begins, waits }: Interleaving): Promise<readonly [Ended, Ended]> {
  let [count, ofSecond] = [0, 0];
  let who: 'first' | 'second' | 'rest' = 'first';
  let second: Promise<Ended> | undefined;
  let goOn: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (goOn = resolve));
  world.salesforce().watch({
    before: async () => {
      if (who === 'first') {
        count += 1;
        if (count !== begins) return;
        who = 'second';
        await new Promise<void>((resolve) => {
          letFirst = resolve;
          second = there('apply --auto-approve');
          void second.then(() => resolve());
        });
        who = 'rest';
      } else if (who === 'second') {
        ofSecond += 1;
        if (ofSecond !== waits) return;
        who = 'rest';
        letFirst();
        await ended;
      }
    },
  });
  let letFirst: () => void = () => undefined;
  const first = await world.run('apply --auto-approve');
  goOn();
  const other = await (second ?? there('apply --auto-approve'));
  world.salesforce().watch({});
  return [first, other];
}

/** Both tell the truth, one at least goes, and one more apply in either folder finds the org as declared. */
async function expectBoth(how: Interleaving): Promise<void> {
  await world.putBack();
  rmSync(elsewhere.path('.client-apps'), { recursive: true, force: true });
  const ends = await both(how);
  const said = ends.map(({ code, stdout, stderr }) => `${code}: ${stdout}${stderr}`).join('\n');
  expect(said).not.toMatch(/bug in client-apps|\bundefined\b/);
  for (const { code } of ends) expect([[0, 1, 4].includes(code), said]).toEqual([true, said]);
  expect([ends.some(({ code }) => code === 0), said]).toEqual([true, said]);
  // Whoever ended well has told of an org that is as declared; nobody took that back.
  expect([differing(world.state(), goal), said]).toEqual([[], said]);
  for (const [index, folder] of [world.here, elsewhere].entries()) {
    // Who found nothing left to do keeps no receipt.
    if (ends[index]?.code !== 0 || !existsSync(folder.path(RECEIPT))) continue;
    for (const { api_name: app, consumer_key: key } of (JSON.parse(folder.read(RECEIPT)) as OrgReceipt).apps) {
      expect([app, key, said]).toEqual([app, world.salesforce().consumer(app)?.key, said]);
    }
  }
  for (const run of [world.run, there]) {
    const again = await run('apply --auto-approve');
    expect([again.code, again.stdout + again.stderr]).toEqual([0, again.stdout + again.stderr]);
    expect(await run('drift')).toMatchObject({ code: 0 });
  }
  expect(differing(world.state(), goal)).toEqual([]);
}

it('two applies on two machines, interleaved anywhere: one goes, the other sees it, and nothing is lost', async () => {
  const each = Array.from({ length: requests }, (_, index) => index + 1);
  const places = each.flatMap((begins) => [undefined, ...each].map((waits) => ({ begins, waits })));
  const failures: string[] = [];
  for (const place of sampled(places, 8)) {
    await expectBoth(place).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      failures.push(`the second begins at ${place.begins} and waits at ${place.waits ?? 'nothing'}: ${why}`);
    });
    if (failures.length > 10) break;
  }
  expect(failures.join('\n\n')).toBe('');
}, 14_400_000);
