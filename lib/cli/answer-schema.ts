import { z } from 'zod';

import { clientKind, formatVersion } from '../metadata/manifest-schema';
import type { OrgDrift, OrgOutputs } from '../operations/types';
import { failedOrgs } from '../plan/org-failure';
import { organizationId, orgPlanSchema, planFileSchema } from '../plan/plan-schema';
import { attributionSchema } from '../plan/status-schema';
import { appUsageSchema, usageReportSchema } from '../usage/schema';
import { receiptSchema } from './receipt-schema';

/** Of what `plan --json` and `destroy --dry-run --json` print: an org with errors of its own is a plan with diagnostics. */
export const planAnswerSchema = planFileSchema.omit({ checksum: true }).extend({ failed: failedOrgs.exactOptional() });

/** Of what `apply --json` and `destroy --json` print. */
export const applyAnswerSchema = z.strictObject({
  format_version: formatVersion,
  receipts: z.array(receiptSchema),
  failed: failedOrgs.exactOptional(),
});

/** `plan` is what would repair it: its changes read "now → declared". */
const orgDrift = z.strictObject({
  format_version: formatVersion,
  org: z.string(),
  org_id: organizationId,
  in_sync: z.boolean(),
  plan: orgPlanSchema,
}) satisfies z.ZodType<OrgDrift>;

const unknownAppsOf = z.strictObject({
  org: z.string(),
  complete: z.boolean().meta({ description: 'False: something could not be read, so no gate passes' }),
  unknown: z.array(appUsageSchema),
  review_overdue: z.array(appUsageSchema),
  not_evaluated: usageReportSchema.shape.not_evaluated,
});

/** Of what `drift --json` prints. */
export const driftAnswerSchema = z.strictObject({
  format_version: formatVersion,
  orgs: z.array(orgDrift).meta({ description: 'Empty if there is no program to compare with' }),
  attribution: z.array(attributionSchema).exactOptional().meta({ description: 'With --who' }),
  unknown_apps: z.array(unknownAppsOf).exactOptional().meta({ description: 'With --unknown-apps' }),
  failed: failedOrgs.exactOptional(),
});

const orgOutputs = z.strictObject({
  format_version: formatVersion,
  org: z.string(),
  org_id: organizationId,
  instance_url: z.string(),
  apps: z.array(
    z.strictObject({
      api_name: z.string(),
      label: z.string(),
      kind: clientKind,
      exists: z.boolean(),
      consumer_key: z
        .string()
        .exactOptional()
        .meta({ description: 'Absent: no such app, or the org does not return the key' }),
      callback_urls: z.array(z.string()),
      scopes: z.array(z.string()),
    }),
  ),
}) satisfies z.ZodType<OrgOutputs>;

/** Of what `outputs --json` prints. */
export const outputsAnswerSchema = z.strictObject({
  format_version: formatVersion,
  orgs: z.array(orgOutputs),
  failed: failedOrgs.exactOptional(),
});
