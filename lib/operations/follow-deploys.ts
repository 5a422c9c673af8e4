import type { CallOptions, DeployStanding, Org, RunningDeploys } from '../org/org';

/** A deploy whose end no one has seen. */
interface Sent {
  /** Absent where the answer that names it was not seen, or it was never sent. */
  readonly id?: string;
}

/** How the org stands about deploys whose end no one has seen. */
export interface Followed<D extends Sent> {
  /** By the ids of the deploys. */
  readonly standing: ReadonlyMap<string, DeployStanding>;
  /** What runs in the org; absent where every deploy has an id, so that no one asked. */
  readonly queue?: RunningDeploys;
  /** Still running in the org. */
  readonly running: readonly (D & { readonly id: string })[];
}

interface Asking extends CallOptions {
  readonly org: Org;
  readonly apiVersion: number;
}

/**
 * Asks the org about deploys that were announced: by their ids, and where the id of one was never seen about all that
 * run, as it is among those or it is over. Sends nothing.
 * @param follow Asks about one of them, and waits for its end where that is wanted.
 * @throws OrgError
 */
export async function followDeploys<D extends Sent>(
  open: readonly D[],
  { org, apiVersion, signal }: Asking,
  follow: (id: string, deploy: D) => Promise<DeployStanding>,
): Promise<Followed<D>> {
  const standing = new Map<string, DeployStanding>();
  for (const deploy of open) if (deploy.id !== undefined) standing.set(deploy.id, await follow(deploy.id, deploy));
  const unnamed = open.find(({ id }) => id === undefined);
  const queue = unnamed && (await org.runningDeploys(apiVersion, { ...(signal && { signal }) }));
  const others = unnamed && queue && 'ids' in queue ? queue.ids.map((id) => ({ ...unnamed, id })) : [];
  for (const other of others) standing.set(other.id, await follow(other.id, other));
  const named = open.flatMap((deploy) => (deploy.id === undefined ? [] : [{ ...deploy, id: deploy.id }]));
  const running = [...named, ...others].filter(({ id }) => standing.get(id)?.status === 'running');
  return { standing, running, ...(queue && { queue }) };
}
