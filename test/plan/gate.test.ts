import { isGateFinding, violationDiagnostic, violationsOf } from '../../lib/plan/gate';
import type { ControlResult } from '../../lib/policy/report';
import type { Severity } from '../../lib/policy/severity';

const result = (outcome: ControlResult['outcome'], severity?: Severity, control = 'SFCA-ECA-PKCE'): ControlResult => ({
  control,
  title: 'PKCE',
  outcome,
  because: 'PKCE is not required.',
  conditions: [],
  observed: [],
  ...(severity && { severity }),
});

const standing = (before: ControlResult | undefined, after: ControlResult) => {
  const [found] = violationsOf(before && [before], [after], 'high');
  return found && [found.standing, found.blocks];
};

describe('the gate', () => {
  it('blocks a violation that a new app brings, from high on', () => {
    expect(standing(undefined, result('fail', 'critical'))).toEqual(['introduced', true]);
    expect(standing(undefined, result('fail', 'high'))).toEqual(['introduced', true]);
    expect(standing(undefined, result('fail', 'medium'))).toEqual(['introduced', false]);
  });

  it.each(['pass', 'not-applicable', 'low-risk', 'not-evaluated', 'justified'] as const)(
    'blocks a violation where it was %s before',
    (outcome) => expect(standing(result(outcome), result('fail', 'high'))).toEqual(['introduced', true]),
  );

  it('lets stay what was there and is no more severe, and blocks what becomes more severe', () => {
    expect(standing(result('fail', 'high'), result('fail', 'high'))).toEqual(['existing', false]);
    expect(standing(result('fail', 'critical'), result('fail', 'high'))).toEqual(['existing', false]);
    expect(standing(result('fail', 'medium'), result('fail', 'high'))).toEqual(['worsened', true]);
    expect(standing(result('fail', 'low'), result('fail', 'medium'))).toEqual(['worsened', false]);
  });

  it('lets pass what is excused, and what is only worth knowing', () => {
    expect(violationsOf(undefined, [result('justified', 'critical')], 'low')).toEqual([]);
    expect(violationsOf(undefined, [result('fail', 'high', 'SFCA-ECA-JWT-ACCESS-TOKENS')], 'low')).toEqual([]);
  });

  it('blocks nothing under none, but what nobody may excuse', () => {
    const [pkce] = violationsOf(undefined, [result('fail', 'critical')], 'none');
    const [secret] = violationsOf(undefined, [result('fail', 'high', 'SFCA-APP-PUBLIC-SECRET')], 'none');
    expect([pkce?.blocks, secret?.blocks]).toEqual([false, true]);
  });

  it('says what is wrong, how severe it is, whether the change brings it, and what to do', () => {
    const [violation] = violationsOf(undefined, [result('fail', 'high')], 'high');
    if (!violation) throw new Error('a violation was expected');
    const diagnostic = violationDiagnostic(violation, 'identity/prod/Portal');
    expect(diagnostic).toMatchObject({
      code: 'SFCA-ECA-PKCE',
      severity: 'error',
      problem: 'PKCE is not required (severity high; this change would introduce it)',
      remedy: expect.stringContaining("org.exempt(app, 'SFCA-ECA-PKCE'") as unknown,
    });
    expect(isGateFinding(diagnostic)).toBe(true);
    expect(isGateFinding({ ...diagnostic, code: 'app-stopped' })).toBe(false);
  });
});
