import { relative } from 'node:path';

import { driftOf } from '../../operations/detect-drift';
import { type JudgedPlan, planForTerraform } from '../../operations/plan-for-terraform';
import { RECEIPT_FORMAT_VERSION, type OrgDrift } from '../../operations/types';
import type { Org } from '../../org/org';
import type { OrgAttributions } from '../../plan/attribution';
import { NO_CONSENTS } from '../../plan/plan';
import { whoText } from '../../reports/drift/who';
import { driftText } from '../../reports/drift/text';
import type { UsageReport } from '../../usage/report';
import { unknownAppsText } from '../../reports/usage/text';
import { loadAuditConfig } from '../audit-config-file';
import { consentsFor } from '../consents';
import { writeDriftReport } from '../drift-report';
import { eachOrg, READ_AT_ONCE } from '../each-org';
import { driftCode, type ExitCode, worst } from '../exit-code';
import type { DriftFlags } from '../flags';
import type { Io } from '../io';
import { openJournals } from '../journals';
import { loadManifestFiles, loadManifestsIfThere, targetsIfThere, targetsOf } from '../manifests';
import { openReceipts } from '../receipts';
import { reportError } from '../report-error';
import { renderOptions } from '../style';
import { openTerraformRuns } from '../terraform-runs';
import { codeOfUsage, unknownAppsJson } from '../unknown-apps';
import { planWithMemory } from '../unfinished';
import { usageOf, usageOfPlan } from '../usage-of-plan';
import { whoChanged } from '../who';
import { withRun } from '../with-run';
import { jsonText } from '../../values/ci-commands';

/** Compares each org with the code. An org that cannot be read is an error, never drift. */
export async function drift(io: Io, flags: DriftFlags): Promise<ExitCode> {
  if (flags.unknownApps === true && flags.config !== undefined && loadManifestsIfThere(io, flags).length === 0) {
    return unknownAppsAlone(io, flags);
  }
  const files = loadManifestFiles(io, flags);
  const manifests = files.map(({ manifest }) => manifest);
  const targets = targetsOf(manifests);
  const consents = consentsFor(manifests, flags);
  const names = targets.map(({ org }) => org);
  const memory = { receipts: openReceipts(io, flags, names), journals: openJournals(io, flags, true) };
  const terraform = openTerraformRuns(io, flags);
  const known = flags.unknownApps === true ? (loadAuditConfig(io, flags.config)?.known ?? []) : undefined;

  return withRun(io, flags, names, async (run) => {
    const look = async ({ manifest }: (typeof targets)[number], org: Org): Promise<Looked> => {
      const runs = terraform.read(manifest);
      // What the org differs in is told whatever an apply would refuse.
      const lenient = { ...(consents.get(manifest.org.name) ?? NO_CONSENTS), fail_on: 'none' as const };
      const planning = { manifest, org, consents: lenient, wait: false };
      const judged = await planWithMemory(run, memory, planning, (input) =>
        planForTerraform({ ...input, ...(runs && { runs }) }),
      );
      const used = known && (await usageOfPlan(run, org, { known, plan: judged.plan }));
      const file = files.find((each) => each.manifest === manifest)?.file;
      if (file !== undefined && manifest.org.engine === 'null') writeDriftForTerraform(io, file, judged);
      const changed = flags.who === true ? await whoChanged(run, org, judged.plan) : undefined;
      return { drift: driftOf(judged.plan), ...(used && { used }), ...(changed && { changed }) };
    };
    const { results, codes } = await eachOrg(run, targets, look, { atOnce: READ_AT_ONCE });
    const drifts = results.map(({ drift }) => drift);
    const used = results.flatMap((each) => each.used ?? []);
    const changed = results.flatMap((each) => each.changed ?? []);
    if (results.length > 0) show(io, flags, drifts, { used, changed });
    return worst([...codes, ...drifts.map(({ plan }) => driftCode(plan)), ...used.map(codeOfUsage)]);
  });
}

/** What a look at one org found. */
interface Looked {
  readonly drift: OrgDrift;
  readonly used?: UsageReport;
  readonly changed?: OrgAttributions;
}

/** Without a program the allow-list is that of --config, and there are no fields to compare. */
async function unknownAppsAlone(io: Io, flags: DriftFlags): Promise<ExitCode> {
  const { known = [] } = loadAuditConfig(io, flags.config) ?? {};
  const targets = targetsIfThere(io, flags);
  const names = targets.map(({ org }) => org);
  return withRun(io, flags, names, async (run) => {
    const { results, codes } = await eachOrg(run, targets, ({ org: name }, org) =>
      usageOf(run, org, { org: name, known }),
    );
    if (results.length > 0) {
      const people = flags.json ? io.stderr : io.stdout;
      people.write('There is no program here: unknown apps were looked for, and no field of an app was compared.\n');
      showUnknown(io, flags, [], { used: results });
    }
    return worst([...codes, ...results.map(codeOfUsage)]);
  });
}

/** The check block of the stack reads it. Where it cannot be written, the answer of this command stands all the same. */
function writeDriftForTerraform(io: Io, manifestFile: string, judged: JudgedPlan): void {
  try {
    const file = writeDriftReport(manifestFile, judged);
    if (judged.hidden.length > 0) io.stderr.write(`terraform plan will warn of it: ${relative(io.cwd, file)}\n`);
  } catch (error) {
    reportError(error, io);
  }
}

interface Besides {
  readonly used: readonly UsageReport[];
  readonly changed?: readonly OrgAttributions[];
}

function show(io: Io, flags: DriftFlags, results: readonly OrgDrift[], besides: Besides): void {
  const people = flags.json ? io.stderr : io.stdout;
  const plans = results.map((result) => result.plan);
  people.write(driftText(plans, renderOptions(people, io.environment)));
  people.write(whoText(besides.changed ?? [], renderOptions(people, io.environment)));
  showUnknown(io, flags, results, besides);
}

function showUnknown(io: Io, flags: DriftFlags, results: readonly OrgDrift[], { used, changed = [] }: Besides): void {
  const people = flags.json ? io.stderr : io.stdout;
  if (used.length > 0) people.write(unknownAppsText(used, renderOptions(people, io.environment)));
  if (!flags.json) return;
  const document = {
    format_version: RECEIPT_FORMAT_VERSION,
    orgs: results,
    ...(changed.length > 0 && { attribution: changed }),
    ...(used.length > 0 && { unknown_apps: used.map(unknownAppsJson) }),
  };
  io.stdout.write(jsonText(document));
}
