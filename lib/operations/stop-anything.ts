import { observe } from '../metadata/observe';
import { settingsMember } from '../metadata/settings-components';
import type { CallOptions, Org, OrgIdentity } from '../org/org';
import { isOrgError } from '../org/org-error';
import { ClientAppsError, type Diagnostic, isClientAppsError } from '../values/diagnostic';
import { orgProblem } from '../values/org-problem';
import { refuseOwnTokens } from './own-lockout';
import { isCut } from './revocation';
import {
  type EndedRevocation,
  executeRevocation,
  notChosen,
  planTokens,
  readTokensOf,
  type RevokePlan,
  type RevokeRun,
} from './revoke-tokens';
import { stopApp, type StopInput, type Stopped } from './stop-app';
import { settled, type StopChange, type UnderWay } from './stop-receipt';
import { isNoSuchApp } from './stop-target';
import { keepEnd } from './switch-deploy';

export interface StopAnythingInput extends StopInput {
  /** What the receipt calls the org. */
  readonly orgName: string;
  /** Of the org; with the user where tokens are to end. */
  readonly identity: OrgIdentity;
  /** Also end the tokens of the app. */
  readonly revoke?: boolean;
  /** The uninstalled app, although one of the org has the name: nothing is switched off. */
  readonly unknown?: boolean;
  /** Called before the tokens end. */
  readonly onTokens?: (plan: RevokePlan) => void;
  /** Where the tokens are announced before they end. Default: nowhere. */
  readonly keepRevocation?: (plan: RevokePlan) => Pick<RevokeRun, 'keep' | 'begun'>;
  readonly onEnded?: (count: number) => void;
  /** Whether tokens of it were revoked in this org before: an app that no one installed has no other trace there. */
  readonly revokedBefore?: () => boolean;
}

/** What became of an app that was to be cut off. */
export interface StopOutcome {
  /** Undefined: there was nothing to switch off, or it failed; `problems` says why. */
  readonly stopped?: Stopped;
  readonly problems: readonly Diagnostic[];
  /** The tokens of the app; undefined where they were not asked for, or it has none. */
  readonly tokens?: RevokePlan;
  /** What became of them; undefined in a dry run. */
  readonly revoked?: EndedRevocation;
  /** What still lets the app in, in words. Empty: nothing that is known. */
  readonly open: readonly string[];
  /**
   * True where something that was asked for failed: a switch that was refused, a token that did not end. That the
   * revocation broke off, or could not be read afterward, is in `revoked`.
   */
  readonly failed: boolean;
}

/**
 * Cuts an app off, whatever it is: switches it off where the org has a record of it that a deploy can change, then ends
 * its tokens if asked to. What cannot be done does not keep the rest from being done, and is named.
 * @throws ClientAppsError REFUSED where nothing at all can be done; OrgError.
 */
export async function stopAnything(input: StopAnythingInput): Promise<StopOutcome> {
  if (input.revoke === true) return stopAndRevoke(input);
  const { stopped, problems, failed } = await switchOff(input);
  return { ...(stopped && { stopped }), problems, open: stopped?.open ?? [], failed };
}

async function stopAndRevoke(given: StopAnythingInput): Promise<StopOutcome> {
  const { input, announced } = untilTokensEnd(given);
  const { stopped, problems, failed } = await switchOff(input);
  const open = stopped?.open ?? [];
  const { org, apiName, dryRun, orgName, identity } = input;
  const options: CallOptions = input.signal ? { signal: input.signal } : {};
  const app = stopped?.app ?? apiName;
  const platform = stopped && { platform: stopped.platform };
  const question = { app, inactiveUsers: false, unknown: input.unknown === true, ...platform };
  const facts = await readTokensOf(org, app, options);
  const plan = planTokens(facts, question, identity);
  const cut = isCut(facts) ? ['the list of tokens is incomplete: the app might have more; run the command again'] : [];
  if ('candidates' in plan) {
    const unkept = announced();
    if (plan.candidates === 0) {
      if (stopped) return { stopped, problems, open: [...open, ...cut, ...unkept], failed };
      if (problems.length === 0 && input.revokedBefore?.() === true) {
        return { problems, open: [...(await doorOf(org, input.apiVersion, app, options)), ...cut], failed };
      }
    }
    throw problems.length > 0 && plan.candidates === 0
      ? new ClientAppsError('REFUSED', [...problems, ...notChosen(plan, question).diagnostics])
      : notChosen(plan, question);
  }
  const stays = plan.chosen.record === undefined ? await doorOf(org, input.apiVersion, plan.chosen.label, options) : [];
  const found = { ...(stopped && { stopped }), problems, tokens: plan, open: [...open, ...stays, ...cut] };
  if (dryRun === true) return { ...found, failed };
  if (input.stop?.aborted) {
    return { ...found, open: [...found.open, 'stopped on request before the tokens were revoked'], failed: true };
  }
  if (!stopped) await refuseOwnTokens(org, plan, input, options);
  input.onTokens?.(plan);
  const run = input.keepRevocation?.(plan);
  const unkept: string[] = [];
  const revoked = await executeRevocation(org, orgName, plan, {
    ...options,
    ...run,
    keep: (revocation) => {
      run?.keep?.(revocation);
      unkept.push(...announced());
    },
    ...(input.onEnded && { onEnded: input.onEnded }),
  });
  return { ...found, open: [...found.open, ...unkept], revoked, failed: failed || (revoked.left ?? 0) > 0 };
}

/** Until the end of the tokens is announced, the stop stays under way: a process that dies in between leaves that. */
function untilTokensEnd(given: StopAnythingInput): {
  readonly input: StopAnythingInput;
  /** Keeps that the stop is over; gives in words what could not be kept. */
  readonly announced: () => readonly string[];
} {
  const { keep, begun } = given;
  let last: StopChange | undefined;
  if (!keep) return { input: given, announced: () => [] };
  return {
    input: {
      ...given,
      keep: (change) => {
        // Nothing came of the stop.
        if (change.state === 'started') last = undefined;
        else last = { ...change, under_way: { ...underWayOf(change, last, begun), revoke: true } };
        keep(last ?? change);
      },
    },
    announced: () => {
      const over = last && settled(last);
      last = undefined;
      return over ? keepEnd(keep, over) : [];
    },
  };
}

/** The end of a stop names no deploy; the one that was sent is still the one to ask about. */
const underWayOf = (change: StopChange, last: StopChange | undefined, begun: string | undefined): UnderWay =>
  change.under_way ?? last?.under_way ?? { verb: 'stop', ...(begun !== undefined && { begun }) };

interface Switched {
  readonly stopped?: Stopped;
  readonly problems: readonly Diagnostic[];
  readonly failed: boolean;
}

/** Nothing is done then, whatever else was asked for. */
const ENDS_ALL: readonly string[] = ['several-apps-to-stop', 'self-lockout'];

/** Where tokens are to end as well, a switch that does not exist or was refused does not keep them alive. */
async function switchOff(input: StopAnythingInput): Promise<Switched> {
  if (input.unknown === true) return { problems: [], failed: false };
  try {
    return { stopped: await stopApp(input), problems: [], failed: false };
  } catch (error) {
    // What the org does not let this user do with the app says nothing about its tokens.
    if (input.revoke === true && isOrgError(error) && error.kind === 'refused' && !error.inDoubt) {
      return { problems: [orgProblem(error, input.apiName)], failed: true };
    }
    const goesOn = isClientAppsError(error) && input.revoke === true && error.code !== 'ABORTED';
    if (!goesOn || error.diagnostics.some(({ code }) => ENDS_ALL.includes(code))) throw error;
    return { problems: isNoSuchApp(error) ? [] : error.diagnostics, failed: error.code === 'DEPLOY_FAILED' };
  }
}

/** Users can let an app in again that no one installed, unless the org takes approved apps alone. */
async function doorOf(org: Org, apiVersion: number, label: string, options: CallOptions): Promise<readonly string[]> {
  const closed = await onlyApprovedApps(org, apiVersion, options);
  if (closed === true) return [];
  const why = closed === undefined ? 'whether API Access Control is on could not be read' : 'API Access Control is off';
  return [
    `${label} has no record in this org and can be approved again: ${why}. Block it in Setup > Connected Apps OAuth Usage, or switch on API Access Control`,
  ];
}

const SETTINGS = 'ConnectedAppSettings';

/** Whether API Access Control is on; undefined where that could not be read. */
async function onlyApprovedApps(org: Org, apiVersion: number, options: CallOptions): Promise<boolean | undefined> {
  const types = new Map([['Settings', [settingsMember(SETTINGS)]]]);
  const read = await org.retrieve({ apiVersion, types }, options).catch((error: unknown) => {
    // It is for a line of text alone: no reason to let the tokens live.
    if (!isOrgError(error) || error.kind === 'aborted') throw error;
    return undefined;
  });
  const settings = read && observe({ ...read, types: new Set() }).settings[SETTINGS];
  const value = settings?.state === 'present' ? settings.component.fields['enableAdminApprovedAppsOnly'] : undefined;
  return settings?.state === 'present' ? value === true : undefined;
}
