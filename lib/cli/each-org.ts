import { DEFAULT_API_VERSION } from '../metadata/api-version';
import type { Manifest } from '../metadata/manifest';
import type { Org } from '../org/org';
import { EXIT, type ExitCode } from './exit-code';
import { localNeeds } from './local-org';
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

/**
 * Does the work for each org in turn. An org that fails is reported and does not keep the others from theirs; its
 * exit code is among those given back. After an interrupt none is started.
 */
export async function eachOrg<T extends OrgTarget, R>(
  run: Run,
  targets: readonly T[],
  work: (target: T, org: Org) => Promise<R>,
): Promise<{ readonly results: readonly R[]; readonly codes: readonly ExitCode[] }> {
  const results: R[] = [];
  const codes: ExitCode[] = [];
  const { stop, signal } = run.interrupts;
  for (const target of targets) {
    if (stop.aborted) {
      run.io.stderr.write(`${target.org}: not started, because of the interrupt\n`);
      codes.push(signal.aborted ? EXIT.interrupted : EXIT.error);
      continue;
    }
    try {
      results.push(
        await work(target, await run.connections.open(target.org, target.manifest && localNeeds(target.manifest))),
      );
    } catch (error) {
      run.progress.clear();
      const code = reportError(error, run.io, target);
      codes.push(signal.aborted ? EXIT.interrupted : code);
    } finally {
      run.progress.clear();
    }
  }
  return { results, codes };
}
