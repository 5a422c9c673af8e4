import type { EmulatorFault } from '../../lib/emulator';
import { readZip } from '../../lib/metadata/package/zip';
import { appOf, type Org, packageOf, startOrg, stopOrgs } from './support';

let org: Org;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(stopOrgs);

const LIST = '<queries><type>ConnectedApp</type></queries>';
const USERS = '/services/data/v66.0/query?q=SELECT+Id+FROM+User';

describe('on request a call', () => {
  const CASES: Readonly<Record<string, readonly [EmulatorFault, number, RegExp]>> = {
    'is unavailable': [{ kind: 'http', status: 503, body: 'later' }, 503, /^later$/],
    'has no session any more': [{ kind: 'invalid-session' }, 401, /INVALID_SESSION_ID/],
    'gives an API error': [
      { kind: 'api-error', code: 'REQUEST_LIMIT_EXCEEDED', message: 'enough', status: 403 },
      403,
      /REQUEST_LIMIT_EXCEEDED/,
    ],
    'is empty': [{ kind: 'empty-body' }, 200, /^$/],
    'is a web page': [{ kind: 'html' }, 200, /^<html>/],
  };

  it.each(Object.entries(CASES))('%s, once', async (_, [fault, status, body]) => {
    org.faults.failNext({ operation: 'query' }, fault);
    const answer = await org.get(USERS);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(body);
    expect((await org.get(USERS)).status).toBe(200);
    expect(org.calls().map((call) => call.status)).toEqual([status, 200]);
  });

  it('gives SOAP faults over SOAP', async () => {
    org.faults.failNext(
      { operation: 'listMetadata' },
      { kind: 'api-error', code: 'SERVER_UNAVAILABLE', message: 'later' },
    );
    expect((await org.soap('listMetadata', LIST)).text).toContain('<faultcode>sf:SERVER_UNAVAILABLE</faultcode>');
    org.faults.failNext({ operation: '*' }, { kind: 'invalid-session' });
    expect((await org.soap('listMetadata', LIST)).text).toContain('<faultcode>sf:INVALID_SESSION_ID</faultcode>');
  });

  it('is cut off before, or after it was carried out', async () => {
    org.faults.failNext({ operation: 'deploy' }, { kind: 'drop' });
    await expect(org.postDeploy(packageOf(appOf('First')))).rejects.toThrow();
    org.faults.failNext({ operation: 'deploy' }, { kind: 'drop-after' });
    await expect(org.postDeploy(packageOf(appOf('Second')))).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const { files } = await org.retrieve({ ExternalClientApplication: ['*'] });
    expect([...files.keys()]).toEqual(['externalClientApps/Second.eca', 'package.xml']);
    expect(
      org
        .calls()
        .slice(0, 2)
        .map(({ status }) => status),
    ).toEqual([0, 0]);
  });

  it('is slow', async () => {
    org.faults.failNext({ operation: 'query' }, { kind: 'slow', ms: 80 });
    const before = Date.now();
    expect((await org.get(USERS)).status).toBe(200);
    expect(Date.now() - before).toBeGreaterThanOrEqual(75);
  });

  it('goes wrong as often as asked, over the API asked for', async () => {
    org.faults.failNext({ operation: '*', api: 'rest' }, { kind: 'http', status: 503 }, 2);
    expect((await org.soap('listMetadata', LIST)).status).toBe(200);
    expect((await org.get(USERS)).status).toBe(503);
    expect((await org.get(USERS)).status).toBe(503);
    expect((await org.get(USERS)).status).toBe(200);
  });
});

describe('on request the work itself', () => {
  it('fails for one component of a deploy', async () => {
    org.faults.failNext(
      { operation: 'deploy' },
      { kind: 'deploy-fails', fullName: 'Portal_plcy', problem: 'UNABLE_TO_LOCK_ROW' },
    );
    expect(await org.deploy(appOf('Portal'))).toMatchObject({
      status: 'Failed',
      failures: [{ fullName: 'Portal_plcy', problem: 'UNABLE_TO_LOCK_ROW' }],
    });
    expect((await org.deploy(appOf('Portal'))).status).toBe('Succeeded');
  });

  it('leaves one component out of a retrieve', async () => {
    await org.deploy([...appOf('First'), ...appOf('Second')]);
    org.faults.failNext(
      { operation: 'retrieve' },
      { kind: 'unreadable', type: 'ExternalClientApplication', fullName: 'First' },
    );
    const { files, messages } = await org.retrieve({ ExternalClientApplication: ['*'] });
    expect([...files.keys()]).toEqual(['externalClientApps/Second.eca', 'package.xml']);
    expect(messages).toEqual(["Unable to retrieve ExternalClientApplication 'First': UNKNOWN_EXCEPTION"]);
  });

  it('hands out half a zip', async () => {
    org.faults.failNext({ operation: 'checkRetrieveStatus' }, { kind: 'truncated-zip' });
    await expect(org.retrieve({ Settings: ['*'] })).rejects.toThrow(/cannot be read/);
    expect((await org.retrieve({ Settings: ['*'] })).files.size).toBe(5);
    expect((await readZip(Buffer.from('UEsDB', 'base64'))).ok).toBe(false);
  });
});

describe('latency', () => {
  it('delays every answer', async () => {
    const slow = await startOrg({ latencyMs: 60 });
    const before = Date.now();
    await slow.get(USERS);
    expect(Date.now() - before).toBeGreaterThanOrEqual(55);
  });
});
