import { appOf, manifest, stopOrgs } from './support';
import { startOrg } from './support';
import { ADMIN, machineToken, orgWith, post, query, remove, rowsOf, works } from './usage-support';

afterEach(stopOrgs);

const when = '2026-11-01T10:00:00Z';
const loader = {
  users: [{ username: 'ann@acme.example' }, { username: 'bob@acme.example', active: false }],
  usage: {
    uninstalledApps: [{ label: 'Data Loader', consumerKey: '3MVG9EMULATORLOADER' }],
    tokens: [
      {
        app: 'Data Loader',
        user: 'ann@acme.example',
        created: when,
        lastUsed: '2026-11-20T10:00:00Z',
        uses: 12,
        refreshToken: 'EMULATORREFRESHANN',
        accessToken: '00Dxx!EMULATORACCESSANN',
        deleteToken: 'EMULATORDELETEANN',
      },
      { app: 'Data Loader', user: 'bob@acme.example', created: when },
    ],
    logins: [{ user: 'ann@acme.example', application: 'Data Loader', time: when, sourceIp: '203.0.113.7', count: 3 }],
    packages: [{ name: 'Sales Helper', namespace: 'helper' }],
    auditTrail: [
      {
        user: 'ann@acme.example',
        time: new Date().toISOString(),
        action: 'x',
        section: 'Connected Apps',
        display: 'Changed Data Loader',
      },
    ],
  },
};
const refresh = { grant_type: 'refresh_token', client_id: '3MVG9EMULATORLOADER', refresh_token: 'EMULATORREFRESHANN' };

describe('OauthToken', () => {
  it('lists tokens of uninstalled apps, without an Id and without a menu item', async () => {
    const org = await orgWith(loader);
    const fields = 'Id, AppName, AppMenuItemId, AppMenuItem.ApplicationId, User.Username, User.IsActive, UseCount';
    expect(await rowsOf(org, `SELECT ${fields}, LastUsedDate FROM OauthToken ORDER BY UserId`)).toMatchObject([
      {
        Id: null,
        AppName: 'Data Loader',
        AppMenuItemId: null,
        AppMenuItem: null,
        User: { Username: 'ann@acme.example', IsActive: true },
        UseCount: 12,
        LastUsedDate: '2026-11-20T10:00:00Z',
      },
      { User: { Username: 'bob@acme.example', IsActive: false }, UseCount: 0, LastUsedDate: null },
    ]);
  });

  it('shows a user without Customize Application their own tokens, and does not say that there are others', async () => {
    const org = await orgWith({
      ...loader,
      deployUser: { username: 'ann@acme.example', permissions: { PermissionsCustomizeApplication: false } },
    });
    expect(await query(org, 'SELECT COUNT() FROM OauthToken')).toMatchObject({ status: 200, totalSize: 1 });
  });

  it('gives 500 rows a page and 2,500 in all, whatever COUNT() says; OFFSET gives the rest', async () => {
    const users = Array.from({ length: 2600 }, (_, n) => ({ username: `u${n}@acme.example` }));
    const tokens = users.map(({ username }) => ({ app: 'Data Loader', user: username, created: when }));
    const org = await orgWith({ users, usage: { ...loader.usage, tokens, logins: [], auditTrail: [] } });
    expect(await query(org, 'SELECT COUNT() FROM OauthToken')).toMatchObject({ totalSize: 2600 });
    const first = await query(org, 'SELECT UserId FROM OauthToken');
    expect(first['records']).toHaveLength(500);
    let rows = 500;
    for (let next = first['nextRecordsUrl']; typeof next === 'string';) {
      const page = (await (await org.get(next)).json()) as { records: unknown[]; nextRecordsUrl?: string };
      rows += page.records.length;
      next = page.nextRecordsUrl;
    }
    expect(rows).toBe(2500);
    expect(await rowsOf(org, 'SELECT UserId FROM OauthToken LIMIT 2500 OFFSET 2500')).toHaveLength(100);
    expect(await query(org, 'SELECT Id FROM User LIMIT 10 OFFSET 2001')).toMatchObject({ status: 400 });
  });

  it('shows what the token endpoint issued, and the login with it', async () => {
    const org = await startOrg();
    const token = await machineToken(org);
    expect(await works(org, token)).toBe(true);
    expect(await rowsOf(org, 'SELECT AppName, User.Username, UseCount FROM OauthToken')).toMatchObject([
      { AppName: 'Feed', User: { Username: ADMIN }, UseCount: 1 },
    ]);
    expect(await rowsOf(org, 'SELECT Application, LoginType, Status FROM LoginHistory')).toMatchObject([
      { Application: 'Feed', LoginType: 'Remote Access 2.0', Status: 'Success' },
    ]);
    expect(await rowsOf(org, 'SELECT UsersId, SessionType FROM AuthSession')).toHaveLength(1);
  });
});

describe('a refresh token', () => {
  it('gives access tokens until it is revoked; then neither works, and the tokens of others still do', async () => {
    const org = await orgWith(loader);
    const other = await machineToken(org);
    const answer = await post(org, 'token', refresh);
    const { access_token: access } = (await answer.json()) as { access_token: string };
    expect(await works(org, access)).toBe(true);
    expect((await post(org, 'revoke', { token: 'EMULATORREFRESHANN' })).status).toBe(200);
    expect(await works(org, access)).toBe(false);
    expect(await works(org, '00Dxx!EMULATORACCESSANN')).toBe(false);
    expect(await (await post(org, 'token', refresh)).json()).toMatchObject({ error: 'invalid_grant' });
    expect(await works(org, other)).toBe(true);
    expect(await query(org, 'SELECT COUNT() FROM OauthToken')).toMatchObject({ totalSize: 2 });
  });

  it('is checked with its client: an unknown one and a wrong secret are refused', async () => {
    const org = await orgWith(loader);
    expect(await (await post(org, 'token', { ...refresh, client_id: 'x' })).json()).toMatchObject({
      error: 'invalid_client_id',
    });
    expect(await (await post(org, 'token', { ...refresh, client_secret: 'x' })).json()).toMatchObject({
      error: 'invalid_client',
    });
  });
});

describe('revoke', () => {
  it.each(['POST', 'GET'])('takes a DeleteToken by %s, and ends the whole grant', async (method) => {
    const org = await orgWith(loader);
    const [row] = await rowsOf(org, 'SELECT DeleteToken FROM OauthToken WHERE UseCount = 12');
    expect(row).toMatchObject({ DeleteToken: 'EMULATORDELETEANN' });
    const answer =
      method === 'POST'
        ? await post(org, 'revoke', { token: 'EMULATORDELETEANN' })
        : await org.get('/services/oauth2/revoke?token=EMULATORDELETEANN');
    expect(answer.status).toBe(200);
    expect(await works(org, '00Dxx!EMULATORACCESSANN')).toBe(false);
    expect((await post(org, 'revoke', { token: 'EMULATORDELETEANN' })).status).toBe(400);
  });

  it('of an access token ends that one only', async () => {
    const org = await orgWith(loader);
    await post(org, 'revoke', { token: '00Dxx!EMULATORACCESSANN' });
    expect(await works(org, '00Dxx!EMULATORACCESSANN')).toBe(false);
    expect((await post(org, 'token', refresh)).status).toBe(200);
  });
});

describe('the usage resources', () => {
  const id = async (org: Awaited<ReturnType<typeof startOrg>>): Promise<string> => {
    const answer = (await (await org.get('/services/data/v66.0/apps/oauth/usage')).json()) as {
      apps: { identifier: string }[];
    };
    return answer.apps[0]?.identifier ?? '';
  };

  it('list users and tokens of an external client app, page by page', async () => {
    const org = await startOrg();
    await machineToken(org);
    const app = await id(org);
    const base = `/services/data/v66.0/apps/oauth/usage/${app}`;
    const users = (await (await org.get(`${base}/users`)).json()) as { users: { userIdentifier: string }[] };
    expect(users).toMatchObject({ users: [{ username: ADMIN }], nextPageUrl: expect.stringContaining('page=1') });
    expect(await (await org.get(`${base}/users?page=1`)).json()).toMatchObject({ users: [] });
    const user = users.users[0]?.userIdentifier ?? '';
    expect(await (await org.get(`${base}/${user}/tokens`)).json()).toMatchObject({
      tokens: [{ appDeveloperName: 'Feed', username: ADMIN, useCount: 1, accessTokenFormat: 'Opaque' }],
    });
  });

  it.each(['all of an app', 'those of a user', 'one'])('delete tokens: %s', async (which) => {
    const org = await startOrg();
    const token = await machineToken(org);
    const app = await id(org);
    const list = `/services/data/v66.0/apps/oauth/usage/${app}`;
    const { users } = (await (await org.get(`${list}/users`)).json()) as { users: { userIdentifier: string }[] };
    const user = users[0]?.userIdentifier ?? '';
    const { tokens } = (await (await org.get(`${list}/${user}/tokens`)).json()) as {
      tokens: { revocationUrl: string }[];
    };
    const path = {
      'all of an app': `/apps/oauth/usage/${app}/tokens`,
      'those of a user': `/apps/oauth/usage/${app}/${user}/tokens`,
      one: (tokens[0]?.revocationUrl ?? '').replace('/services/data/v66.0', ''),
    }[which];
    expect((await remove(org, path ?? '')).status).toBe(204);
    expect(await works(org, token)).toBe(false);
  });
});

describe('other objects', () => {
  it('LoginHistory can be counted by application, but not filtered by it; others are hidden without permission', async () => {
    const org = await orgWith(loader);
    const by = 'SELECT Application a, COUNT(Id) n, COUNT_DISTINCT(SourceIp) ips, MAX(LoginTime) last FROM LoginHistory';
    expect(await rowsOf(org, `${by} WHERE LoginTime >= 2026-10-01T00:00:00Z GROUP BY Application`)).toMatchObject([
      { a: 'Data Loader', n: 3, ips: 1, last: '2026-11-01T10:02:00.000Z' },
    ]);
    expect(await rowsOf(org, `${by} WHERE LoginTime > 2026-11-02T00:00:00Z GROUP BY Application`)).toEqual([]);
    expect(await query(org, "SELECT Id FROM LoginHistory WHERE Application = 'Data Loader'")).toMatchObject({
      status: 400,
    });
    const blind = { PermissionsManageUsers: false, PermissionsMonitorLoginHistory: false };
    const hidden = await orgWith({ ...loader, deployUser: { permissions: blind } });
    expect(await rowsOf(hidden, 'SELECT Id FROM LoginHistory')).toEqual([]);
  });

  it('installed packages come from the seed, and so do the first rows of SetupAuditTrail', async () => {
    const org = await orgWith(loader);
    expect(await rowsOf(org, 'SELECT Display, CreatedBy.Username FROM SetupAuditTrail')).toMatchObject([
      { Display: 'Changed Data Loader', CreatedBy: { Username: 'ann@acme.example' } },
    ]);
    const soql = encodeURIComponent('SELECT SubscriberPackage.Name FROM InstalledSubscriberPackage');
    expect(await (await org.get(`/services/data/v66.0/tooling/query?q=${soql}`)).json()).toMatchObject({
      records: [{ SubscriberPackage: { Name: 'Sales Helper' } }],
    });
  });

  it('event log files are listed, and each log is read on its own', async () => {
    const eventLogs = [{ type: 'Login', time: when, text: '"EVENT_TYPE"\n"Login"\n' }];
    const org = await orgWith({ ...loader, usage: { ...loader.usage, eventLogs } });
    const [file] = await rowsOf(org, 'SELECT EventType, LogFile, LogFileLength FROM EventLogFile');
    expect(file).toMatchObject({ EventType: 'Login', LogFileLength: 21 });
    expect(await (await org.get(String(file?.['LogFile']))).text()).toBe(eventLogs[0]?.text);
  });

  it('event log files are not there for who may not see them', async () => {
    const permissions = { PermissionsViewEventLogFiles: false, PermissionsViewAllData: false };
    const org = await orgWith({ ...loader, deployUser: { permissions } });
    expect(await query(org, 'SELECT Id FROM EventLogFile')).toMatchObject({ status: 400 });
  });

  it('SetupEntityAccess says which permission set opens which app', async () => {
    const org = await startOrg({ lacking: { permissionSets: [{ name: 'Access' }] } });
    await org.deploy(appOf('Portal', { policy: { commaSeparatedPermissionSet: 'Access' } }));
    const [access] = await rowsOf(org, 'SELECT SetupEntityId, SetupEntityType, ParentId FROM SetupEntityAccess');
    const [app] = await rowsOf(org, 'SELECT Id FROM ExternalClientApplication');
    expect(access).toMatchObject({ SetupEntityId: app?.['Id'], SetupEntityType: 'ExternalClientApplication' });
  });
});

describe('a deleted app', () => {
  it('takes its tokens along', async () => {
    const org = await startOrg();
    const token = await machineToken(org);
    await org.deploy(
      new Map([
        ['package.xml', manifest({})],
        ['destructiveChanges.xml', manifest({ ExternalClientApplication: ['Feed'] })],
      ]),
    );
    expect(await works(org, token)).toBe(false);
    expect(await query(org, 'SELECT COUNT() FROM OauthToken')).toMatchObject({ totalSize: 0 });
    await org.deploy(appOf('Feed'));
    expect(await works(org, token)).toBe(false);
  });
});

it('a seed that names users and apps the org does not have is refused, with every such name', async () => {
  const usage = { tokens: [{ app: 'Nothing', user: 'nobody@acme.example', created: when }] };
  await expect(orgWith({ usage })).rejects.toThrow(/Nothing[\s\S]*nobody@acme\.example/);
});
