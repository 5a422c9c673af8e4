import type { Component, FieldValue } from '../metadata/component';
import { APP_WORDS } from '../metadata/live-app';
import { toPackage } from '../metadata/package/package-files';
import { SETTINGS } from '../options/settings';
import type { CallOptions, Org, OrgFacts } from '../org/org';
import { isOrgError } from '../org/org-error';
import { diagnose } from '../values/diagnose';
import { ClientAppsError, type Diagnostic } from '../values/diagnostic';
import { CONNECTED_APP } from '../values/metadata-types';
import { readRecord } from './stop-app';
import { defaultOf, hasValue, type ReplacedField, settled, type StopChange } from './stop-receipt';
import { findStopTarget } from './stop-target';
import { deploySwitch, type FollowedSwitch, followSwitch, keepEnd } from './switch-deploy';
import type { OnEvent } from './types';

export interface StartInput {
  readonly org: Org;
  /** What the stop changed. */
  readonly change: StopChange;
  readonly apiVersion: number;
  /** Keeps which deploy is under way, and how it ended. What it throws at first keeps the start from beginning. */
  readonly keep?: (change: StopChange) => void;
  /** ISO time at which this run began, for what is kept. Default: it is not kept. */
  readonly begun?: string;
  /** Called where the end of an earlier stop or start of the app was not known, once the org was asked about it. */
  readonly onUnfinished?: (earlier: FollowedSwitch) => void;
  readonly dryRun?: boolean;
  /** Asked once it is known that the stop can be undone; the answer no ends it, and nothing is written. */
  readonly approve?: () => Promise<boolean>;
  readonly onEvent?: OnEvent;
  readonly onWriting?: () => void;
  readonly signal?: AbortSignal;
}

export interface Started {
  readonly state: 'started' | 'already-started' | 'would-start' | 'not-approved';
  /** What is not certain. Empty: the record was read, and has the former values. */
  readonly open: readonly string[];
}

/**
 * Undoes a stop: puts back the fields that it replaced, and nothing else.
 * @throws ClientAppsError REFUSED where someone has changed one of them since, DEPLOY_FAILED; OrgError.
 */
export async function startApp(input: StartInput): Promise<Started> {
  const { org, apiVersion, keep, onEvent, dryRun } = input;
  const change = settled(input.change);
  const { app, type, full_name: fullName, replaced } = change;
  const options: CallOptions = input.signal ? { signal: input.signal } : {};
  const unfinished = await followSwitch(input.change, { org, apiVersion, wait: dryRun !== true, onEvent, ...options });
  if (unfinished) input.onUnfinished?.(unfinished);
  onEvent?.({ kind: 'step', message: `looking for ${app}` });
  const target = await findStopTarget(org, app, apiVersion, options);
  const { record } = target;
  if (record.type !== type || record.fullName !== fullName) {
    const place = { path: app, value: `${record.type} ${record.fullName}`, allowed: `${type} ${fullName}` };
    throw refused([diagnose('start-other-app', place, { app, sort: APP_WORDS[change.platform] })]);
  }
  if (replaced.every(({ field, before }) => hasValue(record, field, type, before))) {
    const open = stopsLater(unfinished);
    if (dryRun !== true && open.length === 0) keep?.({ ...change, state: 'started' });
    return { state: 'already-started', open };
  }
  const problems = [...changedSince(record, change), ...unclear(change, target.facts)];
  if (problems.length > 0) throw refused(problems);
  if (dryRun === true) return { state: 'would-start', open: [] };
  if ((await input.approve?.()) === false) return { state: 'not-approved', open: [] };
  input.onWriting?.();
  onEvent?.({ kind: 'step', message: `switching ${app} on` });
  const former = Object.fromEntries(replaced.map(({ field, before }) => [field, before ?? defaultOf(type, field)]));
  const written: Component = { ...record, fields: { ...record.fields, ...former } };
  const files = toPackage([written], { apiVersion });
  await deploySwitch(change, files, {
    ...{ org, apiVersion, verb: 'start', begun: input.begun, keep, ...options },
    former: change,
    refused: (reason) => diagnose('start-failed', { path: app }, { app, reason }),
  });
  // Salesforce took it: that it cannot be read back does not undo it.
  const live = await readRecord(org, record, apiVersion, options).catch((error: unknown) => {
    if (!isOrgError(error)) throw error;
    return undefined;
  });
  const other = live && replaced.filter(({ field, before }) => !sameBack(live, type, { field, before }, target.facts));
  if (other?.length !== 0) return { state: 'started', open: remarks(fullName, other) };
  return { state: 'started', open: keepEnd(keep, { ...change, state: 'started' }) };
}

/** A stop that may come after this reading. */
const stopsLater = (unfinished: FollowedSwitch | undefined): readonly string[] =>
  unfinished?.open === true && unfinished.underWay.verb === 'stop'
    ? ['an interrupted stop of it might still be running in the org: check Setup > Deployment Status']
    : [];

const remarks = (name: string, other: readonly ReplacedField[] | undefined): readonly string[] => {
  if (other === undefined) return [`${name} could not be read back`];
  return other.map(({ field }) => `Salesforce accepted the deploy but kept a different value in ${field}`);
};

/** A Connected App comes back with labels where it was given API names of permission sets. */
function sameBack(
  live: Component,
  type: string,
  { field, before }: Pick<ReplacedField, 'field'> & { readonly before?: FieldValue | undefined },
  facts: OrgFacts | undefined,
): boolean {
  if (hasValue(live, field, type, before)) return true;
  const names = live.fields[field];
  if (!Array.isArray(names)) return false;
  const named = (names as readonly unknown[]).map(
    (text) => facts?.permissionSetLabels?.get(String(text))?.[0] ?? String(text),
  );
  return hasValue({ ...live, fields: { ...live.fields, [field]: named } }, field, type, before);
}

const changedSince = (record: Component, { app, type, replaced }: StopChange): readonly Diagnostic[] =>
  replaced
    .filter(({ field, after }) => !hasValue(record, field, type, after))
    .map(({ field, after }) => {
      const place = { path: app, field: `${type}.${field}`, value: shown(record.fields[field]), allowed: shown(after) };
      return diagnose('start-changed', place, { app });
    });

const shown = (value: FieldValue | undefined): string => (value === undefined ? 'no value' : JSON.stringify(value));

const { ca: PERMISSION_SETS } = SETTINGS.permissionSets;

/** A label that several permission sets have, or none any more, may give the app to others than those who had it. */
function unclear({ app, replaced }: StopChange, facts: OrgFacts | undefined): readonly Diagnostic[] {
  const names = facts?.permissionSets;
  const before = replaced.find(({ field }) => field === PERMISSION_SETS)?.before;
  if (names === undefined || !Array.isArray(before)) return [];
  return (before as readonly unknown[])
    .map(String)
    .filter((name) => !names.has(name))
    .map((value) =>
      diagnose(
        'start-permission-set-unclear',
        { path: app, field: `${CONNECTED_APP}.${PERMISSION_SETS}`, value },
        { app },
      ),
    );
}

const refused = (diagnostics: readonly Diagnostic[]): ClientAppsError => new ClientAppsError('REFUSED', diagnostics);
