import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { isCut, isUnfinished, leftNow, overNow, type Revocation } from '../operations/revocation';
import { stopApp } from '../operations/stop-app';
import { settled, type StopReceipt } from '../operations/stop-receipt';
import { isNoSuchApp } from '../operations/stop-target';
import { followSwitch } from '../operations/switch-deploy';
import type { Org } from '../org/org';
import { isOrgError } from '../org/org-error';
import type { UsageFacts } from '../org/usage/facts';
import { sinceWords, switchWords, tokensLeftWords } from '../reports/unfinished';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, isClientAppsError } from '../values/diagnostic';
import { plural } from '../values/plural';
import { sameId } from '../values/record-id';
import { shellWord } from '../values/shell-word';
import { errnoOf, readText } from './files';
import type { OrgFlags } from './flags';
import { type IncidentLeft, incidentProblem, incidentsLeft } from './incidents-left';
import type { Io } from './io';
import { memoryFile } from './project';
import { readEach, type Remembered } from './remembered';
import { parseRevocation, REVOCATIONS, saveRevocation } from './revocation-file';
import { readStopReceipt, stopReceipts, STOPS } from './stop-receipts';
import type { Run } from './with-run';

/** What this project announced and whose end no one has seen: stops and starts, revocations, incidents. */
export interface AnnouncedWork {
  readonly switches: readonly StopReceipt[];
  readonly revocations: readonly { readonly file: string; readonly revocation: Revocation }[];
  readonly incidents: readonly IncidentLeft[];
  /** Files that cannot be used: something may be unfinished that no one knows of. */
  readonly problems: readonly Diagnostic[];
}

/** Of every org. Reads only, and asks no org. */
export function readAnnounced(io: Io, flags: OrgFlags): AnnouncedWork {
  const stops = readAll(io, flags, STOPS, readStopReceipt);
  const revocations = readRevocations(io, flags);
  const left = incidentsLeft(io, flags);
  return {
    switches: stops.found.flatMap(({ content }) => (content.under_way ? [content] : [])),
    revocations: revocations.found.flatMap(({ file, content }) =>
      isUnfinished(content) ? [{ file, revocation: content }] : [],
    ),
    incidents: left.incidents,
    problems: [...stops.problems, ...revocations.problems, ...left.problems],
  };
}

/** Whether this project revoked tokens of an app in an org before, or began to. A file that cannot be used says nothing. */
export const wasRevoked = (
  io: Io,
  flags: OrgFlags,
  { app, orgId, unknown }: { readonly app: string; readonly orgId: string; readonly unknown: boolean },
): boolean =>
  readRevocations(io, flags).found.some(
    ({ content: { org_id: id, app: label, api_name: name, asked } }) =>
      sameId(id, orgId) && (app === label || app === name) && (!unknown || asked.unknown === true),
  );

const readRevocations = (io: Io, flags: OrgFlags): Remembered<Revocation> =>
  readAll(io, flags, REVOCATIONS, (file) => parseRevocation(readText(file, 'file-missing'), file));

const readAll = <T>(io: Io, flags: OrgFlags, folder: string, read: (file: string) => T): Remembered<T> =>
  readEach(filesIn(memoryFile(io, flags, folder)), read);

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}

export interface Looking {
  /** What messages call the org: its construct path, and its name. */
  readonly path: string;
  readonly orgName: string;
  readonly org: Org;
  readonly apiVersion: number;
  /** For deploys that still run. */
  readonly wait: boolean;
}

/**
 * What is unfinished in one org of stops, starts, revocations and incidents, and how the org stands about each. Where nothing is, that
 * costs no call.
 * @throws OrgError
 */
export async function lookForWork(run: Run, work: AnnouncedWork, looking: Looking): Promise<readonly Diagnostic[]> {
  const { switches, revocations, incidents, problems } = work;
  if (switches.length + revocations.length + incidents.length === 0) return problems;
  const { orgId } = await looking.org.identify({ user: false, signal: run.interrupts.signal });
  const here = switches.filter(({ org_id: id }) => sameId(id, orgId));
  const found: Diagnostic[] = [...problems];
  for (const receipt of here) found.push(...(await switchProblems(run, receipt, looking)));
  found.push(...(await lookForRevocations(run, work, { ...looking, orgId })));
  const cutOff = incidents.filter(({ incident: { org_id: id } }) => sameId(id, orgId));
  return [...found, ...cutOff.map((each) => incidentProblem(each, looking.path))];
}

async function switchProblems(run: Run, receipt: StopReceipt, looking: Looking): Promise<readonly Diagnostic[]> {
  const { org, apiVersion, wait, path, orgName } = looking;
  const { signal } = run.interrupts;
  const followed = await followSwitch(receipt, { org, apiVersion, wait, signal, onEvent: run.progress.onEvent });
  if (!followed) return [];
  const { verb, begun, revoke } = followed.underWay;
  const { app } = receipt;
  const standing = await standingOf(receipt, looking, signal);
  if (standing === undefined && !followed.open) {
    forgetIfPossible(run, receipt);
    return [];
  }
  const facts = {
    verb,
    app,
    since: sinceWords(begun),
    deploy: switchWords(followed),
    standing: `${standing ?? 'the app is gone'}${tokensLeftWords(followed)}`,
  };
  const running = followed.running.map(({ id }) => id);
  return [
    ...(running.length === 0 ? [] : [diagnose('deploy-running', { path }, { deploys: running.join(', ') })]),
    diagnose(
      'switch-unfinished',
      { path },
      { ...facts, command: `${verb} ${named(orgName, app)}${revoke ? ' --revoke' : ''}` },
    ),
  ];
}

/** Nothing is left to finish of an app that was deleted: to tell of it again and again would name a command that cannot help. */
function forgetIfPossible({ io, flags }: Run, receipt: StopReceipt): void {
  try {
    stopReceipts(io, flags, receipt.org, { orgId: receipt.org_id }).keep(settled(receipt));
  } catch (error) {
    if (!isClientAppsError(error)) throw error;
  }
}

/** How the org has the app now; undefined: it has none of that name. */
async function standingOf(
  { app }: StopReceipt,
  { org, apiVersion }: Looking,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const { state } = await stopApp({ org, apiName: app, apiVersion, acceptLockout: [app], dryRun: true, signal });
    return state === 'already-stopped' ? 'the app is off now' : 'the app is on now';
  } catch (error) {
    if (isNoSuchApp(error)) return undefined;
    if (!isClientAppsError(error) && (!isOrgError(error) || error.kind === 'aborted')) throw error;
    const why = isOrgError(error) ? error.message : error.diagnostics.map(({ problem }) => problem).join('; ');
    return `whether the app is off could not be read: ${why}`;
  }
}

/**
 * Revocations that did not come to their end. One of which the org lists no token any more is over, and is recorded so.
 * @param app Only those of this label or API name.
 */
export async function lookForRevocations(
  run: Run,
  { revocations }: Pick<AnnouncedWork, 'revocations'>,
  { org, orgId, orgName, path }: Pick<Looking, 'org' | 'orgName' | 'path'> & { readonly orgId: string },
  app?: string,
): Promise<readonly Diagnostic[]> {
  const concerned = revocations.filter(
    ({ revocation: { org_id: id, app: label, api_name: name } }) =>
      sameId(id, orgId) && (app === undefined || app === label || app === name),
  );
  if (concerned.length === 0) return [];
  const facts = await usageOf(org, run.interrupts.signal);
  return concerned.flatMap(({ file, revocation }) => {
    const left = typeof facts === 'string' ? undefined : leftNow(facts, revocation);
    if (left === 0) {
      saveIfPossible(file, revocation);
      return [];
    }
    const why = typeof facts === 'string' ? `: ${facts}` : isCut(facts) ? ': the list of tokens is incomplete' : '';
    const standing =
      left === undefined
        ? `which of them are left could not be read${why}`
        : `the org lists ${plural(left, 'token')} of it now`;
    const name = revocation.api_name ?? revocation.app;
    const words = {
      app: name,
      since: sinceWords(revocation.begun),
      tokens: plural(revocation.tokens, 'token'),
      standing,
    };
    return [
      diagnose(
        'revocation-unfinished',
        { path },
        { ...words, command: `revoke ${named(orgName, name)}${optionsOf(revocation)}` },
      ),
    ];
  });
}

async function usageOf(org: Org, signal: AbortSignal): Promise<UsageFacts | string> {
  try {
    return await org.usage({}, { signal });
  } catch (error) {
    if (!isOrgError(error) || error.kind === 'aborted') throw error;
    return error.message;
  }
}

function saveIfPossible(file: string, revocation: Revocation): void {
  try {
    saveRevocation(file, overNow(revocation));
  } catch (error) {
    if (!isClientAppsError(error)) throw error;
  }
}

/** An app that no one installed is called what its maker chose. */
const named = (org: string, app: string): string => shellWord(`${org}/${app}`);

/** The options that choose the same tokens once more. */
function optionsOf({ asked }: Revocation): string {
  const chosen = [
    ...(asked.unknown ? ['--unknown'] : []),
    ...(asked.user === undefined ? [] : [`--user ${shellWord(asked.user)}`]),
    ...(asked.inactive_users ? ['--inactive-users'] : []),
    ...(asked.granted_before === undefined ? [] : [`--granted-before ${asked.granted_before}`]),
    ...(asked.unused_since === undefined ? [] : ['--unused-for SPAN']),
  ];
  return chosen.map((each) => ` ${each}`).join('');
}
