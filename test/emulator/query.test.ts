import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { appOf, type Json, type Org, startOrg, stopOrgs, temporaryFolder } from './support';

afterEach(stopOrgs);

async function start(orgJson: object = {}): Promise<Org> {
  const seedDir = temporaryFolder();
  writeFileSync(join(seedDir, 'org.json'), JSON.stringify(orgJson));
  return startOrg({ seedDir });
}

const ask = async (org: Org, soql: string): Promise<Json> => {
  const answer = await org.get(`/services/data/v66.0/query?q=${encodeURIComponent(soql)}`);
  const body: unknown = await answer.json();
  return Array.isArray(body) ? { status: answer.status, ...(body[0] as Json) } : (body as Json);
};

const HOLDERS = `FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = false AND Assignee.IsActive = true GROUP BY PermissionSet.Name`;
const PEOPLE = {
  permissionSets: [
    { name: 'Access', holders: 3 },
    { name: 'Nobody', holders: 0 },
  ],
  users: [
    { username: 'a@acme.example', active: true, permissionSets: ['Access'] },
    { username: 'gone@acme.example', active: false, permissionSets: ['Access'] },
  ],
};

describe('a query', () => {
  it('tells the organization', async () => {
    const org = await start({ orgId: '00D000000000001', profile: 'production' });
    const fields = 'Id, Name, IsSandbox, OrganizationType, InstanceName, TrialExpirationDate, NamespacePrefix';
    expect(await ask(org, `SELECT ${fields} FROM Organization`)).toMatchObject({
      totalSize: 1,
      done: true,
      records: [
        {
          attributes: {
            type: 'Organization',
            url: expect.stringContaining('/sobjects/Organization/00D000000000001') as string,
          },
          Id: '00D000000000001EAA',
          IsSandbox: false,
          OrganizationType: 'Enterprise Edition',
          TrialExpirationDate: null,
          NamespacePrefix: null,
        },
      ],
    });
  });

  it.each([
    ['gone@%', ['gone@acme.example']],
    ['GONE@acme.example', ['gone@acme.example']],
    ['_@acme.example', ['a@acme.example']],
    ['a@acme', []],
    ['a.acme%', []],
  ])('finds by LIKE, without regard to case: %s', async (pattern, found) => {
    const org = await start(PEOPLE);
    const answer = await ask(org, `SELECT Username FROM User WHERE Username LIKE '${pattern}'`);
    expect((answer['records'] as Json[]).map(({ Username }) => Username)).toEqual(found);
  });

  it('counts the active holders of each permission set', async () => {
    const org = await start(PEOPLE);
    expect((await ask(org, `SELECT PermissionSet.Name, COUNT(Id) ${HOLDERS}`))['records']).toEqual([
      { attributes: { type: 'AggregateResult' }, Name: 'Access', expr0: 4 },
    ]);
    expect((await ask(org, `SELECT PermissionSet.Name setName, COUNT(Id) holders ${HOLDERS}`))['records']).toEqual([
      { attributes: { type: 'AggregateResult' }, setName: 'Access', holders: 4 },
    ]);
  });

  it('joins by the ids that an inner query finds', async () => {
    const org = await start(PEOPLE);
    const inner = "SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = 'a@acme.example'";
    const sets = `SELECT Name FROM PermissionSet WHERE IsOwnedByProfile = false AND Id IN (${inner})`;
    expect((await ask(org, sets))['records']).toEqual([expect.objectContaining({ Name: 'Access' })]);
    const notIn = sets.replace(' IN (', ' NOT IN (');
    expect((await ask(org, notIn))['records']).toEqual([expect.objectContaining({ Name: 'Nobody' })]);
    const byName = sets.replace('SELECT PermissionSetId', 'SELECT PermissionSet.Name');
    expect(await ask(org, byName)).toMatchObject({ status: 400, errorCode: 'MALFORMED_QUERY' });
  });

  it('lists permission sets, those of profiles apart', async () => {
    const org = await start(PEOPLE);
    const names = (await ask(org, 'SELECT Name FROM PermissionSet WHERE IsOwnedByProfile = false ORDER BY Name DESC'))[
      'records'
    ];
    expect((names as Json[]).map(({ Name }) => Name)).toEqual(['Nobody', 'Access']);
    expect((await ask(org, 'SELECT COUNT() FROM PermissionSet WHERE IsOwnedByProfile = true'))['totalSize']).toBe(5);
  });

  it('finds users by name, whatever the case', async () => {
    const org = await start(PEOPLE);
    const found = await ask(
      org,
      "select id, username, isactive from user where username in ('A@ACME.example', 'gone@acme.example')",
    );
    expect(found['records']).toMatchObject([
      { Username: 'a@acme.example', IsActive: true },
      { Username: 'gone@acme.example', IsActive: false },
    ]);
    expect((await ask(org, "SELECT Id FROM User WHERE IsActive = false AND Username != 'x'"))['totalSize']).toBe(1);
    expect(
      (await ask(org, "SELECT Id FROM User WHERE Username NOT IN ('gone@acme.example') LIMIT 2"))['totalSize'],
    ).toBe(2);
    expect(
      (await ask(org, String.raw`SELECT Id FROM User WHERE Username = 'o\'neill@acme.example'`))['totalSize'],
    ).toBe(0);
  });

  it('nests the fields of a relation', async () => {
    const org = await start(PEOPLE);
    const soql =
      "SELECT Assignee.Username, PermissionSet.Name FROM PermissionSetAssignment WHERE Assignee.Username = 'a@acme.example' AND PermissionSet.IsOwnedByProfile = false";
    expect((await ask(org, soql))['records']).toMatchObject([
      { Assignee: { Username: 'a@acme.example' }, PermissionSet: { Name: 'Access' } },
    ]);
  });

  it('tells what the calling user may do', async () => {
    const org = await start({ deployUser: { permissions: { PermissionsModifyAllData: false } } });
    expect(
      (await ask(org, 'SELECT PermissionsApiEnabled, PermissionsModifyAllData FROM UserPermissionAccess'))['records'],
    ).toMatchObject([{ PermissionsApiEnabled: true, PermissionsModifyAllData: false }]);
  });

  it('finds Apex classes, whose namespace may be the org’s own or that of a package', async () => {
    const apexClasses = [
      { name: 'Handler', namespace: 'acme', status: 'Deleted', valid: false },
      { name: 'Handler' },
      { name: 'Other' },
    ];
    const org = await start({ namespace: 'own', apexClasses });
    const soql =
      "SELECT Name, NamespacePrefix, Status, IsValid FROM ApexClass WHERE Name IN ('handler') ORDER BY NamespacePrefix";
    expect((await ask(org, soql))['records']).toMatchObject([
      { Name: 'Handler', NamespacePrefix: 'acme', Status: 'Deleted', IsValid: false },
      { Name: 'Handler', NamespacePrefix: null, Status: 'Active', IsValid: true },
    ]);
    expect((await ask(org, 'SELECT NamespacePrefix FROM Organization'))['records']).toMatchObject([
      { NamespacePrefix: 'own' },
    ]);
  });

  it('finds certificates through the Tooling API, and through no other', async () => {
    const org = await start({ certificates: [{ name: 'Devices', id: '0P1000000000001', expires: '2027-03-01' }] });
    const soql = 'SELECT Id, DeveloperName, ExpirationDate FROM Certificate';
    const answer = await org.get(`/services/data/v66.0/tooling/query?q=${encodeURIComponent(soql)}`);
    expect(await answer.json()).toMatchObject({
      done: true,
      records: [{ Id: '0P1000000000001CAA', DeveloperName: 'Devices', ExpirationDate: '2027-03-01' }],
    });
    expect(await ask(org, soql)).toMatchObject({ status: 400, errorCode: 'INVALID_TYPE' });
    const users = await org.get('/services/data/v66.0/tooling/query?q=SELECT+Id+FROM+PermissionSet');
    expect(users.status).toBe(400);
  });

  it('finds external client apps and their policies', async () => {
    const org = await start();
    await org.deploy(appOf('Portal'));
    const [app] = (await ask(org, "SELECT Id FROM ExternalClientApplication WHERE DeveloperName = 'Portal'"))[
      'records'
    ] as Json[];
    expect(String(app?.['Id'])).toMatch(/^0xI/);
    const soql = `SELECT PermittedUsersPolicyType FROM ExtlClntAppOauthPlcyCnfg WHERE ExternalClientApplicationId = '${String(app?.['Id'])}'`;
    expect((await ask(org, soql))['records']).toMatchObject([{ PermittedUsersPolicyType: 'AllSelfAuthorized' }]);
  });

  it.each([
    [
      'SELECT Id FROM ExtlClntAppGlobalOauthSettings',
      'INVALID_TYPE',
      "sObject type 'ExtlClntAppGlobalOauthSettings' is not supported.",
    ],
    ['SELECT Color FROM User', 'INVALID_FIELD', "No such column 'Color' on entity 'User'."],
    ["SELECT Id FROM User WHERE Boss.Name = 'a'", 'INVALID_FIELD', "No such column 'Boss.Name'"],
    ["SELECT Id FROM User WHERE Name CONTAINS 'a%'", 'MALFORMED_QUERY', 'a sign is expected'],
    ["SELECT Id FROM User WHERE Id = 'a' OR Id = 'b'", 'MALFORMED_QUERY', 'OR'],
    ['SELECT Id FROM User; DROP', 'MALFORMED_QUERY', ';'],
    ['SELECT FROM User', 'MALFORMED_QUERY', "expecting 'FROM'"],
    ['SELECT Name, COUNT(Id) FROM User', 'MALFORMED_QUERY', 'Field must be grouped or aggregated: Name'],
    ['SELECT Name n FROM User', 'MALFORMED_QUERY', 'aliasing'],
    ['', 'MALFORMED_QUERY', ''],
  ])('is refused: %s', async (soql, errorCode, message) => {
    const org = await start();
    expect(await ask(org, soql)).toMatchObject({
      status: 400,
      errorCode,
      message: expect.stringContaining(message) as string,
    });
  });

  it('comes in pages of 2,000 records', async () => {
    const org = await start({ permissionSets: [{ name: 'Access', holders: 2500 }] });
    const first = await org.connection.query('SELECT Id FROM User');
    expect(first).toMatchObject({ totalSize: 2501, done: false });
    expect(first.records).toHaveLength(2000);
    const second = await org.connection.queryMore(first.nextRecordsUrl ?? '');
    expect(second.done).toBe(true);
    expect(second.records).toHaveLength(501);
    expect((await org.get('/services/data/v66.0/query/01gABC-2000')).status).toBe(400);
  });

  it('with groups does not come in pages', async () => {
    const org = await start({
      permissionSets: Array.from({ length: 2001 }, (_, n) => ({ name: `Set${n}`, holders: 1 })),
    });
    expect(await ask(org, `SELECT PermissionSet.Name, COUNT(Id) ${HOLDERS}`)).toMatchObject({
      errorCode: 'EXCEEDED_ID_LIMIT',
    });
    expect((await ask(org, `SELECT PermissionSet.Name, COUNT(Id) ${HOLDERS} LIMIT 2000`))['records']).toHaveLength(
      2000,
    );
  });
});

describe('a composite request', () => {
  const send = async (org: Org, compositeRequest: unknown): Promise<{ status: number; body: Json }> => {
    const answer = await fetch(`${org.url}/services/data/v66.0/composite`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ allOrNone: false, compositeRequest }),
    });
    const body: unknown = await answer.json();
    return { status: answer.status, body: (Array.isArray(body) ? body[0] : body) as Json };
  };
  const query = (soql: string, referenceId: string) => ({
    method: 'GET',
    url: `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`,
    referenceId,
  });

  it('answers every request by its reference', async () => {
    const org = await start();
    const { status, body } = await send(org, [
      query('SELECT Id FROM Organization', 'org'),
      query('SELECT Color FROM User', 'wrong'),
      { method: 'GET', url: '/services/data/v66.0/nothing', referenceId: 'nothing' },
    ]);
    expect(status).toBe(200);
    expect(body['compositeResponse']).toMatchObject([
      { referenceId: 'org', httpStatusCode: 200, body: { records: [{ Id: org.orgId }] } },
      { referenceId: 'wrong', httpStatusCode: 400, body: [{ errorCode: 'INVALID_FIELD' }] },
      { referenceId: 'nothing', httpStatusCode: 404 },
    ]);
    expect(org.calls().map(({ operation }) => operation)).toEqual(['composite']);
  });

  it.each([
    ['nothing', [], 'LIMIT_EXCEEDED'],
    [
      '26 requests',
      Array.from({ length: 26 }, (_, n) => ({ method: 'GET', url: '/x', referenceId: `r${n}` })),
      'LIMIT_EXCEEDED',
    ],
    ['six queries', Array.from({ length: 6 }, (_, n) => query('SELECT Id FROM User', `r${n}`)), 'LIMIT_EXCEEDED'],
    ['a reference used twice', [query('SELECT Id FROM User', 'a'), query('SELECT Id FROM User', 'a')], 'INVALID_INPUT'],
    ['something else', [{ url: 1 }], 'JSON_PARSER_ERROR'],
  ])('is refused with %s', async (_, requests, errorCode) => {
    const org = await start();
    expect(await send(org, requests)).toMatchObject({ status: 400, body: { errorCode } });
  });
});
