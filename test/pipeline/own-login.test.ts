import fc from 'fast-check';

import type { OrgPlan } from '../../lib/plan/plan';
import { isError } from '../../lib/values/diagnostic';
import { cases, DEEP } from '../deep';
import {
  type Around,
  changed,
  type Changes,
  ciProgram,
  ME,
  OTHER,
  type OwnLoginBench,
  type Pair,
  POLICIES,
  throughCi,
  twoKeys,
  type Way,
  WAYS,
} from '../operations/own-login-support';
import { refusal } from '../operations/support';

const GENERAL = 'ExtlClntAppConfigurablePolicies';
const GLOBAL = 'ExtlClntAppGlobalOauthSettings';

/** Printed by a failure; `CLIENT_APPS_SEED` runs the same cases again. */
const SEED = process.env['CLIENT_APPS_SEED'];

let own: Pair;
let other: Pair;
beforeAll(async () => {
  [own, other] = await twoKeys();
});

const mostly = (value: boolean) => fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, fc.boolean());

const values: fc.Arbitrary<Changes> = fc.record({
  'ExternalClientApplication.label': fc.constantFrom('CI', 'CI of Acme'),
  'ExtlClntAppOauthSettings.commaSeparatedOauthScopes': fc.subarray(['Api', 'Basic', 'Full', 'RefreshToken', 'Web'], {
    minLength: 1,
  }),
  [`${GENERAL}.isEnabled`]: mostly(true),
  [`${GENERAL}.isOauthPluginEnabled`]: mostly(true),
  [`${GLOBAL}.isClientCredentialsFlowEnabled`]: mostly(true),
  [`${GLOBAL}.isSecretRequiredForRefreshToken`]: fc.boolean(),
  [`${POLICIES}.isClientCredentialsFlowEnabled`]: mostly(true),
  [`${POLICIES}.clientCredentialsFlowUser`]: fc.constantFrom(ME, ME, OTHER),
  [`${POLICIES}.permittedUsersPolicyType`]: fc.constantFrom('AdminApprovedPreAuthorized', 'AllSelfAuthorized'),
  [`${POLICIES}.commaSeparatedPermissionSet`]: fc.subarray(['CI', 'Elsewhere'], { minLength: 1 }),
  [`${POLICIES}.commaSeparatedProfile`]: fc.constantFrom([], ['Deployer'], ['Standard User']),
  [`${POLICIES}.ipRelaxationPolicyType`]: fc.constantFrom(
    'Enforce',
    'Enforce_RelaxRefresh',
    'Bypass_2factor',
    'Bypass',
  ),
});

/** Any program for the app of this login, whatever it does to logins: few changes at once, so that some do nothing. */
const changes: fc.Arbitrary<Changes> = fc
  .tuple(values, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }))
  .map(([all, chosen]) => {
    const entries = Object.entries(all);
    const kept = new Set(chosen.map((index) => index % entries.length));
    return Object.fromEntries(entries.filter((_, index) => kept.has(index)));
  });

const within = (start: string, end: string): string =>
  `<loginIpRanges><startAddress>${start}</startAddress><endAddress>${end}</endAddress></loginIpRanges>`;

/** Of a profile that keeps this address out, JWT bearer admits nobody from the start. */
const arounds: fc.Arbitrary<Around & { readonly ways: readonly Way[] }> = fc
  .record({
    grouped: fc.boolean(),
    ...{ place: fc.constantFrom('anywhere', 'inside', 'outside') },
  })
  .map(({ grouped, place }) => ({
    grouped,
    ways: place === 'outside' ? WAYS.filter((way) => way !== 'jwt-bearer') : WAYS,
    ...(place === 'inside' && { profile: within('127.0.0.0', '127.0.0.255') }),
    ...(place === 'outside' && { profile: within('10.0.0.1', '10.0.0.9') }),
  }));

const seen = { silent: 0, spoke: 0, open: 0, refused: 0 };

/** What the guard says of the login, in the words of its certainty. */
function verdict({ diagnostics }: OrgPlan): 'silent' | 'cuts' | 'open' {
  const found = diagnostics.filter(({ code }) => code.startsWith('self-lockout'));
  if (found.length === 0) return 'silent';
  return found.some(({ problem }) => problem.includes(' the change cuts that login off')) ? 'cuts' : 'open';
}

async function holds(salesforce: OwnLoginBench, ways: readonly Way[], program: Changes, pair: Pair): Promise<void> {
  const manifest = changed(ciProgram(pair), program);
  const said: (readonly [Way, ReturnType<typeof verdict>])[] = [];
  for (const way of ways) {
    expect([way, await salesforce.login(way)]).toEqual([way, 'works']);
    const plan = await salesforce.plan(manifest, { fail_on: 'none' }, { org: await salesforce.through(way) });
    const others = plan.diagnostics.filter(({ code }) => code !== 'self-lockout').filter(isError);
    // What another guard keeps from being applied is no matter of this one.
    if (others.length > 0) return void (seen.refused += 1);
    said.push([way, verdict(plan)]);
  }
  const consents = { fail_on: 'none', accept_lockout: ['CI'] } as const;
  try {
    await salesforce.apply(manifest, consents);
  } catch (error) {
    // What Salesforce refuses to store changes no login.
    expect(await refusal(Promise.reject(error as Error))).toMatchObject({ code: 'DEPLOY_FAILED' });
    return void (seen.refused += 1);
  }
  for (const [way, what] of said) {
    const login = await salesforce.login(way);
    if (what === 'silent') expect([way, what, login]).toEqual([way, what, 'works']);
    if (what === 'cuts') expect([way, what, login]).not.toEqual([way, what, 'works']);
    seen[what === 'silent' ? 'silent' : what === 'cuts' ? 'spoke' : 'open'] += 1;
  }
}

const RUNS = cases(6, 80);

describe('for random programs of the app of this login', () => {
  it('where the guard says nothing the login still works, and where it says that it cuts the login off it is refused', async () => {
    await fc.assert(
      fc.asyncProperty(changes, arounds, fc.boolean(), async (program, { ways, ...around }, rolls) => {
        await throughCi(own, around, (salesforce) => holds(salesforce, ways, program, rolls ? other : own));
      }),
      { numRuns: RUNS, endOnFailure: true, ...(SEED !== undefined && { seed: Number(SEED) }) },
    );
    // A property about cases that never come says nothing.
    if (DEEP) expect(Math.min(seen.silent, seen.spoke)).toBeGreaterThan(RUNS / 4);
  });
});
