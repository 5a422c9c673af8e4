import { dirname, join } from 'node:path';

import { z } from 'zod';

import { readDocument } from '../metadata/json-document';
import type { Manifest } from '../metadata/manifest';
import { formatVersion, sha256Digest } from '../metadata/manifest-schema';
import { recordOf } from '../metadata/records/words';
import type { JudgedPlan } from '../operations/plan-for-terraform';
import type { ReportedChange } from '../plan/hidden-changes';
import { itemsOf } from '../plan/items';
import type { FieldChange } from '../plan/plan';
import { fieldChangeSchema, organizationId } from '../plan/plan-schema';
import { standingOf } from '../plan/standing';
import { driftLines } from '../reports/drift/lines';
import { readTextIfThere, usable, writeText } from './files';
import type { Io } from './io';
import { outputFolder } from './project';
import { reportError } from './report-error';

const REPORT_FORMAT_VERSION = '1.0';
const IN_SYNC = 'none';

const { type, field, before, after } = fieldChangeSchema.shape;
const reportedChange = z.strictObject({
  app: z.string().exactOptional(),
  record: z.string().exactOptional(),
  type,
  field,
  before,
  after,
});

/** What the check block of the stack reads, and what the apply that Terraform runs takes for shown. */
export interface DriftReport {
  readonly format_version: string;
  /** Digest of the manifest that the org was compared with: a report about other code says nothing. */
  readonly manifest: string;
  readonly org_id: string;
  /** One line for each thing that the plan of Terraform does not show by itself. */
  readonly drift: readonly string[];
  /** Everything that the org has otherwise than declared. */
  readonly changes: readonly ReportedChange[];
  readonly missing: readonly string[];
  /** The trigger under reapplyOnDrift: another one for each occurrence of drift, and kept once that is undone. */
  readonly reapply: string;
}

const schema = z.strictObject({
  format_version: formatVersion,
  manifest: sha256Digest,
  org_id: organizationId,
  drift: z.array(z.string()),
  changes: z.array(reportedChange),
  missing: z.array(z.string()),
  reapply: z.string(),
}) satisfies z.ZodType<DriftReport>;

const KIND = {
  what: 'a drift report',
  code: 'drift-report-unusable',
  version: REPORT_FORMAT_VERSION,
  schema,
} as const;

/** Beside the manifest, where the check block of the stack looks for it. */
const driftReportFile = (manifestFile: string): string => join(dirname(manifestFile), 'drift.json');

/** The report about this very manifest, or undefined. @throws ClientAppsError where the file is damaged. */
export function readDriftReport(manifestFile: string, manifest: Manifest): DriftReport | undefined {
  const report = anyReport(driftReportFile(manifestFile));
  return report?.manifest === manifest.digest ? report : undefined;
}

function anyReport(file: string): DriftReport | undefined {
  const text = readTextIfThere(file);
  return text === undefined ? undefined : usable(readDocument(text, file, KIND));
}

/** Writes what a look at the org found. Gives the name of the file. */
export function writeDriftReport(manifestFile: string, { plan, hidden: unshown }: JudgedPlan): string {
  const drift = driftLines(plan, unshown);
  const differing = [
    ...itemsOf(plan).flatMap(({ changes }) => changes.map((change) => reported(change))),
    ...plan.apps
      .filter((app) => !app.missing)
      .flatMap((app) => app.changes.map((change) => reported(change, app.api_name))),
  ];
  const missing = standingOf(plan).missing.map(({ api_name: name }) => name);
  const earlier = anyReport(driftReportFile(manifestFile));
  return write(manifestFile, {
    format_version: REPORT_FORMAT_VERSION,
    manifest: plan.manifest.digest,
    org_id: plan.org_id,
    drift,
    changes: differing,
    missing,
    reapply: reapplyOn(drift, earlier),
  });
}

function reapplyOn(drift: readonly string[], earlier: DriftReport | undefined): string {
  if (drift.length === 0) return earlier?.reapply ?? IN_SYNC;
  const text = drift.join('\n');
  // Undone, and done again: the trigger has to change, or nothing would run.
  const again = earlier?.drift.length === 0 && earlier.reapply === text;
  const already = earlier?.drift.join('\n') === text;
  return already ? earlier.reapply : again ? `${text}\n(again)` : text;
}

/**
 * After an apply, what the report said is done with; where there is none, none is made. A file that cannot be written is
 * reported and no more: the org has been written.
 */
export function settleDriftReport(io: Io, manifestFile: string, manifest: Manifest): void {
  try {
    const earlier = anyReport(driftReportFile(manifestFile));
    if (!earlier) return;
    write(manifestFile, { ...earlier, manifest: manifest.digest, drift: [], changes: [], missing: [] });
  } catch (error) {
    reportError(error, io);
  }
}

/** The same for what a saved plan applied, where its manifest is still that of the last synth. */
export function settleSynthesized(io: Io, manifest: Manifest): void {
  const [stack = '', org = ''] = manifest.id.split('/');
  settleDriftReport(io, join(outputFolder(io), 'stacks', stack, 'client-apps', org, 'manifest.json'), manifest);
}

function write(manifestFile: string, report: DriftReport): string {
  const file = driftReportFile(manifestFile);
  writeText(file, `${JSON.stringify(report, null, 2)}\n`);
  return file;
}

const reported = (change: FieldChange, app?: string): ReportedChange => ({
  ...(app !== undefined && { app }),
  ...named(recordOf(change)),
  type: change.type,
  field: change.field,
  before: change.before,
  after: change.after,
});

const named = (record: string | undefined): Pick<ReportedChange, 'record'> => (record === undefined ? {} : { record });
