import { sameId } from '../values/record-id';
import type { DeployStatus } from './deploy-answer';
import type { DeployQueued } from './deploy-types';
import type { Door } from './door';
import type { CallOptions } from './org';
import { isOrgError } from './org-error';
import { unfinishedDeploys } from './running-deploys';

/** Nearly every deploy waits for a moment. From this look on it is worth a call to know why, and each tenth look again. */
const ASK_FROM = 3;
const ASK_AGAIN = 10;

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
  try {
    const found = await unfinishedDeploys(door, apiVersion, { what: 'look for deploys ahead', signal, mode: 'once' });
    if (!found) return {};
    const others = found.filter((record) => !sameId(record.Id, id));
    const waiting = others.filter(({ Status: status }) => status === 'Pending').length;
    return { running: others.length - waiting, waiting };
  } catch (error) {
    if (!isOrgError(error)) throw error;
    return {};
  }
}
