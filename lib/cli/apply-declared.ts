import type { Manifest } from '../metadata/manifest';
import { planOrg } from '../operations/plan-org';
import { approvalToFinish } from '../operations/resume';
import { hasChanges, type OrgPlan } from '../plan/plan';
import { planOf } from '../plan/plan-file';
import { type Approval, notReviewed } from '../plan/unreviewed';
import { planText } from '../reports/plan/text';
import { diagnose } from '../values/diagnose';
import { confirmed } from './confirm';
import { type ConsentsByOrg, consentsFor } from './consents';
import { settleDriftReport } from './drift-report';
import { eachOrg, isHeldBack } from './each-org';
import { executePlans } from './execute-plans';
import { EXIT, type ExitCode, worst } from './exit-code';
import { invalidInput } from './files';
import type { ApplyFlags } from './flags';
import type { Io } from './io';
import { loadManifestFiles, targetsOf } from './manifests';
import { planRefused } from './orgs-json';
import { refusalCode } from './refusal-code';
import { report } from './report-error';
import { planOptions, writeFitted } from './style';
import { type Memory, openMemory, type Planned, planWithMemory } from './unfinished';
import { type Run, withRun } from './with-run';

/** Plans, shows the plan, has it approved, and applies exactly that plan. */
export async function applyDeclared(io: Io, flags: ApplyFlags): Promise<ExitCode> {
  requireSomebodyToApprove(io, flags);
  const files = loadManifestFiles(io, flags);
  const manifests = files.map(({ manifest }) => manifest);
  const names = manifests.map(({ org }) => org.name);
  const memory = openMemory(io, flags, names, flags.resume);
  const consents = consentsFor(manifests, flags);

  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await planAll(run, manifests, memory, consents);
    // Of no org at all there is no answer, but the reason.
    if (results.length === 0 && codes.length > 0) return worst(codes);
    const plans = results.map(({ plan }) => plan);
    const people = flags.json ? io.stderr : io.stdout;
    if (plans.length > 0) people.write(planText(planOf(plans), planOptions(people, io.environment, flags)));
    const approval = approvalOf(io, flags);
    const fitting = results.filter(({ plan }) => isApplicable(plan));
    for (const { plan } of results) {
      const code = refusalCode(plan);
      if (code !== undefined) planRefused(io, plan, code);
    }
    const isHeld = isHeldBack(run, fitting.length < manifests.length, fitting);
    const applicable = isHeld ? [] : fitting;
    const approved = await approve(run, applicable, approval);
    const isRefused = (each: Planned): boolean =>
      !isApplicable(each.plan) || (!isHeld && hasChanges(each.plan) && !approved.includes(each));
    const refused = results.filter(isRefused).map(({ plan }) => plan);
    // Without anything left to do, the receipt of what was done is still to be written.
    const toFinish = applicable.filter(
      (each) => approved.includes(each) || (!hasChanges(each.plan) && each.left !== undefined),
    );
    const applied = await executePlans(run, toFinish, { ...memory, flags, approval });
    if (applied === EXIT.ok) {
      const done = plans.filter((plan) => !refused.includes(plan)).map(({ manifest }) => manifest);
      for (const { file, manifest } of files) if (done.includes(manifest)) settleDriftReport(io, file, manifest);
    }
    return worst([...codes, ...refused.map((plan) => refusalCode(plan) ?? EXIT.error), applied]);
  });
}

function requireSomebodyToApprove(io: Io, flags: ApplyFlags): void {
  if (flags.autoApprove || io.ask) return;
  throw invalidInput(diagnose('approval-needed', { path: 'apply' }));
}

const planAll = (
  run: Run,
  manifests: readonly Manifest[],
  memory: Memory,
  consents: ConsentsByOrg,
): Promise<{ readonly results: readonly Planned[]; readonly codes: readonly ExitCode[] }> =>
  eachOrg(run, targetsOf(manifests), ({ manifest }, org) => {
    const planning = { manifest, org, consents: consents.get(manifest.org.name), wait: true };
    return planWithMemory(run, memory, planning, async (input) => ({ plan: await planOrg(input) }));
  });

const isApplicable = (plan: OrgPlan): boolean => refusalCode(plan) === undefined;

/** A yes on the terminal is a review of what was shown; without a person nothing is. */
const approvalOf = ({ ask }: Io, { autoApprove, allow }: ApplyFlags): Approval => ({
  reviewed: autoApprove !== true && ask !== undefined,
  allowWidening: allow === 'widens',
});

/** The plans that may be carried out: all or nothing for each org. */
async function approve(run: Run, plans: readonly Planned[], approval: Approval): Promise<readonly Planned[]> {
  const { io, interrupts } = run;
  const changing = plans.filter(({ plan }) => hasChanges(plan));
  if (changing.length === 0 || interrupts.stop.aborted) return [];
  if (approval.reviewed !== true)
    return changing.filter(({ plan, left }) => mayGoUnasked(plan, io, approvalToFinish(approval, left)));
  const orgs = changing.map(({ plan }) => plan.org).join(', ');
  return (await confirmed(run, `Apply these changes to ${orgs}?`, 'nothing was written')) ? changing : [];
}

function mayGoUnasked(plan: OrgPlan, io: Io, approval: Approval): boolean {
  const unreviewed = notReviewed(plan, approval);
  if (unreviewed.length === 0) return true;
  report(unreviewed, io, plan.manifest);
  planRefused(io, plan, EXIT.error, unreviewed);
  writeFitted(io.stderr, `${plan.org}: nothing was written.\n`);
  return false;
}
