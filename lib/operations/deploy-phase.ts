import type { Manifest } from '../metadata/manifest';
import { asText } from '../metadata/normalize';
import { toPackage } from '../metadata/package/package-files';
import { packageXml } from '../metadata/package/package-xml';
import type { Files } from '../metadata/package/zip';
import type { DeployFailure, DeployOutcome, Org } from '../org/org';
import { isOrgError } from '../org/org-error';
import type { Phase } from '../plan/phases';
import { diagnose } from '../values/diagnose';
import { type Diagnostic, shown } from '../values/diagnostic';
import { CONNECTED_APP } from '../values/metadata-types';
import type { Recorder } from './journal';
import { takenName } from './policy-names';
import type { OnEvent } from './types';

export interface Deploying {
  readonly org: Org;
  readonly manifest: Manifest;
  readonly onEvent?: OnEvent;
  readonly signal?: AbortSignal;
  /** Salesforce judges the package and keeps nothing of it. */
  readonly checkOnly?: boolean;
  /** Called for every deploy before it is sent. */
  readonly journal?: Recorder;
}

/** The package of one phase, as it is deployed, validated and written to disk. */
export function phaseFiles(phase: Phase, apiVersion: number): Files {
  const files = new Map(toPackage(phase.writes, { apiVersion, packagedApps: phase.packagedApps }));
  if (phase.deletes.length > 0) files.set('destructiveChanges.xml', packageXml(namesByType(phase.deletes), apiVersion));
  return files;
}

function namesByType(deletes: Phase['deletes']): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, string[]>();
  for (const { type, apiName } of deletes) names.set(type, [...(names.get(type) ?? []), apiName]);
  return names;
}

/**
 * Sends one phase as one deploy: whole records, all or nothing. It is in the journal before it is sent.
 * @throws OrgError; ClientAppsError where the journal cannot be kept, and nothing was sent.
 */
export async function deployPhase(phase: Phase, deploying: Deploying): Promise<DeployOutcome> {
  const { org, manifest, onEvent, signal } = deploying;
  const apiVersion = manifest.org.api_version;
  const files = phaseFiles(phase, apiVersion);
  const { checkOnly = false } = deploying;
  const verb = checkOnly ? 'validating in' : 'deploying to';
  const announced = checkOnly ? undefined : await deploying.journal?.announce(phase.plan, manifest.org.path);
  onEvent?.({ kind: 'step', message: `${verb} ${manifest.org.name}: ${phase.plan.title}` });
  try {
    const outcome = await org.deploy(
      { files, apiVersion, checkOnly },
      {
        ...(signal && { signal }),
        ...(announced && { onAccepted: announced.accepted, onSendingAgain: announced.again }),
        ...(onEvent && {
          onProgress: (progress) => onEvent({ kind: 'deploy', phase: phase.plan.name, progress }),
        }),
      },
    );
    await announced?.ended(outcome.status);
    return outcome;
  } catch (error) {
    if (isOrgError(error) && !error.inDoubt) await announced?.ended('failed');
    throw error;
  }
}

/** Writes the settings records as they were before an earlier phase; undefined when that worked. */
export async function rollBack(
  phase: Phase,
  { journal, ...deploying }: Deploying,
): Promise<readonly Diagnostic[] | undefined> {
  const before: Phase = {
    ...phase,
    writes: phase.before,
    plan: { ...phase.plan, title: 'restoring the org settings' },
  };
  const outcome = await deployPhase(before, { ...deploying, ...(journal && { journal: journal.leniently }) });
  return outcome.status === 'succeeded' ? undefined : deployProblems(outcome, before, deploying.manifest);
}

type Failed = Extract<DeployOutcome, { status: 'failed' }>;

/** Salesforce's own messages, each beside the construct that caused it. */
export function deployProblems(
  outcome: Failed,
  phase: Pick<Phase, 'writes' | 'deletes'>,
  manifest: Manifest,
): readonly Diagnostic[] {
  const problems = outcome.failures.map((failure) => deployProblem(failure, phase, manifest));
  if (outcome.message === undefined && problems.length > 0) return problems;
  const facts = { id: outcome.id, reason: outcome.message ?? 'Salesforce gave no reason' };
  const job = diagnose('deploy-failed', { path: manifest.org.path }, facts);
  return [job, ...problems];
}

function deployProblem(
  failure: DeployFailure,
  { writes, deletes }: Pick<Phase, 'writes' | 'deletes'>,
  manifest: Manifest,
): Diagnostic {
  const write = writes.find(({ type, fullName }) => type === failure.type && fullName === failure.fullName);
  const apiName = write ? asText(write.fields['externalClientApplication'] ?? write.fullName) : failure.fullName;
  const record = manifest.records?.find(({ type, name }) => type === failure.type && name === failure.fullName);
  const deleted = write ? undefined : deletes.find((each) => each.apiName === failure.fullName);
  const named = manifest.apps.filter((candidate) => candidate.api_name === apiName);
  const written = named.find(({ platform }) => (platform === 'connected-app') === (write?.type === CONNECTED_APP));
  const owner = record ?? deleted ?? written ?? named[0];
  const taken = takenName(failure.problem);
  const place = {
    path: owner?.path ?? manifest.org.path,
    ...(failure.type !== '' && { field: failure.type }),
    value: shown(failure.fullName),
  };
  const facts = { file: failure.fileName, reason: failure.problem };
  return taken === undefined
    ? diagnose('deploy-failed/component', place, facts)
    : diagnose('deploy-failed/name-taken', place, { ...facts, taken });
}
