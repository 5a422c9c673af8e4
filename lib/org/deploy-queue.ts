import { z } from 'zod';

import { formatApiVersion } from '../metadata/api-version';
import { sameId } from '../values/record-id';
import type { DeployStatus } from './deploy-answer';
import type { DeployQueued } from './deploy-types';
import type { Door } from './door';
import type { CallOptions } from './org';
import { isOrgError } from './org-error';
import { RUNNING_DEPLOYS } from './running-deploys';

/** Nearly every deploy waits for a moment. From this look on it is worth a call to know why, and each tenth look again. */
const ASK_FROM = 3;
const ASK_AGAIN = 10;

const Answer = z.object({ records: z.array(z.object({ Id: z.string(), Status: z.string() })) });

/** Says of each look at a deploy since when it waits in the queue of the org, and for how many; undefined once it runs. */
export function queueWatch(
  door: Door,
  id: string,
  apiVersion: number,
  options: CallOptions,
): (now: DeployStatus) => Promise<DeployQueued | undefined> {
  let looks = 0;
  let others: Pick<DeployQueued, 'running' | 'waiting'> = {};
  return async ({ status, createdDate }) => {
    if (status !== 'Pending') return undefined;
    looks += 1;
    if (looks % ASK_AGAIN === ASK_FROM) others = await othersIn(door, id, apiVersion, options);
    return { ...(createdDate !== '' && { since: createdDate }), ...others };
  };
}

/** Validations hold the queue up, too. Whatever keeps the org from telling changes nothing about the deploy. */
async function othersIn(
  door: Door,
  id: string,
  apiVersion: number,
  { signal }: CallOptions,
): Promise<Pick<DeployQueued, 'running' | 'waiting'>> {
  const call = { what: 'look for deploys ahead', apiVersion, signal, mode: 'once', protocol: 'rest' } as const;
  const path = `/services/data/v${formatApiVersion(apiVersion)}/tooling/query?q=${encodeURIComponent(RUNNING_DEPLOYS)}`;
  try {
    const answer = Answer.safeParse(await door.call(call, (api) => api.connection.requestGet(path)));
    const others = (answer.data?.records ?? []).filter((record) => !sameId(record.Id, id));
    const waiting = others.filter(({ Status: status }) => status === 'Pending').length;
    return answer.success ? { running: others.length - waiting, waiting } : {};
  } catch (error) {
    if (!isOrgError(error)) throw error;
    return {};
  }
}
