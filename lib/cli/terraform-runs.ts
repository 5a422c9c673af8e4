import { z } from 'zod';

import { readDocument } from '../metadata/json-document';
import { complaints } from '../metadata/json-document';
import type { Manifest } from '../metadata/manifest';
import { digestProblems } from '../metadata/manifest-file';
import { formatVersion, manifestSchema } from '../metadata/manifest-schema';
import type { TerraformRuns } from '../operations/plan-for-terraform';
import { organizationId } from '../plan/plan-schema';
import { ClientAppsError } from '../values/diagnostic';
import { readTextIfThere, usable, writeText } from './files';
import type { OrgFlags, ReceiptFlags } from './flags';
import type { Io } from './io';
import { besideReceipts, ENDINGS } from './receipts';

const RUNS_FORMAT_VERSION = '1.0';

const schema = z.strictObject({
  format_version: formatVersion,
  org_id: organizationId,
  applied: manifestSchema.exactOptional(),
  attempted: manifestSchema.exactOptional(),
}) satisfies z.ZodType<TerraformRuns>;

const KIND = {
  what: 'a record of Terraform runs',
  code: 'terraform-runs-unusable',
  version: RUNS_FORMAT_VERSION,
  schema,
} as const;

/** The memory of what Terraform's state says: which declarations its runs were given. Holds no secret and no time. */
export interface TerraformRunsFile {
  /** Undefined where there was no run, or none is remembered. @throws ClientAppsError where the file is damaged. */
  readonly read: (manifest: Manifest) => TerraformRuns | undefined;
  readonly keep: (manifest: Manifest, runs: TerraformRuns) => void;
}

/** Beside the receipts, so that whoever keeps those keeps this too. */
export function openTerraformRuns(io: Io, flags: ReceiptFlags & OrgFlags): TerraformRunsFile {
  const fileOf = besideReceipts(io, flags, ENDINGS.terraform);
  if (!fileOf) return { read: () => undefined, keep: () => undefined };
  return {
    read: (manifest) => {
      const file = fileOf(manifest.id);
      const text = readTextIfThere(file);
      if (text === undefined) return undefined;
      const runs = usable(readDocument(text, file, KIND));
      const { applied, attempted } = runs;
      const complain = complaints(KIND, file);
      const problems = [
        ...(applied ? digestProblems(applied, complain, 'applied.') : []),
        ...(attempted ? digestProblems(attempted, complain, 'attempted.') : []),
      ];
      if (problems.length > 0) throw new ClientAppsError('INVALID_INPUT', problems);
      return runs;
    },
    keep: (manifest, runs) =>
      writeText(fileOf(manifest.id), `${JSON.stringify({ format_version: RUNS_FORMAT_VERSION, ...runs }, null, 1)}\n`),
  };
}
