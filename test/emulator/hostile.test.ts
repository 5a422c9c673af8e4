import { connect } from 'node:net';

import JSZip from 'jszip';

import { envelope, type Org, startOrg, stopOrgs } from './support';

let org: Org;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(stopOrgs);

/** The org after something hostile: it answers, and holds what it held. */
async function stillServes(): Promise<void> {
  const answer = await org.get('/services/data/v66.0/query?q=SELECT+Id+FROM+User', org.accessToken);
  expect(answer.status).toBe(200);
}

const post = (path: string, body: string | Uint8Array, headers: Readonly<Record<string, string>>) =>
  fetch(`${org.url}${path}`, { method: 'POST', body, headers });

describe('a hostile request', () => {
  it('that never comes whole is refused within the time that was given', async () => {
    // The others have time: their large bodies may take it on a busy machine.
    org = await startOrg({ requestTimeoutMs: 400 });
    const said = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(org.port, '127.0.0.1', () => socket.write('POST /services/data HTTP/1.1\r\nHost: x\r\n'));
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
    });
    expect(said).toContain('408');
    await stillServes();
  });

  it('that is larger than any package of Salesforce’s is refused', async () => {
    const answer = await post('/services/Soap/m/66.0', new Uint8Array(59 * 1024 * 1024), {
      'content-type': 'text/xml',
    });
    expect(answer.status).toBe(413);
    await stillServes();
  });

  it.each([
    ['entities that grow', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>', '&b;'],
    ['a file of the machine', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '&a;'],
  ])('with %s is refused, and nothing is put in', async (_, declaration, entity) => {
    const soap = envelope('listMetadata', `<queries><type>${entity}</type></queries>`, org.accessToken);
    const body = soap.replace(/^(<\?xml[^>]*\?>)?/, `$1${declaration}`);
    const answer = await post('/services/Soap/m/66.0', body, { 'content-type': 'text/xml', soapaction: '""' });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain('Fault');
    expect(text).not.toMatch(/root:|aaaaaaaaaa/);
    await stillServes();
  });

  it('whose zip has more files than Salesforce takes is refused as a whole', async () => {
    const zip = new JSZip();
    for (let each = 0; each <= 10_000; each++) zip.file(`classes/C${each}.cls`, 'x');
    const bytes = await zip.generateAsync({ type: 'nodebuffer' });
    const body = `<ZipFile>${bytes.toString('base64')}</ZipFile><DeployOptions><rollbackOnError>true</rollbackOnError></DeployOptions>`;
    const [, id = ''] = /<id>(\w+)<\/id>/.exec((await org.soap('deploy', body)).text) ?? [];
    const ended = await org.soap('checkDeployStatus', `<asyncProcessId>${id}</asyncProcessId>`);
    expect(ended.text).toContain('<status>Failed</status>');
    expect(ended.text).toContain('10000');
    await stillServes();
  });
});

describe('faults on request', () => {
  const set = (body: unknown) =>
    post('/__emulator/faults', JSON.stringify(body), {
      'content-type': 'application/json',
      authorization: `Bearer ${org.accessToken}`,
    });
  const query = async () => (await org.get('/services/data/v66.0/query?q=SELECT+Id+FROM+User', org.accessToken)).status;

  it('happen as often as was asked, and then no more', async () => {
    const fault = { kind: 'http', status: 503, headers: { 'retry-after': '1' } };
    expect((await set({ operation: 'query', times: 2, fault })).status).toBe(200);
    expect([await query(), await query(), await query()]).toEqual([503, 503, 200]);
  });

  it('can be taken back, also where every call goes wrong', async () => {
    await set({ operation: '*', times: 1000, fault: { kind: 'html' } });
    const headers = { authorization: `Bearer ${org.accessToken}` };
    expect((await fetch(`${org.url}/__emulator/faults`, { method: 'DELETE', headers })).status).toBe(204);
    expect((await org.get('/services/data/v66.0/query?q=SELECT+Id+FROM+User', org.accessToken)).status).toBe(200);
  });

  it.each([
    [{}, 'operation'],
    [{ operation: 'query', fault: { kind: 'earthquake' } }, 'fault.kind'],
    [{ operation: 'query', fault: { kind: 'http', status: 99 } }, 'fault.status'],
    [{ operation: 'query', fault: { kind: 'slow', ms: -1 } }, 'fault.ms'],
    [{ operation: 'query', fault: { kind: 'drop', surprise: 1 } }, 'surprise'],
  ])('of the wrong shape are refused by name: %j', async (body, named) => {
    const answer = await set(body);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(named);
  });

  it('want a login', async () => {
    expect((await post('/__emulator/faults', '{}', {})).status).toBe(401);
  });
});
