import { DEFAULT_API_VERSION } from '../metadata/api-version';
import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import type { OrgPlan } from '../plan/plan';
import type { Diagnostic } from '../values/diagnostic';
import { EXIT, type ExitCode } from './exit-code';
import { localNeeds } from './local-org';
import { orgFailed, orgNotBegun } from './orgs-json';
import { reportError } from './report-error';
import type { Run } from './with-run';

/** An org to work on: its name, and the construct path that messages about it carry. */
export interface OrgTarget {
  readonly org: string;
  readonly path: string;
  readonly manifest?: Manifest;
}

/** Where no program says it, the newest version that this program knows well. */
export const apiVersionOf = (manifest: Manifest | undefined): number =>
  manifest?.org.api_version ?? DEFAULT_API_VERSION;

/** How many orgs are read at a time: they are other machines of Salesforce's; more would only press the network here. */
export const READ_AT_ONCE = 4;

interface Together<T, R> {
  /** How many orgs are worked on at a time. Default: one after the other. */
  readonly atOnce?: number;
  /** Whether one failed in a way that is no exception. Default: none did. */
  readonly hasFailed?: () => boolean;
  /** What stands for an org that failed or was not started. Default: nothing does. */
  readonly instead?: (target: T, failure: { readonly code: ExitCode; readonly error?: unknown }) => R;
}

/**
 * Does the work for each org. An org that fails is reported and does not keep the others from theirs; its exit code is
 * among those given back. Results come in the order of the targets. After an interrupt none is started,
 * and with --fail-fast none after a failure.
 */
export async function eachOrg<T extends OrgTarget, R>(
  run: Run,
  targets: readonly T[],
  work: (target: T, org: Org) => Promise<R>,
  { atOnce = 1, hasFailed = () => false, instead }: Together<T, R> = {},
): Promise<{ readonly results: readonly R[]; readonly codes: readonly ExitCode[] }> {
  const results: (readonly R[])[] = [];
  const codes: ExitCode[] = [];
  const { stop, signal } = run.interrupts;
  const failed = (target: T, code: ExitCode, error?: unknown): readonly R[] => {
    codes.push(code);
    return instead ? [instead(target, { code, error })] : [];
  };
  const notBegun = (target: T, why: string, code: ExitCode): void => {
    run.io.stderr.write(`${target.org}: ${why}\n`);
    orgNotBegun(run.io, target, why, code);
  };
  const one = async (target: T): Promise<readonly R[]> => {
    if (stop.aborted) {
      const code = signal.aborted ? EXIT.interrupted : EXIT.error;
      notBegun(target, 'not started, because of the interrupt', code);
      return failed(target, code);
    }
    if (run.flags.failFast && (codes.length > 0 || hasFailed())) {
      const why = 'not started, because another org failed before (--fail-fast)';
      notBegun(target, why, EXIT.error);
      return instead ? [instead(target, { code: EXIT.error, error: new Error(why) })] : [];
    }
    try {
      const org = await run.connections.open(target.org, target.manifest && localNeeds(target.manifest));
      return [await work(target, org)];
    } catch (error) {
      run.progress.clear();
      const errors: Diagnostic[] = [];
      const { onProblem } = run.io;
      const reported = reportError(
        error,
        { ...run.io, onProblem: (each) => (errors.push(each), onProblem?.(each)) },
        target,
      );
      const code = signal.aborted ? EXIT.interrupted : reported;
      orgFailed(run.io, target.org, code, errors);
      return failed(target, code, error);
    } finally {
      run.progress.clear();
    }
  };
  const left = [...targets.entries()];
  const worker = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, target] = next;
      results[index] = await one(target);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, targets.length) }, worker));
  return { results: results.flat(), codes };
}

/** With --fail-fast nothing is written to any org where one could not be planned, or was refused. */
export function isHeldBack(
  { io, flags }: Run,
  failed: boolean,
  fitting: readonly { readonly plan: Pick<OrgPlan, 'org' | 'path'> }[],
): boolean {
  if (!failed || flags.failFast !== true) return false;
  io.stderr.write('Nothing is written to any org, because one of them failed (--fail-fast).\n');
  for (const { plan } of fitting)
    orgNotBegun(io, plan, 'nothing is written to it, because another org failed (--fail-fast)');
  return true;
}
