import { FIRST_WRITERS } from './fault-judge';
import { expectWriting, TIME, wanted } from './fault-matrix';
import { emptyWorld, type World } from './fault-world';

let here: World;
beforeAll(async () => {
  here = await emptyWorld();
}, 60_000);
afterAll(() => here.close());

describe('commands that write into an org without an app, with a fault at every request', () => {
  it.each(wanted(FIRST_WRITERS))(
    '%s leaves the org before, between or after, said, and finished by the same command',
    (name, writer) => expectWriting(here, name, writer),
    TIME,
  );
});
