import { z } from 'zod';

import { formatApiVersion } from '../metadata/api-version';
import type { Door } from './door';
import type { CallOptions, RunningDeploys } from './org';
import { isOrgError } from './org-error';

/** The Tooling API knows this object without documenting it: an org that refuses it leaves it unknown what runs. */
export const RUNNING_DEPLOYS =
  "SELECT Id, Status, CheckOnly FROM DeployRequest WHERE Status IN ('Pending', 'InProgress', 'Canceling')";

const Answer = z.object({ records: z.array(z.object({ Id: z.string(), CheckOnly: z.boolean() })) });

/** The deploys, whoever sent them, that the org has not finished; validations change nothing. */
export async function readRunningDeploys(
  door: Door,
  apiVersion: number,
  { signal }: CallOptions = {},
): Promise<RunningDeploys> {
  const call = { what: 'look for running deploys', apiVersion, signal, mode: 'read', protocol: 'rest' } as const;
  const path = `/services/data/v${formatApiVersion(apiVersion)}/tooling/query?q=${encodeURIComponent(RUNNING_DEPLOYS)}`;
  try {
    const answer = Answer.safeParse(await door.call(call, (api) => api.connection.requestGet(path)));
    if (!answer.success) return { unknown: 'the answer of the org could not be understood' };
    return { ids: answer.data.records.filter((record) => !record.CheckOnly).map(({ Id: id }) => id) };
  } catch (error) {
    if (!isOrgError(error) || error.kind === 'aborted' || error.kind === 'login') throw error;
    return { unknown: error.message };
  }
}
