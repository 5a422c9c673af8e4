import { z } from 'zod';

import type { OrgAttributions } from './attribution';
import { END_KINDS, type OrgEnd } from './calendar';
import { failedOrgs } from './org-failure';
import { APP_STATES, type OrgStatus } from './status';

const app = z.strictObject({
  api_name: z.string(),
  platform: z.enum(['external-client-app', 'connected-app']),
  state: z.enum(APP_STATES),
  fields: z.array(z.string()).meta({ description: 'Fields that differ from the declaration, as Type.field' }),
  because: z.string().exactOptional().meta({ description: 'Why it is not evaluated' }),
});

/** Who changed the apps of one org since its last apply. */
export const attributionSchema = z.strictObject({
  org: z.string(),
  since: z.string().meta({ description: 'Older rows of the setup audit trail were not looked at' }),
  login: z.string().exactOptional().meta({ description: 'The user of this run; absent: the org did not report it' }),
  apps: z.array(
    z.strictObject({
      api_name: z.string(),
      state: z.enum(['one-user', 'several-users', 'own-login', 'not-known', 'not-evaluated']),
      rows: z
        .array(
          z.strictObject({
            time: z.string(),
            user: z.string(),
            section: z.string(),
            display: z.string(),
            count: z.number(),
            own: z.boolean(),
          }),
        )
        .meta({ description: 'The latest row of each user, latest first' }),
      because: z.string().exactOptional(),
    }),
  ),
}) satisfies z.ZodType<OrgAttributions>;

const end = z.strictObject({
  on: z.iso.date(),
  what: z.enum(END_KINDS),
  of: z.string().meta({ description: 'API name of the app, or the path of whatever else it belongs to' }),
  which: z.string(),
}) satisfies z.ZodType<OrgEnd>;

const org = z.strictObject({
  org: z.string(),
  state: z.enum(['read', 'not-reachable', 'not-evaluated']),
  org_id: z.string().exactOptional(),
  in_sync: z.boolean().exactOptional().meta({ description: 'Absent: the org was not read' }),
  apps: z.array(app),
  beside: z.array(z.string()).meta({ description: 'Fields of org settings, custom scopes and handlers that differ' }),
  changed_by: attributionSchema.exactOptional(),
  rotations: z.array(z.string()).meta({ description: 'Rotations that were interrupted or are past their overlap' }),
  ends: z.array(end).meta({ description: 'Everything declared or on record that expires, soonest first' }),
  not_evaluated: z.array(z.string()),
}) satisfies z.ZodType<OrgStatus>;

/** What `client-apps status --format json` prints. */
export const statusSchema = z.strictObject({
  format_version: z.string(),
  orgs: z.array(org),
  failed: failedOrgs.exactOptional(),
});
