import { staleness } from '../../lib/plan/stale';
import { diagnose } from '../../lib/values/diagnose';
import { declared, twoApps } from '../operations/support';
import { app, orgPlan, pkceOff } from '../reports/plan/support';

const gone = diagnose('permission-set-missing', { path: 'identity/prod/Portal' }, { names: 'Erp_Sync' });

describe('a reviewed plan that no longer holds', () => {
  test('says why an app is blocked now, not that it appeared', () => {
    const fresh = orgPlan([app({ action: 'blocked', missing: true })], { diagnostics: [gone] });
    const found = staleness(orgPlan([app({ action: 'create', missing: true, changes: [pkceOff] })]), fresh);
    expect(found.map(({ code }) => code)).toEqual(['plan-stale', 'permission-set-missing']);
    expect(found[0]?.problem).toBe(
      'the plan can no longer be applied; see the error below: planned create, now blocked',
    );
    expect(found[1]?.problem).toBe(gone.problem);
  });

  test('tells an app that was created meanwhile from one that was deleted', () => {
    const [created] = staleness(orgPlan([app({ action: 'create' })]), orgPlan([app({})]));
    expect(created?.problem).toBe('the app was created in the org after the plan was made: planned create, now none');
    const [deleted] = staleness(orgPlan([app({ action: 'update' })]), orgPlan([app({ action: 'create' })]));
    expect(deleted?.problem).toBe('the app was deleted in the org after the plan was made: planned update, now create');
  });

  test('names planned and present value of a field, and the line of the program', () => {
    const reviewed = orgPlan([app({ action: 'update', changes: [pkceOff] })], { manifest: declared(twoApps) });
    const now = { ...pkceOff, before: { state: 'absent' } } as const;
    const [found] = staleness(reviewed, orgPlan([app({ action: 'update', changes: [now] })]));
    expect(found?.problem).toBe('the org changed after the plan was made: planned false, now absent');
    expect(found?.value).toBeUndefined();
    expect(found?.declaredAt).toMatch(/\.ts:\d+$/);
  });

  test('repeats no error that was reviewed', () => {
    const reviewed = orgPlan([app({ action: 'update', changes: [pkceOff] })], { diagnostics: [gone] });
    const found = staleness(reviewed, orgPlan([app({})], { diagnostics: [gone] }));
    expect(found.map(({ code }) => code)).toEqual(['plan-stale']);
  });
});
