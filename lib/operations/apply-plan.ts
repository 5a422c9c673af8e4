import type { Component } from '../metadata/component';
import { liveApp, liveText } from '../metadata/live-app';
import type { Org } from '../org/org';
import { isOrgError, type OrgError } from '../org/org-error';
import { preflight } from '../org/preflight';
import type { Phase } from '../plan/phases';
import { beside, type OrgPlan } from '../plan/plan';
import { staleness } from '../plan/stale';
import { ClientAppsError, isError, type Diagnostic } from '../values/diagnostic';
import { createdApps, deployApps } from './deploy-apps';
import { deployProblems, putBack } from './deploy-phase';
import { readAndDraft } from './plan-org';
import type { OrgReading } from './read-org';
import { buildReceipt } from './receipt';
import type { OnEvent, OrgReceipt } from './types';

export interface ApplyInput {
  readonly org: Org;
  readonly plan: OrgPlan;
  readonly today: string;
  readonly receipt?: OrgReceipt;
  readonly onEvent?: OnEvent;
  /** Ends waiting at once; a deploy under way goes on in the org. */
  readonly signal?: AbortSignal;
  /** Ends orderly: the deploy under way is finished and recorded, no further one is started. */
  readonly stop?: AbortSignal;
}

/**
 * Does exactly what the plan says, or refuses: reads the org again, refuses if a touched field moved (STALE_PLAN),
 * merges preserved fields from the live record, deploys phase by phase, reads back.
 * @throws ClientAppsError STALE_PLAN, REFUSED, DEPLOY_FAILED, ABORTED; OrgError.
 */
export async function applyPlan(input: ApplyInput): Promise<OrgReceipt> {
  const { plan, onEvent, stop } = input;
  const reading = { ...input, manifest: plan.manifest, consents: plan.consents };
  const { draft, reading: before } = await readAndDraft(reading);
  const stale = staleness(plan, draft.plan);
  if (stale.length > 0) throw new ClientAppsError('STALE_PLAN', stale);
  refuse([...plan.diagnostics, ...draft.plan.diagnostics]);
  if (draft.phases.length === 0) return buildReceipt({ plan: draft.plan, before, after: before, remarks: [] });

  const own = preflight(before.facts, plan.path);
  refuse(own);
  for (const diagnostic of own) onEvent?.({ kind: 'warning', diagnostic });
  const { done, problems } = await deployAll(draft.phases, input);
  const unfinished = [
    ...problems,
    ...(stop?.aborted && done < draft.phases.length ? [interrupted(plan, draft.phases.slice(done))] : []),
  ];

  onEvent?.({ kind: 'step', message: `reading back ${plan.org}` });
  try {
    const { draft: left, reading: after } = await readAndDraft({ ...reading, onEvent: () => undefined });
    const remarks = [...unfinished, ...leftOver(left.plan), ...changedKeys(plan, before, after)];
    return buildReceipt({ plan: draft.plan, before, after, remarks });
  } catch (error) {
    // What was deployed must be recorded, also when nobody can look at it now.
    if (!isOrgError(error)) throw error;
    return buildReceipt({
      plan: draft.plan,
      before,
      after: before,
      remarks: [...unfinished, notReadBack(plan, error)],
    });
  }
}

const notReadBack = (plan: OrgPlan, error: OrgError): Diagnostic => ({
  code: 'not-read-back',
  severity: 'error',
  path: plan.path,
  problem: `the deploy succeeded, but the org could not be read afterwards: ${error.message}`,
  remedy: `${error.remedy}; then plan again, which must show no changes, and ask for the consumer keys with outputs`,
});

function refuse(diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter(isError);
  if (errors.length === 0) return;
  const distinct = new Map(errors.map((error) => [`${error.code} ${error.path} ${error.problem}`, error]));
  throw new ClientAppsError('REFUSED', [...distinct.values()]);
}

interface Deployed {
  /** Number of phases carried out. */
  readonly done: number;
  /** Why a phase after the apps' was not, although the apps are written now. */
  readonly problems: readonly Diagnostic[];
}

/** Deploys the phases in order. A failure before or in the apps' phase leaves the org as it was, and is thrown. */
async function deployAll(phases: readonly Phase[], input: ApplyInput): Promise<Deployed> {
  const { plan, stop } = input;
  const deploying = { ...input, manifest: plan.manifest, created: createdApps(plan.apps) };
  for (const [index, phase] of phases.entries()) {
    if (stop?.aborted) {
      if (index === 0) throw new ClientAppsError('ABORTED', [interrupted(plan, phases)]);
      return { done: index, problems: [] };
    }
    const { outcome, remarks, ended } = await deployApps(phase, deploying);
    if (outcome.status === 'succeeded') continue;
    if (ended === 'stopped' && index > 0) return { done: index, problems: [] };
    if (ended === 'stopped') throw new ClientAppsError('ABORTED', [interrupted(plan, phases)]);
    const stale = ended === 'stale';
    const problems = [...(stale ? [] : deployProblems(outcome, phase.writes, plan.manifest)), ...remarks];
    const written = phases.slice(0, index).some(({ plan: { name } }) => name === 'apps');
    if (written) return { done: index, problems };
    const opened = phases.slice(0, index).filter(({ plan: { name } }) => name === 'enable');
    const undone = await Promise.all(opened.map((earlier) => undo(earlier, deploying, plan)));
    throw new ClientAppsError(stale ? 'STALE_PLAN' : 'DEPLOY_FAILED', [...problems, ...undone.flat()]);
  }
  return { done: phases.length, problems: [] };
}

/** What an opening of the org was for has failed, so the opening is taken back, and the outcome told (D6). */
async function undo(
  phase: Phase,
  deploying: Parameters<typeof putBack>[1],
  plan: OrgPlan,
): Promise<readonly Diagnostic[]> {
  const stays = createdRecords(phase).map((name) => recordRemains(plan, name));
  if (phase.before.length === 0) return stays;
  let failed: readonly Diagnostic[] | undefined;
  try {
    failed = await putBack(phase, deploying);
  } catch (error) {
    failed = [settingsRemain(plan, phase, error instanceof Error ? error.message : String(error))];
  }
  if (failed) return [...stays, settingsRemain(plan, phase, 'Salesforce refused it'), ...failed];
  return [
    ...stays,
    {
      code: 'settings-put-back',
      severity: 'warning',
      path: plan.path,
      problem: `what was opened for the apps was put back: ${putBackNames(phase).join(', ')}`,
      remedy: 'correct what failed above and apply again',
    },
  ];
}

const nameOf = ({ type, fullName }: Component): string => `${type}:${fullName}`;

/** Custom scopes that the phase made. No app names them now, and nothing says whether somebody else does already. */
function createdRecords({ plan: { records }, before }: Phase): readonly string[] {
  const existed = new Set(before.map(nameOf));
  return records.filter((name) => !existed.has(name));
}

/** Settings by their fields, records by their names. */
const putBackNames = (phase: Phase): readonly string[] => {
  const created = createdRecords(phase);
  return [...phase.plan.settings, ...phase.plan.records.filter((name) => !created.includes(name))];
};

const recordRemains = (plan: OrgPlan, name: string): Diagnostic => ({
  code: 'record-remains',
  severity: 'warning',
  path: plan.path,
  problem: `${name} was created before the deploy of the apps failed, and stays: without an app it opens nothing`,
  value: name,
  remedy: 'correct what failed above and apply again; or delete it in Setup > OAuth Custom Scopes',
});

const settingsRemain = (plan: OrgPlan, phase: Phase, why: string): Diagnostic => ({
  code: 'settings-not-put-back',
  severity: 'error',
  path: plan.path,
  problem: `what was opened for the apps could not be put back: ${why}`,
  value: putBackNames(phase).join(', '),
  remedy: 'put it back in Setup > OAuth and OpenID Connect Settings, or correct what failed and apply again',
});

const interrupted = (plan: OrgPlan, left: readonly Phase[]): Diagnostic => ({
  code: 'stopped-on-request',
  severity: 'error',
  path: plan.path,
  problem: `stopped on request before: ${left.map(({ plan: { title } }) => title).join('; ')}`,
  remedy: 'apply again to finish',
});

/** The read-back must be empty but for what Salesforce forces and what nobody can read; both are listed (D7). */
function leftOver(after: OrgPlan): readonly Diagnostic[] {
  const changes = [...after.apps, ...beside(after)].flatMap(({ changes: left }) => left);
  const differing = changes.map(({ type, full_name: fullName, field }): Diagnostic => ({
    code: 'read-back-differs',
    severity: 'error',
    path: after.path,
    field: `${type}.${field}`,
    problem: `Salesforce accepted the deploy of ${fullName}, yet the field does not have the declared value`,
    remedy: 'plan again to see the value; if it stays so, the org forces it',
  }));
  return [
    ...differing,
    ...after.diagnostics.filter(({ code }) => code === 'server-wins' || code === 'field-unreadable'),
  ];
}

/** A consumer key never changes by an apply; where it did, every client has to know at once (D3). */
function changedKeys(plan: OrgPlan, before: OrgReading, after: OrgReading): readonly Diagnostic[] {
  return plan.manifest.apps.flatMap((app) => {
    const { api_name: name, path } = app;
    const [old, now] = [before, after].map(({ observed }) => liveText(liveApp(observed, app), 'consumerKey'));
    if (old === undefined || now === undefined || old === now) return [];
    return [
      {
        code: 'consumer-key-changed',
        severity: 'error' as const,
        path,
        problem: `the consumer key of ${name} is another one than before this apply`,
        value: `${old} → ${now}`,
        remedy: 'give the new key to every client of the app, and find out who replaced the app',
      },
    ];
  });
}
