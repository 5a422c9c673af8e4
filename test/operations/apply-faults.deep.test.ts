import type { EmulatorFault } from '../../lib/emulator';
import { applyPlan } from '../../lib/operations/apply-plan';
import type { OperationEvent, OrgReceipt } from '../../lib/operations/types';
import { isOrgError } from '../../lib/org/org-error';
import { formatDiagnostic, isClientAppsError } from '../../lib/values/diagnostic';
import { type Bench, bench, codes, declared, TODAY, twoApps } from './support';

/** Three deploys: the switch that the Portal needs, two apps, what tightens. */
const manifest = declared(twoApps);
const SWITCH = 'OauthOidcSettings.oAuthCdCrdtFlowEnable';

let salesforce: Bench;
beforeEach(async () => {
  salesforce = await bench();
});
afterEach(() => salesforce.close());

/** The n-th call of that kind from now on, and those after it, go wrong. */
function failCall(operation: string, count: number, fault: EmulatorFault, times = 1): void {
  const { faults } = salesforce.emulator;
  if (count > 1) faults.failNext({ operation }, { kind: 'slow', ms: 0 }, count - 1);
  faults.failNext({ operation }, fault, times);
}

/** What the org holds, from a reading of its files by another client. */
async function orgHas(): Promise<{
  readonly open: boolean;
  readonly tight: boolean;
  readonly apps: readonly string[];
}> {
  const text = await salesforce.file('Settings', 'OauthOidc', 'settings/OauthOidc.settings');
  const { apps } = await salesforce.plan(manifest);
  return {
    open: text.includes('<oAuthCdCrdtFlowEnable>true<'),
    tight: text.includes('<isPkceRequired>true<'),
    apps: apps.filter(({ action }) => action !== 'create').map(({ api_name: name }) => name),
  };
}

interface Ended {
  readonly receipt?: OrgReceipt;
  /** Everything that is said. */
  readonly said: string;
}

async function ended(running: Promise<OrgReceipt>): Promise<Ended> {
  try {
    const receipt = await running;
    return { receipt, said: receipt.remarks.map(formatDiagnostic).join('\n') };
  } catch (error) {
    if (isClientAppsError(error) || isOrgError(error)) return { said: error.message };
    throw error;
  }
}

async function applyWith(at: (event: OperationEvent) => boolean): Promise<Ended> {
  const controller = new AbortController();
  const plan = await salesforce.plan(manifest);
  const onEvent = (event: OperationEvent): void => {
    if (at(event)) controller.abort();
  };
  return ended(applyPlan({ org: salesforce.org, plan, today: TODAY, onEvent, stop: controller.signal }));
}

const states = (receipt: OrgReceipt | undefined): readonly string[] | undefined =>
  receipt?.phases?.map(({ name, state }) => `${name}: ${state}`);

describe('a request to stop', () => {
  it('while org settings are opened writes no receipt of apps that were never deployed, and puts the settings back', async () => {
    const { receipt, said } = await applyWith(({ kind }) => kind === 'deploy');
    expect(receipt).toBeUndefined();
    expect(said).toContain('stopped on request before: Client apps; Org settings that tighten');
    expect(said).toContain(`settings that were opened for the apps were restored: ${SWITCH}`);
    expect(said).not.toContain('read-back-differs');
    expect(await orgHas()).toEqual({ open: false, tight: false, apps: [] });
    // The next apply does it all.
    expect((await salesforce.apply(manifest)).apps.map(({ action }) => action)).toEqual(['created', 'created']);
  });

  it('names the settings where they cannot be put back, and tells of no app', async () => {
    const { faults } = salesforce.emulator;
    faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'Nobody' });
    faults.failNext({ operation: 'deploy' }, { kind: 'deploy-fails', fullName: 'OauthOidc', problem: 'Not now.' });
    const { receipt, said } = await applyWith(({ kind }) => kind === 'deploy');
    expect(states(receipt)).toEqual(['enable: done', 'apps: not-begun', 'tighten: not-begun']);
    expect(receipt?.apps.map(({ action }) => action)).toEqual(['not-applied', 'not-applied']);
    expect(receipt?.settings).toMatchObject([{ changes: [{ field: 'oAuthCdCrdtFlowEnable' }] }]);
    expect(said).toContain('settings that were opened for the apps could not be restored');
    expect(said).toContain(SWITCH);
    expect(said).not.toContain('read-back-differs');
    // Nothing that was not done is remembered.
    const plan = await salesforce.plan(manifest, {}, { ...(receipt && { receipt }) });
    expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('an org that says Succeeded and did nothing', () => {
  it('is believed by its reading: no app counts as created, and one line each says so', async () => {
    const plan = await salesforce.plan(manifest);
    const org = Object.create(salesforce.org) as typeof salesforce.org;
    org.deploy = async () => ({ status: 'succeeded', id: '0Af000000000001AAA', warnings: [] });
    const receipt = await applyPlan({ org, plan, today: TODAY });
    expect(receipt.apps.map(({ action }) => action)).toEqual(['not-applied', 'not-applied']);
    expect(receipt.settings).toEqual([]);
    const about = receipt.remarks.filter(({ path }) => path === 'identity/prod/Portal');
    expect(codes(about)).toEqual(['read-back-differs']);
    expect(about[0]?.problem).toBe('Salesforce accepted the deploy, but the org has no app Portal');
  });
});

describe('a deploy that the org refuses to take', () => {
  const LIMIT = {
    kind: 'api-error',
    code: 'INSUFFICIENT_ACCESS',
    message: 'insufficient access rights',
    status: 403,
  } as const;

  it('of the apps: what was opened for them is put back, and that is said', async () => {
    failCall('deploy', 2, LIMIT);
    const { receipt, said } = await ended(salesforce.apply(manifest));
    expect(receipt).toBeUndefined();
    expect(said).toContain('insufficient access rights');
    expect(said).toContain(`settings that were opened for the apps were restored: ${SWITCH}`);
    expect(await orgHas()).toEqual({ open: false, tight: false, apps: [] });
  });

  it('of what tightens: the receipt has the apps and their keys', async () => {
    failCall('deploy', 3, LIMIT);
    const { receipt, said } = await ended(salesforce.apply(manifest));
    expect(states(receipt)).toEqual(['enable: done', 'apps: done', 'tighten: not-begun']);
    expect(receipt?.apps).toMatchObject([
      { action: 'created', consumer_key: expect.stringMatching(/^3MVG9/) as string },
      { action: 'created', consumer_key: expect.stringMatching(/^3MVG9/) as string },
    ]);
    expect(receipt?.settings).toMatchObject([{ changes: [{ field: 'oAuthCdCrdtFlowEnable' }] }]);
    expect(said).toContain('insufficient access rights');
    expect(said).not.toContain('read-back-differs');
  });
});

describe('a deploy of the apps of which no end is known', () => {
  it('leaves the opened settings open, and names them', async () => {
    failCall('deploy', 2, { kind: 'drop' });
    const { receipt, said } = await ended(salesforce.apply(manifest));
    expect(states(receipt)).toEqual(['enable: done', 'apps: in-doubt', 'tighten: not-begun']);
    expect(receipt?.apps.map(({ action }) => action)).toEqual(['unknown', 'unknown']);
    expect(said).toContain('stay open, because it is not known whether the apps were written');
    expect(said).toContain(SWITCH);
  });

  it('is settled where the reading shows the apps', async () => {
    failCall('deploy', 2, { kind: 'drop-after' });
    const { receipt, said } = await ended(salesforce.apply(manifest));
    expect(states(receipt)).toEqual(['enable: done', 'apps: done', 'tighten: not-begun']);
    expect(receipt?.apps).toMatchObject([{ action: 'created', consumer_key: expect.any(String) as string }, {}]);
    expect(said).toContain('settled-by-reading');
  });
});

const FAULTS: readonly (readonly [string, EmulatorFault])[] = [
  ['drop', { kind: 'drop' }],
  ['drop-after', { kind: 'drop-after' }],
  ['503', { kind: 'http', status: 503 }],
  ['a web page', { kind: 'html' }],
  ['nothing', { kind: 'empty-body' }],
  ['a refusal', { kind: 'api-error', code: 'INSUFFICIENT_ACCESS', message: 'no', status: 403 }],
  ['an expired session', { kind: 'invalid-session' }],
];

/** Whatever goes wrong wherever: what is said about the org is true, by another reading of it. */
describe.each([
  ['deploy', 1],
  ['deploy', 14],
  ['checkDeployStatus', 1],
  ['checkDeployStatus', 14],
] as const)('faults of %s, %s times', (operation, times) => {
  describe.each([1, 2, 3])('from phase %s on', (phase) => {
    it.each(FAULTS)('%s: nothing untrue is said', async (_, fault) => {
      failCall(operation, phase, fault, times);
      const { receipt, said } = await ended(salesforce.apply(manifest));
      await usedUp(operation);
      const { open, tight, apps } = await orgHas();
      const complete = open && tight && apps.length === 2;
      if (!receipt) {
        expect({ open, tight, apps }).toEqual({ open: false, tight: false, apps: [] });
        return;
      }
      if (!receipt.remarks.some(({ severity }) => severity === 'error')) expect(complete).toBe(true);
      for (const { api_name: name, action, consumer_key: key } of receipt.apps) {
        if (action === 'created') expect(key).toMatch(/^3MVG9/);
        if (action !== 'unknown') expect([name, action === 'created']).toEqual([name, apps.includes(name)]);
      }
      if (open && apps.length === 0) expect(said).toContain(SWITCH);
      const doubt = receipt.phases?.some(({ state }) => state === 'in-doubt');
      if (!doubt) {
        expect(receipt.phases?.find(({ name }) => name === 'apps')?.state === 'done').toBe(apps.length === 2);
        expect(receipt.phases?.find(({ name }) => name === 'tighten')?.state === 'done').toBe(tight);
      }
      if (receipt.apps.every(({ action }) => action === 'unknown')) expect(doubt).toBe(true);
    });
  });
});

/** The faults that nothing has met yet. */
async function usedUp(operation: string): Promise<void> {
  const { url, accessToken } = salesforce.emulator;
  const [method, path] = operation === 'deploy' ? ['POST', ''] : ['GET', '/0Af000000000001AAA'];
  const headers = { authorization: `Bearer ${accessToken}` };
  for (let left = 16; left > 0; left--) {
    await fetch(`${url}/services/data/v66.0/metadata/deployRequest${path}`, { method, headers }).catch(() => undefined);
  }
}
