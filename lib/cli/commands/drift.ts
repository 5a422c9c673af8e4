import { relative } from 'node:path';

import { driftOf } from '../../operations/detect-drift';
import { type JudgedPlan, planForTerraform } from '../../operations/plan-for-terraform';
import type { Org } from '../../org/org';
import { NO_CONSENTS } from '../../plan/plan';
import { consentsFor } from '../consents';
import { answerDocument, answerText, codeOfLook, type Looked, standings } from '../drift-answer';
import { writeDriftReport } from '../drift-report';
import { eachOrg, READ_AT_ONCE } from '../each-org';
import { EXIT, type ExitCode, worst } from '../exit-code';
import type { DriftFlags } from '../flags';
import type { Io } from '../io';
import { loadManifestFiles, loadManifestsIfThere, targetsIfThere, targetsOf } from '../manifests';
import { orgsJson } from '../orgs-json';
import { reportError } from '../report-error';
import { renderOptions } from '../style';
import { openTerraformRuns } from '../terraform-runs';
import { openMemory, planWithMemory } from '../unfinished';
import { usageOf, usageOfPlan } from '../usage-of-plan';
import { type Notify, openWebhook } from '../webhook';
import { whoChanged } from '../who';
import { type Run, withRun } from '../with-run';

/** Compares each org with the code. An org that cannot be read is an error, never drift. */
export async function drift(io: Io, flags: DriftFlags): Promise<ExitCode> {
  const notify = openWebhook(io, flags);
  if (
    flags.unknownApps === true &&
    flags.settings?.file !== undefined &&
    loadManifestsIfThere(io, flags).length === 0
  ) {
    return unknownAppsAlone(io, flags, notify);
  }
  const files = loadManifestFiles(io, flags);
  const manifests = files.map(({ manifest }) => manifest);
  const targets = targetsOf(manifests);
  const consents = consentsFor(manifests, flags);
  const names = targets.map(({ org }) => org);
  const memory = openMemory(io, flags, names, true);
  const terraform = openTerraformRuns(io, flags);
  const known = flags.unknownApps === true ? (flags.settings?.file?.config.known ?? []) : undefined;

  return withRun(io, flags, names, async (run) => {
    const look = async ({ org: name, manifest }: (typeof targets)[number], org: Org): Promise<Looked> => {
      const runs = terraform.read(manifest);
      // Differences of the org are reported whatever an apply would refuse.
      const lenient = { ...(consents.get(manifest.org.name) ?? NO_CONSENTS), fail_on: 'none' as const };
      const planning = { manifest, org, consents: lenient, wait: false };
      const judged = await planWithMemory(run, memory, planning, (input) =>
        planForTerraform({ ...input, ...(runs && { runs }) }),
      );
      const used = known && (await usageOfPlan(run, org, { known, plan: judged.plan }));
      const file = files.find((each) => each.manifest === manifest)?.file;
      if (file !== undefined && manifest.org.engine === 'null') writeDriftForTerraform(io, file, judged);
      const changed = flags.who === true ? await whoChanged(run, org, judged.plan) : undefined;
      return { org: name, drift: driftOf(judged.plan), ...(used && { used }), ...(changed && { changed }) };
    };
    const { results, codes } = await eachOrg(run, targets, look, { atOnce: flags.parallel ?? READ_AT_ONCE });
    return end(run, flags, { names, looked: results, codes, notify });
  });
}

/** Without a program the allow-list is that of --config, and there are no fields to compare. */
async function unknownAppsAlone(io: Io, flags: DriftFlags, notify: Notify | undefined): Promise<ExitCode> {
  const known = flags.settings?.file?.config.known ?? [];
  const targets = targetsIfThere(io, flags);
  const names = targets.map(({ org }) => org);
  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targets, async ({ org: name }, org): Promise<Looked> => ({
      org: name,
      used: await usageOf(run, org, { org: name, known }),
    }));
    if (results.length > 0) {
      const people = flags.json ? io.stderr : io.stdout;
      people.write('There is no program here: unknown apps were checked, but no app fields were compared.\n');
    }
    return end(run, flags, { names, looked: results, codes, notify });
  });
}

/** The check block of the stack reads it. Where it cannot be written, the answer of this command stands all the same. */
function writeDriftForTerraform(io: Io, manifestFile: string, judged: JudgedPlan): void {
  try {
    const file = writeDriftReport(manifestFile, judged);
    if (judged.hidden.length > 0) io.stderr.write(`terraform plan will warn about it: ${relative(io.cwd, file)}\n`);
  } catch (error) {
    reportError(error, io);
  }
}

interface Ending {
  readonly names: readonly string[];
  readonly looked: readonly Looked[];
  /** Of the orgs that could not be read. */
  readonly codes: readonly ExitCode[];
  readonly notify: Notify | undefined;
}

/** Shows what was found, sends it on where that is asked for, and gives the exit code, which a message never changes. */
async function end(run: Run, flags: DriftFlags, { names, looked, codes, notify }: Ending): Promise<ExitCode> {
  const { io, interrupts } = run;
  const people = flags.json ? io.stderr : io.stdout;
  const document = answerDocument(looked);
  if (looked.length > 0) {
    people.write(answerText(looked, renderOptions(people, io.environment)));
    if (flags.json) io.stdout.write(orgsJson(io, document));
  }
  const exitCode = worst([...codes, ...looked.map(codeOfLook)]);
  if (notify && exitCode !== EXIT.ok && !interrupts.stop.aborted) {
    await notify({ exitCode, orgs: standings(names, looked), text: answerText(looked), document }, interrupts.signal);
  }
  return exitCode;
}
