import { appOf, type Org, startOrg, stopOrgs } from './support';

afterEach(stopOrgs);

const QUERY = '/services/data/v66.0/query?q=SELECT+Id+FROM+Organization';
const LIST = '<queries><type>ExternalClientApplication</type></queries><asOfVersion>66.0</asOfVersion>';

const steer = (org: Org, what: string, body: unknown, token = org.accessToken): Promise<Response> =>
  fetch(`${org.url}/__emulator/${what}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });

describe('the daily API requests', () => {
  it('are told with every call of the REST API, and are refused by both APIs once they are used up', async () => {
    const org = await startOrg({ apiRequests: 3 });
    const first = await org.get(QUERY);
    expect(first.headers.get('sforce-limit-info')).toBe('api-usage=1/3');
    expect((await org.soap('listMetadata', LIST)).status).toBe(200);
    const limits = await org.get('/services/data/v66.0/limits');
    expect(await limits.json()).toEqual({ DailyApiRequests: { Max: 3, Remaining: 0 } });

    const refused = await org.get(QUERY);
    expect([refused.status, await refused.json()]).toEqual([
      403,
      [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }],
    ]);
    expect(refused.headers.get('sforce-limit-info')).toBe('api-usage=3/3');
    expect((await org.soap('listMetadata', LIST)).text).toContain(
      '<faultstring>REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.</faultstring>',
    );
    await expect(org.connection.query('SELECT Id FROM Organization')).rejects.toThrow('TotalRequests Limit exceeded.');
  });

  it('are not used by calls of OAuth, of the list of versions, or without a session', async () => {
    const org = await startOrg({ apiRequests: 1 });
    await fetch(`${org.url}/services/oauth2/token`, { method: 'POST' });
    await org.get('/services/oauth2/userinfo');
    await fetch(`${org.url}/services/data`);
    expect((await org.get(QUERY, 'nobody')).status).toBe(401);
    expect((await org.get(QUERY)).status).toBe(200);
    expect((await org.get(QUERY)).status).toBe(403);
  });

  it('come back a day later by the clock of the org', async () => {
    const org = await startOrg({ apiRequests: 1 });
    await org.get(QUERY);
    org.advance(22 * 3_600_000);
    expect((await org.get(QUERY)).status).toBe(403);
    org.advance(2 * 3_600_000);
    expect((await org.get(QUERY)).status).toBe(200);
  });

  it('can be set anew on a running org, which forgets what was used', async () => {
    const org = await startOrg();
    await org.get(QUERY);
    expect(await (await steer(org, 'limits', { daily_api_requests: 1 })).json()).toEqual({
      daily_api_requests: 1,
      used: 0,
    });
    expect([(await org.get(QUERY)).status, (await org.get(QUERY)).status]).toEqual([200, 403]);
    expect((await steer(org, 'limits', { daily_api_requests: null })).status).toBe(200);
    expect((await org.get(QUERY)).headers.get('sforce-limit-info')).toBe('api-usage=1/15000');
  });

  it.each([{}, { daily_api_requests: -1 }, { daily_api_requests: '5' }, { daily_api_requests: 5, more: 1 }, []])(
    'are not set by %j',
    async (body) => {
      const org = await startOrg();
      const answer = await steer(org, 'limits', body);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('daily_api_requests')]);
    },
  );
});

describe('a reset', () => {
  it('makes the org again what it was seeded with, under the same id and session', async () => {
    const org = await startOrg({ seedDir: 'ten-years', apiRequests: 500 });
    const apps = async (): Promise<unknown> =>
      await (await org.get('/services/data/v66.0/query?q=SELECT+DeveloperName+FROM+ExternalClientApplication')).json();
    const before = await apps();
    expect((await org.deploy(appOf('Portal'))).problems).toEqual([]);
    expect(await apps()).not.toEqual(before);
    org.advance(90 * 86_400_000);
    org.faults.failNext({ operation: '*' }, { kind: 'http', status: 503 }, 1000);

    expect(await (await steer(org, 'reset', {})).json()).toEqual({
      org_id: org.orgId,
      access_token: org.accessToken,
      instance_url: org.url,
    });
    expect(await apps()).toEqual(before);
    expect(Math.abs(Date.parse(org.now()) - Date.now())).toBeLessThan(60_000);
    expect((await org.get(QUERY)).headers.get('sforce-limit-info')).toBe('api-usage=2/500');
  });

  it('ends what was under way: deploys, retrieves, and sessions of others', async () => {
    const org = await startOrg({ switches: { deployMs: 60_000 } });
    const { id } = (await (await org.postDeploy(new Map([['package.xml', '<Package/>']]))).json()) as { id: string };
    const jwt = org.jwtToken();
    expect((await org.get('/services/oauth2/userinfo', jwt)).status).toBe(200);
    org.reset();
    expect((await org.get(`/services/data/v66.0/metadata/deployRequest/${id}`)).status).toBe(404);
    expect((await org.get('/services/oauth2/userinfo', jwt)).status).toBe(401);
  });

  it('of a sandbox brings back the org that it was before it became one', async () => {
    const org = await startOrg({ orgId: '00D000000000001' });
    const { accessToken } = org.refresh({ name: 'uat' });
    const renewed = org.reset();
    expect(renewed).toEqual({
      orgId: '00D000000000001EAA',
      accessToken: expect.stringMatching(/^00D000000000001EAA!/) as string,
    });
    const answer = await org.get(
      '/services/data/v66.0/query?q=SELECT+IsSandbox+FROM+Organization',
      renewed.accessToken,
    );
    expect(await answer.json()).toMatchObject({ records: [{ IsSandbox: false }] });
    expect((await org.get(QUERY, accessToken)).status).toBe(401);
  });

  it('wants a login', async () => {
    const org = await startOrg();
    expect((await steer(org, 'reset', {}, 'nobody')).status).toBe(401);
    expect((await steer(org, 'limits', { daily_api_requests: 1 }, 'nobody')).status).toBe(401);
  });
});
