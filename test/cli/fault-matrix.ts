import type { EmulatorFault } from '../../lib/emulator';
import { EXHAUSTIVE, sampled } from '../deep';
import { expectDecent, expectFinishable, type Reader, type Writer } from './fault-judge';
import {
  DEPLOY_FAULTS,
  FAULTS,
  type Interrupt,
  INTERRUPTS,
  LINE_FAULTS,
  type LineFault,
  OUT_OF_REACH,
} from './fault-table';
import type { Requests, World } from './fault-world';
import type { Ended } from './support';

/** Each fault also lasts from its request on. */
const LASTS = process.env['CLIENT_APPS_FAULTS'] === 'lasting';
const ONLY = process.env['CLIENT_APPS_COMMAND'];
/** Only faults whose names match. */
const KIND = new RegExp(process.env['CLIENT_APPS_FAULT'] ?? '');
const isWanted = (name: string): boolean => KIND.test(name);
const ALL = { ...FAULTS, ...LINE_FAULTS, ...INTERRUPTS, ...DEPLOY_FAULTS };
const NAMES = [FAULTS, LINE_FAULTS, INTERRUPTS].flatMap((table) => Object.keys(table)).filter(isWanted);
const ENDS = Object.keys(DEPLOY_FAULTS).filter(isWanted);
/** From that request on, to the end. */
const LASTING = 500;
/** For all places of one command. */
export const TIME = EXHAUSTIVE ? 14_400_000 : 600_000;

/** Where something goes wrong: the number of the request, or of the deploy, counted from 1. */
export interface Place {
  readonly request: number;
  readonly name: string;
  readonly fault: EmulatorFault | LineFault | Interrupt;
  readonly times: number;
}

const placed = (request: number, name: string, times = 1): Place => {
  const fault = ALL[name];
  if (!fault) throw new Error(`no fault is called ${name}`);
  // A refused connection is not one for a single request.
  const lasts = fault.kind === 'line' && fault.how === 'refused';
  return { request, name, fault, times: lasts ? LASTING : times };
};

const upTo = (count: number, every = 1): readonly number[] =>
  Array.from({ length: Math.floor(count / every) }, (_, index) => (index + 1) * every);

/** Every fault at every request, and all that can become of every deploy. */
function everyPlace({ all, deploys }: Requests): readonly Place[] {
  const lasts = LASTS ? [1, LASTING] : [1];
  const each = (count: number, names: readonly string[]): readonly Place[] =>
    upTo(count).flatMap((request) => names.flatMap((name) => lasts.map((times) => placed(request, name, times))));
  return [...each(all, NAMES), ...each(deploys, ENDS)];
}

/** Of all places so many, of which every third lasts. */
export const somePlaces = (requests: Requests, count: number): readonly Place[] =>
  sampled(everyPlace(requests), count).map((place, index) =>
    EXHAUSTIVE || index % 3 > 0 || !(place.name in FAULTS) ? place : { ...place, times: LASTING },
  );

/** @param offset Differs from command to command, so that each fault comes everywhere in time. */
function places(requests: Requests, offset: number): readonly Place[] {
  if (EXHAUSTIVE) return everyPlace(requests);
  const { all, deploys } = requests;
  const inTurn = upTo(all, all < 13 ? 1 : 2).map((request) => {
    const turn = request * 7 + offset * 5;
    return placed(request, NAMES[turn % NAMES.length] ?? '', turn % 2 === 0 ? 1 : LASTING);
  });
  return [...inTurn, ...upTo(deploys).flatMap((request) => ENDS.map((name) => placed(request, name)))];
}

/** One that lasts and means "out of reach" ends with 5, unless it only kept an optional fact from being read. */
function expectCode(code: number, usual: number, { name, times }: Place): void {
  if (times > 1 && OUT_OF_REACH.includes(name)) expect([5, usual]).toContain(code);
}

/** All that failed, at once; each says where it was. */
export async function eachPlace(places: readonly Place[], command: string, work: (place: Place) => Promise<void>) {
  const failures: string[] = [];
  for (const place of places) {
    const { request, name, times } = place;
    try {
      await work(place);
    } catch (error) {
      const what = name in DEPLOY_FAULTS ? 'deploy' : 'request';
      const where = `${command}, ${what} ${request}: ${name}${times > 1 ? ', and from there on' : ''}`;
      failures.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (failures.length > 20) break;
  }
  if (EXHAUSTIVE) process.stderr.write(`${command}: ${places.length} runs, ${failures.length} failed\n`);
  expect(failures.join('\n\n')).toBe('');
}

/** The entries of a table of commands that are asked for. */
export const wanted = <T>(table: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(table).filter(([name]) => ONLY === undefined || ONLY === name);

/** Faults that may be a permission that the user lacks. */
const DENIALS = ['INSUFFICIENT_ACCESS', 'a code that nobody knows'];

/** Whether someone is sent to look for permissions. */
const remediesIn = ({ stdout, stderr }: Ended): boolean =>
  /permissions (that|of) docs\/bootstrap\.md/.test(stdout + stderr);

/** A command that reads: it says nothing untrue, and changes nothing. */
export async function expectReading(
  here: World,
  name: string,
  { command, says, unread, prepare }: Reader,
): Promise<void> {
  prepare?.(here);
  const usual = await here.run(command);
  expect(usual.stdout).toMatch(says);
  const before = here.state();
  prepare?.(here);
  const requests = await here.requests(command);
  await eachPlace(places(requests, name.length), command, async (place) => {
    prepare?.(here);
    const ended = await here.failing(command, [place]);
    expectDecent(here, ended);
    expect(place.name in INTERRUPTS ? [usual.code, 130] : [usual.code, 1, 5]).toContain(ended.code);
    expectCode(ended.code, usual.code, place);
    if (ended.code === usual.code && !unread?.test(ended.stdout)) expect(ended.stdout).toMatch(says);
    expect(ended.stdout).not.toMatch(/In sync \(2\)|No changes/);
    // A blip is no missing permission.
    if (!DENIALS.includes(place.name)) expect(remediesIn(ended)).toEqual(remediesIn(usual));
  });
  expect(here.state()).toBe(before);
}

/** What cannot be taken back has to be about something else each time. */
let tries = 0;

/** A command that writes: the org is before or after, or between, said, and finished by one command. */
export async function expectWriting(here: World, name: string, writer: Writer): Promise<void> {
  await writer.prepare?.(here);
  const requests = await here.requests(writer.command((tries += 1)));
  if (writer.undo !== undefined) await here.run(writer.undo);
  await eachPlace(places(requests, name.length), name, async (place) => {
    const { ended, changed } = await expectFinishable(here, writer, (tries += 1), (line) =>
      here.failing(line, [place]),
    );
    if (!changed && ended.code !== 6) expectCode(ended.code, 0, place);
  });
}
