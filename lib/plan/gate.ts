import { controlById } from '../policy/controls';
import type { ControlResult } from '../policy/report';
import { type FailOn, SEVERITIES } from '../policy/severity';
import { diagnoseOther } from '../values/diagnose';
import type { Diagnostic } from '../values/diagnostic';

/** What a change has to do with a violation that is there after it. */
export type Standing = 'introduced' | 'worsened' | 'existing';

/** A violation as a change leaves it. */
export interface Violation {
  readonly result: ControlResult;
  readonly standing: Standing;
  /** Of what the control objects to, what was not there before; empty where it objects to the setting as a whole. */
  readonly added: readonly string[];
  /** No front end makes the change while this stands. */
  readonly blocks: boolean;
}

/**
 * The one gate of every front end (D21): a change may leave a violation that was there, so that even the worst app can be
 * improved step by step and drift be undone; it may not bring one, nor make one more severe. A second bad callback URL is
 * another violation, although the same control finds it as severe as the first. What someone excused is no violation.
 * @param before What the controls say without the change; undefined where there is no app yet.
 */
export function violationsOf(
  before: readonly ControlResult[] | undefined,
  after: readonly ControlResult[],
  failOn: FailOn,
): readonly Violation[] {
  const known = new Map(before?.map((result) => [result.control, result]));
  return after
    .filter(({ outcome, control }) => outcome === 'fail' && controlById(control)?.advisory !== true)
    .map((result) => {
      const earlier = known.get(result.control);
      const added = addedTo(earlier, result);
      const standing = standingOf(earlier, result, added);
      return { result, standing, added, blocks: standing !== 'existing' && reaches(result, failOn) };
    });
}

/** What the control objects to now and did not before. */
function addedTo(before: ControlResult | undefined, { offenders = [] }: ControlResult): readonly string[] {
  if (before?.outcome !== 'fail') return [];
  const there = new Set(before.offenders);
  return offenders.filter((each) => !there.has(each));
}

function standingOf(before: ControlResult | undefined, after: ControlResult, added: readonly string[]): Standing {
  if (before?.outcome !== 'fail' || added.length > 0) return 'introduced';
  return rank(after) < rank(before) ? 'worsened' : 'existing';
}

const rank = ({ severity = 'low' }: ControlResult): number => SEVERITIES.indexOf(severity);

/** What no one may excuse in writing, no option lets pass either. */
function reaches(result: ControlResult, failOn: FailOn): boolean {
  if (controlById(result.control)?.exemptable === false) return true;
  return failOn !== 'none' && rank(result) <= SEVERITIES.indexOf(failOn);
}

const STANDINGS: Readonly<Record<Standing, string>> = {
  introduced: 'this change would introduce it',
  worsened: 'this change would make it worse',
  existing: 'it existed before and remains',
};

/** A violation in the words that every front end uses; an error where it blocks, else a warning. */
export function violationDiagnostic({ result, standing, added, blocks }: Violation, path: string): Diagnostic {
  const control = controlById(result.control);
  const seen = result.observed.find(({ state }) => state === 'value' || state === 'default');
  const excuse =
    control?.exemptable === false
      ? 'it cannot be exempted'
      : `or have it approved: org.exempt(app, '${result.control}', …)`;
  return diagnoseOther(result.control, {
    severity: blocks ? 'error' : 'warning',
    path,
    ...(seen && { field: seen.field }),
    problem: `${result.because.replace(/\.$/, '')} (severity ${result.severity ?? 'low'}; ${STANDINGS[standing]}${added.length > 0 ? `: ${added.join(', ')}` : ''})`,
    ...(seen?.value !== undefined && { value: seen.value }),
    ...(control && { allowed: control.recommended }),
    remedy: `${control?.remedy.code ?? 'correct the declaration'}; ${excuse}`,
    ...(control && { source: control.source }),
  });
}

/** True where the gate found the problem, and not a guard: the change is possible, and is not made. */
export const isGateFinding = ({ code }: Diagnostic): boolean => controlById(code) !== undefined;
