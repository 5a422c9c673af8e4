import type { Emulator, EmulatorOptions } from '../../lib/emulator';
import { messySeed } from '../../lib/emulator/seeds/messy-org';
import { connect } from '../../lib/org/connect';
import type { Evidence } from '../../lib/org/usage/facts';
import { CANARY, writeSeed } from '../cli/messy-support';
import { fastOrg, type Project, project } from '../cli/support';

let here: Project;
let salesforce: Emulator;
beforeEach(() => {
  here = project();
});
afterEach(async () => {
  await salesforce.close();
  here.remove();
});

const now = new Date();
const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();

interface Seed {
  readonly users: readonly object[];
  readonly usage: {
    readonly tokens: readonly { readonly app: string }[];
    readonly logins: readonly { readonly application: string }[];
  };
}

/** The messy org, as far as it is about the look-alike. */
function loaderAlone(): Seed {
  const { users, usage } = JSON.parse(messySeed(now).get('org.json') ?? '') as Seed;
  const tokens = usage.tokens.filter(({ app }) => app === 'Data Loader');
  const logins = usage.logins.filter(({ application }) => /Data Loader|gcw/.test(application));
  return { users: users.slice(0, 20), usage: { ...usage, tokens, logins } };
}

async function freeze(permissions: object = {}, options: EmulatorOptions = {}): Promise<Evidence> {
  const files = new Map([['org.json', JSON.stringify({ ...loaderAlone(), deployUser: { permissions } })]]);
  salesforce = await fastOrg({ ...options, seedDir: writeSeed(here, files) });
  const org = await connect({
    kind: 'access-token',
    accessToken: salesforce.accessToken,
    instanceUrl: salesforce.url,
  });
  const { tokens = [] } = await org.usage({});
  const userIds = tokens.filter(({ app }) => app === 'Data Loader').map(({ userId }) => userId);
  return org.evidence({ label: 'Data Loader', userIds, since: daysAgo(90), logsSince: daysAgo(2) });
}
const gaps = ({ notEvaluated }: Evidence): readonly (string | undefined)[] =>
  notEvaluated.map(({ permission }) => permission);

describe('evidence', () => {
  it('has the logins, sessions, changes and free event logs of an app, and no token', async () => {
    const evidence = await freeze();
    expect(evidence.notEvaluated).toEqual([]);
    expect(evidence.logins).toHaveLength(15);
    expect(evidence.logins?.[0]).toMatchObject({ sourceIp: '198.51.100.9', type: 'Remote Access 2.0' });
    expect(evidence.changes?.map(({ user }) => user)).toContain('user002@acme.example');
    expect(evidence.logs?.map(({ type }) => type)).toEqual(['ApiTotalUsage', 'Login']);
    expect(evidence.logs?.[0]?.text).toContain('[redacted]');
    expect(evidence.sessions?.length).toBeGreaterThanOrEqual(13);
    expect([...evidence.usernames.values()]).toContain('user013@acme.example');
    expect(JSON.stringify(evidence)).not.toMatch(CANARY);
  });

  it.each([
    [
      ['ManageUsers', 'MonitorLoginHistory'],
      ['Manage Users, or Monitor Login History', 'Manage Users'],
    ],
    [['ViewSetup'], ['View Setup and Configuration']],
    [['ViewEventLogFiles', 'ViewAllData'], ['View Event Log Files']],
  ])('without %j names what it takes, and reads the rest', async (missing, named) => {
    const evidence = await freeze(Object.fromEntries(missing.map((name) => [`Permissions${name}`, false])));
    expect(gaps(evidence)).toEqual(named);
    expect([evidence.logins, evidence.changes, evidence.logs].filter(Boolean).length).toBeGreaterThanOrEqual(2);
  });

  it.each([{ eventLogFilesAvailable: false }, { eventLogFilesRefused: false }])(
    'takes no event log file for none where the org lists none: %j',
    async (switches) => {
      const evidence = await freeze(
        { PermissionsViewEventLogFiles: false, PermissionsViewAllData: false },
        { switches },
      );
      expect(gaps(evidence)).toEqual(['View Event Log Files']);
      expect(evidence.logs).toBeUndefined();
    },
  );

  it('of an answer of another shape says so and goes on', async () => {
    salesforce = await fastOrg();
    const { accessToken, url: instanceUrl } = salesforce;
    const org = await connect({ kind: 'access-token', accessToken, instanceUrl });
    salesforce.faults.failNext({ operation: 'query' }, { kind: 'http', status: 200, body: '{"no":"rows"}' });
    const request = { label: 'x', userIds: [], since: daysAgo(1), logsSince: daysAgo(1) };
    const { notEvaluated, logins } = await org.evidence(request);
    expect(logins).toBeUndefined();
    expect(notEvaluated[0]).toMatchObject({ what: 'your own permissions' });
  });
});
