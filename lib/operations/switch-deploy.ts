import type { Files } from '../metadata/package/zip';
import type { CallOptions, DeployStanding, Org } from '../org/org';
import { isOrgError } from '../org/org-error';
import { type Diagnostic, isClientAppsError } from '../values/diagnostic';
import { deployNow } from './deploy-now';
import { followDeploys, type Followed } from './follow-deploys';
import type { StopChange, UnderWay } from './stop-receipt';
import type { OnEvent } from './types';

/** A deploy that switches an app off or on. */
export interface SwitchDeploy extends CallOptions {
  readonly org: Org;
  readonly apiVersion: number;
  readonly verb: UnderWay['verb'];
  /** ISO time at which the run began. */
  readonly begun?: string | undefined;
  /** Keeps what is under way. What it throws before the deploy is sent keeps it from being sent. */
  readonly keep?: ((change: StopChange) => void) | undefined;
  /** What is kept again where nothing comes of it. */
  readonly former: StopChange;
  readonly refused: (reason: string) => Diagnostic;
}

/**
 * Sends one deploy of a stop or a start, which is announced before, and known by its id as soon as there is one. Where the
 * org refuses it nothing is under way any more; where its end is not known it stays announced (D31).
 * @throws ClientAppsError DEPLOY_FAILED; OrgError.
 */
export async function deploySwitch(change: StopChange, files: Files, deploying: SwitchDeploy): Promise<void> {
  const { org, apiVersion, verb, begun, keep, former, refused, signal } = deploying;
  const announced: StopChange = { ...change, under_way: { verb, ...(begun !== undefined && { begun }) } };
  const note = (next: StopChange): void => {
    try {
      keep?.(next);
    } catch {
      // It is under way: no file may end that.
    }
  };
  keep?.(announced);
  try {
    await deployNow(
      org,
      { files, apiVersion },
      {
        ...(signal && { signal }),
        onAccepted: (deploy) => note({ ...announced, under_way: { verb, ...announced.under_way, deploy } }),
        onSendingAgain: () => note(announced),
      },
      refused,
    );
  } catch (error) {
    if (isClientAppsError(error) || (isOrgError(error) && !error.inDoubt)) note(former);
    throw error;
  }
}

/** Keeps that a switch came to its end, which no file undoes; gives in words what could not be kept. */
export function keepEnd(keep: SwitchDeploy['keep'], change: StopChange): readonly string[] {
  try {
    keep?.(change);
    return [];
  } catch (error) {
    const why = isClientAppsError(error) ? error.diagnostics.map(({ problem }) => problem).join('; ') : String(error);
    return [`its receipt still lists it as in progress, because it cannot be written: ${why}`];
  }
}

/** A stop or a start whose end no one had seen, and how the org stands about its deploy. */
export interface FollowedSwitch extends Followed<{ readonly id?: string }> {
  readonly change: StopChange;
  readonly underWay: UnderWay;
  /** The deploy may still run, or come to run: what is read of the app may change. */
  readonly open: boolean;
}

interface Following extends CallOptions {
  readonly org: Org;
  readonly apiVersion: number;
  /** Waits for a deploy that runs. */
  readonly wait: boolean;
  readonly onEvent?: OnEvent | undefined;
}

/** Asks the org about a stop or a start whose end no one has seen; undefined where there is none. @throws OrgError */
export async function followSwitch(
  change: StopChange | undefined,
  { org, apiVersion, wait, onEvent, signal }: Following,
): Promise<FollowedSwitch | undefined> {
  const underWay = change?.under_way;
  if (!underWay) return undefined;
  const { verb, deploy } = underWay;
  const options = signal ? { signal } : {};
  const follow = (id: string): Promise<DeployStanding> => {
    onEvent?.({ kind: 'step', message: `looking for deploy ${id} of an unfinished ${verb} of ${change.app}` });
    return org.followDeploy({ id, apiVersion, wait }, options);
  };
  const sent = [deploy === undefined ? {} : { id: deploy }];
  const followed = await followDeploys(sent, { org, apiVersion, ...options }, follow);
  const { queue, running } = followed;
  const open = running.length > 0 || (queue !== undefined && 'unknown' in queue);
  return { ...followed, change, underWay, open };
}

/** For a stop, which waits for no answer about an earlier run: what could not be asked is not known. */
export async function followInEmergency(
  change: StopChange | undefined,
  following: Following,
): Promise<FollowedSwitch | undefined> {
  try {
    return await followSwitch(change, following);
  } catch (error) {
    if (!change?.under_way || !isOrgError(error) || error.kind === 'aborted') throw error;
    const queue = { unknown: error.message };
    return { standing: new Map(), running: [], queue, change, underWay: change.under_way, open: true };
  }
}
