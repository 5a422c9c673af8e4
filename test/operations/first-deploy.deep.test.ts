import { PermittedUsers, PrivateClientApp, PublicClientApp, type SalesforceOrg, Scope } from '../../constructs';
import type { EmulatorOptions } from '../../lib/emulator';
import type { Manifest } from '../../lib/metadata/manifest';
import { readAndDraft } from '../../lib/operations/plan-org';
import { validatePlan } from '../../lib/operations/validate-plan';
import { NO_CONSENTS } from '../../lib/plan/plan';
import { type Bench, bench, callback, codes, declared, refusal, TODAY, twoApps } from './support';

type Switches = NonNullable<EmulatorOptions['switches']>;

/** Whose names policies get in an app's first deploy. */
export const POSITIONS: readonly (readonly [string, Switches])[] = [
  ['gives policies the names that the deploy has', {}],
  ['gives policies names of its own, and takes files under those', { firstDeployNamesPolicies: false }],
  [
    'gives policies names of its own, and takes no policy file with a new app',
    { firstDeployNamesPolicies: false, firstDeployWritesNamedPolicies: false },
  ],
  [
    'does the same, and does not list such policies',
    { firstDeployNamesPolicies: false, firstDeployWritesNamedPolicies: false, automaticPoliciesRetrieved: false },
  ],
];

let salesforce: Bench;
afterEach(() => salesforce.close());

const portal =
  (label = 'Portal') =>
  (org: SalesforceOrg): void => {
    new PrivateClientApp(org, 'Portal', {
      label,
      callbackUrls: callback,
      scopes: [Scope.API],
      permittedUsers: PermittedUsers.selfAuthorized(),
    });
  };

const started = ({ emulator }: Bench): number =>
  emulator.calls().filter(({ operation }) => operation === 'deploy').length;

async function validated(manifest: Manifest): Promise<readonly string[]> {
  const input = { org: salesforce.org, manifest, consents: NO_CONSENTS, today: TODAY };
  const { draft } = await readAndDraft(input);
  return codes(await validatePlan({ ...input, draft }));
}

describe.each(POSITIONS)('an org that %s', (_name, switches) => {
  beforeEach(async () => {
    salesforce = await bench({ switches });
  });

  it('gets new apps by the first apply, exactly as planned, and the second plan is empty', async () => {
    const manifest = declared(twoApps);
    const receipt = await salesforce.apply(manifest);
    expect(receipt.remarks).toEqual([]);
    expect(receipt.apps.map(({ action }) => action)).toEqual(['created', 'created']);
    const plan = await salesforce.plan(manifest);
    expect(plan.phases).toEqual([]);
    expect(plan.apps.flatMap(({ changes }) => changes)).toEqual([]);
    expect(plan.apps.map(({ names }) => names)).toEqual(receipt.apps.map(({ names }) => names));
  });

  it('takes later changes, and further apps', async () => {
    await salesforce.apply(declared(portal()));
    const manifest = declared((org) => {
      portal('Customer portal')(org);
      new PublicClientApp(org, 'Mobile', {
        label: 'Mobile',
        callbackUrls: ['mobile://oauth'],
        scopes: [Scope.API],
        permittedUsers: PermittedUsers.selfAuthorized(),
      });
    });
    const receipt = await salesforce.apply(manifest);
    expect(receipt.apps.map(({ action }) => action).sort()).toEqual(['created', 'updated']);
    expect((await salesforce.plan(manifest)).phases).toEqual([]);
  });

  it('has nothing against a validation, which keeps nothing', async () => {
    const problems = await validated(declared(portal()));
    const late = switches.firstDeployWritesNamedPolicies === false;
    expect(problems).toEqual(late ? ['policies-not-validated'] : []);
    expect((await salesforce.plan(declared(portal()))).apps[0]?.action).toBe('create');
  });

  it('still says in a validation what is wrong with the declaration', async () => {
    const fault = { kind: 'deploy-fails', fullName: 'Portal_oauth', problem: 'not this scope' } as const;
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, fault, 3);
    expect(await validated(declared(portal()))).toContain('deploy-failed');
  });

  it('keeps nothing of apps of which one is refused, and says only why', async () => {
    const manifest = declared(twoApps);
    const fault = { kind: 'deploy-fails', fullName: 'Mobile_oauth', problem: 'not this scope' } as const;
    salesforce.emulator.faults.failNext({ operation: 'deploy' }, fault, 4);
    const { code, diagnostics } = await refusal(salesforce.apply(manifest));
    expect(code).toBe('DEPLOY_FAILED');
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      path: 'identity/prod/Mobile',
      problem: expect.stringContaining('not this scope'),
    });
    const plan = await salesforce.plan(manifest);
    expect(plan.apps.map(({ action }) => action)).toEqual(['create', 'create']);
    expect(plan.phases.map(({ name }) => name)).toEqual(['enable', 'apps', 'tighten']);
  });
});

describe('the number of deploys', () => {
  it.each([
    [1, {}],
    [2, POSITIONS[1]?.[1]],
    [4, POSITIONS[2]?.[1]],
  ])('is %i', async (expected, switches) => {
    salesforce = await bench({ switches: switches ?? {} });
    await salesforce.apply(declared(portal()));
    expect(started(salesforce)).toBe(expected);
  });
});
