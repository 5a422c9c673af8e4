import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { writeZip } from '../../lib/metadata/package/zip';
import type { Org } from '../../lib/org/org';
import { appOf, packageOf } from '../emulator/support';
import {
  cleanUp,
  everythingIn,
  failureOf,
  hastyClock,
  open,
  serve,
  startOrg,
  temporaryFolder,
  tokenOf,
} from './support';

afterEach(cleanUp);

const HEADERS = new Map([['ExternalClientApplication', ['*']]]);
const read = (org: Org, types: ReadonlyMap<string, readonly string[]> = HEADERS) =>
  org.retrieve({ apiVersion: 66, types });

async function orgWithApps(...names: readonly string[]) {
  const emulator = await startOrg();
  const org = await open(tokenOf(emulator));
  for (const name of names) await org.deploy({ files: packageOf(appOf(name)), apiVersion: 66, checkOnly: false });
  return { emulator, org };
}

test('the org tells its id, the user and the versions it offers, in two calls', async () => {
  const emulator = await startOrg();
  const org = await open(tokenOf(emulator), { apiVersion: 66 });
  await expect(org.identify()).resolves.toEqual({
    orgId: emulator.orgId,
    instanceUrl: emulator.url,
    username: 'admin@emulator.example',
    apiVersions: [60, 61, 62, 63, 64, 65, 66, 67, 68],
  });
  expect(org.calls).toBe(2);
});

test('where the user information is closed, the Organization record tells', async () => {
  const emulator = await startOrg();
  const org = await open(tokenOf(emulator));
  emulator.faults.failNext(
    { operation: 'userinfo' },
    { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no', status: 403 },
  );
  await expect(org.identify()).resolves.toMatchObject({ orgId: emulator.orgId, isSandbox: false });
});

test('without the user, the Organization record tells, in a call that others share', async () => {
  const emulator = await startOrg();
  const org = await open(tokenOf(emulator));
  const [identity] = await Promise.all([org.identify({ user: false }), org.facts([])]);
  expect(identity).toMatchObject({ orgId: emulator.orgId, isSandbox: false });
  expect(identity).not.toHaveProperty('username');
  expect(
    emulator
      .calls()
      .map(({ operation }) => operation)
      .sort(),
  ).toEqual(['composite', 'versions']);
});

test('a token of another org than the one that answers is an error', async () => {
  const emulator = await startOrg();
  const url = await serve((request, response) => {
    const body = request.url?.includes('userinfo')
      ? { organization_id: '00D000000000009EAA', preferred_username: 'x@y.example' }
      : [{ version: '66.0', url: '/services/data/v66.0' }];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const org = await open({ kind: 'access-token', accessToken: emulator.accessToken, instanceUrl: url });
  const error = await failureOf(org.identify());
  expect(error.kind).toBe('answer');
  expect(error.message).toContain('the org that answers is 00D000000000009EAA');
  expect(everythingIn(error)).not.toContain(emulator.accessToken);
});

test('every member of a type is read by wildcard, without the unpackaged folder', async () => {
  const { org } = await orgWithApps('Portal', 'Field');
  const { files, problems } = await read(org);
  expect([...files.keys()].sort()).toEqual([
    'externalClientApps/Field.eca',
    'externalClientApps/Portal.eca',
    'package.xml',
  ]);
  expect(problems).toEqual([]);
});

test('a member that does not exist is a problem beside the files, not a failure and not silence', async () => {
  const { org } = await orgWithApps('Portal');
  const { files, problems } = await read(org, new Map([['ExternalClientApplication', ['Portal', 'Nope']]]));
  expect(files.has('externalClientApps/Portal.eca')).toBe(true);
  expect(problems.map(({ problem }) => problem)).toEqual([
    "Entity of type 'ExternalClientApplication' named 'Nope' cannot be found",
  ]);
});

test('a component the org cannot read is a problem, and the others are read', async () => {
  const { emulator, org } = await orgWithApps('Portal', 'Field');
  emulator.faults.failNext({ operation: 'retrieve' }, { kind: 'unreadable', fullName: 'Field' });
  const { files, problems } = await read(org);
  expect(files.has('externalClientApps/Portal.eca')).toBe(true);
  expect(problems.map(({ problem }) => problem).join()).toContain('Field');
});

test('an empty org is an answer: a manifest, no components and no problem', async () => {
  const { org } = await orgWithApps();
  const { files, problems } = await read(org);
  expect([[...files.keys()], problems]).toEqual([['package.xml'], []]);
});

test('a slow job is waited for, and polls stay few', async () => {
  const emulator = await startOrg({ switches: { unfinishedPolls: 4 } });
  const clock = hastyClock();
  const org = await open(tokenOf(emulator), { clock });
  await read(org);
  expect(emulator.calls().filter((call) => call.operation === 'checkRetrieveStatus').length).toBeLessThanOrEqual(6);
  // Up to a quarter longer, so that jobs which started together do not come back together.
  for (const [poll, wait] of [500, 1000, 2000, 3000, 5000].entries()) {
    expect(clock.waits[poll]).toBeGreaterThanOrEqual(wait);
    expect(clock.waits[poll]).toBeLessThanOrEqual(wait * 1.25);
  }
});

test('the types of the org are a set of names', async () => {
  const { org } = await orgWithApps();
  expect(await org.metadataTypes(66)).toContain('ExtlClntAppOauthConfigurablePolicies');
});

describe('answers that make no sense are errors, never an empty org', () => {
  test.each([
    ['versions', 'html'],
    ['versions', 'empty-body'],
    ['userinfo', 'html'],
    ['userinfo', 'empty-body'],
  ] as const)('%s answered with %s', async (operation, kind) => {
    const emulator = await startOrg();
    const org = await open(tokenOf(emulator));
    emulator.faults.failNext({ operation }, { kind }, 9);
    expect((await failureOf(org.identify())).kind).toBe('answer');
  });

  test.each(['html', 'empty-body'] as const)('describeMetadata answered with %s', async (kind) => {
    const emulator = await startOrg();
    const org = await open(tokenOf(emulator));
    emulator.faults.failNext({ operation: 'describeMetadata' }, { kind }, 9);
    expect((await failureOf(org.metadataTypes(66))).kind).toBe('answer');
  });

  test.each([
    ['retrieve', 'html'],
    ['retrieve', 'empty-body'],
    ['checkRetrieveStatus', 'html'],
    ['checkRetrieveStatus', 'empty-body'],
    ['checkRetrieveStatus', 'truncated-zip'],
  ] as const)('%s answered with %s', async (operation, kind) => {
    const { emulator, org } = await orgWithApps('Portal');
    emulator.faults.failNext({ operation }, { kind }, 9);
    const error = await failureOf(read(org));
    expect(error.kind).toBe('answer');
    expect(error.remedy).not.toBe('');
  });

  test.each(['html', 'empty-body'] as const)('composite answered with %s', async (kind) => {
    const emulator = await startOrg();
    const org = await open(tokenOf(emulator));
    emulator.faults.failNext({ operation: 'composite' }, { kind }, 9);
    expect((await failureOf(org.facts([]))).kind).toBe('answer');
  });

  const soap = (operation: string, result: string): string =>
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><${operation}Response>${result}</${operation}Response></soapenv:Body></soapenv:Envelope>`;
  const job = '09S000000000001AAA';
  const status = (inner: string, id = job): string => `<result><done>true</done><id>${id}</id>${inner}</result>`;
  const zipOf = async (files: ReadonlyMap<string, string>): Promise<string> =>
    (await writeZip(files)).toString('base64');

  /** An org whose retrieve jobs end with the given result. */
  async function retrieving(result: string) {
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' });
        response.end(
          body.includes('<checkRetrieveStatus>')
            ? soap('checkRetrieveStatus', result)
            : soap('retrieve', `<result><done>false</done><id>${job}</id><state>Queued</state></result>`),
        );
      });
    });
    return open({ kind: 'access-token', accessToken: '00D000000000001!TOKEN', instanceUrl: url });
  }

  test('a job that succeeded without a zip', async () => {
    const org = await retrieving(status('<status>Succeeded</status><success>true</success>'));
    expect((await failureOf(read(org))).message).toContain('without a zip');
  });

  test('a zip that lacks a file which the answer lists', async () => {
    const zip = await zipOf(new Map([['package.xml', '<Package/>']]));
    const listed = ['unpackaged/package.xml', 'unpackaged/externalClientApps/A%26B.eca']
      .map((name) => `<fileProperties><fileName>${name}</fileName></fileProperties>`)
      .join('');
    const org = await retrieving(
      status(`${listed}<status>Succeeded</status><success>true</success><zipFile>${zip}</zipFile>`),
    );
    const error = await failureOf(read(org));
    expect(error).toMatchObject({ kind: 'answer' });
    expect(error.message).toContain('lacks 1 of the files');
    expect(error.message).toContain('externalClientApps/A&B.eca');
  });

  test('a zip without a manifest', async () => {
    const zip = await zipOf(new Map([['other.xml', '<a/>']]));
    const org = await retrieving(status(`<status>Succeeded</status><success>true</success><zipFile>${zip}</zipFile>`));
    expect((await failureOf(read(org))).message).toContain('no package.xml');
  });

  test('an answer about another job', async () => {
    const org = await retrieving(status('<status>Succeeded</status><success>true</success>', '09S000000000002AAA'));
    expect((await failureOf(read(org))).message).toContain('not about the job');
  });

  test('a failed job is refused with the code and text of Salesforce', async () => {
    const failed = '<errorMessage>Too many files</errorMessage><errorStatusCode>LIMIT_EXCEEDED</errorStatusCode>';
    const org = await retrieving(status(`${failed}<status>Failed</status><success>false</success>`));
    const error = await failureOf(read(org));
    expect(error).toMatchObject({ kind: 'refused', errorCode: 'LIMIT_EXCEEDED' });
    expect(error.message).toContain('Too many files');
    expect(error.remedy).toContain('10000 files');
  });

  test('files in the unpackaged folder are told by their plain paths', async () => {
    const zip = await zipOf(
      new Map([
        ['unpackaged/package.xml', '<Package/>'],
        ['unpackaged/externalClientApps/A.eca', '<a/>'],
      ]),
    );
    const org = await retrieving(status(`<status>Succeeded</status><success>true</success><zipFile>${zip}</zipFile>`));
    expect([...(await read(org)).files.keys()].sort()).toEqual(['externalClientApps/A.eca', 'package.xml']);
  });

  test('a secret in a retrieved file never leaves the adapter', async () => {
    const secret = 'PLANTED-consumer-secret';
    const zip = await zipOf(
      new Map([
        ['package.xml', '<Package/>'],
        ['a.ecaGlblOauth', `<a><consumerSecret>${secret}</consumerSecret></a>`],
      ]),
    );
    const org = await retrieving(status(`<status>Succeeded</status><success>true</success><zipFile>${zip}</zipFile>`));
    expect([...(await read(org)).files.values()].join()).not.toContain(secret);
    // Nor in what the org says about the file.
    const said = `<messages><fileName>a.ecaGlblOauth</fileName><problem>odd value ${secret}</problem></messages>`;
    const echoing = await retrieving(
      status(`${said}<status>Succeeded</status><success>true</success><zipFile>${zip}</zipFile>`),
    );
    expect((await read(echoing)).problems).toMatchObject([{ problem: 'odd value [redacted]' }]);
  });

  test('types without External Client Apps', async () => {
    const types = '<result><metadataObjects><xmlName>ApexClass</xmlName></metadataObjects></result>';
    const url = await serve((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/xml' }).end(soap('describeMetadata', types)),
    );
    const org = await open({ kind: 'access-token', accessToken: '00D000000000001!TOKEN', instanceUrl: url });
    const error = await failureOf(org.metadataTypes(66));
    expect(error).toMatchObject({ kind: 'answer', errorCode: 'TYPES_MISSING' });
    expect(error.message).toContain('does not offer ExternalClientApplication');
  });
});

describe('faults that pass', () => {
  test.each([
    ['a 503', { kind: 'http', status: 503 }],
    ['a connection cut before an answer', { kind: 'drop' }],
    [
      'a server error of Salesforce',
      { kind: 'api-error', code: 'UNKNOWN_EXCEPTION', message: 'ErrorId: 1', status: 500 },
    ],
  ] as const)('%s on the way to a retrieve is tried again', async (_, fault) => {
    const { emulator, org } = await orgWithApps('Portal');
    for (const operation of ['retrieve', 'checkRetrieveStatus']) emulator.faults.failNext({ operation }, fault, 2);
    expect((await read(org)).files.has('externalClientApps/Portal.eca')).toBe(true);
  });

  test('a status answer that got lost with the zip in it starts the retrieve over, once', async () => {
    const { emulator, org } = await orgWithApps('Portal');
    emulator.faults.failNext({ operation: 'checkRetrieveStatus' }, { kind: 'drop-after' });
    expect((await read(org)).files.has('externalClientApps/Portal.eca')).toBe(true);
  });

  test('an org that stays down is unreachable after three attempts', async () => {
    const { emulator, org } = await orgWithApps();
    emulator.faults.failNext({ operation: 'describeMetadata' }, { kind: 'http', status: 502 }, 99);
    expect((await failureOf(org.metadataTypes(66))).kind).toBe('unreachable');
    expect(emulator.calls().filter((call) => call.operation === 'describeMetadata')).toHaveLength(3);
  });

  test('a permission that is missing is refused at once', async () => {
    const { emulator, org } = await orgWithApps();
    emulator.faults.failNext(
      { operation: 'describeMetadata' },
      { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no' },
      99,
    );
    const error = await failureOf(org.metadataTypes(66));
    expect(error).toMatchObject({ kind: 'refused', errorCode: 'INSUFFICIENT_ACCESS' });
    expect(error.remedy).toContain('docs/bootstrap.md');
    expect(emulator.calls().filter((call) => call.operation === 'describeMetadata')).toHaveLength(1);
  });

  test('an expired bare token is a login error', async () => {
    const { emulator, org } = await orgWithApps();
    emulator.faults.failNext({ operation: 'retrieve' }, { kind: 'invalid-session' });
    expect(await failureOf(read(org))).toMatchObject({ kind: 'login', errorCode: 'INVALID_SESSION_ID' });
  });
});

describe('a JSON Web Token as access token', () => {
  test('is explained before anything is sent by SOAP, with the setting to change', async () => {
    const emulator = await startOrg();
    const accessToken = emulator.jwtToken();
    const org = await open({ kind: 'access-token', accessToken, instanceUrl: emulator.url });
    const error = await failureOf(read(org));
    expect(error).toMatchObject({ kind: 'login', errorCode: 'JWT_ACCESS_TOKEN' });
    expect(error.message).toContain('only from API version 68 on');
    expect(error.remedy).toContain('isNamedUserJwtEnabled');
    expect(error.remedy).toContain('Issue JSON Web Token (JWT)-based access tokens');
    expect(everythingIn(error)).not.toContain(accessToken);
    expect(emulator.calls()).toEqual([]);
    expect(await failureOf(org.metadataTypes(66))).toMatchObject({ errorCode: 'JWT_ACCESS_TOKEN' });
  });

  test('does for everything that travels by REST', async () => {
    const emulator = await startOrg();
    const org = await open({ kind: 'access-token', accessToken: emulator.jwtToken(), instanceUrl: emulator.url });
    await org.identify();
    await expect(
      org.deploy({ files: packageOf(appOf('Portal')), apiVersion: 66, checkOnly: true }),
    ).resolves.toMatchObject({ status: 'succeeded' });
  });
});

describe('facts about people and permissions', () => {
  const people = {
    users: [
      { username: "Sean.O'Hara@acme.example", permissionSets: ['Portal'] },
      { username: 'gone@acme.example', active: false, permissionSets: ['Portal'] },
    ],
    permissionSets: [{ name: 'Portal', holders: 2 }, { name: 'Nobody' }],
  };

  async function orgWithPeople(seed: object = people) {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'org.json'), JSON.stringify(seed));
    const emulator = await startOrg({ seedDir: folder });
    return { emulator, org: await open(tokenOf(emulator)) };
  }

  test('come in one call, in a second one what users may do, and in a third who was meant by a name that no user has', async () => {
    const { emulator, org } = await orgWithPeople();
    const facts = await org.facts(["sean.o'hara@ACME.example", 'gone@acme.example', 'nobody@acme.example']);
    expect([...(facts.permissionSets ?? [])].sort()).toEqual([
      ['Nobody', 0],
      ['Portal', 3],
    ]);
    expect([...(facts.users ?? [])]).toEqual([
      ["sean.o'hara@ACME.example", { isActive: true, isApiEnabled: true }],
      ['gone@acme.example', { isActive: false, isApiEnabled: true }],
    ]);
    expect(facts.ownPermissions?.get('ModifyMetadata')).toBe(true);
    expect(facts.organization).toEqual({
      orgId: emulator.orgId,
      isSandbox: false,
      organizationType: 'Developer Edition',
    });
    expect(facts.unread).toEqual([]);
    expect(org.calls).toBe(3);
    await org.facts([]);
    expect(org.calls).toBe(4);
  });

  test('a username cannot break out of the query', async () => {
    const { org } = await orgWithPeople();
    const hostile = `x') OR Username LIKE ('%`;
    const facts = await org.facts([hostile, "\\' OR IsActive = true --", 'line\nfeed']);
    expect(facts.users?.size).toBe(0);
    expect(facts.unread).toEqual([]);
  });

  test('many usernames are asked for in portions, each found', async () => {
    const users = Array.from({ length: 300 }, (_, n) => ({ username: `user${n}@acme.example` }));
    const { org } = await orgWithPeople({ users });
    const facts = await org.facts(users.map(({ username }) => username));
    expect(facts.users?.size).toBe(300);
    expect(org.calls).toBeLessThanOrEqual(3);
  });

  test('more than one page of permission sets is read to the end', async () => {
    const permissionSets = Array.from({ length: 2001 }, (_, n) => ({ name: `Set_${n}` }));
    const { org } = await orgWithPeople({ permissionSets });
    expect((await org.facts([])).permissionSets?.size).toBe(2001);
  });

  test('a refused query leaves that fact undefined, with the reason, and the others known', async () => {
    const part = (referenceId: string, httpStatusCode: number, body: unknown) => ({
      referenceId,
      httpStatusCode,
      body,
    });
    const refused = [{ errorCode: 'INVALID_TYPE', message: "sObject type 'PermissionSet' is not supported." }];
    const rows = (records: unknown[]) => ({ totalSize: records.length, done: true, records });
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          compositeResponse: [
            part('organization', 200, rows([{ Id: '00D000000000001EAA', IsSandbox: true, OrganizationType: 'X' }])),
            part('permissionSets', 400, refused),
            part('holders', 200, rows([])),
            part('users', 200, rows([{ Username: 'a@b.example', IsActive: true }])),
            part('access', 400, refused),
            part('assignments', 400, refused),
          ],
        }),
      );
    });
    const org = await open({ kind: 'access-token', accessToken: '00D000000000001!TOKEN', instanceUrl: url });
    const facts = await org.facts(['a@b.example']);
    expect(facts.permissionSets).toBeUndefined();
    expect(facts.ownPermissions).toBeUndefined();
    expect(facts.users?.get('a@b.example')).toEqual({ isActive: true });
    expect(facts.unread).toEqual([
      "permission sets: INVALID_TYPE: sObject type 'PermissionSet' is not supported.",
      "what users may do: INVALID_TYPE: sObject type 'PermissionSet' is not supported.",
      "your own permissions: INVALID_TYPE: sObject type 'PermissionSet' is not supported.",
    ]);
  });
});
