import { makeCertificate, signAssertion } from './certificate';
import { appOf, type Components, type Fields, type Json, type Org, packageOf, startOrg, stopOrgs } from './support';
import { machineToken, orgWith, query, rowsOf, works } from './usage-support';

afterEach(stopOrgs);

const WHOLE = { switches: { refreshedLocalApps: 'whole' } } as const;
const ORGANIZATION = 'SELECT Id, IsSandbox, Name FROM Organization';

const read = async (org: Org, token: string, type: string, name: string): Promise<string> =>
  (await org.soap('readMetadata', `<type>${type}</type><fullNames>${name}</fullNames>`, '66.0', token)).text;

const tokenAnswer = async ({ url }: Org, form: Record<string, string>): Promise<Json> => {
  const answer = await fetch(`${url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, ...((await answer.json()) as Json) };
};

const post = (org: Org, body: unknown): Promise<Response> =>
  fetch(`${org.url}/__emulator/sandbox-refresh`, {
    method: 'POST',
    headers: { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('a refresh', () => {
  it('makes another org of it, a sandbox, and ends every session', async () => {
    const org = await startOrg();
    expect(await rowsOf(org, ORGANIZATION)).toEqual([expect.objectContaining({ Id: org.orgId, IsSandbox: false })]);
    const copy = org.refresh({ name: 'uat' });
    expect(copy.orgId).not.toBe(org.orgId);
    expect((await query(org, ORGANIZATION))['status']).toBe(401);
    expect(await rowsOf(org, ORGANIZATION, copy.accessToken)).toEqual([
      expect.objectContaining({ Id: copy.orgId, IsSandbox: true }),
    ]);
  });

  it('gives users the suffix, makes their mail undeliverable, and leaves those out whom nobody chose', async () => {
    const org = await orgWith({ users: [{ username: 'Robot@acme.example' }, { username: 'other@acme.example' }] });
    const { accessToken } = org.refresh({ name: 'UAT', activeUsers: ['Robot@acme.example'] });
    const users = await rowsOf(org, 'SELECT Username, Email, IsActive FROM User ORDER BY Username', accessToken);
    expect(users.map(({ Username, Email, IsActive }) => [Username, Email, IsActive])).toEqual([
      ['Robot@acme.example.uat', 'Robot@acme.example.invalid', true],
      ['admin@emulator.example.uat', 'admin@emulator.example.invalid', true],
      ['other@acme.example.uat', 'other@acme.example.invalid', false],
    ]);
  });

  it('of a sandbox, as a clone is, replaces the suffix', async () => {
    const org = await startOrg();
    org.refresh({ name: 'uat' });
    const { accessToken } = org.refresh({ name: 'qa' });
    const users = await rowsOf(
      org,
      "SELECT Username, Email FROM User WHERE Username LIKE 'admin@emulator%'",
      accessToken,
    );
    expect(users).toEqual([
      expect.objectContaining({ Username: 'admin@emulator.example.qa', Email: 'admin@emulator.example.invalid' }),
    ]);
  });

  it('ends the tokens of apps, and what an app gets afterward is of the new org', async () => {
    const org = await startOrg(WHOLE);
    const token = await machineToken(org);
    expect(await works(org, token)).toBe(true);
    const { orgId } = org.refresh({ name: 'uat' });
    expect(await works(org, token)).toBe(false);
    const { key = '', secret = '' } = org.consumer('Feed') ?? {};
    const answer = await tokenAnswer(org, { grant_type: 'client_credentials', client_id: key, client_secret: secret });
    expect(String(answer['access_token'])).toContain(orgId);
  });

  it('leaves the sandbox without the login address of production', async () => {
    const { cert, key } = await makeCertificate();
    const org = await orgWith({ users: [{ username: 'r@acme.example', profile: 'System Administrator' }] }, WHOLE);
    const policy: Fields = {
      permittedUsersPolicyType: 'AdminApprovedPreAuthorized',
      commaSeparatedProfile: 'System Administrator',
    };
    await org.deploy(appOf('Robot', { global: { certificate: cert }, policy }));
    org.refresh({ name: 'uat' });
    const login = async (aud: string): Promise<unknown> => {
      const exp = Math.floor(Date.now() / 1000) + 120;
      const assertion = signAssertion({ iss: org.consumer('Robot')?.key, sub: 'r@acme.example.uat', aud, exp }, key);
      const form = { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion };
      return (await tokenAnswer(org, form))['status'];
    };
    expect(await login('https://login.salesforce.com')).toBe(400);
    expect(await login('https://test.salesforce.com')).toBe(200);
  });

  it('takes a Connected App along, with its key, and forgets a rotation that was under way', async () => {
    const legacy: Components = [
      [
        'ConnectedApp',
        'Legacy',
        {
          contactEmail: 'a@acme.example',
          label: 'Legacy',
          oauthConfig: { callbackUrl: 'https://a.example', scopes: ['Api'] },
        },
      ],
    ];
    const org = await startOrg({ switches: { connectedAppCreation: true } });
    await org.deploy(legacy);
    const before = org.consumer('Legacy');
    const { accessToken } = org.refresh({ name: 'uat' });
    expect(org.consumer('Legacy')).toEqual(before);
    expect(await read(org, accessToken, 'ConnectedApp', 'Legacy')).toContain('<label>Legacy</label>');
  });

  it('knows no device that waited to be let in', async () => {
    const org = await startOrg(WHOLE);
    await org.deploy(appOf('Portal', { global: { isDeviceFlowEnabled: true } }));
    const { key = '' } = org.consumer('Portal') ?? {};
    const { device_code: code } = await tokenAnswer(org, { response_type: 'device_code', client_id: key });
    const ask = { grant_type: 'device', client_id: key, code: String(code) };
    expect(await tokenAnswer(org, ask)).toMatchObject({ error: 'authorization_pending' });
    org.refresh({ name: 'uat' });
    expect(await tokenAnswer(org, ask)).toMatchObject({ error_description: 'invalid device code' });
  });

  it('knows no deploy of the source', async () => {
    const org = await startOrg({ switches: { deployMs: 60_000 } });
    const { id } = (await (await org.postDeploy(packageOf(appOf('Portal')))).json()) as { id: string };
    const { accessToken } = org.refresh({ name: 'uat' });
    const status = await org.get(`/services/data/v66.0/metadata/deployRequest/${id}`, accessToken);
    expect(status.status).not.toBe(200);
  });
});

describe('what is asked for by app', () => {
  const TYPES: Readonly<Record<string, string>> = {
    ExternalClientApplication: 'Portal',
    ExtlClntAppGlobalOauthSettings: 'Portal_glbloauth',
    ExtlClntAppOauthSettings: 'Portal_oauth',
    ExtlClntAppOauthConfigurablePolicies: 'Portal_oauthPlcy',
    ExtlClntAppConfigurablePolicies: 'Portal_plcy',
  };
  const [HEADER, GLOBAL, OAUTH, OAUTH_POLICY, POLICY] = Object.keys(TYPES);

  it.each([
    [[], []],
    [['not-copied'], [HEADER, GLOBAL, OAUTH, OAUTH_POLICY, POLICY]],
    [['without-consumer'], [GLOBAL]],
    [['without-oauth-settings'], [OAUTH]],
    [['without-policies'], [OAUTH_POLICY, POLICY]],
    [
      ['without-consumer', 'without-policies'],
      [GLOBAL, OAUTH_POLICY, POLICY],
    ],
  ] as const)('%j leaves out %j', async (damage, missing) => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    const { accessToken } = org.refresh({ name: 'uat', apps: { Portal: damage } });
    const found = await Promise.all(
      Object.entries(TYPES).map(async ([type, name]) => [
        type,
        (await read(org, accessToken, type, name)).includes(`<fullName>${name}</fullName>`),
      ]),
    );
    expect(found.flatMap(([type, isThere]) => (isThere === true ? [] : [type]))).toEqual(missing);
  });

  it('switches an app off, and gives it another key', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    const before = org.consumer('Portal')?.key;
    const { accessToken } = org.refresh({ name: 'uat', apps: { Portal: ['switched-off', 'new-consumer-key'] } });
    expect(await read(org, accessToken, POLICY ?? '', 'Portal_plcy')).toContain('<isEnabled>false<');
    expect(org.consumer('Portal')?.key).toMatch(/^3MVG9EMULATOR/);
    expect(org.consumer('Portal')?.key).not.toBe(before);
  });
});

describe('over HTTP', () => {
  it('is POST /__emulator/sandbox-refresh, and answers with the way in', async () => {
    const org = await startOrg();
    await org.deploy(appOf('Portal'));
    const answer = (await (await post(org, { name: 'uat', apps: { Portal: [] } })).json()) as Record<string, string>;
    expect(answer['instance_url']).toBe(org.url);
    expect(await rowsOf(org, ORGANIZATION, answer['access_token'])).toEqual([
      expect.objectContaining({ Id: answer['org_id'], IsSandbox: true }),
    ]);
    expect(org.consumer('Portal')).toBeDefined();
  });

  it.each([
    [{}, 'The body must be'],
    [{ name: 'uat', apps: { Portal: ['gone'] } }, 'The body must be'],
    [{ name: 'no blanks' }, '1 to 10 letters and digits'],
    [{ name: 'uat', org_id: '001' }, 'orgId is no org id'],
    [{ name: 'uat', active_users: ['x@y.example'] }, 'the org has no user x@y.example'],
    [{ name: 'uat', apps: { Portal: ['not-copied'] } }, 'the org has no app Portal'],
  ])('refuses %j, and nothing happens', async (body, words) => {
    const org = await startOrg();
    const answer = await post(org, body);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(words)]);
    expect(await rowsOf(org, ORGANIZATION)).toEqual([expect.objectContaining({ Id: org.orgId, IsSandbox: false })]);
  });
});
