import type { ApplyJournal } from '../operations/journal';
import type { JudgedPlan, TerraformRuns } from '../operations/plan-for-terraform';
import { planForTerraform } from '../operations/plan-for-terraform';
import { applyDigest } from '../metadata/apply-digest';
import type { Manifest } from '../metadata/manifest';
import { mayWiden } from '../plan/effect';
import { hasChanges, NO_CONSENTS } from '../plan/plan';
import { planOf } from '../plan/plan-file';
import { planText } from '../reports/plan/text';
import { unnamedDeletions } from '../plan/unreviewed';
import type { HiddenChange } from '../plan/hidden-changes';
import type { Diagnostic } from '../values/diagnostic';
import { executePlans } from './execute-plans';
import { consentsFor } from './consents';
import { readDriftReport, settleDriftReport } from './drift-report';
import { eachOrg } from './each-org';
import { EXIT, type ExitCode, worst } from './exit-code';
import type { ApplyFlags } from './flags';
import type { Io } from './io';
import { openJournals } from './journals';
import { loadManifestFiles, type ManifestFile, targetsOf } from './manifests';
import { openReceipts } from './receipts';
import { refusalCode } from './refusal-code';
import { report } from './report-error';
import { planOptions } from './style';
import { openTerraformRuns } from './terraform-runs';
import { notInTerraformPlan } from './hidden-changes';
import { lookForUnfinished, withUnfinished } from './unfinished';
import { withRun } from './with-run';

interface Judged extends JudgedPlan, ManifestFile {
  readonly runs: TerraformRuns | undefined;
  /** What an earlier apply left. */
  readonly left: ApplyJournal | undefined;
}

/**
 * Applies what a plan of Terraform showed, and nothing else (D26): the review took place there, so nobody is asked and a
 * change that widens is no surprise; a change that undoes what somebody did in the org since is one.
 */
export async function applyFromTerraform(io: Io, flags: ApplyFlags): Promise<ExitCode> {
  const files = loadManifestFiles(io, flags);
  const manifests = files.map(({ manifest }) => manifest);
  const names = manifests.map(({ org }) => org.name);
  const receipts = openReceipts(io, flags, names);
  const journals = openJournals(io, flags, flags.resume);
  const memory = openTerraformRuns(io, flags);
  const consents = consentsFor(manifests, flags);

  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targetsOf(manifests), async ({ manifest }, org): Promise<Judged> => {
      const file = files.find((each) => each.manifest === manifest)?.file ?? '';
      const receipt = receipts.read(manifest);
      const runs = memory.read(manifest);
      const drift = readDriftReport(file, manifest);
      const found = await lookForUnfinished(run, journals, manifest, org, true);
      const judged = await planForTerraform({
        org,
        manifest,
        consents: consents.get(manifest.org.name) ?? NO_CONSENTS,
        today: io.today(),
        onEvent: run.progress.onEvent,
        signal: run.interrupts.signal,
        ...(receipt && { receipt }),
        ...(runs && { runs }),
        ...(drift && { report: drift }),
      });
      const left = found.unfinished?.journal;
      return {
        ...withUnfinished(judged, found),
        left,
        file,
        manifest,
        runs: runs?.org_id === judged.plan.org_id ? runs : undefined,
      };
    });
    const people = flags.json ? io.stderr : io.stdout;
    const shown = planOf(results.map(({ plan }) => plan));
    if (results.length > 0) people.write(planText(shown, planOptions(people, io.environment, flags)));

    const refused = results.filter((judged) => refuses(judged, flags, io));
    const admitted = results.filter((judged) => !refused.includes(judged));
    // Whatever becomes of this run, Terraform's state has this declaration from now on.
    for (const { manifest, runs, plan } of results)
      memory.keep(manifest, { ...runs, org_id: plan.org_id, attempted: manifest });
    const unfinished = new Map(admitted.flatMap(({ plan, left }) => (left ? [[plan, left] as const] : [])));
    const changing = admitted.map(({ plan }) => plan).filter((plan) => hasChanges(plan) || unfinished.has(plan));
    const applied = await executePlans(run, changing, {
      receipts,
      journals,
      unfinished,
      flags,
      approval: { allowWidening: true },
    });
    if (applied === EXIT.ok) {
      for (const { manifest, plan, file } of admitted) {
        memory.keep(manifest, { org_id: plan.org_id, applied: manifest });
        settleDriftReport(io, file, manifest);
      }
    }
    return worst([...codes, ...refused.map(({ plan }) => refusalCode(plan) ?? EXIT.error), applied]);
  });
}

/** Tells why an org is left alone. */
function refuses({ plan, hidden, manifest, runs }: Judged, flags: ApplyFlags, io: Io): boolean {
  if (refusalCode(plan) !== undefined) return true;
  const repair = flags.reapplyOnDrift === true || isRepeated(manifest, runs);
  const problems: readonly Diagnostic[] = [
    ...notInTerraformPlan(
      plan,
      hidden.filter((change) => !(repair && isRepair(change)) && !isAllowed(change, flags)),
    ),
    ...unnamedDeletions(plan),
  ];
  if (problems.length === 0) return false;
  report(problems, io, plan.manifest);
  io.stderr.write(`${plan.org}: nothing was written.\n`);
  return true;
}

/** Nothing differs from the last completed run, so this one was asked for: -replace of the resource, or drift as trigger. */
const isRepeated = (manifest: Manifest, runs: TerraformRuns | undefined): boolean =>
  runs?.applied !== undefined && !runs.attempted && applyDigest(runs.applied) === applyDigest(manifest);

/** Undoing what somebody narrowed is no mere repair: it may have been an incident (D12). */
const isRepair = ({ why, change }: HiddenChange): boolean => why !== 'missing' && !(change && mayWiden(change.effect));

const isAllowed = ({ why }: HiddenChange, { allow }: ApplyFlags): boolean => allow === 'widens' && why !== 'missing';
