import type { CheckFacts } from '../../../lib/policy/control';
import { controlById } from '../../../lib/policy/controls';
import { indexExceptions } from '../../../lib/policy/exceptions';
import type { OrgPosture } from '../../../lib/policy/posture';
import type { ControlResult } from '../../../lib/policy/report';
import {
  type Case,
  connectedApp,
  excuse,
  installed,
  judgeOrg,
  machine,
  oauthConfig,
  org,
  privateApp,
  publicApp,
  reportOf,
  resultOf,
  TODAY,
  withExceptions,
} from '../support';
import { IMPOSSIBLE, type Situation, SITUATIONS } from './situations';

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
    situations(id, cases, appsFor(id), (given) => resultOf(reportOf(given), id));
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
  const { fails, passes, notEvaluated } = cases;
  describeOrgCases(id, {
    ...(fails && { fails: bare(fails) }),
    ...(passes && { passes: bare(passes) }),
    notEvaluated: bare(notEvaluated),
  });
}

/** An org, and what was read of it beside metadata. */
interface OrgCase {
  readonly posture: OrgPosture;
  readonly facts?: CheckFacts;
}

const bare = (group: Named<OrgPosture>): Named<OrgCase> =>
  Object.fromEntries(Object.entries(group).map(([name, posture]) => [name, { posture }]));

/** The same for one that also judges who uses the org. */
export function describeOrgCases(id: string, cases: Cases<OrgCase>): void {
  const judge: Judge<OrgCase> = ({ posture, facts }, more) =>
    resultOf(judgeOrg(posture, { ...(facts && { facts }), ...more }), id);
  const orgs = ORGS.map((posture): OrgCase => ({ posture, facts: Object.values(cases.notEvaluated)[0]?.facts ?? {} }));
  describe(id, () => {
    situations(id, cases, orgs, (given) => judge(given));
    outcomes(cases, judge);
    excuses(id, cases, () => undefined, judge);
  });
}

/** None of these may come to what is said to be impossible. */
const APPS: readonly Case[] = [
  privateApp(),
  publicApp(),
  machine(),
  installed(),
  privateApp({ absent: ['global', 'oauth', 'policies'] }),
  privateApp({ oauth: { commaSeparatedCustomScopes: ['Orders'], commaSeparatedOauthScopes: ['Full'] } }),
  publicApp({ plugins: ['Saml', 'Mobile', 'Push'].map((name) => `ExtlClntApp${name}Settings:FieldApp`) }),
  machine({ unreadable: ['header', 'global', 'oauth', 'policies', 'general'] }),
  connectedApp('', 'private'),
  connectedApp(oauthConfig(), 'machine'),
];
const appsFor = (id: string): readonly Case[] => {
  const control = controlById(id);
  return APPS.filter(({ app }) => control?.level === 'app' && control.appliesTo.includes(app.platform));
};
const ORGS: readonly OrgPosture[] = [org(), org({ isPkceRequired: true }), org({}, true)];

/** Every control has a case for every situation, or a reason why there can be none, which is tried out. */
function situations<T>(id: string, cases: Cases<T>, any: readonly T[], judge: Judge<T>): void {
  const given: Readonly<Record<Situation, Named<T>>> = {
    violates: { ...cases.fails, ...cases.lowRisk },
    complies: cases.passes ?? {},
    'not applicable': cases.notApplicable ?? {},
    unreadable: cases.notEvaluated,
  };
  const impossible = IMPOSSIBLE[id] ?? {};

  it('is tested in every situation that there is', () => {
    const has = (situation: Situation): boolean => Object.keys(given[situation]).length > 0;
    expect(SITUATIONS.filter(has)).toEqual(SITUATIONS.filter((situation) => !(situation in impossible)));
  });

  if (Object.keys(impossible).length === 0) return;
  it(`never comes to anything else: ${[...new Set(Object.values(impossible))].join('; ')}`, () => {
    const outcomes = new Set(any.map((each) => judge(each).outcome));
    for (const situation of Object.keys(impossible) as Situation[]) {
      for (const outcome of OUTCOMES[situation]) expect([...outcomes]).not.toContain(outcome);
    }
  });
}

const OUTCOMES: Readonly<Record<Situation, readonly ControlResult['outcome'][]>> = {
  violates: ['fail', 'low-risk', 'justified'],
  complies: ['pass'],
  'not applicable': ['not-applicable'],
  unreadable: ['not-evaluated'],
};

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
