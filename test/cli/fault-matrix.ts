import { expectDecent, expectFinishable, type Reader, type Writer } from './fault-judge';
import { DEPLOY_FAULTS, FAULTS, OUT_OF_REACH } from './fault-table';
import type { World } from './fault-world';

/** `all`: every fault at every request of every command, once and lasting; `once`: once. Otherwise each one in turn. */
const FAULTS_ASKED = process.env['CLIENT_APPS_FAULTS'];
const ALL = FAULTS_ASKED === 'all' || FAULTS_ASKED === 'once';
const ONLY = process.env['CLIENT_APPS_COMMAND'];
const NAMES = Object.keys(FAULTS);
/** From that request on, to the end. */
const LASTING = 500;
export const TIME = ALL ? 7_200_000 : 120_000;

interface Place {
  readonly request: number;
  readonly name: string;
  readonly times: number;
}

/** @param offset Differs from command to command, so that each fault comes everywhere in time. */
function places({ all, deploys }: Requests, offset: number): readonly Place[] {
  const upTo = (count: number, every = 1): readonly number[] =>
    Array.from({ length: Math.floor(count / every) }, (_, index) => (index + 1) * every);
  const each = (request: number, names: readonly string[], lasts: readonly number[]): readonly Place[] =>
    names.flatMap((name) => lasts.map((times) => ({ request, name, times })));
  if (ALL) {
    const lasts = FAULTS_ASKED === 'once' ? [1] : [1, LASTING];
    return [
      ...upTo(all).flatMap((request) => each(request, NAMES, lasts)),
      ...upTo(deploys).flatMap((request) => each(request, Object.keys(DEPLOY_FAULTS), lasts)),
    ];
  }
  const inTurn = upTo(all, all < 13 ? 1 : 2).map((request) => {
    const turn = request * 7 + offset * 5;
    return { request, name: NAMES[turn % NAMES.length] ?? '', times: turn % 2 === 0 ? 1 : LASTING };
  });
  return [...inTurn, ...upTo(deploys).flatMap((request) => each(request, Object.keys(DEPLOY_FAULTS), [1]))];
}

interface Requests {
  readonly all: number;
  readonly deploys: number;
}

const faultOf = ({ name }: Place) => FAULTS[name] ?? DEPLOY_FAULTS[name] ?? ({ kind: 'drop' } as const);

/** One that lasts and means "out of reach" ends with 5, unless it only kept an optional fact from being read. */
function expectCode(code: number, usual: number, { name, times }: Place): void {
  if (times > 1 && OUT_OF_REACH.includes(name)) expect([5, usual]).toContain(code);
}

/** All that failed, at once; each says where it was. */
async function each(places: readonly Place[], command: string, work: (place: Place) => Promise<void>) {
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
  if (ALL) process.stderr.write(`${command}: ${places.length} runs, ${failures.length} failed\n`);
  expect(failures.join('\n\n')).toBe('');
}

/** The entries of a table of commands that are asked for. */
export const wanted = <T>(table: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(table).filter(([name]) => ONLY === undefined || ONLY === name);

/** A command that reads: it says nothing untrue, and changes nothing. */
export async function expectReading(here: World, name: string, { command, says }: Reader): Promise<void> {
  const usual = await here.run(command);
  expect(usual.stdout).toMatch(says);
  const before = await here.state();
  const requests = await here.requests(command);
  await each(places(requests, name.length), command, async (place) => {
    const ended = await here.failing(command, [{ ...place, fault: faultOf(place) }]);
    expectDecent(here, ended);
    expect([usual.code, 1, 5]).toContain(ended.code);
    expectCode(ended.code, usual.code, place);
    if (ended.code === usual.code) expect(ended.stdout).toMatch(says);
    expect(ended.stdout).not.toMatch(/In sync \(2\)|No changes/);
  });
  expect(await here.state()).toBe(before);
}

/** What cannot be taken back has to be about something else each time. */
let tries = 0;

/** A command that writes: the org is before or after, or between, said, and finished by one command. */
export async function expectWriting(here: World, name: string, writer: Writer): Promise<void> {
  await writer.prepare?.(here);
  const requests = await here.requests(writer.command((tries += 1)));
  if (writer.undo !== undefined) await here.run(writer.undo);
  await each(places(requests, name.length), name, async (place) => {
    const { ended, changed } = await expectFinishable(here, writer, (tries += 1), (line) =>
      here.failing(line, [{ ...place, fault: faultOf(place) }]),
    );
    if (!changed && ended.code !== 6) expectCode(ended.code, 0, place);
  });
}
