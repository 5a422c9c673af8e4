import { applyDigest } from '../metadata/apply-digest';
import type { Manifest } from '../metadata/manifest';
import type { JudgedPlan, TerraformRuns } from '../operations/plan-for-terraform';
import { planForTerraform } from '../operations/plan-for-terraform';
import { mayWiden } from '../plan/effect';
import type { HiddenChange } from '../plan/hidden-changes';
import { hasChanges } from '../plan/plan';
import { planOf } from '../plan/plan-file';
import { unnamedDeletions } from '../plan/unreviewed';
import { planText } from '../reports/plan/text';
import type { Diagnostic } from '../values/diagnostic';
import { consentsFor } from './consents';
import { readDriftReport, settleDriftReport } from './drift-report';
import { eachOrg } from './each-org';
import { executePlans } from './execute-plans';
import { EXIT, type ExitCode, worst } from './exit-code';
import type { ApplyFlags } from './flags';
import { notInTerraformPlan } from './hidden-changes';
import type { Io } from './io';
import { loadManifestFiles, type ManifestFile, targetsOf } from './manifests';
import { planRefused } from './orgs-json';
import { refusalCode } from './refusal-code';
import { report } from './report-error';
import { planOptions } from './style';
import { openTerraformRuns } from './terraform-runs';
import { openMemory, type Planned, planWithMemory } from './unfinished';
import { withRun } from './with-run';

interface Judged extends JudgedPlan, Planned, ManifestFile {
  readonly runs: TerraformRuns | undefined;
}

/**
 * Applies what a plan of Terraform showed, and nothing else (D26): the review took place there, so no one is asked and a
 * change that widens is no surprise; a change that undoes what someone did in the org since is one.
 */
export async function applyFromTerraform(io: Io, flags: ApplyFlags): Promise<ExitCode> {
  const files = loadManifestFiles(io, flags);
  const manifests = files.map(({ manifest }) => manifest);
  const names = manifests.map(({ org }) => org.name);
  const memory = openMemory(io, flags, names, flags.resume);
  const terraform = openTerraformRuns(io, flags);
  const consents = consentsFor(manifests, flags);

  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targetsOf(manifests), async ({ manifest }, org): Promise<Judged> => {
      const file = files.find((each) => each.manifest === manifest)?.file ?? '';
      const runs = terraform.read(manifest);
      const drift = readDriftReport(file, manifest);
      const planning = { manifest, org, consents: consents.get(manifest.org.name), wait: true };
      const judged = await planWithMemory(run, memory, planning, (input) =>
        planForTerraform({ ...input, ...(runs && { runs }), ...(drift && { report: drift }) }),
      );
      return { ...judged, file, manifest, runs: runs?.org_id === judged.plan.org_id ? runs : undefined };
    });
    const people = flags.json ? io.stderr : io.stdout;
    const shown = planOf(results.map(({ plan }) => plan));
    if (results.length > 0) people.write(planText(shown, planOptions(people, io.environment, flags)));

    const refused = results.filter((judged) => refuses(judged, flags, io));
    const admitted = results.filter((judged) => !refused.includes(judged));
    // Whatever becomes of this run, Terraform's state has this declaration from now on.
    for (const { manifest, runs, plan } of results)
      terraform.keep(manifest, { ...runs, org_id: plan.org_id, attempted: manifest });
    const changing = admitted.filter(({ plan, left }) => hasChanges(plan) || left !== undefined);
    const applied = await executePlans(run, changing, { ...memory, flags, approval: { allowWidening: true } });
    if (applied === EXIT.ok) {
      for (const { manifest, plan, file } of admitted) {
        terraform.keep(manifest, { org_id: plan.org_id, applied: manifest });
        settleDriftReport(io, file, manifest);
      }
    }
    return worst([...codes, ...refused.map(({ plan }) => refusalCode(plan) ?? EXIT.error), applied]);
  });
}

/** Tells why an org is left alone. */
function refuses({ plan, hidden, manifest, runs }: Judged, flags: ApplyFlags, io: Io): boolean {
  const code = refusalCode(plan);
  if (code !== undefined) {
    planRefused(io, plan, code);
    return true;
  }
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
  planRefused(io, plan, EXIT.error, problems);
  io.stderr.write(`${plan.org}: nothing was written.\n`);
  return true;
}

/** Nothing differs from the last completed run, so this one was asked for: -replace of the resource, or drift as trigger. */
const isRepeated = (manifest: Manifest, runs: TerraformRuns | undefined): boolean =>
  runs?.applied !== undefined && !runs.attempted && applyDigest(runs.applied) === applyDigest(manifest);

/** Undoing what someone narrowed is no mere repair: it may have been an incident (D12). */
const isRepair = ({ why, change }: HiddenChange): boolean => why !== 'missing' && !(change && mayWiden(change.effect));

const isAllowed = ({ why }: HiddenChange, { allow }: ApplyFlags): boolean => allow === 'widens' && why !== 'missing';
