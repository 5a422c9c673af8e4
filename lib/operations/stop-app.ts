import type { Platform } from '../declaration/client-app';
import type { Component } from '../metadata/component';
import { LOCK_OUT_SET, lockOutSetPackage } from '../metadata/connected-app/lock-out';
import { liveText } from '../metadata/live-app';
import { observe } from '../metadata/observe';
import { componentPath } from '../metadata/package/layout';
import { toPackage } from '../metadata/package/package-files';
import type { Files } from '../metadata/package/zip';
import type { CallOptions, Org, OrgIdentity } from '../org/org';
import { isOrgError } from '../org/org-error';
import { isOwnApp } from '../plan/own-login';
import { diagnose } from '../values/diagnose';
import { ClientAppsError } from '../values/diagnostic';
import { ownLockout } from './own-lockout';
import { hasValue, replacedBy, settled, type StopChange } from './stop-receipt';
import { findStopTarget, type StopTarget } from './stop-target';
import { deploySwitch, type FollowedSwitch, followInEmergency, keepEnd } from './switch-deploy';
import type { OnEvent } from './types';

/** What `stopApp` needs. */
export interface StopInput {
  /** The org that has the app. */
  readonly org: Org;
  /** API name, or a label that only one app has. */
  readonly apiName: string;
  /** Version of the Metadata API that reads and writes: 60 to 68. */
  readonly apiVersion: number;
  /** What an earlier stop of this app replaced, so that a second one does not take its values for the former ones. */
  readonly earlier?: (app: string, platform: Platform) => StopChange | undefined;
  /**
   * Keeps what it takes to undo the stop, and which deploy is under way: before the org is written, when it has named the
   * deploy, and when it was read back. What it throws at first keeps the stop from beginning.
   */
  readonly keep?: (change: StopChange) => void;
  /** ISO time at which this run began, for what is kept. Default: it is not kept. */
  readonly begun?: string;
  /** Called where the end of an earlier stop or start of the app was not known, once the org was asked about it. */
  readonly onUnfinished?: (earlier: FollowedSwitch) => void;
  /** Of the login, where it is known already. Default: the org is asked. */
  readonly identity?: OrgIdentity;
  /** Apps, by API name, that may be stopped although this very login came through them. */
  readonly acceptLockout?: readonly string[];
  /** Only says what would be done. */
  readonly dryRun?: boolean;
  /** Called for each step, deploy and warning. Default: nothing is told. */
  readonly onEvent?: OnEvent;
  /** Called just before the app is switched off: until then nothing was sent that changes the org. */
  readonly onWriting?: () => void;
  /** Ends everything at once; a deploy under way goes on in the org. */
  readonly signal?: AbortSignal;
  /** Ends orderly: nothing is written from then on. */
  readonly stop?: AbortSignal;
}

export interface Stopped {
  /** `written`: Salesforce took it, and what the org has now is not certain. */
  readonly state: 'stopped' | 'already-stopped' | 'would-stop' | 'written';
  /** API name of the app. */
  readonly app: string;
  /** What Setup calls it. */
  readonly label: string;
  /** What Salesforce stores the app as. */
  readonly platform: Platform;
  /** What was, or would be, replaced; undefined where the app was off and no earlier stop of ours is known. */
  readonly change?: StopChange;
  /** The org has a Connected App of that name, too, which is not switched off. */
  readonly connectedAppBeside: boolean;
  /** Who can still get in although the app is stopped, or what was not seen. Empty: nothing known. */
  readonly open: readonly string[];
}

/**
 * Break-glass: takes an app away from everyone, declared or not, and changes nothing else. An External Client App is
 * switched off (`isEnabled=false`); a Connected App has no such switch, and is left to a permission set without holders.
 * @throws ClientAppsError REFUSED where there is no such app, or its record cannot be kept whole, DEPLOY_FAILED, ABORTED;
 * OrgError.
 */
export async function stopApp(input: StopInput): Promise<Stopped> {
  const { org, apiName: name, apiVersion, onEvent, onWriting, stop, keep } = input;
  const options = optionsOf(input);
  onEvent?.({ kind: 'step', message: `looking for ${name}` });
  const { target, kept, unfinished } = await findSettled(input, options);
  const { apiName, platform } = target.app;
  const former = changeOf(target, kept);
  const label = liveText(target.app, 'label') ?? apiName;
  const done = { app: apiName, label, platform, connectedAppBeside: target.connectedAppBeside };
  if (Object.keys(target.wanted).length === 0) {
    // Off already; of a run that died before it could say so, the receipt is finished now.
    const known = former.replaced.length > 0 ? ({ ...former, state: 'stopped' } as const) : undefined;
    const over = known ?? (kept?.under_way && settled(kept));
    if (over && input.dryRun !== true && unfinished?.open !== true) keep?.(over);
    const open = [...holdersLeft(target), ...startsLater(unfinished)];
    return { ...done, state: 'already-stopped', ...(known && { change: known }), open };
  }
  const identity = input.identity ?? (await org.identify({ ...options, user: false }));
  const own = ownLockout(target.app, { ...input, identity }, { reason: 'the app is stopped', verb: 'stop it' });
  if (own) throw new ClientAppsError('REFUSED', [own]);
  const change = { ...former, ...(isOwnApp(target.app, identity) && { accepted_lockout: true as const }) };
  if (input.dryRun === true) return { ...done, state: 'would-stop', change, open: holdersLeft(target) };
  if (stop?.aborted) throw stopped(apiName);
  onWriting?.();
  onEvent?.({ kind: 'step', message: `switching ${apiName} off` });
  const deploy = (files: Files) =>
    deploySwitch(change, files, {
      ...{ org, apiVersion, verb: 'stop', begun: input.begun, keep, ...options },
      former: kept ? settled(kept) : { ...change, state: 'started' },
      refused: (reason) => diagnose('stop-failed', { path: apiName }, { app: apiName, reason }),
    });
  if (needsLockOutSet(target)) await deploy(lockOutSetPackage(apiVersion));
  const join = platform === 'external-client-app' && { externalClientApplication: apiName };
  const record: Component = { ...target.record, fields: { ...target.record.fields, ...join, ...target.wanted } };
  await deploy(toPackage([record], { apiVersion }));
  const problem = await readBack(input, record, target);
  const end = problem === undefined ? keepEnd(keep, { ...change, state: 'stopped' }) : [problem];
  const open = [...holdersLeft(target), ...end];
  return { ...done, state: problem === undefined ? 'stopped' : 'written', change, open };
}

interface Settled {
  readonly target: StopTarget;
  /** What an earlier stop has kept. */
  readonly kept: StopChange | undefined;
  readonly unfinished: FollowedSwitch | undefined;
}

/** The app, read once no deploy of an earlier run is on its way to it, as far as the org tells. */
async function findSettled(input: StopInput, options: CallOptions): Promise<Settled> {
  const { org, apiName: name, apiVersion, dryRun, onEvent } = input;
  const target = await findStopTarget(org, name, apiVersion, options);
  const kept = input.earlier?.(target.app.apiName, target.app.platform);
  const following = { org, apiVersion, wait: dryRun !== true, onEvent, ...options };
  const unfinished = await followInEmergency(kept, following);
  if (!unfinished) return { target, kept, unfinished };
  input.onUnfinished?.(unfinished);
  return { target: await findStopTarget(org, name, apiVersion, options), kept, unfinished };
}

/** A start that may come after this reading. */
const startsLater = (unfinished: FollowedSwitch | undefined): readonly string[] =>
  unfinished?.open === true && unfinished.underWay.verb === 'start'
    ? [
        `an interrupted start of ${unfinished.change.app} might still be running in the org and switch it on: check Setup > Deployment Status, and stop it again when nothing is running there`,
      ]
    : [];

const optionsOf = ({ signal }: StopInput): CallOptions => (signal ? { signal } : {});

const changeOf = ({ app, record, wanted, mark }: StopTarget, earlier: StopChange | undefined): StopChange => ({
  app: app.apiName,
  platform: app.platform,
  state: 'announced',
  type: record.type,
  full_name: record.fullName,
  replaced: replacedBy(record, wanted, earlier, mark),
});

/** One of that name with another label would come back under the label, and no one would know it again. */
const needsLockOutSet = ({ app, facts }: StopTarget): boolean =>
  app.platform === 'connected-app' && facts?.permissionSetLabels?.get(LOCK_OUT_SET)?.includes(LOCK_OUT_SET) !== true;

/** Whoever has the permission set is not locked out. */
function holdersLeft({ app, facts }: StopTarget): readonly string[] {
  if (app.platform !== 'connected-app') return [];
  const holders = facts?.permissionSets?.get(LOCK_OUT_SET) ?? 0;
  if (facts?.permissionSets === undefined) {
    return [
      `who has the permission set ${LOCK_OUT_SET} could not be read: any user who has it can still use ${app.apiName}`,
    ];
  }
  return holders === 0
    ? []
    : [
        `${holders === 1 ? '1 active user has' : `${holders} active users have`} the permission set ${LOCK_OUT_SET} and can still use ${app.apiName}: remove it from them`,
      ];
}

/** Why it is not certain that the org has what was written; undefined where it has. */
async function readBack(input: StopInput, written: Component, { wanted }: StopTarget): Promise<string | undefined> {
  const { type, fullName } = written;
  try {
    const live = await readRecord(input.org, written, input.apiVersion, optionsOf(input));
    if (!live) return `${type} ${fullName} could not be read back: only the deploy says whether the app is off`;
    const other = Object.keys(wanted).filter((field) => !hasValue(live, field, type, wanted[field]));
    return other.length === 0
      ? undefined
      : `Salesforce accepted the deploy but kept other values: ${other.join(', ')}. The app might still be usable`;
  } catch (error) {
    if (!isOrgError(error)) throw error;
    return `the app could not be read back (${error.message}): whether it is off is what the deploy alone says`;
  }
}

/** The record as the org has it now; undefined where it cannot be read. */
export async function readRecord(
  org: Org,
  { type, fullName }: Pick<Component, 'type' | 'fullName'>,
  apiVersion: number,
  options: CallOptions,
): Promise<Component | undefined> {
  const answer = await org.retrieve({ apiVersion, types: new Map([[type, [fullName]]]) }, options);
  const path = componentPath(type, fullName);
  const files = new Map([...answer.files].filter(([name]) => name === path));
  const observed = observe({ files, problems: [], types: new Set([type]) });
  const all = [...observed.apps.values(), ...observed.connectedApps.values()].flatMap(
    ({ components }) => components[type] ?? [],
  );
  const [found] = all.filter((each) => each.state === 'present' && each.component.fullName === fullName);
  return found?.state === 'present' ? found.component : undefined;
}

const stopped = (app: string): ClientAppsError =>
  new ClientAppsError('ABORTED', [diagnose('stopped-on-request/stop', { path: app }, { app })]);
