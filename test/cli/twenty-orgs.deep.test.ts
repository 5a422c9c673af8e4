import type { Emulator } from '../../lib/emulator';
import { deploys, fastOrg, login, mobile, org, type Project, project } from './support';

const NAMES = Array.from({ length: 20 }, (_, n) => `org${String(n).padStart(2, '0')}`);
/** Each fails in a way of its own. */
const REFUSED = 'org02';
const GONE = 'org07';
const FAILING = 'org11';
const HEALTHY = NAMES.filter((name) => ![REFUSED, GONE, FAILING].includes(name));

let here: Project;
let orgs: ReadonlyMap<string, Emulator>;
let environment: Readonly<Record<string, string>>;
beforeEach(async () => {
  here = project();
  here.synth((stack) => NAMES.forEach((name) => mobile(org(stack, name))));
  const started = await Promise.all(NAMES.map(async (name) => [name, await fastOrg()] as const));
  orgs = new Map(started);
  environment = Object.assign({}, ...started.map(([name, each]) => login(each, name))) as typeof environment;
});
afterEach(async () => {
  await Promise.all([...orgs.values()].map((each) => each.close()));
  here.remove();
});
const at = (name: string): Emulator => orgs.get(name) as Emulator;

/** Of twenty, one refuses the login, one is not there, and one refuses every deploy, or every reading. */
async function threeFail(operation: 'deploy' | 'retrieve'): Promise<void> {
  environment = { ...environment, [`SF_${REFUSED.toUpperCase()}_ACCESS_TOKEN`]: 'not-the-token' };
  await at(GONE).close();
  const refusal = { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'not now', status: 403 } as const;
  at(FAILING).faults.failNext({ operation }, refusal, 100);
}

const wrote = (): readonly string[] => HEALTHY.filter((name) => deploys(at(name)) > 0);

describe('twenty orgs of which three fail, each in its own way', () => {
  it.each(['status --format json', 'drift --json'])('%s tells of the others, and of each failure', async (line) => {
    await threeFail('retrieve');
    const { code, stdout, stderr } = await here.run(line, { environment });
    // That one refuses to be read is an error, which comes before orgs that cannot be reached.
    expect(code).toBe(1);
    for (const name of HEALTHY) expect(stdout).toContain(`"${name}"`);
    for (const name of [REFUSED, GONE, FAILING]) expect(stderr).toMatch(new RegExp(`\\b${name}\\b`));
    if (!line.startsWith('status')) return;
    const { orgs: shown } = JSON.parse(stdout) as { orgs: { org: string; state: string }[] };
    const states = new Map(shown.map((each) => [each.org, each.state]));
    expect([REFUSED, GONE, FAILING].map((name) => states.get(name))).toEqual([
      'not-reachable',
      'not-reachable',
      'not-evaluated',
    ]);
  });

  it('apply writes the seventeen, says of each of the three why not, and ends with 1', async () => {
    await threeFail('deploy');
    const { code, stdout, stderr } = await here.run('apply --auto-approve --json', { environment });
    expect([code, wrote()]).toEqual([1, HEALTHY]);
    const { receipts } = JSON.parse(stdout) as { receipts: { org: string }[] };
    expect(receipts.map((each) => each.org)).toEqual(HEALTHY);
    expect(stderr).toMatch(/\borg02\b.*log in|org02[\s\S]*access token/);
    expect(stderr).toMatch(/ECONNREFUSED|could not be reached|cannot be reached/i);
    expect(stderr).toContain('not now');
    const again = await here.run('apply --auto-approve --json', { environment });
    expect([again.code, HEALTHY.map((name) => deploys(at(name)))]).toEqual([1, HEALTHY.map(() => 1)]);
  });

  it('with --fail-fast a failure to read keeps every org from being written', async () => {
    await threeFail('deploy');
    const { code, stderr } = await here.run('apply --auto-approve --fail-fast', { environment });
    expect([code, wrote()]).toEqual([5, []]);
    expect(stderr).toContain('Nothing is written to any org, because one of them failed (--fail-fast).');
    expect(stderr).toContain('org03: not started, because another org failed before (--fail-fast)');
  });

  it('with --fail-fast a deploy that fails keeps the orgs after it from being begun', async () => {
    const refusal = { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'not now', status: 403 } as const;
    at(FAILING).faults.failNext({ operation: 'deploy' }, refusal, 100);
    const { code, stderr } = await here.run('apply --auto-approve --fail-fast', { environment });
    expect([code, wrote()]).toEqual([1, HEALTHY.filter((name) => name < FAILING)]);
    expect(stderr).toContain('org12: not started, because another org failed before (--fail-fast)');
  });

  it('with --fail-fast an org that was not begun is told as not evaluated, never as in sync', async () => {
    await threeFail('retrieve');
    const { code, stdout } = await here.run('status --format json --fail-fast --parallel 1', { environment });
    const { orgs: shown } = JSON.parse(stdout) as { orgs: { org: string; state: string; problem?: string }[] };
    expect([code, shown.map(({ state }) => state)]).toEqual([
      5,
      ['read', 'read', 'not-reachable', ...NAMES.slice(3).map(() => 'not-evaluated')],
    ]);
  });
});
