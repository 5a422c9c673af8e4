import { z } from 'zod';

import { formatVersion } from '../metadata/manifest-schema';
import type { StopReceipt, UnderWay } from '../operations/stop-receipt';
import { organizationId } from '../plan/plan-schema';
import { APP_POLICIES, CONNECTED_APP } from '../values/metadata-types';

const scalar = z.union([z.string(), z.boolean(), z.number()]);
const value = z.union([scalar, z.array(z.string())]);

const replacedField = z
  .strictObject({
    field: z.string().min(1),
    before: value.exactOptional().meta({ description: 'Absent: the record had no value' }),
    after: value,
  })
  .meta({ id: 'ReplacedField' });

const underWay = z
  .strictObject({
    verb: z.enum(['stop', 'start']),
    begun: z.iso.datetime().exactOptional(),
    deploy: z
      .string()
      .regex(/^\w{15,18}$/)
      .exactOptional(),
    revoke: z.literal(true).exactOptional().meta({ description: 'The tokens of the app are to be revoked afterward' }),
  })
  .meta({ id: 'UnderWay', description: 'Absent: its end was seen' }) satisfies z.ZodType<UnderWay>;

/** The shape of what a stop leaves behind, so that it can be undone (D28). */
export const stopReceiptSchema = z
  .strictObject({
    format_version: formatVersion,
    org: z.string().min(1),
    org_id: organizationId,
    app: z.string().min(1),
    platform: z.enum(['external-client-app', 'connected-app']),
    state: z.enum(['announced', 'stopped', 'started']),
    type: z.enum([APP_POLICIES, CONNECTED_APP]),
    full_name: z.string().min(1),
    replaced: z.array(replacedField),
    accepted_lockout: z.literal(true).exactOptional(),
    under_way: underWay.exactOptional(),
  })
  .meta({ id: 'StopReceipt' }) satisfies z.ZodType<StopReceipt>;
