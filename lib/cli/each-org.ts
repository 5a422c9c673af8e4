import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import type { Connections } from './connections';
import { EXIT, type ExitCode } from './exit-code';
import type { Io } from './io';
import type { Progress } from './progress';
import { reportError } from './report-error';

/** What a run of one command shares between its orgs. */
export interface Run {
  readonly io: Io;
  readonly connections: Connections;
  readonly progress: Progress;
  /** Stops at once. */
  readonly signal: AbortSignal;
}

/**
 * Does the work for each org in turn. An org that fails is reported and does not keep the others from theirs; its
 * exit code is among those given back.
 */
export async function eachOrg<T extends { readonly manifest: Manifest }, R>(
  run: Run,
  targets: readonly T[],
  work: (target: T, org: Org) => Promise<R>,
): Promise<{ readonly results: readonly R[]; readonly codes: readonly ExitCode[] }> {
  const results: R[] = [];
  const codes: ExitCode[] = [];
  for (const target of targets) {
    const { org } = target.manifest;
    try {
      results.push(await work(target, await run.connections.open(org.name)));
    } catch (error) {
      run.progress.clear();
      if (run.signal.aborted) return { results, codes: [...codes, interrupted(run, error, org.path)] };
      codes.push(reportError(error, run.io, org.path));
    } finally {
      run.progress.clear();
    }
  }
  return { results, codes };
}

function interrupted(run: Run, error: unknown, path: string): ExitCode {
  reportError(error, run.io, path);
  return EXIT.interrupted;
}
