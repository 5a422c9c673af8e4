import { z } from 'zod';

import { formatApiVersion } from '../metadata/api-version';
import type { Door } from './door';
import type { CallOptions, OrgCondition } from './org';
import { isOrgError, OrgError } from './org-error';
import { unfinishedDeploys } from './running-deploys';

const Limits = z.object({ DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }) });

/** How the connection and the org do at the moment: two calls. What the org refuses is unknown, with its reason. */
export async function readCondition(
  door: Door,
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<OrgCondition> {
  const known = async <R>(what: string, ask: () => Promise<R | undefined>) => {
    try {
      const answer = await ask();
      if (answer !== undefined) return { known: answer };
      throw new OrgError('answer', `Could not ${what}: the answer is not valid`, 'try again later');
    } catch (error) {
      if (!isOrgError(error) || error.kind === 'aborted' || error.kind === 'login') throw error;
      return { unknown: error.message };
    }
  };
  const limits = { what: 'read the limits of the org', apiVersion, signal, mode: 'read', protocol: 'rest' } as const;
  const queue = { what: 'look at the queue of deploys', signal, mode: 'read' } as const;
  const [apiRequests, deploys] = await Promise.all([
    known(limits.what, async () => {
      const path = `/services/data/v${formatApiVersion(apiVersion)}/limits`;
      const answer = Limits.safeParse(await door.call(limits, (api) => api.connection.requestGet(path))).data;
      return answer && { max: answer.DailyApiRequests.Max, remaining: answer.DailyApiRequests.Remaining };
    }),
    known(queue.what, async () => {
      const running = await unfinishedDeploys(door, apiVersion, queue);
      const pending = running?.filter(({ Status: status }) => status === 'Pending').length ?? 0;
      return running && { pending, inProgress: running.length - pending };
    }),
  ]);
  const { clockSkewMs } = door;
  return { token: door.tokenFormat, ...(clockSkewMs !== undefined && { clockSkewMs }), apiRequests, deploys };
}
