import type { AppDiagnosis, HealPlan } from '../../lib/operations/heal';
import { healing } from '../../lib/operations/heal-outcome';

const app: AppDiagnosis = {
  ...{ api_name: 'Portal', path: 'identity/uat/Portal', kind: 'private', found: 'intact', repair: 'none' },
  ...{ because: [], has_secret: true, left: [], not_evaluated: [] },
};
const planned = (apps: readonly AppDiagnosis[]): HealPlan => ({
  plan: {
    org: 'uat',
    org_id: '00D000000000001AAA',
    apps: [],
    settings: [],
    records: [],
  } as unknown as HealPlan['plan'],
  ...{ repairs: {}, approval: {}, refreshed: { verdict: 'no', because: [] }, apps, besides: [], not_evaluated: [] },
});
const outcome = (found: Partial<AppDiagnosis>, dryRun = false): string | undefined =>
  healing(planned([{ ...app, ...found }]), { dryRun, appliedBy: 'cli' }).apps[0]?.outcome;

describe('what became of an app', () => {
  it('is intact only where it was found so', () => {
    expect(outcome({})).toBe('intact');
    for (const found of ['differs', 'missing', 'broken', 'unreadable', 'not-ours', 'switched-off'] as const) {
      expect([found, outcome({ found })]).toEqual([found, 'left']);
    }
  });

  it('is not healed without a receipt that says so', () => {
    expect(outcome({ found: 'missing', repair: 'create' })).toBe('not-healed');
    expect(outcome({ found: 'missing', repair: 'create' }, true)).toBe('to-heal');
  });
});
