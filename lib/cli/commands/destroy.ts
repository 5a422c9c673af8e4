import { hasChanges, NO_CONSENTS, type OrgPlan } from '../../plan/plan';
import { type Untouched, untouched, withoutApps } from '../../plan/teardown';
import { unnamedDeletions } from '../../plan/unreviewed';
import { planOrg } from '../../operations/plan-org';
import type { Manifest } from '../../metadata/manifest';
import { destroyText } from '../../reports/destroy';
import { confirmed, requireTerminal } from '../confirm';
import { type ConsentsByOrg, consentsFor } from '../consents';
import { eachOrg } from '../each-org';
import { executePlans } from '../execute-plans';
import { EXIT, type ExitCode, worst } from '../exit-code';
import type { DestroyFlags } from '../flags';
import type { Io } from '../io';
import { openJournals } from '../journals';
import { loadManifests, targetsOf } from '../manifests';
import { openReceipts } from '../receipts';
import { refusalCode } from '../refusal-code';
import { report } from '../report-error';
import { renderOptions } from '../style';
import { type Memory, type Planned, planWithMemory } from '../unfinished';
import { type Run, withRun } from '../with-run';

/** One org: what would be deleted, and which declared apps would not. */
interface Teardown extends Planned {
  readonly stays: Untouched;
}

/** Deletes every app of each manifest that the org has under its ownership line. Exits with 2 where some stay. */
export async function destroy(io: Io, flags: DestroyFlags): Promise<ExitCode> {
  const remedy = 'run it on a terminal; or --auto-approve with --allow-delete for each app, or with --all';
  requireTerminal(io, 'destroy', [flags.autoApprove, flags.dryRun], remedy);
  const manifests = loadManifests(io, flags);
  const names = manifests.map(({ org }) => org.name);
  const memory = { receipts: openReceipts(io, flags, names), journals: openJournals(io, flags) };
  const consents = consentsFor(manifests, {
    ...(flags.allowDelete && { allowDelete: flags.allowDelete }),
    ...(flags.acceptLockout && { acceptLockout: flags.acceptLockout }),
  });

  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await planAll(run, manifests, memory, consents);
    const people = flags.json ? io.stderr : io.stdout;
    const options = renderOptions(people, io.environment);
    for (const { plan, stays } of results) people.write(destroyText(plan, stays, options));
    const refused = results.flatMap(({ plan }) => refusalCode(plan) ?? []);
    const left = results.some(leavesSome) ? [EXIT.changes] : [];
    if (flags.dryRun) return worst([...codes, ...refused, ...left]);

    const wanted = results.filter(({ plan }) => refusalCode(plan) === undefined && hasChanges(plan));
    const approved: Planned[] = [];
    for (const each of wanted) if (await agreed(run, each.plan, flags)) approved.push(each);
    const unapproved = approved.length < wanted.length ? [EXIT.error] : [];
    const how = { ...memory, flags, approval: { reviewed: true } };
    const done = approved.length > 0 ? [await executePlans(run, approved, how)] : [];
    return worst([...codes, ...refused, ...left, ...unapproved, ...done]);
  });
}

const planAll = (
  run: Run,
  manifests: readonly Manifest[],
  memory: Memory,
  consents: ConsentsByOrg,
): Promise<{ readonly results: readonly Teardown[]; readonly codes: readonly ExitCode[] }> =>
  eachOrg(run, targetsOf(manifests), async ({ manifest }, org) => {
    const named = { ...(consents.get(manifest.org.name) ?? NO_CONSENTS), prune: true };
    return planWithMemory(run, memory, { manifest, org, consents: named, wait: true }, async (input) => {
      const plan = await planOrg({ ...input, manifest: withoutApps(manifest) });
      return { plan, stays: untouched(manifest, plan) };
    });
  });

const leavesSome = ({ plan, stays }: Teardown): boolean =>
  stays.notOurs.length > 0 || plan.apps.some(({ action }) => action === 'orphaned');

/** A person agrees by the name of the org, a script by the name of each app, or by --all. */
async function agreed(run: Run, plan: OrgPlan, { autoApprove, all }: DestroyFlags): Promise<boolean> {
  if (autoApprove !== true) {
    const { length } = plan.apps.filter(({ action }) => action === 'delete');
    return confirmed(
      run,
      `Delete ${length} of the apps of ${plan.org} for good?`,
      `nothing was deleted in ${plan.org}`,
      plan.org,
    );
  }
  const unnamed = all === true ? [] : unnamedDeletions(plan);
  if (unnamed.length === 0) return true;
  const problems = unnamed.map((each) => ({
    ...each,
    problem: `${each.value ?? ''} would be deleted with its consumer key, and was not named`,
    remedy: `pass --allow-delete ${each.value ?? ''}, or --all for every External Client App of ${plan.org}`,
    allowed: 'the name of each app to delete, --all, or a person who types the name of the org',
  }));
  report(problems, run.io, plan.manifest);
  run.io.stderr.write(`${plan.org}: nothing was deleted.\n`);
  return false;
}
