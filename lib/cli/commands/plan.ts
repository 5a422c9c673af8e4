import { phaseFiles } from '../../operations/deploy-phase';
import { readAndDraft } from '../../operations/plan-org';
import { validatePlan } from '../../operations/validate-plan';
import type { Phase } from '../../plan/phases';
import { hasChanges, NO_CONSENTS, type OrgPlan } from '../../plan/plan';
import { planFileText, planOf } from '../../plan/plan-file';
import { planMarkdown } from '../../plan/render/markdown';
import { summarise } from '../../plan/render/summary';
import { planText } from '../../plan/render/text';
import { isError } from '../../values/diagnostic';
import { consentsFor, targetedOrgs } from '../consents';
import { eachOrg } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import { writeText } from '../files';
import type { PlanFlags } from '../flags';
import type { Io } from '../io';
import { loadManifests } from '../manifests';
import { emptyFolder, writePackages } from '../packages';
import { openReceipts } from '../receipts';
import { renderOptions } from '../style';
import { withRun } from '../with-run';
import { resolve } from 'node:path';

/** Shows, saves and judges what apply would do. Writes nothing to any org. */
export async function plan(io: Io, flags: PlanFlags): Promise<ExitCode> {
  const declared = loadManifests(io, flags);
  const manifests = targetedOrgs(declared, flags.target ?? []);
  const consents = consentsFor(declared, flags, flags.target);
  const names = manifests.map(({ org }) => org.name);
  const receipts = openReceipts(io, flags, names);
  const packages = flags.package === undefined ? undefined : emptyFolder(resolve(io.cwd, flags.package));

  return withRun(io, flags, names, 'reading', async (run) => {
    const targets = manifests.map((manifest) => ({ manifest }));
    const { results, codes } = await eachOrg(run, targets, async ({ manifest }, org) => {
      const receipt = receipts.read(manifest);
      const { draft } = await readAndDraft({
        org,
        manifest,
        consents: consents.get(manifest.org.name) ?? NO_CONSENTS,
        today: io.today(),
        onEvent: run.progress.onEvent,
        signal: run.signal,
        ...(receipt && { receipt }),
      });
      const judged = flags.validate
        ? await validatePlan({ org, manifest, draft, onEvent: run.progress.onEvent, signal: run.signal })
        : [];
      const { plan: planned, phases } = draft;
      return { plan: { ...planned, diagnostics: [...planned.diagnostics, ...judged] }, phases };
    });
    const complete = results.length === manifests.length;
    if (results.length > 0) show(io, flags, results, complete, packages);
    if (!complete) notWritten(io, flags);
    return worst([...codes, ...results.map(({ plan: planned }) => codeOf(planned, flags))]);
  });
}

interface Planned {
  readonly plan: OrgPlan;
  readonly phases: readonly Phase[];
}

function show(io: Io, flags: PlanFlags, planned: readonly Planned[], complete: boolean, packages?: string): void {
  const whole = planOf(planned.map(({ plan: one }) => one));
  const people = flags.json ? io.stderr : io.stdout;
  people.write(planText(whole, renderOptions(people, io.environment)));
  if (flags.json) io.stdout.write(`${JSON.stringify(whole, null, 2)}\n`);
  if (!complete) return;
  if (flags.out !== undefined) {
    writeText(resolve(io.cwd, flags.out), planFileText(whole));
    io.stderr.write(`Saved the plan. To apply exactly this: client-apps apply ${flags.out}\n`);
  }
  if (flags.markdown !== undefined) writeText(resolve(io.cwd, flags.markdown), planMarkdown(whole));
  if (packages !== undefined) {
    for (const { plan: { org, api_version: apiVersion }, phases } of planned) {
      writePackages(packages, org, phases.map((phase) => ({ name: phase.plan.name, files: phaseFiles(phase, apiVersion) })));
    }
  }
}

/** Half a plan must not pass for a whole one, and an older file must not pass for this run's. */
function notWritten(io: Io, { out, markdown, package: folder }: PlanFlags): void {
  const files = [out, markdown, folder].filter((file) => file !== undefined);
  if (files.length > 0) io.stderr.write(`Not written, because not every org could be planned: ${files.join(', ')}\n`);
}

function codeOf(planned: OrgPlan, flags: PlanFlags): ExitCode {
  if (planned.diagnostics.some(isError)) return EXIT.error;
  if (flags.deny === 'widens' && summarise([planned]).widening > 0) return EXIT.findings;
  return flags.detailedExitcode && hasChanges(planned) ? EXIT.changes : EXIT.ok;
}
