import { PROOF_CASES } from '../../lib/proof/cases';
import type { ProofResult } from '../../lib/proof/report';
import { declared } from '../operations/support';
import { proofOf, rareFlows, rareSettings, resultsOf, threeKinds } from './support';

/** What the project promises to try, in the words of the promise, and the cases that try it. */
const PROMISED: Readonly<Record<string, readonly string[]>> = {
  'no verifier': ['code-without-verifier', 'login-without-challenge', 'headless-without-verifier'],
  'wrong verifier': ['code-wrong-verifier'],
  plain: ['login-plain-challenge'],
  'stolen code redeemed twice': ['code-twice'],
  'stolen code redeemed by another client': ['code-of-another-client', 'guest-of-another-visitor'],
  'missing secret where one is due': [
    ...['code-without-secret', 'refresh-without-secret', 'headless-without-secret', 'exchange-without-secret'],
  ],
  'wrong secret where one is due': [
    ...['code-wrong-secret', 'refresh-wrong-secret', 'exchange-wrong-secret', 'client-credentials-wrong-secret'],
  ],
  'a secret sent by a public client': ['code-public-with-wrong-secret'],
  'unregistered callback': ['callback-unregistered', 'headless-callback-unregistered'],
  'prefix-matching callback': ['callback-longer'],
  'scope beyond the declared': ['scope-beyond'],
  'user without the permission set': [
    ...['user-not-admitted', 'assertion-user-not-admitted', 'headless-user-not-admitted', 'device-user-not-admitted'],
    'exchange-user-not-admitted',
  ],
  'refresh reused': ['refresh-reused', 'refresh-after-reuse'],
  'refresh after idle time': ['refresh-after-idle'],
  'token of another client introspected': ['introspect-of-another-client'],
  'token of a guest after its time': ['guest-session-over'],
  'another user than the declared one': ['client-credentials-as-another-user'],
  'token from outside the allowlist': ['refresh-from-elsewhere'],
  'client credentials with a switch off': ['client-credentials-undeclared'],
  'JWT signed by another key': ['assertion-other-key'],
  'JWT for another audience': ['assertion-other-audience'],
  'expired assertion': ['assertion-expired'],
  'replayed assertion': ['assertion-replayed'],
  'code and credentials by GET while POST only': ['headless-by-get', 'headless-in-address'],
  'code and credentials by Basic while POST only': ['headless-in-header'],
  'flow off in the org': ['headless-undeclared', 'guest-undeclared'],
};

const results: ProofResult[] = [];
beforeAll(async () => {
  const manifests = [declared(threeKinds), declared(rareFlows), declared(rareSettings, { apiVersion: 68 })];
  for (const manifest of manifests) results.push(...resultsOf(await proofOf(manifest)));
}, 120_000);

const outcomesOf = (id: string): readonly string[] => [
  ...new Set(results.filter((result) => result.case === id).map(({ outcome }) => outcome)),
];

it('every attack and every use is tried by an app, and comes out as declared', () => {
  const outcomes = Object.fromEntries(PROOF_CASES.map(({ id }) => [id, outcomesOf(id)]));
  const wanted = Object.fromEntries(PROOF_CASES.map(({ id }) => [id, ['as-declared']]));
  // What is granted there, the program excuses.
  expect(outcomes).toEqual({ ...wanted, 'exchange-secret-undemanded': ['excepted'] });
});

it.each(Object.entries(PROMISED))('%s is refused, and the use beside it granted', (_, ids) => {
  for (const id of ids) {
    const attack = PROOF_CASES.find((one) => one.id === id);
    expect([id, attack?.demands, outcomesOf(id)]).toEqual([id, 'refusal', ['as-declared']]);
    // Where no use is named, any of the app is one: as-declared says that there was one.
    if (attack?.twin !== undefined)
      expect(results).toContainEqual(expect.objectContaining({ case: attack.twin, granted: true }));
  }
});
