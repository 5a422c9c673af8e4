import { PermittedUsers, PublicClientApp, type SalesforceOrg, Scope } from '../../constructs';
import type { Emulator } from '../../lib/emulator';
import { fastOrg, login, org, type Project, project, switchPkceOff } from './support';

let here: Project;
let orgs: readonly Emulator[];
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await Promise.all(orgs.map((each) => each.close()));
  here.remove();
});

function manyApps(parent: SalesforceOrg, count: number): void {
  for (let n = 0; n < count; n++) {
    new PublicClientApp(parent, `App${n}`, {
      label: `App ${n}`,
      callbackUrls: [`com.acme.app${n}://callback`],
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  }
}

const callsOf = (each: Emulator): number => each.calls().length;

it('ten orgs of a hundred apps each: a drift costs at most 60 API calls, in sync and drifted', async () => {
  const names = Array.from({ length: 10 }, (_, n) => `org${n}`);
  here.synth((stack) => names.forEach((name) => manyApps(org(stack, name), 100)));
  orgs = await Promise.all(names.map(() => fastOrg()));
  const environment = Object.assign({}, ...names.map((name, n) => login(orgs[n] as Emulator, name))) as Record<
    string,
    string
  >;
  const drift = async (): Promise<readonly [code: number, calls: number]> => {
    const before = orgs.map(callsOf);
    const { code } = await here.run('drift', { environment });
    return [code, orgs.reduce((sum, each, n) => sum + callsOf(each) - (before[n] ?? 0), 0)];
  };
  expect((await here.run('apply --auto-approve', { environment })).code).toBe(0);
  const [clean, calls] = await drift();
  expect([clean, calls <= 60]).toEqual([0, true]);
  await switchPkceOff(orgs[3] as Emulator, 'App42');
  const [drifted, more] = await drift();
  expect([drifted, more <= 60]).toEqual([2, true]);
}, 300_000);
