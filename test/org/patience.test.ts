import { createServer } from 'node:http';

import type { EmulatorFault } from '../../lib/emulator';
import { OrgError } from '../../lib/org/org-error';
import { patiently, retryAfterMs } from '../../lib/org/patience';
import { appOf, packageOf } from '../emulator/support';
import { cleanUp, failureOf, hastyClock, open, serve, startOrg, tokenOf } from './support';

afterEach(cleanUp);

const calm = () => ({ ...hastyClock(), random: () => 0 });
const busy = (retry?: number): OrgError =>
  new OrgError('unreachable', 'busy', 'wait', { errorCode: 'ERROR_HTTP_429', retryAfterMs: retry });

/** Fails with the errors in turn, then succeeds. */
const failing = (...errors: readonly OrgError[]) => {
  const left = [...errors];
  return async (): Promise<string> => {
    const error = left.shift();
    if (error) throw error;
    return 'done';
  };
};

describe('Retry-After', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  test.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sat, 21 Nov 2026 12:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1e9', undefined],
    [undefined, undefined],
  ])('%s is %s ms', (header, expected) => {
    expect(retryAfterMs({ 'retry-after': header }, now)).toBe(expected);
  });

  test.each([-3, 3])('a date is by the clock of the server, also where ours is %d hours off', (hours) => {
    const headers = { date: 'Sat, 21 Nov 2026 12:00:00 GMT', 'retry-after': 'Sat, 21 Nov 2026 12:00:30 GMT' };
    expect(retryAfterMs(headers, now + hours * 3_600_000)).toBe(30_000);
  });
});

describe('a call that changes nothing', () => {
  test('waits for a busy org longer each time, and no longer than the budget', async () => {
    const clock = calm();
    await expect(patiently(failing(busy(), busy(), busy()), { clock })).resolves.toBe('done');
    expect(clock.waits).toEqual([1000, 2000, 4000]);
    const patient = calm();
    await failureOf(patiently(failing(...Array.from({ length: 99 }, () => busy())), { clock: patient }));
    expect(patient.waits.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(90_000);
  });

  test('waits as long as it was asked to', async () => {
    const clock = calm();
    await expect(patiently(failing(busy(30_000), busy(20_000)), { clock })).resolves.toBe('done');
    expect(clock.waits).toEqual([30_000, 20_000]);
  });

  test('does not wait at all where it was asked to wait longer than it would', async () => {
    const clock = calm();
    await failureOf(patiently(failing(busy(3_600_000)), { clock }));
    expect(clock.waits).toEqual([]);
  });

  test('is not repeated after a refusal', async () => {
    const clock = calm();
    const refused = new OrgError('refused', 'no', 'ask', { errorCode: 'INSUFFICIENT_ACCESS' });
    await failureOf(patiently(failing(refused), { clock }));
    expect(clock.waits).toEqual([]);
  });
});

const THROTTLED: readonly (readonly [string, EmulatorFault])[] = [
  ['429', { kind: 'http', status: 429 }],
  ['503', { kind: 'http', status: 503 }],
  [
    'REQUEST_LIMIT_EXCEEDED',
    { kind: 'api-error', code: 'REQUEST_LIMIT_EXCEEDED', message: 'ConcurrentRequests Limit exceeded.', status: 403 },
  ],
];

describe.each(THROTTLED)('an org that answers %s', (_, fault) => {
  test.each(['versions', 'describeMetadata', 'retrieve', 'composite', 'checkRetrieveStatus'])(
    'to %s a few times is waited for',
    async (operation) => {
      const emulator = await startOrg();
      const org = await open(tokenOf(emulator));
      emulator.faults.failNext({ operation }, fault, 4);
      await org.identify();
      await org.metadataTypes(66);
      await org.facts([]);
      const types = new Map([['ExternalClientApplication', ['*']]]);
      await expect(org.retrieve({ apiVersion: 66, types })).resolves.toMatchObject({ problems: [] });
    },
  );

  test('for good counts as out of reach', async () => {
    const emulator = await startOrg();
    const org = await open(tokenOf(emulator));
    emulator.faults.failNext({ operation: '*' }, fault, 999);
    expect((await failureOf(org.identify())).kind).toBe('unreachable');
  });

  test('to a deploy gets no second one', async () => {
    const emulator = await startOrg();
    const org = await open(tokenOf(emulator));
    emulator.faults.failNext({ operation: 'deploy' }, fault);
    const error = await failureOf(org.deploy({ files: packageOf(appOf('Portal')), apiVersion: 66, checkOnly: false }));
    expect(emulator.calls().filter(({ operation }) => operation === 'deploy')).toHaveLength(1);
    // Turned away at the door is no doubt; a server that broke down is one.
    expect(error.inDoubt).toBe(fault.kind === 'http' && fault.status === 503);
  });

  test('to polls of a deploy is waited for', async () => {
    const emulator = await startOrg();
    const org = await open(tokenOf(emulator));
    emulator.faults.failNext({ operation: 'checkDeployStatus' }, fault, 6);
    const request = { files: packageOf(appOf('Portal')), apiVersion: 66, checkOnly: false };
    await expect(org.deploy(request)).resolves.toMatchObject({ status: 'succeeded' });
  });
});

describe('the token request', () => {
  const login = (loginUrl: string, clock = calm()) =>
    open({ kind: 'client-credentials', clientId: '3MVG9', clientSecret: 'PLANTED', loginUrl }, { clock });

  test.each([429, 500, 503])(
    'answered with %s is sent again, after the time that the server asks for',
    async (status) => {
      let asked = 0;
      const url = await serve((incoming, response) => {
        incoming.resume();
        asked += 1;
        if (asked === 1) response.writeHead(status, { 'retry-after': '7' }).end('busy');
        else
          response.end(
            JSON.stringify({ access_token: '00D000000000001!AQ', instance_url: 'https://acme.my.salesforce.com' }),
          );
      });
      const clock = calm();
      await login(url, clock);
      expect(asked).toBe(2);
      expect(clock.waits).toEqual([status === 500 ? 500 : 7000]);
    },
  );

  test('whose connection breaks is sent again', async () => {
    let asked = 0;
    const server = createServer((incoming, response) => {
      asked += 1;
      if (asked === 1) incoming.socket.destroy();
      else
        response.end(
          JSON.stringify({ access_token: '00D000000000001!AQ', instance_url: 'https://acme.my.salesforce.com' }),
        );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await login(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    server.close();
    expect(asked).toBe(2);
  });

  test('that is denied is not', async () => {
    let asked = 0;
    const url = await serve((incoming, response) => {
      incoming.resume();
      asked += 1;
      response.writeHead(400).end(JSON.stringify({ error: 'invalid_client' }));
    });
    expect((await failureOf(login(url))).kind).toBe('login');
    expect(asked).toBe(1);
  });
});
