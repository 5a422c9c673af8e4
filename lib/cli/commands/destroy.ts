import type { Manifest } from '../../metadata/manifest';
import { planOrg } from '../../operations/plan-org';
import { hasChanges, NO_CONSENTS, type OrgPlan } from '../../plan/plan';
import { planOf } from '../../plan/plan-file';
import { fullNames, type Untouched, untouched, withoutApps } from '../../plan/teardown';
import { unnamedDeletions } from '../../plan/unreviewed';
import { destroyText } from '../../reports/destroy';
import { confirmed, requireTerminal } from '../confirm';
import { type ConsentsByOrg, consentsFor, splitName, unknownApp } from '../consents';
import { eachOrg, isHeldBack } from '../each-org';
import { executePlans } from '../execute-plans';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { invalidInput } from '../files';
import type { DestroyFlags } from '../flags';
import type { Io } from '../io';
import { loadManifests, targetsOf } from '../manifests';
import { orgsJson, planRefused } from '../orgs-json';
import { refusalCode } from '../refusal-code';
import { report } from '../report-error';
import { renderOptions } from '../style';
import { type Memory, openMemory, type Planned, planWithMemory } from '../unfinished';
import { type Run, withRun } from '../with-run';

/** One org: what would be deleted, and which declared apps would not. */
interface Teardown extends Planned {
  readonly stays: Untouched;
}

/** Deletes every app of each manifest that the org has under its ownership line. Exits with 2 where some stay. */
export async function destroy(io: Io, flags: DestroyFlags): Promise<ExitCode> {
  requireTerminal(io, 'destroy', [flags.autoApprove, flags.dryRun]);
  const manifests = loadManifests(io, flags);
  const names = manifests.map(({ org }) => org.name);
  const consents = consentsFor(manifests, flags);
  const memory = openMemory(io, flags, names);

  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await planAll(run, manifests, memory, consents);
    // Of no org at all there is no answer, but the reason.
    if (results.length === 0 && codes.length > 0) return worst(codes);
    const people = flags.json ? io.stderr : io.stdout;
    const options = renderOptions(people, io.environment);
    for (const { plan, stays } of results) people.write(destroyText(plan, stays, options));
    // An org that was not read may have the app.
    if (codes.length === 0) refuseUnknown(flags.allowDelete ?? [], manifests, results);
    const refused = results.flatMap(({ plan }) => {
      const code = refusalCode(plan);
      // A dry run shows the plans themselves, with their errors.
      if (code !== undefined && flags.dryRun !== true) planRefused(io, plan, code);
      return code ?? [];
    });
    const left = results.some(leavesSome) ? [EXIT.changes] : [];
    if (flags.dryRun) {
      if (flags.json) io.stdout.write(orgsJson(io, planOf(results.map(({ plan }) => plan))));
      return worst([...codes, ...refused, ...left]);
    }

    const fitting = results.filter(({ plan }) => refusalCode(plan) === undefined && hasChanges(plan));
    const isHeld = isHeldBack(run, codes.length + refused.length > 0, fitting);
    const wanted = isHeld ? [] : fitting;
    const approved: Planned[] = [];
    for (const each of wanted) if (await agreed(run, each.plan, flags)) approved.push(each);
    const unapproved = approved.length < wanted.length ? [EXIT.error] : [];
    // Where an earlier run deleted all and was cut off before it could say so, its receipt is still to be written.
    const toFinish = results.filter((each) => approved.includes(each) || isLeftToFinish(each));
    const done = await executePlans(run, toFinish, { ...memory, flags, approval: { reviewed: true } });
    return worst([...codes, ...refused, ...left, ...unapproved, done]);
  });
}

const isLeftToFinish = ({ plan, left }: Planned): boolean =>
  left !== undefined && refusalCode(plan) === undefined && !hasChanges(plan);

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

/** A name that is misspelled must not pass for one whose app is gone. @throws ClientAppsError */
function refuseUnknown(named: readonly string[], manifests: readonly Manifest[], results: readonly Teardown[]): void {
  const unknown = named.map(splitName).filter(({ org, app }) => {
    const asked = results.filter(({ plan }) => org === undefined || plan.org === org);
    return !asked.some(({ plan, stays }) => [...fullNames(plan), ...stays.notOurs, ...stays.absent].some(isNamed(app)));
  });
  if (unknown.length === 0) return;
  throw invalidInput(...unknown.map(({ app }) => unknownApp('--allow-delete', app, manifests)));
}

/** `Portal` and `ConnectedApp:Portal` both mean `ConnectedApp:Portal`. */
const isNamed =
  (text: string) =>
  (full: string): boolean =>
    full === text || full.slice(full.indexOf(':') + 1) === text;

const leavesSome = ({ plan, stays }: Teardown): boolean =>
  stays.notOurs.length > 0 || plan.apps.some(({ action }) => action === 'orphaned');

/** A person agrees by the name of the org, a script by the name of each app, or by --all. */
async function agreed(run: Run, plan: OrgPlan, { autoApprove, all }: DestroyFlags): Promise<boolean> {
  if (autoApprove !== true) {
    const { length } = plan.apps.filter(({ action }) => action === 'delete');
    return confirmed(
      run,
      `Delete ${length} of the apps of ${plan.org} permanently?`,
      `nothing was deleted in ${plan.org}`,
      plan.org,
    );
  }
  const unnamed = all === true ? [] : unnamedDeletions(plan);
  if (unnamed.length === 0) return true;
  const problems = unnamed.map((each) => ({
    ...each,
    problem: `${each.value ?? ''} would be deleted along with its consumer key, but was not named`,
    remedy: `pass --allow-delete ${each.value ?? ''}, or --all for every External Client App of ${plan.org}`,
    allowed: 'the name of each app to delete, --all, or a person who types the name of the org',
  }));
  report(problems, run.io, plan.manifest);
  planRefused(run.io, plan, EXIT.error, problems);
  run.io.stderr.write(`${plan.org}: nothing was deleted.\n`);
  return false;
}
