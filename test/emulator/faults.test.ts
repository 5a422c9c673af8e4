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

  it('goes wrong after as many that go well as asked', async () => {
    org.faults.failNext({ operation: 'query', after: 2 }, { kind: 'http', status: 503 }, 2);
    const statuses: number[] = [];
    for (let call = 0; call < 5; call++) statuses.push((await org.get(USERS)).status);
    expect(statuses).toEqual([200, 200, 503, 503, 200]);
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

  it('fails for every component of a deploy', async () => {
    org.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: '*', problem: 'not today' });
    const { status, failures } = await org.deploy(appOf('Portal'));
    expect([status, failures.length, new Set(failures.map(({ problem }) => problem))]).toEqual([
      ...['Failed', 5, new Set(['not today'])],
    ]);
  });

  it.each(['Pending', 'InProgress'] as const)('is canceled by another administrator while it is %s', async (state) => {
    const before = await org.retrieve({ ExternalClientApplication: ['*'] });
    org.faults.failNext({ operation: 'deploy' }, { kind: 'canceled', while: state });
    const { id } = (await (await org.postDeploy(packageOf(appOf('Portal')))).json()) as { id: string };
    const seen = new Set<string>();
    let result: Record<string, unknown> = {};
    for (let polls = 0; polls < 200 && result['done'] !== true; polls++) {
      const answer = await org.get(`/services/data/v66.0/metadata/deployRequest/${id}`);
      result = ((await answer.json()) as { deployResult: Record<string, unknown> }).deployResult;
      seen.add(String(result['status']));
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect([...seen].slice(-3)).toEqual([state, 'Canceling', 'Canceled']);
    expect(result).toMatchObject({ success: false, canceledByName: expect.any(String) as string });
    expect(await org.retrieve({ ExternalClientApplication: ['*'] })).toEqual(before);
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

describe('a queue of minutes', () => {
  it('passes with the clock of the org', async () => {
    const slow = await startOrg({ switches: { deployMs: 600_000, unfinishedPolls: 0 } });
    const ids: string[] = [];
    for (const app of ['First', 'Second']) {
      ids.push(((await (await slow.postDeploy(packageOf(appOf(app)))).json()) as { id: string }).id);
    }
    const statuses = () =>
      Promise.all(
        ids.map(async (id) => {
          const answer = await slow.get(`/services/data/v66.0/metadata/deployRequest/${id}`);
          return ((await answer.json()) as { deployResult: { status: string } }).deployResult.status;
        }),
      );
    expect(await statuses()).toEqual(['InProgress', 'Pending']);
    slow.advance(599_000);
    expect(await statuses()).toEqual(['InProgress', 'Pending']);
    slow.advance(1_000);
    expect(await statuses()).toEqual(['Succeeded', 'InProgress']);
    slow.advance(600_000);
    expect(await statuses()).toEqual(['Succeeded', 'Succeeded']);
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
