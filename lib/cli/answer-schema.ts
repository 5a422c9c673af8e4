import { z } from 'zod';

import { formatVersion } from '../metadata/manifest-schema';
import { failedOrgs } from '../plan/org-failure';
import { planFileSchema } from '../plan/plan-schema';
import { receiptSchema } from './receipt-schema';

/** Of what `plan --json` and `destroy --dry-run --json` print: an org with errors of its own is a plan with diagnostics. */
export const planAnswerSchema = planFileSchema.omit({ checksum: true }).extend({ failed: failedOrgs.exactOptional() });

/** Of what `apply --json` and `destroy --json` print. */
export const applyAnswerSchema = z.strictObject({
  format_version: formatVersion,
  receipts: z.array(receiptSchema),
  failed: failedOrgs.exactOptional(),
});
