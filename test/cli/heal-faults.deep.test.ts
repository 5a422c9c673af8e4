import { rmSync } from 'node:fs';

import type { Emulator } from '../../lib/emulator';
import { makeCertificate } from '../emulator/certificate';
import { SAYS_IT } from './fault-judge';
import { eachPlace, type Place, somePlaces, TIME } from './fault-matrix';
import { type Requests, requestsOf, underFaults } from './fault-world';
import { ALL_IN, getIn, healed, type Pair, prepared, program, type Start, startFrom } from './heal-support';
import { deploys, login, type Project, project } from './support';

let pair: Pair;
let start: Start;
let here: Project;
let sandbox: Emulator;
let requests: Requests;

/** The sandbox just after its refresh, and what the project remembered before. */
async function refresh(): Promise<void> {
  await sandbox.close();
  rmSync(here.path('.client-apps'), { recursive: true, force: true });
  sandbox = await startFrom(here, start);
  sandbox.refresh({ name: 'uat' });
}

/** What a deploy can change in the org, by its own state; its log of calls and jobs is no part of it. */
const orgState = (): string =>
  JSON.stringify((JSON.parse(here.read('state.json')) as { readonly components: object }).components);

beforeAll(async () => {
  pair = await makeCertificate();
  const first = project();
  start = await prepared(first, pair);
  first.remove();
  here = project();
  here.synth(program(pair));
  sandbox = await startFrom(here, start);
  await refresh();
  const sent = sandbox.calls().length;
  expect((await healed(here, sandbox)).code).toBe(0);
  requests = requestsOf(sandbox.calls().slice(sent));
}, 240_000);
afterAll(async () => {
  await sandbox.close();
  here.remove();
});

/** The sandbox is before or after, or between and said; one more run lets every client in, and the next has nothing to do. */
async function survives(place: Place): Promise<void> {
  await refresh();
  const before = orgState();
  const ended = await underFaults(sandbox, [place], (options) => here.run('heal uat', options));
  const said = ended.stdout + ended.stderr;
  expect([[0, 1, 2, 5, 6, 130].includes(ended.code), ended.code, said]).toEqual([true, ended.code, said]);
  expect(said).not.toMatch(/bug in client-apps|\bundefined\b|\[object Object\]/);
  expect(said).not.toContain(sandbox.accessToken);
  if (ended.code === 0) expect(await getIn(sandbox, pair)).toEqual(ALL_IN);
  else if (orgState() !== before) {
    const plan = await here.run('plan --org uat', { environment: login(sandbox) });
    expect([said, plan.stdout].some((text) => SAYS_IT.test(text) || /-unfinished/.test(text))).toBe(true);
  }
  const second = await healed(here, sandbox);
  expect([second.code, second.stderr, await getIn(sandbox, pair)]).toEqual([0, second.stderr, ALL_IN]);
  const [sent, after] = [deploys(sandbox), orgState()];
  const third = await healed(here, sandbox);
  expect([third.code, deploys(sandbox), orgState() === after]).toEqual([0, sent, true]);
}

it(
  'heal comes to its end, in one more run where need be, whatever goes wrong on the way',
  () => eachPlace(somePlaces(requests, 12), 'heal', survives),
  TIME,
);
