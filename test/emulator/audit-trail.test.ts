import { appOf, manifest, type Org, startOrg, stopOrgs } from './support';
import { ADMIN, orgWith, rowsOf } from './usage-support';

afterEach(stopOrgs);

const ANN = 'ann@acme.example';
const TOKEN = '00Dxx!EMULATORACCESSANN';
const withAnn = {
  users: [{ username: ANN, profile: 'System Administrator' }],
  usage: {
    uninstalledApps: [{ label: 'Data Loader', consumerKey: '3MVG9EMULATORLOADER' }],
    tokens: [{ app: 'Data Loader', user: ANN, created: '2026-11-01T00:00:00Z', accessToken: TOKEN }],
  },
};

const trail = async (org: Org): Promise<readonly string[]> => {
  const rows = await rowsOf(org, 'SELECT Action, Section, Display, CreatedBy.Username FROM SetupAuditTrail');
  return rows.map(
    ({ Action, Section, Display, CreatedBy }) =>
      `${(CreatedBy as { readonly Username: string }).Username} ${String(Action)} (${String(Section)}): ${String(Display)}`,
  );
};
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Time stands still, and everything that waits goes on. */
const NOT_THE_CLOCK = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

const relabeled = { header: { label: 'Portal 2' } };

describe('SetupAuditTrail', () => {
  it('gets one row for a new app, one for a change of any of its parts, and one for its deletion', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    await org.deploy(appOf('Portal'));
    await org.deploy(appOf('Portal', { oauth: { commaSeparatedOauthScopes: 'Api' }, general: { isEnabled: false } }));
    await org.deploy(
      new Map([
        ['package.xml', manifest({})],
        ['destructiveChanges.xml', manifest({ ExternalClientApplication: ['Portal'] })],
      ]),
    );
    expect(await trail(org)).toEqual(
      ['insert', 'update', 'delete'].map((verb, index) => {
        const display = `${['Created', 'Changed', 'Deleted'][index] ?? ''} external client app Portal`;
        return `${ADMIN} ${verb}ExternalClientApplication (External Client Apps): ${display}`;
      }),
    );
  });

  it('tells of Connected Apps, settings and scopes by themselves', async () => {
    const org = await startOrg({ switches: { connectedAppCreation: true } });
    await org.deploy([
      ['ConnectedApp', 'Legacy', { contactEmail: 'a@acme.example', label: 'Legacy' }],
      ['OauthOidcSettings', 'OauthOidc', { oAuthCdCrdtFlowEnable: true }],
      [
        'OauthCustomScope',
        'Orders',
        { description: 'o', developerName: 'Orders', isPublic: false, masterLabel: 'Orders' },
      ],
    ]);
    expect(await trail(org)).toEqual([
      `${ADMIN} insertOauthOidcSettings (Security Controls): Created OauthOidcSettings OauthOidc`,
      `${ADMIN} insertConnectedApplication (Connected Apps): Created connected app Legacy`,
      `${ADMIN} insertOauthCustomScope (Security Controls): Created OauthCustomScope Orders`,
    ]);
  });

  it('names the user who called, whichever way, and what was there before the deploy', async () => {
    const org = await orgWith(withAnn);
    await org.deploy(appOf('Portal'));
    const header =
      '<metadata xsi:type="ExternalClientApplication"><fullName>Portal</fullName><contactEmail>owner@acme.example</contactEmail>' +
      '<distributionState>Local</distributionState><label>Portal 2</label></metadata>';
    await org.soap('updateMetadata', header, '66.0', TOKEN);
    expect(await trail(org)).toEqual([
      expect.stringContaining(`${ADMIN} insert`),
      `${ANN} updateExternalClientApplication (External Client Apps): Changed external client app Portal`,
    ]);
  });

  it('names the app by its label where the switch says so', async () => {
    const org = await startOrg({ switches: { auditTrailNamesApps: 'label' } });
    await org.deploy(appOf('Portal', relabeled));
    expect(await trail(org)).toEqual([expect.stringContaining('Created external client app Portal 2')]);
  });

  it('has no row of a deploy that was refused, validated, or changed nothing', async () => {
    const org = await startOrg();
    expect((await org.deploy(appOf('Portal', { header: { distributionState: 'Nowhere' } }))).success).toBe(false);
    await org.deploy(appOf('Portal'), { checkOnly: true });
    expect(await trail(org)).toEqual([]);
  });

  it('has a row of each deploy, also of two in one millisecond', async () => {
    const org = await startOrg();
    jest.useFakeTimers({ now: Date.now(), doNotFake: NOT_THE_CLOCK });
    try {
      await org.deploy(appOf('Portal'));
      await org.deploy(appOf('Portal', relabeled));
      await org.deploy(appOf('Portal'));
    } finally {
      jest.useRealTimers();
    }
    const rows = await rowsOf(org, 'SELECT Action, CreatedDate FROM SetupAuditTrail');
    expect(rows.map(({ Action }) => Action)).toEqual(
      ['insert', 'update', 'update'].map((verb) => `${verb}ExternalClientApplication`),
    );
    expect(new Set(rows.map(({ CreatedDate }) => CreatedDate)).size).toBe(1);
  });

  it('loses rows after 180 days, and no row before', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    org.advance(180 * DAY - HOUR);
    await org.deploy(appOf('Portal', relabeled));
    expect(await trail(org)).toHaveLength(2);
    org.advance(2 * HOUR);
    expect(await trail(org)).toEqual([expect.stringContaining('Changed external client app Portal')]);
    org.advance(180 * DAY);
    expect(await trail(org)).toEqual([]);
  });
});
