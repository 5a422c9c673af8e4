import { z } from 'zod';

import { formatApiVersion } from '../metadata/api-version';
import type { Door } from './door';
import type { CallOptions, OrgCondition } from './org';
import { isOrgError, OrgError } from './org-error';
import { RUNNING_DEPLOYS } from './running-deploys';

const Queue = z.object({ done: z.boolean(), records: z.array(z.object({ Status: z.string() })) });
const Limits = z.object({ DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }) });

/** How the connection and the org do at the moment: two calls. What the org refuses is unknown, with its reason. */
export async function readCondition(
  door: Door,
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<OrgCondition> {
  const root = `/services/data/v${formatApiVersion(apiVersion)}`;
  const read = async <T, R>(what: string, path: string, shape: z.ZodType<T>, of: (value: T) => R) => {
    const call = { what, apiVersion, signal, mode: 'read', protocol: 'rest' } as const;
    try {
      const answer = shape.safeParse(await door.call(call, (api) => api.connection.requestGet(`${root}${path}`)));
      if (answer.success) return { known: of(answer.data) };
      throw new OrgError('answer', `Could not ${what}: the answer makes no sense`, 'try again later');
    } catch (error) {
      if (!isOrgError(error) || error.kind === 'aborted' || error.kind === 'login') throw error;
      return { unknown: error.message };
    }
  };
  const [apiRequests, deploys] = await Promise.all([
    read('read the limits of the org', '/limits', Limits, ({ DailyApiRequests: { Max, Remaining } }) => ({
      max: Max,
      remaining: Remaining,
    })),
    read(
      'look at the queue of deploys',
      `/tooling/query?q=${encodeURIComponent(RUNNING_DEPLOYS)}`,
      Queue,
      ({ records }) => ({
        pending: records.filter(({ Status: status }) => status === 'Pending').length,
        inProgress: records.filter(({ Status: status }) => status !== 'Pending').length,
      }),
    ),
  ]);
  const { clockSkewMs } = door;
  return { token: door.tokenFormat, ...(clockSkewMs !== undefined && { clockSkewMs }), apiRequests, deploys };
}
