import { z } from 'zod';

import { formatApiVersion } from '../metadata/api-version';
import type { Call, Door } from './door';
import type { CallOptions, RunningDeploys } from './org';
import { isOrgError } from './org-error';

/** The Tooling API knows this object without documenting it: an org that refuses it leaves it unknown what runs. */
const RUNNING_DEPLOYS =
  "SELECT Id, Status, CheckOnly FROM DeployRequest WHERE Status IN ('Pending', 'InProgress', 'Canceling')";

const Deploy = z.object({ Id: z.string(), Status: z.string(), CheckOnly: z.boolean() });
const Answer = z.object({ records: z.array(Deploy) });

/** Deploys and validations, whoever sent them, that the org has not finished. Undefined: its answer makes no sense. @throws OrgError */
export async function unfinishedDeploys(
  door: Door,
  apiVersion: number,
  asking: Pick<Call, 'what' | 'mode' | 'signal'>,
): Promise<readonly z.infer<typeof Deploy>[] | undefined> {
  const call = { ...asking, apiVersion, protocol: 'rest' } as const;
  const path = `/services/data/v${formatApiVersion(apiVersion)}/tooling/query?q=${encodeURIComponent(RUNNING_DEPLOYS)}`;
  return Answer.safeParse(await door.call(call, (api) => api.connection.requestGet(path))).data?.records;
}

/** The deploys, whoever sent them, that the org has not finished; validations change nothing. */
export async function readRunningDeploys(
  door: Door,
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<RunningDeploys> {
  try {
    const found = await unfinishedDeploys(door, apiVersion, { what: 'look for running deploys', signal, mode: 'read' });
    if (!found) return { unknown: 'the answer of the org could not be understood' };
    return { ids: found.filter((record) => !record.CheckOnly).map(({ Id: id }) => id) };
  } catch (error) {
    if (!isOrgError(error) || error.kind === 'aborted' || error.kind === 'login') throw error;
    return { unknown: error.message };
  }
}
