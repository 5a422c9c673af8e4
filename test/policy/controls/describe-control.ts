import { controlById } from '../../../lib/policy/controls';
import { indexExceptions } from '../../../lib/policy/exceptions';
import type { OrgPosture } from '../../../lib/policy/posture';
import type { ControlResult } from '../../../lib/policy/report';
import { excuse, judgeOrg, reportOf, resultOf, TODAY, withExceptions, type Case } from '../support';

type Named<T> = Readonly<Record<string, T>>;

/** Cases by sentence. The sentence completes the outcome: "fails where …". */
interface Cases<T> {
  readonly fails?: Named<T>;
  readonly lowRisk?: Named<T>;
  readonly passes?: Named<T>;
  readonly notApplicable?: Named<T>;
  /** Something that the control needs could not be read. */
  readonly notEvaluated: Named<T>;
}

type Judge<T> = (given: T, more?: ReturnType<typeof withExceptions>) => ControlResult;

/** Every control of an app is tested for the same situations; each test names its own. */
export function describeControl(id: string, cases: Cases<Case>): void {
  describe(id, () => {
    outcomes(cases, (given, more) => resultOf(reportOf(given, more), id));
    excuses(
      id,
      cases,
      (given) => given.app.apiName,
      (given, more) => resultOf(reportOf(given, more), id),
    );
  });
}

/** The same for a control of the org-wide settings. */
export function describeOrgControl(id: string, cases: Cases<OrgPosture>): void {
  describe(id, () => {
    outcomes(cases, (given, more) => resultOf(judgeOrg(given, more), id));
    excuses(
      id,
      cases,
      () => undefined,
      (given, more) => resultOf(judgeOrg(given, more), id),
    );
  });
}

function outcomes<T>(cases: Cases<T>, judge: Judge<T>): void {
  const situations = [
    ['fails', 'fail', cases.fails],
    ['is low risk', 'low-risk', cases.lowRisk],
    ['passes', 'pass', cases.passes],
    ['is not applicable', 'not-applicable', cases.notApplicable],
    ['is not evaluated', 'not-evaluated', cases.notEvaluated],
  ] as const;
  for (const [words, outcome, named] of situations) {
    for (const [sentence, given] of Object.entries(named ?? {})) {
      it(`${words} where ${sentence}`, () => {
        const result = judge(given);
        expect({ outcome: result.outcome, because: result.because }).toEqual({
          outcome,
          because: expect.stringMatching(/\S{2,}.*\S/s),
        });
        expect(result.severity !== undefined).toBe(outcome === 'fail' || outcome === 'low-risk');
      });
    }
  }
}

function excuses<T>(id: string, cases: Cases<T>, appOf: (given: T) => string | undefined, judge: Judge<T>): void {
  const violation = Object.values(cases.fails ?? cases.lowRisk ?? {})[0];
  if (violation === undefined) return;
  const control = controlById(id);
  const usual = judge(violation).outcome;
  const exception = excuse(appOf(violation), id);

  if (control?.exemptable === false) {
    it('cannot be excused by anybody', () => {
      expect(judge(violation, withExceptions([exception])).outcome).toBe(usual);
      expect(indexExceptions([exception], TODAY).problems).toEqual([
        expect.objectContaining({ code: 'exception-not-allowed', severity: 'error' }),
      ]);
    });
    return;
  }
  if (control?.advisory) {
    it('is advice, which needs no excuse', () => {
      expect(judge(violation, withExceptions([exception])).outcome).toBe('low-risk');
    });
    return;
  }
  it('is justified where somebody answered for the violation', () => {
    expect(judge(violation, withExceptions([exception]))).toMatchObject({
      outcome: 'justified',
      exception: { approved_by: 'security@acme.example', expires: '2026-12-31' },
    });
  });

  it('is justified through the last day and not a day longer', () => {
    expect(judge(violation, withExceptions([exception], '2026-12-31')).outcome).toBe('justified');
    const index = indexExceptions([exception], '2027-01-01');
    expect(judge(violation, { today: TODAY, exceptions: index }).outcome).toBe(usual);
    expect(index.problems).toEqual([expect.objectContaining({ code: 'justification-expired', severity: 'error' })]);
  });
}
