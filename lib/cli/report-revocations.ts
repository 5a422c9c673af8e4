import type { Org } from '../org/org';
import type { OrgTarget } from './each-org';
import type { OrgFlags } from './flags';
import { report } from './report-error';
import { lookForRevocations, readAnnounced } from './unfinished-work';
import type { Run } from './with-run';

interface About {
  readonly target: OrgTarget;
  readonly org: Org;
  /** Label or API name. */
  readonly app: string;
}

/**
 * Says which revocations of the app were cut off, and how the org stands about them; gives what looks again once more is
 * revoked. Where none was, that costs no call.
 */
export async function reportRevocations(
  run: Run,
  flags: OrgFlags,
  { target, org, app }: About,
): Promise<() => Promise<void>> {
  const { revocations } = readAnnounced(run.io, flags);
  const look = async () => {
    if (revocations.length === 0) return [];
    const { orgId } = await org.identify({ user: false, signal: run.interrupts.signal });
    return lookForRevocations(run, { revocations }, { org, orgId, orgName: target.org, path: target.path }, app);
  };
  const found = await look();
  run.progress.clear();
  report(found, run.io);
  return async () => {
    if (found.length > 0) await look();
  };
}
