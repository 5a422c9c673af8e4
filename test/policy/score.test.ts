import { checkAll } from '../../lib/policy/check';
import { BAD_CONSUMER, BAD_POLICIES } from './insecure';
import { machine, org, privateApp, publicApp, reportOf, TODAY, withOutcome } from './support';

describe('the score', () => {
  it('is 100 less the points that are named', () => {
    for (const app of [privateApp(), machine({ policies: BAD_POLICIES }), publicApp({ global: BAD_CONSUMER })]) {
      const { score } = reportOf(app);
      const lost = score.losses.reduce((sum, { points }) => sum + points, 0);
      expect((score.value ?? NaN) + lost).toBeCloseTo(100, 6);
    }
  });

  it('names every control that fails or is low risk, except advice', () => {
    const report = reportOf(publicApp({ global: BAD_CONSUMER }));
    const named = report.score.losses.map(({ control }) => control).sort();
    const expected = [...withOutcome(report, 'fail'), ...withOutcome(report, 'low-risk')];
    expect(named).toEqual(expected.filter((id) => id !== 'SFCA-ECA-JWT-ACCESS-TOKENS').sort());
  });

  it('does not count what could not be read, and is missing where nothing could', () => {
    const blind = reportOf(machine({ unreadable: ['header', 'global', 'oauth', 'policies', 'general'] }));
    expect(blind.score.value).toBeUndefined();
    expect(blind.score.not_evaluated).toBeGreaterThan(20);
    expect(withOutcome(blind, 'fail')).toEqual([]);
    expect(withOutcome(blind, 'pass')).toEqual([]);
  });

  it('falls with each violation', () => {
    const values = [
      reportOf(machine()),
      reportOf(machine({ policies: { ipRelaxationPolicyType: 'Bypass' } })),
      reportOf(machine({ policies: { ipRelaxationPolicyType: 'Bypass' }, global: { isPkceRequired: false } })),
    ].map(({ score }) => score.value ?? 0);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(new Set(values).size).toBe(3);
  });

  it('of an org says how many apps lose points to a control', () => {
    const noPkce = { global: { isPkceRequired: false } };
    const apps = [privateApp(noPkce).app, publicApp(noPkce).app, machine().app];
    const { score } = checkAll(apps, { today: TODAY, org: org() });
    expect(score.losses).toContainEqual(
      expect.objectContaining({ control: 'SFCA-ECA-PKCE', outcome: 'fail', apps: 2 }),
    );
    expect(score.losses).toContainEqual(expect.objectContaining({ control: 'SFCA-ORG-OAUTH-FLOWS', apps: 1 }));
  });
});
