import { READERS } from './fault-judge';
import { expectReading, TIME, wanted } from './fault-matrix';
import { type World, world } from './fault-world';
import { switchPkceOff } from './support';

let here: World;
beforeAll(async () => {
  here = await world();
  await switchPkceOff(here.salesforce);
}, 60_000);
afterAll(() => here.close());

describe('commands that read, with a fault at every request', () => {
  it.each(wanted(READERS))(
    '%s says nothing untrue, and changes nothing',
    (name, reader) => expectReading(here, name, reader),
    TIME,
  );
});
