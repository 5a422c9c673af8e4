import { resolve } from 'node:path';

import { phaseFiles } from '../../operations/deploy-phase';
import { readAndDraft } from '../../operations/plan-org';
import { validatePlan } from '../../operations/validate-plan';
import type { PlanDraft } from '../../plan/draft-plan';
import { hasChanges, type OrgPlan } from '../../plan/plan';
import { planFileText, planOf } from '../../plan/plan-file';
import { planMarkdown } from '../../reports/plan/markdown';
import { summarize } from '../../reports/plan/summary';
import { planText } from '../../reports/plan/text';
import { planWithUsage } from '../../usage/of-plan';
import { isError } from '../../values/diagnostic';
import { consentsFor, targetedOrgs } from '../consents';
import { eachOrg } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { writeText } from '../files';
import { isLocal, type PlanFlags } from '../flags';
import type { Io } from '../io';
import { loadManifests, targetsOf } from '../manifests';
import { orgsJson } from '../orgs-json';
import { requireEmptyFolder, writePackages } from '../packages';
import { refusalCode } from '../refusal-code';
import { planOptions, writeFitted } from '../style';
import { openMemory, planWithMemory } from '../unfinished';
import { usageOfPlan } from '../usage-of-plan';
import { withRun } from '../with-run';

/** Shows, saves and judges what apply would do. Writes nothing to any org. */
export async function plan(io: Io, flags: PlanFlags): Promise<ExitCode> {
  const declared = loadManifests(io, flags);
  const targets = targetsOf(targetedOrgs(declared, flags.target ?? []));
  const consents = consentsFor(declared, flags, flags.target);
  const names = targets.map(({ org }) => org);
  const memory = openMemory(io, flags, names, true);
  if (flags.package !== undefined) requireEmptyFolder(resolve(io.cwd, flags.package));

  return withRun(io, flags, names, async (run) => {
    const { onEvent } = run.progress;
    const { signal } = run.interrupts;
    const { results, codes } = await eachOrg(run, targets, async ({ manifest }, org): Promise<PlanDraft> => {
      const planning = { manifest, org, consents: consents.get(manifest.org.name), wait: false };
      const draft = await planWithMemory(run, memory, planning, async (input) => (await readAndDraft(input)).draft);
      const used = flags.withUsage
        ? { ...draft, plan: planWithUsage(draft.plan, await usageOfPlan(run, org, { plan: draft.plan })) }
        : draft;
      if (!flags.validate) return used;
      const judged = await validatePlan({ org, manifest, draft, onEvent, signal });
      return { ...used, plan: { ...used.plan, diagnostics: [...used.plan.diagnostics, ...judged] } };
    });
    if (results.length > 0) show(io, flags, results);
    if (results.length === targets.length) save(io, flags, results);
    else reportNotWritten(io, flags);
    return worst([...codes, ...results.map((draft) => codeOf(draft.plan, flags))]);
  });
}

const whole = (drafts: readonly PlanDraft[]) => planOf(drafts.map((draft) => draft.plan));

function show(io: Io, flags: PlanFlags, drafts: readonly PlanDraft[]): void {
  const people = flags.json ? io.stderr : io.stdout;
  people.write(planText(whole(drafts), planOptions(people, io.environment, flags)));
  if (flags.json) io.stdout.write(orgsJson(io, whole(drafts)));
}

function save(io: Io, flags: PlanFlags, drafts: readonly PlanDraft[]): void {
  const { out, markdown, package: folder } = flags;
  if (folder !== undefined) {
    for (const { plan: planned, phases } of drafts) {
      const packages = phases.map((phase) => ({
        name: phase.plan.name,
        files: phaseFiles(phase, planned.api_version),
      }));
      writePackages(resolve(io.cwd, folder), planned.org, packages);
    }
    if (drafts.every(({ phases }) => phases.length === 0)) {
      writeFitted(io.stderr, `Nothing was written to ${folder}: the plan deploys nothing.\n`);
    }
  }
  if (out !== undefined) {
    writeText(resolve(io.cwd, out), planFileText(whole(drafts)));
    const local = isLocal(io, flags) ? ' --local' : '';
    const blocked = drafts.some(({ plan: planned }) => planned.diagnostics.some(isError));
    writeFitted(
      io.stderr,
      blocked
        ? `Saved the plan for review only: an org with errors cannot be applied. To show it: client-apps show ${out}\n`
        : `Saved the plan. To apply exactly this: client-apps apply ${out}${local}\n`,
    );
  }
  // Last: a comment that cannot be written must not cost the plan.
  if (markdown !== undefined) writeText(resolve(io.cwd, markdown), planMarkdown(whole(drafts)));
}

/** Half a plan must not pass for a whole one. */
function reportNotWritten(io: Io, { out, markdown, package: folder }: PlanFlags): void {
  const files = [out, markdown, folder].filter((file) => file !== undefined);
  if (files.length > 0)
    writeFitted(io.stderr, `Not written, because not every org could be planned: ${files.join(', ')}\n`);
}

function codeOf(planned: OrgPlan, flags: PlanFlags): ExitCode {
  const refused = refusalCode(planned);
  if (refused !== undefined) return refused;
  const { widening, uncertain } = summarize([planned]);
  if (flags.deny === 'widens' && widening + uncertain > 0) return EXIT.findings;
  return flags.detailedExitcode && hasChanges(planned) ? EXIT.changes : EXIT.ok;
}
