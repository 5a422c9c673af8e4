import { z } from 'zod';

import { knownAppSchema } from '../metadata/known-app-schema';
import { failedOrgs } from '../plan/org-failure';
import type { AppUsage, UsageReport } from './report';

const count = z.int().min(0);

/** The shape of one app in a report. */
export const appUsageSchema = z
  .strictObject({
    label: z.string(),
    api_name: z.string().exactOptional(),
    platform: z.enum(['external-client-app', 'connected-app']).exactOptional(),
    standing: z.enum(['declared', 'unmanaged', 'package', 'unknown', 'not-evaluated']),
    known: knownAppSchema.exactOptional(),
    publisher: z.string(),
    by_label: z.literal(true).exactOptional(),
    look_alike: z.strictObject({ of: z.string(), why: z.string() }).exactOptional(),
    tokens: z
      .strictObject({
        count,
        users_active: count,
        users_inactive: count,
        uses: count,
        first_granted: z.string().exactOptional(),
        last_used: z.string().exactOptional(),
      })
      .exactOptional()
      .meta({ description: 'Absent: not evaluated' }),
    logins: z
      .strictObject({
        count,
        failed: count,
        types: z.array(z.string()),
        networks: count,
        last: z.string().exactOptional(),
        flows: z.array(z.strictObject({ flow: z.string(), count, last: z.string() })).exactOptional(),
      })
      .exactOptional()
      .meta({ description: 'Absent: not evaluated' }),
    reach: z.string(),
  })
  .meta({ id: 'AppUsage' }) satisfies z.ZodType<AppUsage>;

/** The shape of the report of one org. */
export const usageReportSchema = z
  .strictObject({
    org: z.string(),
    org_id: z.string(),
    today: z.string(),
    logins_since: z.string(),
    tokens: z.strictObject({ read: count, in_all: count, cut: z.boolean() }).exactOptional(),
    users: count.exactOptional(),
    apps: z.array(appUsageSchema),
    rehearsal: z
      .union([
        z.strictObject({
          apps: z.array(z.strictObject({ label: z.string(), api_name: z.string().exactOptional(), users: count })),
          users: count,
          caveats: z.array(z.string()),
        }),
        z.strictObject({ not_evaluated: z.string() }),
      ])
      .exactOptional()
      .meta({ description: 'What would stop working if API Access Control were turned on' }),
    left_out: count,
    not_evaluated: z.array(
      z.strictObject({ what: z.string(), why: z.string(), permission: z.string().exactOptional() }),
    ),
    api_calls: count,
  })
  .meta({ id: 'UsageReport' }) satisfies z.ZodType<UsageReport>;

/** What `client-apps usage --format json` prints. */
export const usageSchema = z.strictObject({
  format_version: z.string(),
  orgs: z.array(usageReportSchema),
  failed: failedOrgs.exactOptional(),
});
