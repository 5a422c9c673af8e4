import { z } from 'zod';

import { formatVersion } from '../metadata/manifest-schema';
import type { AnnouncedRevocation, Revocation, RevocationReceipt } from '../operations/revocation';
import { organizationId } from '../plan/plan-schema';

const count = z.number().int().nonnegative();

const facts = {
  format_version: formatVersion,
  org: z.string().min(1),
  org_id: organizationId,
  app: z.string().min(1),
  api_name: z.string().min(1).exactOptional(),
  asked: z.strictObject({
    user: z.string().exactOptional(),
    unused_since: z.string().exactOptional(),
    granted_before: z.string().exactOptional(),
    inactive_users: z.boolean(),
    unknown: z.literal(true).exactOptional(),
    platform: z.enum(['external-client-app', 'connected-app']).exactOptional(),
  }),
  begun: z.iso.datetime().exactOptional(),
  tokens: count,
};

const announced = z
  .strictObject({ ...facts, state: z.literal('announced') })
  .meta({ id: 'AnnouncedRevocation' }) satisfies z.ZodType<AnnouncedRevocation>;

const ended = z
  .strictObject({
    ...facts,
    state: z.literal('ended').exactOptional().meta({ description: 'Receipts of version 1.0 have none' }),
    revoked: count.exactOptional().meta({ description: 'Absent if a later run finished it' }),
    left: count.exactOptional(),
    failed: z.array(z.strictObject({ user: z.string(), why: z.string() })),
    broken: z.string().exactOptional(),
  })
  .meta({ id: 'RevocationReceipt' }) satisfies z.ZodType<RevocationReceipt>;

/** The shape of what a revocation leaves behind (D28). */
export const revocationSchema = z.union([announced, ended]) satisfies z.ZodType<Revocation>;
