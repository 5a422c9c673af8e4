import type { Manifest } from '../../metadata/manifest';
import { execute } from '../../operations/execute';
import { type OrgReading, readFactsAgain, readOrg } from '../../operations/read-org';
import { concernsSelf, withOwnUser } from '../../operations/read-own-user';
import { waitForDeploys } from '../../operations/resume';
import type { Org } from '../../org/org';
import { guardOrg } from '../../plan/guards/guard-org';
import type { Work } from '../../plan/phases';
import { type Diagnostic, isClientAppsError, isError } from '../../values/diagnostic';
import { situationOf } from './situation';

/** What a reading of the org lets a batch do. */
export interface Judged {
  readonly work: Work;
  /** Why something is not even tried, by path. */
  readonly refused: ReadonlyMap<string, readonly Diagnostic[]>;
}

export interface BatchDone {
  readonly before: OrgReading;
  /** The org afterward; undefined where it could not be read. */
  readonly after: OrgReading | undefined;
  /** Why what has this path was not done; undefined: it was. */
  readonly failed: (path: string) => readonly Diagnostic[] | undefined;
  /** What a person has to know about what was done. */
  readonly remarks: (path: string) => readonly Diagnostic[];
}

interface Executing {
  readonly org: Org;
  /** What the batch declares. */
  readonly manifest: Manifest;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The org as the batch before this one left it, read a moment ago. */
  readonly recent?: OrgReading | undefined;
  /** Another batch is likely to follow: what is read back is what that one begins with. */
  readonly more?: boolean;
}

/**
 * Reads the org, refuses what was not reviewed, deploys the rest in one go and reads back what was written. What
 * Salesforce refuses does not fail the others: they are deployed again without it.
 */
export async function executeBatch(
  { org, manifest, today, recent, more = false }: Executing,
  judge: (before: OrgReading) => Judged,
): Promise<BatchDone> {
  // Of an apply that was killed, or of someone else: ours would wait for them as well, after it has read.
  const waited = await waitForDeploys({ org, apiVersion: manifest.org.api_version });
  const judged = async (read: OrgReading) => {
    const before = concernsSelf(manifest, read) ? await withOwnUser(org, read) : read;
    const blocked = guardOrg(situationOf(manifest, before, today, {})).filter(isError);
    return { before, blocked, ...judge(before) };
  };
  const known =
    recent && waited.length === 0 && (await judged(await readFactsAgain({ org, before: recent, manifest })));
  // What was read for another batch may let this one go on, but refuses nothing: what is missing may be there by now.
  const isGood = known && known.blocked.length === 0 && known.refused.size === 0;
  const { before, blocked, work, refused } = isGood
    ? known
    : await judged(await readOrg(org, manifest, { others: true }));
  const none = (problems: readonly Diagnostic[]): BatchDone => ({
    before,
    after: before,
    failed: (path) => refused.get(path) ?? problems,
    remarks: () => [],
  });
  if (blocked.length > 0) return none(blocked);
  try {
    const done = await execute(work, {
      org,
      manifest,
      before,
      onRefusal: 'drop',
      readBack: more ? 'whole' : 'written',
    });
    const { phases, problems } = done.outcome;
    // One deploy is in doubt as a whole.
    const open = phases.every(({ state }) => state === 'done') ? undefined : problems;
    return {
      before,
      after: done.after,
      failed: (path) => refused.get(path) ?? done.dropped.get(path) ?? open,
      remarks: (path) => done.remarks.filter((each) => each.path === path || each.path === manifest.org.path),
    };
  } catch (error) {
    if (!isClientAppsError(error)) throw error;
    return none(error.diagnostics);
  }
}
