import { PermittedUsers, PublicClientApp, type SalesforceOrg, Scope } from '../../constructs';
import { PROOF_CASES } from '../../lib/proof/cases';
import { idleDays } from '../../lib/proof/cases/refresh';
import { needsOf, OF_OUTSIDERS, OUTSIDER } from '../../lib/proof/needs';
import type { Subject } from '../../lib/proof/subject';
import { declared } from '../operations/support';
import { proofOf, rareFlows, resultsOf, threeKinds } from './support';

describe('the cases', () => {
  it('have names of their own, and every twin is a use that can be granted', () => {
    const ids = PROOF_CASES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const uses = PROOF_CASES.filter(({ demands }) => demands === 'grant').map(({ id }) => id);
    for (const { twin } of PROOF_CASES) if (twin !== undefined) expect(uses).toContain(twin);
  });
});

it('an app of each kind refuses what it must and grants what it must, and no answer holds a secret', async () => {
  const proofs = await proofOf(declared(threeKinds));
  const results = resultsOf(proofs);
  expect(results.filter(({ outcome }) => outcome !== 'as-declared')).toEqual([]);
  expect(resultsOf(proofs, 'Portal').map((result) => result.case)).toEqual(
    expect.arrayContaining(['code-without-secret', 'refresh-reused', 'user-not-admitted', 'callback-longer']),
  );
  expect(resultsOf(proofs, 'Mobile').map((result) => result.case)).toContain('code-public-with-wrong-secret');
  expect(resultsOf(proofs, 'Billing').map((result) => result.case)).toEqual(
    expect.arrayContaining(['assertion', 'assertion-other-key', 'client-credentials-undeclared']),
  );
  expect(JSON.stringify(proofs)).not.toMatch(/EMULATOR|3MVG9/);
});

it('flows that are off unless somebody asks for them are tried where they are declared, and shut where not', async () => {
  const proofs = await proofOf(declared(rareFlows));
  expect(resultsOf(proofs).filter(({ outcome }) => outcome !== 'as-declared')).toEqual([]);
  const granted = (app: string): readonly string[] =>
    resultsOf(proofs, app).flatMap((result) => (result.granted ? [result.case] : []));
  expect(granted('Shop')).toEqual([
    ...['login', 'headless', 'guest', 'guest-session', 'refresh', 'refresh-before-idle', 'introspect-own'],
  ]);
  expect(granted('Screen')).toEqual(['login', 'device', 'refresh', 'refresh-before-idle']);
  expect(granted('Broker')).toEqual(['login', 'refresh', 'refresh-before-idle', 'exchange', 'introspect-own']);
  expect(JSON.stringify(proofs)).not.toMatch(/EMULATOR|3MVG9/);
  expect(proofs.flatMap(({ not_evaluated: left }) => left.filter((one) => /flow|exchange/.test(one)))).toEqual([]);
});

it('token exchange without a declared handler is not evaluated', async () => {
  const { records: _, ...manifest } = declared(rareFlows);
  const [broker] = (await proofOf(manifest)).filter(({ app }) => app === 'Broker');
  expect(broker?.not_evaluated).toContain('token exchange, for which the program declares no handler');
  expect(broker?.results.map((result) => result.case)).not.toContain('exchange');
});

it('what a recorded exception lets through is an exception, and says until when', async () => {
  const free = (org: SalesforceOrg): void => {
    new PublicClientApp(org, 'Kiosk', {
      label: 'Kiosk',
      callbackUrls: ['kiosk://oauth'],
      scopes: [Scope.OPENID, Scope.REFRESH_TOKEN],
      permittedUsers: PermittedUsers.selfAuthorized(),
      refreshTokenRotation: {
        enabled: false,
        justification: {
          reason: 'Two devices share one token',
          approvedBy: 'security@acme.example',
          expires: '2027-06-30',
        },
      },
    });
  };
  const found = resultsOf(await proofOf(declared(free))).filter(({ outcome }) => outcome !== 'as-declared');
  expect(found).toEqual([
    expect.objectContaining({ case: 'refresh-reused', outcome: 'excepted', excepted_until: '2027-06-30' }),
  ]);
});

it('a refusal proves nothing where the use beside it is refused, too', async () => {
  const manifest = declared(threeKinds);
  const apps = manifest.apps.map((app) => ({
    ...app,
    components: app.components.map((component) =>
      component.fields['isEnabled'] && app.api_name === 'Portal'
        ? { ...component, fields: { ...component.fields, isEnabled: { value: false, ownership: 'stated' as const } } }
        : component,
    ),
  }));
  const proofs = await proofOf(manifest, { ...manifest, apps });
  const results = resultsOf(proofs, 'Portal');
  expect(results.find((result) => result.case === 'login')?.outcome).toBe('violated');
  expect(results.find((result) => result.case === 'code-twice')?.outcome).toBe('not-evaluated');
});

it('an org for a proof has everybody whom the apps name', () => {
  const { users, permissionSets } = needsOf(declared(threeKinds));
  expect(permissionSets.map(({ name }) => name)).toEqual([
    ...['Billing_Robots', 'Mobile_Users', 'Portal_Users', OF_OUTSIDERS],
  ]);
  expect(users.map(({ username }) => username)).toEqual([
    OUTSIDER,
    'insider@billing.example',
    'insider@mobile.example',
    'insider@portal.example',
    'guest@proof.example',
  ]);
});

it.each([
  [{ type: 'SpecificInactivity', period: 2, unit: 'Months' }, false, 60],
  [{ type: 'SpecificInactivity', period: 2, unit: 'Months' }, true, 30],
  [{ type: 'Infinite' }, true, 30],
  [{ type: 'SpecificLifetime', period: 5, unit: 'Days' }, false, undefined],
])('idle days of %j, limit %j: %j', (policy, limit, days) => {
  const value = <T>(of: T) => ({ state: 'value' as const, value: of });
  const fields = { refreshTokenPolicy: value(policy), idleRefreshTokenLimit: value(limit) } as Subject['fields'];
  expect(idleDays({ fields } as Subject)).toBe(days);
});
