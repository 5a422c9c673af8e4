import { relative, resolve } from 'node:path';

import { planOrg } from '../operations/plan-org';
import { consentRows, flagOf, inProgram } from '../options/consents';
import type { Org } from '../org/org';
import type { OrgPlan } from '../plan/plan';
import { readPlan } from '../plan/plan-file';
import { beyond } from '../plan/stale';
import { diagnose } from '../values/diagnose';
import { ClientAppsError } from '../values/diagnostic';
import { settleSynthesized } from './drift-report';
import { eachOrg } from './each-org';
import { executePlans } from './execute-plans';
import { EXIT, type ExitCode, worst } from './exit-code';
import { invalidInput, readText, usable } from './files';
import type { ApplyFlags } from './flags';
import type { Io } from './io';
import { type Journals, openJournals } from './journals';
import { unknownOrg } from './manifests';
import { openReceipts } from './receipts';
import { report } from './report-error';
import { lookForUnfinished, type Planned } from './unfinished';
import { type Run, withRun } from './with-run';

/** What a saved plan has decided already. */
const DECIDED = [
  ['--manifest', 'manifest'],
  ...consentRows().map(([name]) => [flagOf(name), inProgram(name)] as const),
  ['--fail-on', 'failOn'],
  ['--allow', 'allow'],
  ['--from-terraform', 'fromTerraform'],
  ['--reapply-on-drift', 'reapplyOnDrift'],
] as const;

/** Applies exactly what a saved plan says. It was reviewed, so nothing is asked. */
export async function applySaved(io: Io, planFile: string, flags: ApplyFlags): Promise<ExitCode> {
  const given = DECIDED.filter(([, flag]) => flags[flag] !== undefined).map(([option]) => option);
  if (given.length > 0) {
    throw invalidInput(diagnose('option-with-saved-plan', { path: given.join(', ') }));
  }
  const file = resolve(io.cwd, planFile);
  const text = readText(file, 'file-missing/plan');
  const plans = chosen(usable(readPlan(text, relative(io.cwd, file))).orgs, flags.org);
  const names = plans.map(({ org }) => org);
  const receipts = openReceipts(io, flags, names);
  const journals = openJournals(io, flags, flags.resume);
  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, plans, (plan, org) => whatIsLeft(run, journals, plan, org));
    // Of no org at all there is no answer, but the reason.
    if (results.length === 0 && codes.length > 0) return worst(codes);
    const applied = await executePlans(run, results, { receipts, journals, flags, approval: { reviewed: true } });
    const code = worst([...codes, applied]);
    if (code === EXIT.ok) for (const { manifest } of plans) settleSynthesized(io, manifest);
    return code;
  });
}

/** The plan; where an apply of this very plan was cut off, what is left of it and nothing that was not reviewed. */
async function whatIsLeft(run: Run, journals: Journals, plan: OrgPlan, org: Org): Promise<Planned> {
  const { manifest, consents } = plan;
  const { unfinished, warnings } = await lookForUnfinished(run, journals, manifest, org, true);
  report(warnings, run.io, manifest);
  const left = unfinished?.journal;
  if (left?.plan_digest !== plan.digest) return { plan, left };
  const { signal } = run.interrupts;
  const rest = await planOrg({ org, manifest, consents, today: run.io.today(), signal });
  const unseen = beyond(plan, rest);
  if (unseen.length > 0) throw new ClientAppsError('STALE_PLAN', unseen);
  return { plan: rest, left };
}

function chosen(plans: readonly OrgPlan[], names: readonly string[] | undefined): readonly OrgPlan[] {
  if (names === undefined) return plans;
  const known = plans.map(({ org }) => org);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw invalidInput(...unknown.map((name) => unknownOrg('--org', name, known)));
  return plans.filter(({ org }) => names.includes(org));
}
