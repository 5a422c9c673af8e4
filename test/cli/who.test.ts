import type { Emulator, EmulatorSwitches } from '../../lib/emulator';
import { writeSeed } from './messy-support';
import { deleteApp, fastOrg, login, type Project, project, switchPkceOff, tamper, twoApps } from './support';

let here: Project;
let salesforce: Emulator;
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const tokenOf = (user: string): string => `00Dxx!EMULATORACCESS${user.toUpperCase()}`;

/** The org as that admin sees it, by a client of their own. */
const as = (user: string): Emulator => ({ ...salesforce, accessToken: tokenOf(user) });

interface Setting {
  readonly permissions?: Readonly<Record<string, boolean>>;
  readonly switches?: Partial<EmulatorSwitches>;
}

/** An org with two admins, in which the program was applied by the login of these runs. */
async function applied({ permissions = {}, switches = {} }: Setting = {}): Promise<void> {
  here = project();
  here.synth(twoApps);
  const users = ['ann', 'bob'].map((name) => ({ username: `${name}@acme.example`, profile: 'System Administrator' }));
  const tokens = ['ann', 'bob'].map((name) => ({
    app: 'Setup',
    user: `${name}@acme.example`,
    created: '2026-11-01T00:00:00Z',
    accessToken: tokenOf(name),
  }));
  const org = { users, usage: { uninstalledApps: [{ label: 'Setup' }], tokens }, deployUser: { permissions } };
  const seedDir = writeSeed(here, new Map([['org.json', JSON.stringify(org)]]));
  salesforce = await fastOrg({ seedDir, switches });
  expect(await here.run('apply --auto-approve', { environment: login(salesforce) })).toMatchObject({ code: 0 });
}

const client = async (commandLine: string): Promise<string> =>
  (await here.run(commandLine, { environment: login(salesforce) })).stdout.replace(/\s+/g, ' ');
const relabel = (emulator: Emulator, label = 'Mobile 2'): Promise<void> =>
  tamper(
    emulator,
    { type: 'ExternalClientApplication', name: 'Mobile', path: 'externalClientApps/Mobile.eca' },
    /<label>.*<\/label>/,
    `<label>${label}</label>`,
  );

describe.each(['drift --who', 'status --who'])('%s', (command) => {
  it('names the admin whose deploy changed an app, and when, and tells the apply from it', async () => {
    await applied();
    await switchPkceOff(as('ann'));
    const text = await client(command);
    expect(text).toContain(
      'Mobile: likely ann@acme.example: no one else has such a row after the last one by this login',
    );
    expect(text).toMatch(/ 20\S+ ann@acme.example: Changed external client app Mobile \(External Client Apps\)/);
    expect(text).toMatch(/ 20\S+ admin@emulator.example \(this login\): Created external client app Mobile/);
    expect(text).toContain('A row names no field');
    expect(text).not.toContain('Portal: likely');
  });

  it('names both admins where two changed it, the latest first, and neither as the one', async () => {
    await applied();
    await switchPkceOff(as('ann'));
    await deleteApp(as('ann'), 'Portal');
    await relabel(as('bob'));
    await relabel(as('bob'), 'Mobile 3');
    const text = await client(command);
    expect(text).toContain('Mobile: any of bob@acme.example, ann@acme.example');
    expect(text).toContain('(External Client Apps, the last of 2 rows)');
    expect(text).toContain('Portal: likely ann@acme.example');
    expect(text).toMatch(/ann@acme.example: Deleted external client app Portal/);
  });

  it('does not know who it was where the last row is by its own login', async () => {
    await applied();
    await relabel(as('ann'));
    await switchPkceOff(salesforce);
    expect(await client(command)).toContain(
      'Mobile: not known: the last row is by this login: an apply, or someone who uses the same login',
    );
  });

  it.each([
    ['has no rows of client apps', 'nothing', 'Mobile: not known: no row names it'],
    ['names apps by their label', 'label', 'Mobile: likely ann@acme.example'],
  ] as const)('where the trail %s', async (_, auditTrailNamesApps, expected) => {
    await applied({ switches: { auditTrailNamesApps } });
    await switchPkceOff(as('ann'));
    expect(await client(command)).toContain(expected);
  });

  it('is not evaluated where the trail could not be read', async () => {
    await applied({ permissions: { PermissionsViewSetup: false } });
    await switchPkceOff(as('ann'));
    expect(await client(command)).toContain(
      'Mobile: not evaluated: changes in Setup (SetupAuditTrail): needs View Setup',
    );
  });

  it('costs three calls where an app differs, and none where all are as declared', async () => {
    await applied();
    const plain = command.replace(' --who', '');
    const calls = async (line: string): Promise<number> => {
      const before = salesforce.calls().length;
      await client(line);
      return salesforce.calls().length - before;
    };
    expect((await calls(command)) - (await calls(plain))).toBe(0);
    await switchPkceOff(as('ann'));
    expect((await calls(command)) - (await calls(plain))).toBe(3);
  });
});

it('drift --who --json gives the rows, and whose login the run had', async () => {
  await applied();
  await switchPkceOff(as('ann'));
  const { attribution } = JSON.parse(
    (await here.run('drift --who --json', { environment: login(salesforce) })).stdout,
  ) as { readonly attribution: readonly unknown[] };
  expect(attribution).toMatchObject([
    {
      login: 'admin@emulator.example',
      apps: [
        { api_name: 'Mobile', state: 'one-user', rows: [{ user: 'ann@acme.example', own: false }, { own: true }] },
      ],
    },
  ]);
});
