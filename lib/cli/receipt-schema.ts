import { z } from 'zod';

import { clientKind, formatVersion, sha256Digest } from '../metadata/manifest-schema';
import { PHASES } from '../metadata/phases';
import type { AppReceipt, OrgReceipt, PhaseReceipt } from '../operations/types';
import { diagnosticSchema, fieldChangeSchema, organizationId } from '../plan/plan-schema';

const appReceipt = z
  .strictObject({
    api_name: z.string().min(1),
    path: z.string(),
    kind: clientKind.exactOptional(),
    action: z.enum(['created', 'updated', 'unchanged', 'deleted', 'skipped', 'not-applied', 'unknown']),
    consumer_key: z.string().exactOptional(),
    secret_in_setup: z.string().exactOptional(),
    names: z.record(z.string(), z.string()),
    managed: z.array(z.string()),
  })
  .meta({ id: 'AppReceipt' }) satisfies z.ZodType<AppReceipt>;

const phaseReceipt = z
  .strictObject({
    name: z.enum(PHASES),
    title: z.string(),
    state: z.enum(['done', 'failed', 'in-doubt', 'not-begun', 'put-back']),
  })
  .meta({ id: 'PhaseReceipt' }) satisfies z.ZodType<PhaseReceipt>;

/** The shape of a receipt (D28). */
export const receiptSchema = z
  .strictObject({
    format_version: formatVersion,
    org: z.string().min(1),
    org_id: organizationId,
    manifest_id: z.string().min(1),
    plan_digest: sha256Digest,
    apps: z.array(appReceipt),
    settings: z.array(z.strictObject({ type: z.string(), changes: z.array(fieldChangeSchema) })),
    phases: z.array(phaseReceipt).exactOptional(),
    remarks: z.array(diagnosticSchema),
  })
  .meta({ id: 'OrgReceipt' }) satisfies z.ZodType<OrgReceipt>;
