import type { Emulator } from '../../lib/emulator';
import { fastOrg, login, mobile, org, type Project, project } from './support';

const NAMES = Array.from({ length: 10 }, (_, n) => `org${n}`);
const BROKEN = 'org3';

let here: Project;
let orgs: ReadonlyMap<string, Emulator>;
let environment: Readonly<Record<string, string>>;
beforeEach(async () => {
  here = project();
  here.synth((stack) => NAMES.forEach((name) => mobile(org(stack, name))));
  // An answer takes long enough for others to be on their way.
  const started = await Promise.all(NAMES.map(async (name) => [name, await fastOrg({ latencyMs: 40 })] as const));
  orgs = new Map(started);
  environment = Object.assign({}, ...started.map(([name, each]) => login(each, name))) as typeof environment;
});
afterEach(async () => {
  await Promise.all([...orgs.values()].map((each) => each.close()));
  here.remove();
});

/** At most how many orgs were worked on at the same moment. */
function atOnce(): number {
  const spans = [...orgs.values()].flatMap((each) => {
    const times = each.calls().map(({ at }) => Date.parse(at));
    return times.length === 0 ? [] : [{ from: Math.min(...times), to: Math.max(...times) }];
  });
  return Math.max(...spans.map(({ from }) => spans.filter((each) => each.from <= from && from < each.to).length));
}

describe.each(['drift', 'status'])('%s over ten orgs', (command) => {
  it('reads four at a time, and tells of them in the order of the program', async () => {
    const { code, stdout } = await here.run(command, { environment });
    expect(code).toBe(2);
    const places = NAMES.map((name) => stdout.indexOf(name));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(atOnce()).toBeGreaterThan(1);
    expect(atOnce()).toBeLessThanOrEqual(4);
  });

  it('is not stopped by one that fails: it is named, and the exit code says so', async () => {
    const given = { ...environment, [`SF_${BROKEN.toUpperCase()}_ACCESS_TOKEN`]: 'wrong' };
    const { code, stdout, stderr } = await here.run(command, { environment: given });
    expect(code).toBe(5);
    expect(stderr).toContain(BROKEN);
    for (const name of NAMES.filter((each) => each !== BROKEN)) expect(stdout).toContain(name);
  });
});
