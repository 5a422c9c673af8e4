import type { Known } from '../org/org';

export type Verdict = 'ok' | 'warning' | 'failed' | 'not evaluated';

/** What one check found. */
export interface Finding {
  readonly verdict: Verdict;
  readonly found: string;
  /** What to do; with everything but `ok`. */
  readonly fix?: string;
}

/** One line of the answer. */
export interface CheckResult extends Finding {
  readonly check: string;
  readonly title: string;
}

/** One check: a name that never changes, its title, and a pure function over what was read. */
export interface Check<T> {
  readonly id: string;
  readonly title: string;
  readonly judge: (facts: T) => Finding;
}

export const ok = (found: string): Finding => ({ verdict: 'ok', found });
export const warning = (found: string, fix: string): Finding => ({ verdict: 'warning', found, fix });
export const failed = (found: string, fix: string): Finding => ({ verdict: 'failed', found, fix });
export const notEvaluated = (found: string, fix: string): Finding => ({ verdict: 'not evaluated', found, fix });

const ORDER: readonly Verdict[] = ['failed', 'warning', 'not evaluated', 'ok'];

/** The gravest of several findings about one thing, with the words of all. */
export function together(findings: readonly Finding[]): Finding {
  const verdict = ORDER.find((each) => findings.some((finding) => finding.verdict === each)) ?? 'ok';
  const fixes = [...new Set(findings.flatMap(({ fix }) => fix ?? []))];
  return {
    verdict,
    found: findings.map(({ found }) => found).join('; '),
    ...(fixes.length > 0 && { fix: fixes.join('; ') }),
  };
}

/** Judges a fact that is known; one that is not is not evaluated. */
export const ofKnown = <T>(fact: Known<T>, fix: string, judge: (value: T) => Finding): Finding =>
  'known' in fact ? judge(fact.known) : notEvaluated(fact.unknown, fix);

export const examine = <T>(checks: readonly Check<T>[], facts: T): readonly CheckResult[] =>
  checks.map(({ id, title, judge }) => ({ check: id, title, ...judge(facts) }));
