import type { OrgPlan } from '../plan/plan';
import { isInSync, standingOf } from '../plan/standing';
import { type Diagnostic, isError } from '../values/diagnostic';

/** Exit codes of the command line tool; part of its public contract. */
export const EXIT = {
  ok: 0,
  error: 1,
  /** Drift, or changes where `plan --detailed-exitcode` asks for them. */
  changes: 2,
  /** What was to be denied or reported was found. */
  findings: 3,
  stalePlan: 4,
  /** Login refused, or the org cannot be reached. */
  unreachable: 5,
  /** A deploy was sent and its end is not known: the org may hold it, or still be at it. */
  unknownOutcome: 6,
  /** Interrupted twice. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const PRECEDENCE: readonly ExitCode[] = [
  EXIT.interrupted,
  EXIT.unknownOutcome,
  EXIT.error,
  EXIT.unreachable,
  EXIT.stalePlan,
  EXIT.findings,
  EXIT.changes,
];

/** The one that a run with several orgs ends with: 130 and 6 before 1, and 1 before 5, 4, 3, 2 and 0. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? EXIT.ok;
}

/**
 * What a look at an org ends with. An app that was compared and differs is drift, whatever keeps an apply from its repair;
 * deleted in the org is the strongest drift there is. Any other error is a failure to look.
 */
export function driftCode(plan: OrgPlan): ExitCode {
  const { differing, stopped } = standingOf(plan);
  const compared = new Set([...differing, ...stopped].map(({ path }) => path));
  const isDrift = ({ code, path }: Diagnostic): boolean => code === 'deleted-in-org' || compared.has(path);
  if (plan.diagnostics.some((found) => isError(found) && !isDrift(found))) return EXIT.error;
  return isInSync(plan) ? EXIT.ok : EXIT.changes;
}

/** Runs a command's work; the program itself knows nothing of exit codes. */
export type Dispatch = (work: () => Promise<ExitCode>) => Promise<void>;
