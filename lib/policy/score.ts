import type { Control } from './control';
import { controlById } from './controls';
import type { CheckReport, ControlResult, Loss, Score } from './report';
import { scoreWithin, type Severity, severityOf } from './severity';

/**
 * How much a control counts, by severity. A violation costs the whole weight; an excused one half of it, because the
 * risk was accepted and is still there; a low risk costs what a low severity weighs. What is not applicable or was not
 * evaluated does not count, and neither does advice.
 */
export const WEIGHTS: Readonly<Record<Severity, number>> = { critical: 10, high: 7, medium: 4, low: 1 };

interface Counted {
  readonly result: ControlResult;
  readonly weight: number;
  readonly lost: number;
}

const COUNTING: readonly ControlResult['outcome'][] = ['pass', 'fail', 'low-risk', 'justified'];

function count(result: ControlResult, control: Control): Counted {
  const usual = WEIGHTS[severityOf(scoreWithin(control.cvss, false, false))];
  const judged = result.outcome === 'low-risk' || result.severity === undefined ? usual : WEIGHTS[result.severity];
  const weight = Math.max(usual, judged);
  switch (result.outcome) {
    case 'fail':
      return { result, weight, lost: judged };
    case 'justified':
      return { result, weight, lost: judged / 2 };
    case 'low-risk':
      return { result, weight, lost: Math.min(WEIGHTS.low, weight) };
    default:
      return { result, weight, lost: 0 };
  }
}

function countAll(results: readonly ControlResult[]): readonly Counted[] {
  return results.flatMap((result) => {
    const control = controlById(result.control);
    if (!control || control.advisory || !COUNTING.includes(result.outcome)) return [];
    return [count(result, control)];
  });
}

/** The score of one app or org: each point lost names its control. */
export function scoreOf(results: readonly ControlResult[]): Score {
  const counted = countAll(results);
  const total = counted.reduce((sum, { weight }) => sum + weight, 0);
  const losses = counted
    .filter(({ lost }) => lost > 0)
    .map(({ result, lost }) => ({
      control: result.control,
      points: tenths((100 * lost) / total),
      outcome: result.outcome,
    }));
  return finish(losses, total, counted.length, unread(results));
}

/** The score over several apps and the org-wide settings: all weights in one pot, losses by control. */
export function combinedScore(reports: Iterable<CheckReport>): Score {
  const lost = new Map<string, { points: number; apps: number; outcome: ControlResult['outcome'] }>();
  let total = 0;
  let evaluated = 0;
  let notEvaluated = 0;
  for (const { results } of reports) {
    for (const { result, weight, lost: points } of countAll(results)) {
      total += weight;
      evaluated++;
      if (points === 0) continue;
      const key = `${result.control} ${result.outcome}`;
      const before = lost.get(key) ?? { points: 0, apps: 0, outcome: result.outcome };
      lost.set(key, { points: before.points + points, apps: before.apps + 1, outcome: result.outcome });
    }
    notEvaluated += unread(results);
  }
  const losses = [...lost].map(([key, { points, apps, outcome }]) => ({
    control: key.split(' ')[0] ?? key,
    points: tenths((100 * points) / total),
    outcome,
    apps,
  }));
  return finish(losses, total, evaluated, notEvaluated);
}

function finish(losses: readonly Loss[], total: number, evaluated: number, notEvaluated: number): Score {
  const sorted = [...losses].sort((a, b) => b.points - a.points || (a.control < b.control ? -1 : 1));
  const sum = sorted.reduce((all, { points }) => all + points, 0);
  return {
    // Rounding each loss must not push the sum past 100.
    ...(total > 0 && { value: Math.max(0, tenths(100 - sum)) }),
    losses: sorted,
    evaluated,
    not_evaluated: notEvaluated,
  };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

const unread = (results: readonly ControlResult[]): number =>
  results.filter(({ outcome }) => outcome === 'not-evaluated').length;
