import { join } from 'node:path';

import { Certificate, MachineApp, PermittedUsers, PrivateClientApp, type SalesforceOrg, Scope } from '../../constructs';
import type { EmulatorOptions } from '../../lib/emulator';
import { applyPlan } from '../../lib/operations/apply-plan';
import type { OperationEvent, OrgReceipt } from '../../lib/operations/types';
import { isOrgError } from '../../lib/org/org-error';
import { benchWith, removeSeeds } from './connected-app-support';
import { type Bench, bench, callback, codes, declared, refusal, TODAY, twoApps } from './support';

type Fault = Parameters<Bench['emulator']['faults']['failNext']>[1];

/** An org that names the policies of new apps itself, and takes no policy file with them. */
const LATE = { firstDeployNamesPolicies: false, firstDeployWritesNamedPolicies: false } as const;
/** With such an org and one app: our names are refused, then its own; the closed app is made; it is opened. */
const OPENING = 4;

let salesforce: Bench;
afterEach(() => salesforce.close());
afterAll(removeSeeds);
const open = async (switches: EmulatorOptions['switches'] = LATE): Promise<void> => {
  salesforce = await bench({ switches });
};

const app =
  (name: string) =>
  (org: SalesforceOrg): void => {
    new PrivateClientApp(org, name, {
      label: name,
      callbackUrls: callback,
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
      deviceFlow: {
        enabled: true,
        justification: {
          reason: 'terminals have no browser',
          approvedBy: 'security@acme.example',
          expires: '2027-06-01',
        },
      },
    });
  };
const portal = declared(app('Portal'));
const machines = declared((org) => {
  app('Portal')(org);
  app('Partner')(org);
});

/** Makes the n-th call of that kind from now on go wrong. */
function failCall(operation: string, count: number, fault: Fault, times = 1): void {
  const { faults } = salesforce.emulator;
  if (count > 1) faults.failNext({ operation }, { kind: 'slow', ms: 0 }, count - 1);
  faults.failNext({ operation }, fault, times);
}

/** Makes Salesforce refuse a component in the n-th deploy from now on. */
function refuse(count: number, fullName: string): void {
  const { faults } = salesforce.emulator;
  if (count > 1) faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Nobody' }, count - 1);
  faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName, problem: 'not today' });
}

const consumer = (name = 'Portal'): Promise<string> =>
  salesforce.file(
    'ExtlClntAppGlobalOauthSettings',
    `${name}_glbloauth`,
    `extlClntAppGlobalOauthSets/${name}_glbloauth.ecaGlblOauth`,
  );

/** No redirect reaches anyone, and no flow starts. */
async function expectClosed(name?: string): Promise<void> {
  const text = await consumer(name);
  expect(text).toContain('<callbackUrl>https://no-callback.invalid/</callbackUrl>');
  expect(text).toContain('<isDeviceFlowEnabled>false<');
  expect(text).toContain('<isConsumerSecretOptional>false<');
}

async function expectFinished(manifest = portal): Promise<void> {
  await salesforce.apply(manifest);
  expect((await salesforce.plan(manifest)).phases).toEqual([]);
  expect(await consumer()).toContain(callback[0]);
}

/** What the receipt says went wrong. */
async function doubts(running: Promise<OrgReceipt>): Promise<{ message: string; receipt: OrgReceipt }> {
  const receipt = await running;
  return { receipt, message: receipt.remarks.map(({ problem }) => problem).join('\n') };
}

async function orgError(running: Promise<unknown>): Promise<{ message: string; kind: string }> {
  const error: unknown = await running.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isOrgError(error)) return error;
  throw new Error(`it failed in another way, or not at all: ${String(error)}`);
}

describe('an app that could be made but not opened', () => {
  it('is removed again, and that is said beside the reason', async () => {
    await open();
    refuse(OPENING, 'Portal_defaultPolicy');
    const { code, diagnostics } = await refusal(salesforce.apply(portal));
    expect([code, codes(diagnostics)]).toEqual(['DEPLOY_FAILED', ['deploy-failed', 'new-app-removed']]);
    expect(diagnostics[0]).toMatchObject({
      path: 'identity/prod/Portal',
      problem: expect.stringContaining('not today'),
    });
    expect((await salesforce.plan(portal)).apps[0]?.action).toBe('create');
    await expectFinished();
  });

  it('takes the org settings that were opened for it back, too', async () => {
    await open();
    const manifest = declared(twoApps);
    refuse(OPENING + 1, 'Mobile_oauth');
    const { diagnostics } = await refusal(salesforce.apply(manifest));
    expect(codes(diagnostics)).toEqual(['deploy-failed', 'new-app-removed', 'settings-put-back']);
    const plan = await salesforce.plan(manifest);
    expect(plan.apps.map(({ action }) => action)).toEqual(['create', 'create']);
    expect(plan.phases[0]?.name).toBe('enable');
  });

  it('takes the others of the same deploy with it: all or nothing', async () => {
    await open();
    refuse(OPENING, 'Partner_oauth');
    const { diagnostics } = await refusal(salesforce.apply(machines));
    expect(diagnostics).toMatchObject([
      { code: 'deploy-failed', path: 'identity/prod/Partner' },
      { code: 'new-app-removed', problem: expect.stringContaining('Partner, Portal') },
    ]);
    expect((await salesforce.plan(machines)).apps.map(({ action }) => action)).toEqual(['create', 'create']);
  });

  it('stays closed where it cannot be removed, and the next apply opens it', async () => {
    await open({ ...LATE, deleteCascades: false });
    refuse(OPENING, 'Portal_oauth');
    const { diagnostics } = await refusal(salesforce.apply(portal));
    expect(codes(diagnostics)).toEqual(['deploy-failed', 'new-app-remains', 'deploy-failed']);
    await expectClosed();
    const plan = await salesforce.plan(portal);
    expect(plan.apps[0]).toMatchObject({ action: 'update', adopts: false, stopped: false });
    await expectFinished();
  });
});

describe('a lost connection', () => {
  it('before the app is opened leaves it closed, says so, and the next apply opens it', async () => {
    await open();
    failCall('deploy', OPENING, { kind: 'drop' });
    const { message, receipt } = await doubts(salesforce.apply(portal));
    // The app is there, closed; whether the deploy that opens it was taken, nobody can tell.
    expect(receipt).toMatchObject({ phases: [{ state: 'in-doubt' }], apps: [{ action: 'created' }] });
    expect(message).toContain('closed to every client, without the declared policies, or not at all: Portal');
    await expectClosed();
    await expectFinished();
  });

  it('after the app was opened leaves nothing to do', async () => {
    await open();
    failCall('deploy', OPENING, { kind: 'drop-after' });
    const { message, receipt } = await doubts(salesforce.apply(portal));
    expect(receipt).toMatchObject({ phases: [{ state: 'done' }], apps: [{ action: 'created' }] });
    expect(codes(receipt.remarks)).toEqual(['settled-by-reading']);
    expect(message).toContain('it has everything that the deploy was to write');
    await expectFinished();
  });

  it('while the closed app was made is told the same way', async () => {
    await open();
    failCall('deploy', OPENING - 1, { kind: 'drop-after' });
    const { message, receipt } = await doubts(salesforce.apply(portal));
    expect(receipt).toMatchObject({ phases: [{ state: 'in-doubt' }], apps: [{ action: 'created' }] });
    expect(message).toContain('Unless it went through');
    expect(message).not.toContain('..');
    await expectClosed();
    await expectFinished();
  });

  it('while the names are read removes the app, where that is possible', async () => {
    await open();
    failCall('retrieve', 3, { kind: 'api-error', code: 'UNKNOWN_EXCEPTION', message: 'no', status: 500 }, 9);
    const { message } = await orgError(salesforce.apply(portal));
    expect(message).toContain('removed because the rest was refused: Portal');
    await useUpFaults();
    expect((await salesforce.plan(portal)).apps[0]?.action).toBe('create');
  });
});

/** The faults that no retry has met yet. */
async function useUpFaults(): Promise<void> {
  for (let left = 9; left > 0; left--) await salesforce.plan(portal).catch(() => undefined);
}

describe('a machine', () => {
  it('that stayed closed gets its certificate by the next apply', async () => {
    salesforce = await benchWith({}, { switches: LATE }, ['Billing_Access']);
    const certificate = Certificate.fromFile(join(__dirname, '../../examples/quickstart/certs/billing-sync.crt'));
    const manifest = declared((org) => {
      new MachineApp(org, 'Billing', {
        label: 'Billing',
        certificate,
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.preAuthorized({ permissionSets: ['Billing_Access'] }),
      });
    });
    failCall('deploy', OPENING, { kind: 'drop' });
    expect((await doubts(salesforce.apply(manifest))).receipt.phases).toMatchObject([{ state: 'in-doubt' }]);
    const plan = await salesforce.plan(manifest);
    expect(plan.apps[0]?.changes.map(({ field }) => field)).toContain('certificate');
    await salesforce.apply(manifest);
    expect((await salesforce.plan(manifest)).phases).toEqual([]);
  });
});

describe('a request to stop', () => {
  const applying = async (
    at: (event: OperationEvent) => boolean,
    manifest = portal,
  ): Promise<{ readonly running: Promise<OrgReceipt> }> => {
    const controller = new AbortController();
    const plan = await salesforce.plan(manifest);
    const onEvent = (event: OperationEvent): void => {
      if (at(event)) controller.abort();
    };
    const { org } = salesforce;
    return {
      running: applyPlan({ org, plan, today: TODAY, approval: { reviewed: true }, onEvent, stop: controller.signal }),
    };
  };
  const step = (words: string) => (event: OperationEvent) => event.kind === 'step' && event.message.includes(words);

  it('during the refused attempt starts no other one, and nothing was written', async () => {
    await open();
    const { running } = await applying(step('deploying to prod: Client apps'));
    const { code } = await refusal(running);
    expect(code).toBe('ABORTED');
    expect((await salesforce.plan(portal)).apps[0]?.action).toBe('create');
  });

  it('while the app is closed waits until it is open, and starts nothing further', async () => {
    await open();
    const manifest = declared(twoApps);
    const { running } = await applying(step('closed until'), manifest);
    const receipt = await running;
    expect(receipt.apps.map(({ action }) => action)).toEqual(['created', 'created']);
    expect(codes(receipt.remarks)).toContain('stopped-on-request');
    const plan = await salesforce.plan(manifest);
    expect(plan.apps.flatMap(({ changes }) => changes)).toEqual([]);
    expect(plan.phases.map(({ name }) => name)).toEqual(['tighten']);
  });

  it('at once leaves the app closed and says so', async () => {
    await open();
    const controller = new AbortController();
    const plan = await salesforce.plan(portal);
    const onEvent = (event: OperationEvent): void => {
      if (step('reading the policies')(event)) controller.abort();
    };
    const { org } = salesforce;
    const { message, receipt } = await doubts(
      applyPlan({ org, plan, today: TODAY, approval: { reviewed: true }, onEvent, signal: controller.signal }),
    );
    expect(receipt).toMatchObject({ phases: [{ state: 'in-doubt' }], apps: [{ action: 'unknown' }] });
    expect(message).toContain('The org has the new apps closed to every client, without the declared policies: Portal');
    await expectClosed();
    await expectFinished();
  });
});

describe('a message that tells no name', () => {
  it('leads to the name that Salesforce gives by custom', async () => {
    await open({});
    const problem =
      'DUPLICATE_VALUE: duplicate value found: ExtlClntAppOauthSettingsId duplicates value on record with id: 0eI000000000001';
    salesforce.emulator.faults.failNext(
      { operation: 'deploy' },
      { kind: 'deploy-fails', fullName: 'Portal_oauthPlcy', problem },
    );
    const receipt = await salesforce.apply(portal);
    expect(receipt.apps[0]?.names['ExtlClntAppOauthConfigurablePolicies']).toBe('Portal_oauth_defaultPolicy');
    expect((await salesforce.plan(portal)).phases).toEqual([]);
  });
});
