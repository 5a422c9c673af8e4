import { z } from 'zod';

import { clientKind, formatVersion } from '../metadata/manifest-schema';
import type { HealOutcome, OrgHealing } from '../operations/heal-outcome';
import { failedOrgs } from '../plan/org-failure';
import { diagnosticSchema, organizationId } from '../plan/plan-schema';

const outcome = z.enum(['intact', 'healed', 'to-heal', 'not-healed', 'left', 'not-looked-at'] satisfies HealOutcome[]);

const app = z
  .strictObject({
    api_name: z.string(),
    path: z.string(),
    kind: clientKind,
    found: z.enum([
      ...(['intact', 'missing', 'copied', 'differs', 'broken'] as const),
      ...(['unreadable', 'not-ours', 'switched-off', 'not-looked-at'] as const),
    ]),
    because: z.array(z.string()),
    repair: z.enum(['none', 'create', 'rebuild', 'update']),
    outcome,
    consumer_key: z.string().exactOptional(),
    former_consumer_key: z.string().exactOptional(),
    next: z.array(z.strictObject({ what: z.string(), command: z.string().exactOptional() })),
    left: z.array(diagnosticSchema),
    not_evaluated: z.array(z.string()),
  })
  .meta({ id: 'HealedApp' });

const org = z
  .strictObject({
    org: z.string(),
    org_id: organizationId,
    refreshed: z.strictObject({
      verdict: z.enum(['certain', 'likely', 'no', 'unknown']),
      because: z.array(z.string()),
    }),
    dry_run: z.boolean(),
    applied_by: z.enum(['cli', 'terraform']),
    apps: z.array(app),
    items: z.array(z.strictObject({ type: z.string(), name: z.string(), fields: z.array(z.string()), outcome })),
    left: z.array(diagnosticSchema),
    notes: z.array(diagnosticSchema),
    not_evaluated: z.array(z.string()),
  })
  .meta({ id: 'OrgHealing' }) satisfies z.ZodType<OrgHealing>;

/** Of what `heal --json` prints. An org that could not be healed at all is among the failed. */
export const healSchema = z.strictObject({
  format_version: formatVersion,
  orgs: z.array(org),
  failed: failedOrgs.exactOptional(),
});
