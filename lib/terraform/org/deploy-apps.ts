import type { Platform } from '../../declaration/client-app';
import { whereIs } from '../../metadata/live-app';
import type { Manifest } from '../../metadata/manifest';
import { createdApps, deployApps as deployWithPolicies } from '../../operations/deploy-apps';
import { deployProblems } from '../../operations/deploy-phase';
import type { DeployOutcome, Org } from '../../org/org';
import { planPhases, type Phase } from '../../plan/phases';
import type { AppDraft } from '../../plan/plan-app';
import type { Diagnostic } from '../../values/diagnostic';

/** An operation that has been looked at, ready to be deployed. */
export type Prepared =
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'write'; readonly draft: AppDraft }
  | { readonly kind: 'delete'; readonly platform: Platform; readonly apiName: string; readonly gone: boolean };

interface Deploying {
  readonly org: Org;
  readonly manifest: Manifest;
}

/**
 * Deploys what is to be written and deleted in one deploy, and once more without those that Salesforce refused, until it
 * accepts the rest. Gives the problems of each, undefined where there are none.
 */
export async function deployApps(
  prepared: readonly Prepared[],
  deploying: Deploying,
): Promise<readonly (readonly Diagnostic[] | undefined)[]> {
  const failed = new Map<Prepared, readonly Diagnostic[]>();
  for (const each of prepared) if (each.kind === 'refused') failed.set(each, each.diagnostics);
  for (;;) {
    const rest = prepared.filter((each) => !failed.has(each));
    const phase = phaseOf(rest);
    if (!phase) break;
    const created = createdApps(rest.flatMap((each) => (each.kind === 'write' ? [each.draft.plan] : [])));
    const { outcome, remarks } = await deployWithPolicies(phase, { ...deploying, created });
    if (outcome.status === 'succeeded') break;
    const culprits = blame(outcome, phase, rest, deploying.manifest);
    for (const [each, diagnostics] of culprits) failed.set(each, [...diagnostics, ...concerning(each, remarks)]);
  }
  return prepared.map((each) => failed.get(each));
}

/** What was told beside, about this app or about all. */
const concerning = (each: Prepared, remarks: readonly Diagnostic[]): readonly Diagnostic[] =>
  remarks.filter(({ code, path }) => code !== 'plan-stale' || (each.kind === 'write' && each.draft.plan.path === path));

function phaseOf(prepared: readonly Prepared[]): Phase | undefined {
  const drafts = prepared.flatMap((each) => (each.kind === 'write' ? [each.draft] : []));
  const deletes = prepared.flatMap((each) => (each.kind === 'delete' && !each.gone ? [each] : []));
  return planPhases(
    drafts,
    [],
    deletes.map(({ platform, apiName }) => ({ type: whereIs(platform, 'label').type, apiName })),
  )[0];
}

type Failed = Extract<DeployOutcome, { status: 'failed' }>;

/** Who is to blame for a failed deploy, by the components that Salesforce names; everybody where it names none. */
function blame(
  outcome: Failed,
  phase: Phase,
  prepared: readonly Prepared[],
  manifest: Manifest,
): ReadonlyMap<Prepared, readonly Diagnostic[]> {
  const culprits = new Map<Prepared, readonly Diagnostic[]>();
  for (const failure of outcome.failures) {
    const write = phase.writes.find(({ type, fullName }) => type === failure.type && fullName === failure.fullName);
    const culprit = prepared.find((each) =>
      write
        ? each.kind === 'write' && each.draft.writes.includes(write)
        : apiNameOf(each) === failure.fullName && takesPart(each),
    );
    if (!culprit) continue;
    const { message: _message, ...alone } = outcome;
    const told = deployProblems({ ...alone, failures: [failure] }, phase.writes, manifest);
    culprits.set(culprit, [...(culprits.get(culprit) ?? []), ...told]);
  }
  if (culprits.size > 0) return culprits;
  const all = deployProblems(outcome, phase.writes, manifest);
  return new Map(prepared.filter(takesPart).map((each) => [each, all]));
}

const apiNameOf = (each: Prepared): string | undefined =>
  each.kind === 'write' ? each.draft.plan.api_name : each.kind === 'delete' ? each.apiName : undefined;

const takesPart = (each: Prepared): boolean =>
  each.kind === 'write' ? each.draft.writes.length > 0 : each.kind === 'delete' && !each.gone;
