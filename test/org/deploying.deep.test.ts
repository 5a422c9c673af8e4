import { randomBytes } from 'node:crypto';

import type { Emulator } from '../../lib/emulator';
import type { DeployProgress, DeployRequest, Org } from '../../lib/org/org';
import { appOf, type Components, file, packageOf } from '../emulator/support';
import { cleanUp, failureOf, hastyClock, open, serve, startOrg, tokenOf } from './support';

afterEach(cleanUp);

const request = (components: Components, checkOnly = false): DeployRequest => ({
  files: packageOf(components),
  apiVersion: 66,
  checkOnly,
});

async function openOrg(options: Parameters<typeof startOrg>[0] = {}): Promise<{ emulator: Emulator; org: Org }> {
  const emulator = await startOrg(options);
  return { emulator, org: await open(tokenOf(emulator)) };
}

const headers = async (org: Org): Promise<readonly string[]> => {
  const types = new Map([['ExternalClientApplication', ['*']]]);
  return [...(await org.retrieve({ apiVersion: 66, types })).files.keys()].filter((path) => path.endsWith('.eca'));
};

const count = (emulator: Emulator, operation: string): number =>
  emulator.calls().filter((call) => call.operation === operation).length;

test('a package is deployed by REST, with progress until the end', async () => {
  const { emulator, org } = await openOrg({ switches: { unfinishedPolls: 2 } });
  const seen: DeployProgress[] = [];
  const outcome = await org.deploy(request(appOf('Portal')), { onProgress: (progress) => seen.push(progress) });
  expect(outcome).toEqual({ status: 'succeeded', id: seen[0]?.id, warnings: [] });
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toMatchObject({ status: 'Succeeded', done: 5, total: 5 });
  expect(await headers(org)).toEqual(['externalClientApps/Portal.eca']);
  expect(
    emulator
      .calls()
      .filter((call) => call.operation === 'deploy')
      .map((call) => call.api),
  ).toEqual(['rest']);
});

test('a validation changes nothing', async () => {
  const { org } = await openOrg();
  await expect(org.deploy(request(appOf('Portal'), true))).resolves.toMatchObject({ status: 'succeeded' });
  expect(await headers(org)).toEqual([]);
});

test("one component that fails keeps the whole package out, and Salesforce's own message is told", async () => {
  const { emulator, org } = await openOrg();
  const problem = "There's a problem with your scope(s): Nonsense";
  emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Field_oauth', problem });
  const outcome = await org.deploy(request([...appOf('Portal'), ...appOf('Field')]));
  expect(outcome).toMatchObject({
    status: 'failed',
    failures: [
      {
        type: 'ExtlClntAppOauthSettings',
        fullName: 'Field_oauth',
        fileName: 'extlClntAppOauthSettings/Field_oauth.ecaOauth',
        problem,
      },
    ],
  });
  expect(await headers(org)).toEqual([]);
});

test.each(['Finalizing', 'FinalizingDeploy'] as const)('the status %s is not the end', async (finalizingStatus) => {
  const { org } = await openOrg({ switches: { finalizingStatus, unfinishedPolls: 2 } });
  await expect(org.deploy(request(appOf('Portal')))).resolves.toMatchObject({ status: 'succeeded' });
});

test('an unknown component type in the package is a failure that names the file', async () => {
  const { org } = await openOrg();
  const files = new Map(packageOf(appOf('Portal')));
  files.set('nonsense/X.nonsense', file('Nonsense', {}));
  const outcome = await org.deploy({ files, apiVersion: 66, checkOnly: false });
  expect(outcome.status).toBe('failed');
  expect(JSON.stringify(outcome)).toContain('nonsense/X.nonsense');
});

describe('limits are checked before anything is sent', () => {
  test.each([
    ['no manifest', new Map([['a.xml', '<a/>']]), 'no package.xml'],
    [
      'too many files',
      new Map([['package.xml', ''], ...Array.from({ length: 10_000 }, (_, n) => [`f/${n}.x`, ''] as const)]),
      '10001 files',
    ],
    [
      'too many bytes',
      new Map([
        ['package.xml', ''],
        // Six bits in a character: little text for many bytes, in which deflate finds nothing to repeat.
        ['f/big.x', randomBytes(40_000_000).toString('base64')],
      ]),
      'the limit is 39000000',
    ],
  ])('%s', async (_, files, reason) => {
    const { emulator, org } = await openOrg();
    const error = await failureOf(org.deploy({ files, apiVersion: 66, checkOnly: false }));
    expect(error).toMatchObject({ kind: 'refused', errorCode: 'LIMIT_EXCEEDED' });
    expect(error.message).toContain(reason);
    expect(emulator.calls()).toEqual([]);
  });
});

describe('a deploy that failed by a lock that something else held', () => {
  const problem = 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record';

  test.each([
    [1, 'succeeded', 2],
    [3, 'failed', 3],
  ])('and by nothing else, %d times, is sent again: %s', async (times, status, sent) => {
    const { emulator, org } = await openOrg();
    const fault = { kind: 'deploy-fails', fullName: 'Portal_oauth', problem } as const;
    emulator.faults.failNext({ operation: 'deploy' }, fault, times);
    const ids: string[] = [];
    const outcome = await org.deploy(request(appOf('Portal')), { onAccepted: (id) => void ids.push(id) });
    expect([outcome.status, count(emulator, 'deploy')]).toEqual([status, sent]);
    expect(outcome.id).toBe(ids.at(-1));
    expect(new Set(ids).size).toBe(sent);
  });

  test('and then by something else, ends there', async () => {
    const { emulator, org } = await openOrg();
    emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Portal_oauth', problem });
    emulator.faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Portal', problem: 'no' });
    expect(await org.deploy(request(appOf('Portal')))).toMatchObject({
      status: 'failed',
      failures: [{ problem: 'no' }],
    });
    expect(count(emulator, 'deploy')).toBe(2);
  });
});

describe('a deploy is never sent twice', () => {
  test.each([
    ['the connection is cut after the org took it', { kind: 'drop-after' }, 'unreachable'],
    ['a 503 answers', { kind: 'http', status: 503 }, 'unreachable'],
    ['an HTML page answers', { kind: 'html' }, 'answer'],
    ['nothing answers', { kind: 'empty-body' }, 'answer'],
  ] as const)('when %s: the outcome is unknown, and how to find out is told', async (_, fault, kind) => {
    const { emulator, org } = await openOrg();
    emulator.faults.failNext({ operation: 'deploy' }, fault);
    const error = await failureOf(org.deploy(request(appOf('Portal'))));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain('It is not known whether the org received the package');
    expect(error.remedy).toContain('Deployment Status');
    expect(count(emulator, 'deploy')).toBe(1);
  });

  test('a validation whose answer is lost says that nothing changed', async () => {
    const { emulator, org } = await openOrg();
    emulator.faults.failNext({ operation: 'deploy' }, { kind: 'drop-after' });
    expect((await failureOf(org.deploy(request(appOf('Portal'), true)))).message).toContain('Nothing was changed');
  });

  test('a connection that never stood leaves no doubt', async () => {
    const org = await open({
      kind: 'access-token',
      accessToken: '00D000000000001!TOKEN',
      instanceUrl: 'http://127.0.0.1:9',
    });
    const error = await failureOf(org.deploy(request(appOf('Portal'))));
    expect(error.kind).toBe('unreachable');
    expect(error.message).not.toContain('not known');
  });

  test('a refusal leaves no doubt either', async () => {
    const { emulator, org } = await openOrg();
    const fault = {
      kind: 'api-error',
      code: 'INSUFFICIENT_ACCESS',
      message: 'insufficient access rights',
      status: 403,
    } as const;
    emulator.faults.failNext({ operation: 'deploy' }, fault);
    const error = await failureOf(org.deploy(request(appOf('Portal'))));
    expect(error).toMatchObject({ kind: 'refused', errorCode: 'INSUFFICIENT_ACCESS' });
    expect(error.message).not.toContain('not known');
  });
});

describe('while a deploy runs', () => {
  test('status requests that fail are put up with', async () => {
    const { emulator, org } = await openOrg();
    emulator.faults.failNext({ operation: 'checkDeployStatus' }, { kind: 'http', status: 503 }, 2);
    emulator.faults.failNext({ operation: 'checkDeployStatus' }, { kind: 'drop' });
    await expect(org.deploy(request(appOf('Portal')))).resolves.toMatchObject({ status: 'succeeded' });
  });

  test('a status that stays away is an error which says that the deploy goes on', async () => {
    const { emulator, org } = await openOrg();
    emulator.faults.failNext({ operation: 'checkDeployStatus' }, { kind: 'http', status: 503 }, 999);
    const error = await failureOf(org.deploy(request(appOf('Portal'))));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toMatch(
      /The deploy 0Af\w+ might still be running in the org or have ended; its outcome is not known here/,
    );
    expect(error.remedy).toMatch(/0Af\w+ in Setup/);
  });

  test.each([
    ['INSUFFICIENT_ACCESS', { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no', status: 403 }],
    ['NOT_FOUND', { kind: 'api-error', code: 'NOT_FOUND', message: 'no', status: 404 }],
    ['a web page', { kind: 'html' }],
    ['nothing', { kind: 'empty-body' }],
  ] as const)('a status request answered with %s is asked again by id, and the end is known', async (_, fault) => {
    const { emulator, org } = await openOrg();
    emulator.faults.failNext({ operation: 'checkDeployStatus' }, fault, 2);
    await expect(org.deploy(request(appOf('Portal')))).resolves.toMatchObject({ status: 'succeeded' });
    expect(count(emulator, 'checkDeployStatus')).toBe(3);
    expect(count(emulator, 'deploy')).toBe(1);
  });

  test('a refusal that stays ends the looking soon, and says that the outcome is not known', async () => {
    const { emulator, org } = await openOrg();
    const fault = { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no', status: 403 } as const;
    emulator.faults.failNext({ operation: 'checkDeployStatus' }, fault, 999);
    const error = await failureOf(org.deploy(request(appOf('Portal'))));
    expect(error).toMatchObject({ kind: 'refused', inDoubt: true });
    expect(error.message).toMatch(
      /The deploy 0Af\w+ might still be running in the org or have ended; its outcome is not known here/,
    );
    expect(count(emulator, 'checkDeployStatus')).toBe(4);
  });

  test('a validation that cannot be followed leaves no doubt about the org', async () => {
    const { emulator, org } = await openOrg();
    emulator.faults.failNext({ operation: 'checkDeployStatus' }, { kind: 'html' }, 999);
    expect((await failureOf(org.deploy(request(appOf('Portal'), true)))).inDoubt).toBe(false);
  });

  test('an abort stops the waiting, does not cancel, and says so', async () => {
    const { emulator, org } = await openOrg({ switches: { deployMs: 60_000, unfinishedPolls: 9999 } });
    const controller = new AbortController();
    const error = await failureOf(
      org.deploy(request(appOf('Portal')), { signal: controller.signal, onProgress: () => controller.abort() }),
    );
    expect(error.kind).toBe('aborted');
    expect(error.message).toMatch(
      /The deploy 0Af\w+ might still be running in the org or have ended; its outcome is not known here/,
    );
    expect(count(emulator, 'cancelDeploy')).toBe(0);
  });

  test('an abort cancels where that was asked for', async () => {
    const emulator = await startOrg({ switches: { deployMs: 60_000, unfinishedPolls: 9999 } });
    const org = await open(tokenOf(emulator), { cancelOnAbort: true });
    const controller = new AbortController();
    const error = await failureOf(
      org.deploy(request(appOf('Portal')), { signal: controller.signal, onProgress: () => controller.abort() }),
    );
    expect(error.message).toMatch(/was asked to cancel 0Af/);
    expect(emulator.calls().at(-1)).toMatchObject({ api: 'rest', status: 202 });
  });

  test('the total wait has an end', async () => {
    const emulator = await startOrg({ switches: { deployMs: 3_600_000, unfinishedPolls: 99_999 } });
    const org = await open(tokenOf(emulator), { jobTimeoutMs: 90_000 });
    const error = await failureOf(org.deploy(request(appOf('Portal'))));
    expect(error).toMatchObject({ kind: 'unreachable', errorCode: 'POLL_TIMEOUT' });
    expect(error.message).toContain('after 90 s');
  });
});

test('an abort before the first request sends nothing', async () => {
  const { emulator, org } = await openOrg();
  const signal = AbortSignal.abort();
  for (const call of [
    () => org.identify({ signal }),
    () => org.metadataTypes(66, { signal }),
    () => org.retrieve({ apiVersion: 66, types: new Map() }, { signal }),
    () => org.deploy(request(appOf('Portal')), { signal }),
    () => org.facts([], { signal }),
  ]) {
    expect((await failureOf(call())).kind).toBe('aborted');
  }
  expect(emulator.calls()).toEqual([]);
});

test('an abort cuts a request that hangs', async () => {
  const url = await serve(() => undefined);
  const org = await open({ kind: 'access-token', accessToken: '00D000000000001!TOKEN', instanceUrl: url });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  expect((await failureOf(org.identify({ signal: controller.signal }))).kind).toBe('aborted');
});

describe('results', () => {
  /** An org whose deploys end with the given result. */
  async function ending(deployResult: object): Promise<Org> {
    const id = '0Af000000000001AAA';
    const url = await serve((incoming, response) => {
      incoming.resume();
      response.writeHead(incoming.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
      const result = incoming.method === 'POST' ? { status: 'Pending', done: false } : deployResult;
      response.end(JSON.stringify({ id, deployResult: result }));
    });
    return open(
      { kind: 'access-token', accessToken: '00D000000000001!TOKEN', instanceUrl: url },
      { clock: hastyClock() },
    );
  }
  const deployed = async (result: object) => (await ending(result)).deploy(request(appOf('Portal')));

  test.each(['Failed', 'Canceled', 'FinalizingFailed', 'FinalizingDeployFailed'])(
    '%s is the end, and no success',
    async (status) => {
      await expect(deployed({ status, done: false, success: false })).resolves.toMatchObject({ status: 'failed' });
    },
  );

  test('a status nobody knows is the end once the org calls it done', async () => {
    const outcome = await deployed({ status: 'Exploded', done: true, success: false });
    expect(outcome).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('ended as Exploded') as string,
    });
  });

  test.each([true, undefined])(
    'a status nobody knows with success %s is neither success nor failure',
    async (success) => {
      const error = await failureOf(deployed({ status: 'Archived', done: true, ...(success && { success }) }));
      expect(error).toMatchObject({ kind: 'answer', inDoubt: true });
      expect(error.message).toContain('unknown status Archived; what the org kept of it is not known');
    },
  );

  test("the job's own message and who canceled are told", async () => {
    await expect(
      deployed({ status: 'Failed', done: true, errorStatusCode: 'UNKNOWN_EXCEPTION', errorMessage: 'boom' }),
    ).resolves.toMatchObject({
      message: 'UNKNOWN_EXCEPTION: boom',
    });
    await expect(deployed({ status: 'Canceled', done: true, canceledByName: 'Ada' })).resolves.toMatchObject({
      message: 'canceled by Ada',
    });
  });

  test('failed Apex tests count as failures', async () => {
    const runTestResult = { failures: [{ name: 'PortalTest', methodName: 'works', message: 'it does not' }] };
    await expect(deployed({ status: 'Failed', done: true, details: { runTestResult } })).resolves.toMatchObject({
      failures: [{ type: 'ApexClass', fullName: 'PortalTest.works', problem: 'it does not' }],
    });
  });

  test('warnings of a success are told', async () => {
    const componentSuccesses = [
      { fullName: 'package.xml', fileName: 'package.xml', componentType: '', success: true },
      {
        fullName: 'Gone',
        componentType: 'ExternalClientApplication',
        fileName: 'destructiveChanges.xml',
        problem: 'No Gone found',
        problemType: 'Warning',
        lineNumber: '3',
      },
    ];
    await expect(
      deployed({ status: 'Succeeded', done: true, success: true, details: { componentSuccesses } }),
    ).resolves.toMatchObject({
      warnings: [{ fullName: 'Gone', problem: 'No Gone found', line: 3 }],
    });
  });

  test.each([
    ['a partial success, although rollback was asked for', { status: 'SucceededPartial', done: true, success: true }],
    ['a success that is none', { status: 'Succeeded', done: true, success: false }],
    ['a validation in place of a deploy', { status: 'Succeeded', done: true, success: true, checkOnly: true }],
    ['no status', { done: true }],
  ])('%s is not valid and is an error', async (_, result) => {
    expect((await failureOf(deployed(result))).kind).toBe('answer');
  });
});
