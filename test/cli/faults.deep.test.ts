import { FAULTS, OUT_OF_REACH } from './fault-table';
import { expectDecent, expectFinishable, READERS, type Writer, WRITERS } from './fault-judge';
import { world, type World } from './fault-world';
import { switchPkceOff } from './support';

/** Every fault at every request, of all commands: hours. Otherwise each request and each fault in turn. */
const ALL = process.env['CLIENT_APPS_FAULTS'] === 'all';
const ONLY = process.env['CLIENT_APPS_COMMAND'];
const NAMES = Object.keys(FAULTS);
/** From that request on, to the end. */
const LASTING = 500;

interface Place {
  readonly request: number;
  readonly name: string;
  readonly times: number;
}

/** @param offset Differs from command to command, so that each fault comes everywhere in time. */
function places(requests: number, offset: number): readonly Place[] {
  const every = ALL || requests < 13 ? 1 : 2;
  const all = Array.from({ length: Math.floor(requests / every) }, (_, index) => (index + 1) * every);
  if (ALL)
    return all.flatMap((request) => NAMES.flatMap((name) => [1, LASTING].map((times) => ({ request, name, times }))));
  return all.map((request) => {
    const turn = request * 7 + offset * 5;
    return { request, name: NAMES[turn % NAMES.length] ?? '', times: turn % 2 === 0 ? 1 : LASTING };
  });
}

/** Says where it was, if it fails. */
async function at(command: string, place: Place, work: () => Promise<void>): Promise<void> {
  const { request, name, times } = place;
  try {
    await work();
  } catch (error) {
    const how = `${command}, request ${request}: ${name}${times > 1 ? ', and from there on' : ''}`;
    throw new Error(`${how}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

const faultOf = ({ name }: Place) => FAULTS[name] ?? ({ kind: 'drop' } as const);

/** One that lasts and means "out of reach" ends with 5, unless it only kept an optional fact from being read. */
function expectCode(code: number, usual: number, { name, times }: Place): void {
  if (times > 1 && OUT_OF_REACH.includes(name)) expect([5, usual]).toContain(code);
}

/** All that failed, at once. */
async function each(places: readonly Place[], command: string, work: (place: Place, n: number) => Promise<void>) {
  const failures: string[] = [];
  for (const [n, place] of places.entries()) {
    await at(command, place, () => work(place, n)).catch((error: unknown) => {
      failures.push(error instanceof Error ? error.message : String(error));
    });
    if (failures.length > 20) break;
  }
  expect(failures.join('\n\n')).toBe('');
}

let here: World;
const skipped = (name: string): boolean => ONLY !== undefined && ONLY !== name;
const TIME = ALL ? 7_200_000 : 120_000;

describe('commands that read, with a fault at every request', () => {
  beforeAll(async () => {
    here = await world();
    await switchPkceOff(here.salesforce);
  }, 60_000);
  afterAll(() => here.close());

  it.each(Object.entries(READERS).filter(([name]) => !skipped(name)))(
    '%s says nothing untrue, and changes nothing',
    async (name, { command, says }) => {
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
    },
    TIME,
  );
});

describe('commands that write, with a fault at every request', () => {
  beforeAll(async () => {
    here = await world();
  }, 60_000);
  afterAll(() => here.close());
  let tickets = 0;

  const tried = async (name: string, writer: Writer): Promise<void> => {
    await writer.prepare?.(here);
    const command = writer.command((tickets += 1));
    const requests = await here.requests(command);
    if (writer.undo !== undefined) await here.run(writer.undo);
    await each(places(requests, name.length), name, async (place) => {
      const { ended, changed } = await expectFinishable(here, writer, (tickets += 1), (line) =>
        here.failing(line, [{ ...place, fault: faultOf(place) }]),
      );
      if (!changed && ended.code !== 6) expectCode(ended.code, 0, place);
    });
  };
  it.each(Object.entries(WRITERS).filter(([name]) => !skipped(name)))(
    '%s leaves the org before or after, said, and finished by the same command',
    (name, writer) => tried(name, writer),
    TIME,
  );
});
