import { WRITERS } from './fault-judge';
import { expectWriting, TIME, wanted } from './fault-matrix';
import { type World, world } from './fault-world';

let here: World;
beforeAll(async () => {
  here = await world();
}, 60_000);
afterAll(() => here.close());

describe('commands that write, with a fault at every request', () => {
  it.each(wanted(WRITERS))(
    '%s leaves the org before or after, said, and finished by the same command',
    (name, writer) => expectWriting(here, name, writer),
    TIME,
  );
});
