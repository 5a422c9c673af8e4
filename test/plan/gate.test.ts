import { isGateFinding, violationDiagnostic, violationsOf } from '../../lib/plan/gate';
import type { ControlResult } from '../../lib/policy/report';
import type { Severity } from '../../lib/policy/severity';
import { diagnose } from '../../lib/values/diagnose';
import { privateApp, reportOf } from '../policy/support';

const result = (
  outcome: ControlResult['outcome'],
  severity?: Severity,
  control: ControlResult['control'] = 'SFCA-ECA-PKCE',
): ControlResult => ({
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

  describe('of a control that finds several things', () => {
    const urls = (severity: Severity, ...offenders: readonly string[]): ControlResult => ({
      ...result('fail', severity, 'SFCA-APP-CALLBACK-URLS'),
      offenders,
    });
    const [first, second] = ['http://a.example/cb', 'https://webhook.site/b'];

    it('blocks a second one that is as bad as the first', () => {
      expect(standing(urls('high', first), urls('high', first, second))).toEqual(['introduced', true]);
    });

    it('blocks another one in the place of the first', () => {
      expect(standing(urls('high', first), urls('high', second))).toEqual(['introduced', true]);
    });

    it('lets one of them go, and the order change', () => {
      expect(standing(urls('high', first, second), urls('high', second))).toEqual(['existing', false]);
      expect(standing(urls('high', first, second), urls('high', second, first))).toEqual(['existing', false]);
    });

    const found = (callbackUrl: readonly string[]) =>
      reportOf(privateApp({ global: { callbackUrl: [...callbackUrl] } })).results;
    const selfAuthorized = (...commaSeparatedOauthScopes: string[]) =>
      reportOf(
        privateApp({
          oauth: { commaSeparatedOauthScopes },
          policies: { permittedUsersPolicyType: 'AllSelfAuthorized' },
        }),
      ).results;

    it.each([
      ['a callback URL that shares a fault with the one there', found([first]), found([first, second]), [second]],
      ['a callback URL under the query of another', found([`${first}?a`]), found([`${first}?a`, `${first}?b`]), []],
      ['a scope that opens more', selfAuthorized('Api'), selfAuthorized('Api', 'Pardot'), ['Pardot']],
      ['a scope that opens nothing', selfAuthorized('Api'), selfAuthorized('Api', 'OpenID'), []],
      ['one scope fewer', selfAuthorized('Api', 'Pardot'), selfAuthorized('Api'), []],
    ])('tells, by the controls themselves: %s', (_, before, after, added) => {
      const violations = violationsOf(before, after, 'medium');
      expect(violations.flatMap((each) => each.added)).toEqual(added);
      expect(violations.some(({ blocks }) => blocks)).toBe(added.length > 0);
    });

    it('blocks those that were there and became more severe', () => {
      expect(standing(urls('medium', first), urls('high', first))).toEqual(['worsened', true]);
    });

    it('blocks no second one below the severity that blocks', () => {
      expect(standing(urls('medium', first), urls('medium', first, second))).toEqual(['introduced', false]);
    });

    it('names what the change adds, and nothing else', () => {
      const [violation] = violationsOf([urls('high', first)], [urls('high', first, second)], 'high');
      if (!violation) throw new Error('a violation was expected');
      expect(violationDiagnostic(violation, 'identity/prod/Portal').problem).toMatch(
        /this change would introduce it: https:\/\/webhook\.site\/b\)$/,
      );
    });
  });

  it('lets pass what is excused, and what is only worth knowing', () => {
    expect(violationsOf(undefined, [result('justified', 'critical')], 'low')).toEqual([]);
    expect(violationsOf(undefined, [result('fail', 'high', 'SFCA-ECA-JWT-ACCESS-TOKENS')], 'low')).toEqual([]);
  });

  it('blocks nothing under none, but what no one may excuse', () => {
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
    expect(isGateFinding(diagnose('app-stopped', { path: 'p' }, { app: 'Portal' }))).toBe(false);
  });
});
