import { get } from 'node:http';

import { parseXml } from '../../lib/metadata/package/xml';
import { writeZip } from '../../lib/metadata/package/zip';
import { appOf, envelope, type Org, packageOf, startOrg, stopOrgs } from './support';

let org: Org;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(stopOrgs);

const LIST = '<queries><type>ConnectedApp</type></queries><asOfVersion>66.0</asOfVersion>';
const json = async (path: string, token?: string): Promise<{ status: number; body: unknown }> => {
  const answer = await org.get(path, token);
  return { status: answer.status, body: await answer.json() };
};

describe('tokens and ids', () => {
  it('have Salesforce’s shape and say EMULATOR', () => {
    expect(org.orgId).toMatch(/^00D[A-Za-z0-9]{15}$/);
    expect(org.accessToken).toMatch(/^00D[A-Za-z0-9]{15}![\w.]*EMULATOR[\w.]+$/);
    expect(org.accessToken.startsWith(`${org.orgId}!`)).toBe(true);
    expect(org.jwtToken().split('.')).toHaveLength(3);
    expect(org.url).toBe(`http://127.0.0.1:${org.port}`);
  });

  it('differ from org to org', async () => {
    const other = await startOrg();
    expect(other.orgId).not.toBe(org.orgId);
    expect((await json('/services/data/v66.0/query?q=SELECT+Id+FROM+User', other.accessToken)).status).toBe(401);
  });
});

describe('a request for another host', () => {
  const asked = (headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      get({ port: org.port, path: '/services/data', headers }, ({ statusCode }) => resolve(statusCode)).on(
        'error',
        reject,
      );
    });

  it.each([
    ['evil.example', undefined, 403],
    ['127.0.0.1', undefined, 403],
    ['own', 'https://evil.example', 403],
    ['own', 'own', 200],
  ])('host %s, origin %s, gets %s', async (host, origin, status) => {
    const own = `localhost:${org.port}`;
    const headers = {
      host: host === 'own' ? own : host,
      ...(origin !== undefined && { origin: origin === 'own' ? `http://${own}` : origin }),
    };
    expect(await asked(headers)).toBe(status);
  });
});

describe('the port', () => {
  it('can be chosen, and being taken is an error that says so', async () => {
    await expect(startOrg({ port: org.port })).rejects.toThrow(`cannot listen on port ${org.port}`);
    await org.close();
    expect((await startOrg({ port: org.port })).url).toBe(org.url);
  });

  it('is open on loopback only', () => {
    expect(new URL(org.url).hostname).toBe('127.0.0.1');
  });
});

describe('SOAP', () => {
  it('answers with a prefixed envelope and a bare payload', async () => {
    const { status, text } = await org.soap('listMetadata', LIST);
    expect(status).toBe(200);
    expect(text).toMatch(/<soapenv:Envelope [^>]*xmlns="http:\/\/soap\.sforce\.com\/2006\/04\/metadata"/);
    expect(text).toMatch(/<soapenv:Body>\s*<listMetadataResponse\/?>/);
  });

  it('answers faults with 500 and bare fault elements', async () => {
    const { status, text } = await org.soap('listMetadata', LIST, '66.0', 'wrong');
    expect(status).toBe(500);
    expect(text).toMatch(/<soapenv:Fault>\s*<faultcode>sf:INVALID_SESSION_ID<\/faultcode>/);
    expect(text).toMatch(/<faultstring>INVALID_SESSION_ID: Invalid Session ID found in SessionHeader/);
  });

  it('takes a JWT access token from version 68 on', async () => {
    const token = org.jwtToken();
    expect((await org.soap('listMetadata', LIST, '67.0', token)).text).toContain('sf:INVALID_SESSION_ID');
    expect((await org.soap('listMetadata', LIST, '68.0', token)).status).toBe(200);
  });

  it.each([
    ['an unknown operation', 'listEverything', '', '66.0', 'sf:INVALID_OPERATION'],
    ['a retired version', 'listMetadata', LIST, '30.0', 'sf:UNSUPPORTED_API_VERSION'],
    ['a version of the future', 'listMetadata', LIST, '69.0', 'sf:UNSUPPORTED_API_VERSION'],
    [
      'four list queries',
      'listMetadata',
      '<queries><type>ConnectedApp</type></queries>'.repeat(4),
      '66.0',
      'sf:LIMIT_EXCEEDED',
    ],
    ['no list query', 'listMetadata', '', '66.0', 'sf:INVALID_FIELD'],
    [
      'a list of an unknown type',
      'listMetadata',
      '<queries><type>ApexClass</type></queries>',
      '66.0',
      'sf:INVALID_TYPE',
    ],
    [
      'a list of a type of a later version',
      'listMetadata',
      '<queries><type>ExtlClntAppCanvasSettings</type></queries>',
      '65.0',
      'sf:INVALID_TYPE',
    ],
    [
      'eleven names to read',
      'readMetadata',
      `<type>ConnectedApp</type>${'<fullNames>A</fullNames>'.repeat(11)}`,
      '66.0',
      'sf:LIMIT_EXCEEDED',
    ],
    [
      'a deploy job nobody started',
      'checkDeployStatus',
      '<asyncProcessId>0Af000000000000AAA</asyncProcessId>',
      '66.0',
      'sf:INVALID_ID_FIELD',
    ],
    [
      'a deploy job nobody started to cancel',
      'cancelDeploy',
      '<String>0Af000000000000AAA</String>',
      '66.0',
      'sf:INVALID_ID_FIELD',
    ],
    ['a deploy without a zip', 'deploy', '<DeployOptions/>', '66.0', 'sf:INVALID_FIELD'],
    ['an unknown value type', 'describeValueType', '<type>ConnectedApp</type>', '66.0', 'sf:INVALID_TYPE'],
  ])('refuses %s', async (_, operation, body, version, fault) => {
    const { status, text } = await org.soap(operation, body, version);
    expect(status).toBe(500);
    expect(text).toContain(`<faultcode>${fault}</faultcode>`);
  });

  it.each([
    ['no XML', 'hello'],
    ['no envelope', '<a/>'],
    ['a document type declaration', '<!DOCTYPE a [<!ENTITY b "c">]><a/>'],
    [
      'another namespace',
      envelope('deploy', '', 'x').replaceAll('http://soap.sforce.com/2006/04/metadata', 'urn:partner.soap.sforce.com'),
    ],
  ])('refuses a message with %s', async (_, body) => {
    const answer = await fetch(`${org.url}/services/Soap/m/66.0`, { method: 'POST', body });
    expect(answer.status).toBe(500);
    expect(await answer.text()).toMatch(/sf:(MALFORMED_REQUEST|INVALID_SESSION_ID)/);
  });

  it('describes what a value type can do and has', async () => {
    const name = '{http://soap.sforce.com/2006/04/metadata}ExtlClntAppOauthConfigurablePolicies';
    const { text } = await org.soap('describeValueType', `<type>${name}</type>`);
    expect(text).toContain('<apiReadable>true</apiReadable>');
    expect(text).toContain('<value>AdminApprovedPreAuthorized</value>');
    const parsed = parseXml(text);
    expect(parsed.ok).toBe(true);
  });

  it('saves none or all with AllOrNoneHeader', async () => {
    const header =
      '<label>A</label><contactEmail>a@b.example</contactEmail><distributionState>Local</distributionState>';
    const record = (name: string): string =>
      `<metadata xsi:type="ExternalClientApplication"><fullName>${name}</fullName>${header}</metadata>`;
    const send = async (more: string): Promise<string> => {
      const body = envelope('createMetadata', record('Good') + record('Bad__Name'), org.accessToken, more);
      const answer = await fetch(`${org.url}/services/Soap/m/66.0`, { method: 'POST', body });
      return answer.text();
    };
    const all = await send('<AllOrNoneHeader><allOrNone>true</allOrNone></AllOrNoneHeader>');
    expect(all).toContain('ALL_OR_NONE_OPERATION_ROLLED_BACK');
    expect((await org.retrieve({ ExternalClientApplication: ['*'] })).files.size).toBe(1);
    expect(await send('')).toContain('<statusCode>FIELD_INTEGRITY_EXCEPTION</statusCode>');
    expect((await org.retrieve({ ExternalClientApplication: ['*'] })).files.size).toBe(2);
  });

  it('takes components of one type, ten at most, of known elements', async () => {
    const one = (type: string, name: string, inside = ''): string =>
      `<metadata xsi:type="${type}"><fullName>${name}</fullName>${inside}</metadata>`;
    const mixed = one('ExternalClientApplication', 'A') + one('ConnectedApp', 'A');
    expect((await org.soap('upsertMetadata', mixed)).text).toContain('sf:INVALID_TYPE');
    const many = Array.from({ length: 11 }, (_, n) => one('ExternalClientApplication', `A${n}`)).join('');
    expect((await org.soap('upsertMetadata', many)).text).toContain('sf:LIMIT_EXCEEDED');
    const unknown = one('ExternalClientApplication', 'A', '<color>red</color>');
    expect((await org.soap('upsertMetadata', unknown)).text).toContain('color invalid at this location');
  });

  it('reports the state of jobs by the old call', async () => {
    const { id } = await org.deploy(appOf('Portal'));
    expect((await org.soap('checkStatus', `<asyncProcessId>${id}</asyncProcessId>`)).text).toContain(
      '<state>Completed</state>',
    );
  });
});

describe('REST', () => {
  it('lists its versions without a login, doubled slashes or not', async () => {
    const answer = await fetch(`${org.url}//services//data`);
    const versions = (await answer.json()) as { version: string; label: string }[];
    expect(versions.map(({ version }) => version)).toEqual([
      '60.0',
      '61.0',
      '62.0',
      '63.0',
      '64.0',
      '65.0',
      '66.0',
      '67.0',
      '68.0',
    ]);
    expect(versions.map(({ label }) => label).slice(0, 7)).toEqual([
      "Spring '24",
      "Summer '24",
      "Winter '25",
      "Spring '25",
      "Summer '25",
      "Winter '26",
      "Spring '26",
    ]);
  });

  it('refuses a wrong or missing session with 401', async () => {
    const expected = {
      status: 401,
      body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
    };
    expect(await json('/services/oauth2/userinfo', 'wrong')).toEqual(expected);
    expect((await fetch(`${org.url}/services/data/v66.0/query?q=x`)).status).toBe(401);
  });

  it.each([
    ['an unknown resource', '/services/data/v66.0/nothing', 404, 'NOT_FOUND'],
    ['source tracking', '/services/data/v66.0/tooling/sobjects/SourceMember/describe', 404, 'NOT_FOUND'],
    ['another address', '/setup', 404, 'NOT_FOUND'],
    ['a method a resource does not have', '/services/data/v66.0/composite', 405, 'METHOD_NOT_ALLOWED'],
    ['a retired version', '/services/data/v30.0/query?q=x', 410, 'UNSUPPORTED_API_VERSION'],
    ['a deploy nobody started', '/services/data/v66.0/metadata/deployRequest/0Af000000000000AAA', 404, 'NOT_FOUND'],
    ['a user of another org', '/services/data/v66.0/sobjects/User/005000000000099AAA', 404, 'NOT_FOUND'],
  ])('refuses %s', async (_, path, status, errorCode) => {
    expect(await json(path)).toMatchObject({ status, body: [{ errorCode }] });
  });

  it('tells who is logged in, as the Salesforce CLI asks', async () => {
    const { body } = (await json('//services/oauth2/userinfo')) as {
      body: { user_id: string; organization_id: string };
    };
    expect(body.organization_id).toBe(org.orgId);
    expect((await json(`//services/data/v51.0/sobjects/User/${body.user_id}`)).body).toMatchObject({
      Username: 'admin@emulator.example',
    });
    expect(await json('/services/data/v51.0/query?q=SELECT%20Id%20FROM%20ScratchOrgInfo%20limit%201')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE' }],
    });
  });

  it('cancels a deploy by PATCH, once', async () => {
    const slow = await startOrg({ switches: { deployMs: 5000 } });
    const { id } = (await (await slow.postDeploy(packageOf(appOf('Portal')))).json()) as { id: string };
    const patch = (status: string) =>
      fetch(`${slow.url}/services/data/v66.0/metadata/deployRequest/${id}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${slow.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ deployResult: { status } }),
      });
    expect((await patch('Succeeded')).status).toBe(400);
    const canceled = await patch('Canceling');
    expect(canceled.status).toBe(202);
    expect(await slow.waitFor(id)).toMatchObject({ status: 'Canceled', success: false });
    expect(await (await patch('Canceling')).json()).toMatchObject([{ message: 'Deployment already completed' }]);
    expect((await slow.retrieve({ ExternalClientApplication: ['*'] })).files.size).toBe(1);
  });

  it('picks the parts of a deploy by content type, whatever their names and order', async () => {
    const boundary = 'x1';
    const zip = await writeZip(packageOf(appOf('Portal')));
    const part = (name: string, type: string, content: Buffer | string): Buffer =>
      Buffer.concat([
        Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: ${type}\r\n\r\n`),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ]);
    const options = JSON.stringify({ deployOptions: { rollbackOnError: true, singlePackage: true } });
    const send = async (...parts: Buffer[]): Promise<Response> =>
      fetch(`${org.url}/services/data/v66.0/metadata/deployRequest`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${org.accessToken}`,
          'content-type': `multipart/form-data; boundary="${boundary}"`,
        },
        body: Uint8Array.from(Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)])),
      });
    const answer = await send(part('b', 'application/zip', zip), part('a', 'application/json; charset=UTF-8', options));
    expect(answer.status).toBe(201);
    expect((await org.waitFor(((await answer.json()) as { id: string }).id)).status).toBe('Succeeded');
    expect((await send(part('a', 'application/json', options))).status).toBe(400);
    expect((await send(part('b', 'application/zip', zip), part('a', 'application/json', '{}'))).status).toBe(400);
    expect((await org.postDeploy(packageOf(appOf('Portal')))).status).toBe(201);
  });

  it('does not quick-deploy what was not validated', async () => {
    const { id } = await org.deploy(appOf('Portal'));
    const post = (path: string, body: object) =>
      fetch(`${org.url}/services/data/v66.0/metadata/deployRequest${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await post('', { validatedDeployRequestId: id })).status).toBe(404);
    const validated = await org.deploy(appOf('Portal'), { checkOnly: true });
    expect((await post(`/${validated.id}`, {})).status).toBe(201);
  });
});

describe('the log of calls', () => {
  it('names api, operation and status in order', async () => {
    await org.deploy(appOf('Portal'));
    await org.soap('listMetadata', LIST, '66.0', 'wrong');
    await org.get('/nowhere');
    const calls = org.calls().map(({ api, operation, status }) => `${api} ${operation} ${status}`);
    expect(calls[0]).toBe('rest deploy 201');
    expect(calls[1]).toBe('rest checkDeployStatus 200');
    expect(calls.slice(-2)).toEqual(['soap listMetadata 500', 'rest unknown 404']);
    expect(Date.parse(org.calls()[0]?.at ?? '')).not.toBeNaN();
  });
});
