import type { Manifest } from '../metadata/manifest';
import { isOrgError } from '../org/org-error';
import { preflight } from '../org/preflight';
import { type Phase, planPhases, type Work } from '../plan/phases';
import { ClientAppsError, type Diagnostic, isClientAppsError, isError } from '../values/diagnostic';
import { changedKeys, notReadBack } from './apply-remarks';
import { createdApps } from './deploy-apps';
import type { Deploying } from './deploy-phase';
import { deployPhases, type Outcome } from './deploy-phases';
import { touchedBy } from './plan-org';
import { type OrgReading, readMetadataAgain } from './read-org';
import { readWritten } from './read-written';

export interface Execution extends Omit<Deploying, 'checkOnly'> {
  /** The org as the work was planned from it: no one reads it again before the first deploy. */
  readonly before: OrgReading;
  /**
   * What happens where Salesforce refuses a part of a deploy that is the first to write. `abort`: nothing is written.
   * `drop`: what it refuses is left out, and the rest is deployed.
   */
  readonly onRefusal: 'abort' | 'drop';
  /** Called once, just before the first deploy: until then nothing can have changed the org. */
  readonly onWriting?: () => void;
  /** Ends orderly: the deploy under way is finished and recorded, no further one is started. */
  readonly stop?: AbortSignal;
  /**
   * What is read back. `written`: what these deploys wrote. `whole`: all apps, settings and records, for someone who is
   * about to write more. Default: `written`.
   */
  readonly readBack?: 'written' | 'whole';
  /** What an apply that was cut off has opened for these apps. */
  readonly openedBefore?: Phase | undefined;
}

export interface Executed {
  readonly outcome: Outcome;
  /** Why something was left out, by the path of what it was. */
  readonly dropped: ReadonlyMap<string, readonly Diagnostic[]>;
  /** The org afterward; undefined where it could not be read. */
  readonly after: OrgReading | undefined;
  /** Consumer keys that changed, or why nothing could be read back. */
  readonly remarks: readonly Diagnostic[];
}

/**
 * Carries out what was planned, for the command line and for Terraform alike: the user's own permissions, the deploys in
 * their order, and a reading of what they wrote. The caller has judged the work: it is neither stale nor without consent.
 * @throws ClientAppsError or OrgError where the org is as it was, and nothing is in doubt.
 */
export async function execute(work: Work, execution: Execution): Promise<Executed> {
  const { before, manifest, onEvent, onRefusal, onWriting } = execution;
  const nothing: Outcome = { phases: [], problems: [] };
  const dropped = new Map<string, readonly Diagnostic[]>();
  let phases = planPhases(work);
  if (phases.length === 0) return { outcome: nothing, dropped, after: before, remarks: [] };
  const own = preflight(before.facts, manifest.org.path, touchedBy(work));
  if (own.some(isError)) throw new ClientAppsError('REFUSED', own.filter(isError));
  for (const diagnostic of own) onEvent?.({ kind: 'warning', diagnostic });
  onWriting?.();
  let left = work;
  while (phases.length > 0) {
    try {
      const created = createdApps(left.apps.map(({ plan }) => plan));
      const outcome = await deployPhases(phases, { ...execution, created });
      const written = outcome.phases.map(({ phase }) => phase);
      return { outcome, dropped, ...(await readBack(written, outcome, execution)) };
    } catch (error) {
      if (onRefusal === 'abort' || !isRefusal(error)) throw error;
      for (const [path, problems] of blame(error.diagnostics, left, manifest)) dropped.set(path, problems);
      left = without(left, dropped);
      phases = planPhases(left);
    }
  }
  return { outcome: nothing, dropped, after: before, remarks: [] };
}

const isRefusal = (error: unknown): error is ClientAppsError =>
  isClientAppsError(error) && (error.code === 'DEPLOY_FAILED' || error.code === 'STALE_PLAN');

/** Who is to blame for a refused deploy, by the problems that name it; all of it where they name nothing. */
function blame(
  problems: readonly Diagnostic[],
  work: Work,
  { org }: Manifest,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const paths = new Set([
    ...work.apps.filter(({ writes }) => writes.length > 0).map(({ plan }) => plan.path),
    ...work.items.map(({ plan }) => plan.path),
    ...work.deletes.map(({ path }) => path),
  ]);
  const named = [...paths].filter((path) => problems.some((problem) => problem.path === path));
  // What became of the whole concerns each of them; that the whole failed is said by its own problem.
  const shared = problems.filter(({ path, code }) => path === org.path && code !== 'deploy-failed');
  if (named.length === 0) return new Map([...paths].map((path) => [path, problems]));
  return new Map(named.map((path) => [path, [...problems.filter((problem) => problem.path === path), ...shared]]));
}

const without = ({ apps, items, deletes }: Work, dropped: ReadonlyMap<string, unknown>): Work => ({
  apps: apps.filter(({ plan }) => !dropped.has(plan.path)),
  items: items.filter(({ plan }) => !dropped.has(plan.path)),
  deletes: deletes.filter(({ path }) => !dropped.has(path)),
});

/** What was deployed must be recorded, also when no one can look at it now. */
async function readBack(
  phases: readonly Phase[],
  outcome: Outcome,
  { org, before, manifest, onEvent, signal, readBack: extent = 'written' }: Execution,
): Promise<Pick<Executed, 'after' | 'remarks'>> {
  onEvent?.({ kind: 'step', message: `reading back ${manifest.org.name}` });
  try {
    const options = { manifest, ...(signal && { signal }) };
    const after =
      extent === 'whole'
        ? await readMetadataAgain({ org, before, ...options })
        : await readWritten(org, before, phases, options);
    return { after, remarks: changedKeys(manifest, before, after) };
  } catch (error) {
    if (!isOrgError(error)) throw error;
    // Whoever no longer waits knows that already.
    const isExplained = signal?.aborted && outcome.problems.length > 0;
    return { after: undefined, remarks: isExplained ? [] : [notReadBack(manifest.org.path, error)] };
  }
}
