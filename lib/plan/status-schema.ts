import { z } from 'zod';

import { APP_STATES, type OrgStatus } from './status';

const app = z.strictObject({
  api_name: z.string(),
  platform: z.enum(['external-client-app', 'connected-app']),
  state: z.enum(APP_STATES),
  fields: z.array(z.string()).meta({ description: 'Fields that differ from the declaration, as Type.field' }),
  because: z.string().exactOptional().meta({ description: 'Why it is not evaluated' }),
});

const org = z.strictObject({
  org: z.string(),
  state: z.enum(['read', 'not-reachable', 'not-evaluated']),
  org_id: z.string().exactOptional(),
  in_sync: z.boolean().exactOptional().meta({ description: 'Absent: the org was not read' }),
  apps: z.array(app),
  beside: z.array(z.string()).meta({ description: 'Fields of org settings, custom scopes and handlers that differ' }),
  not_evaluated: z.array(z.string()),
}) satisfies z.ZodType<OrgStatus>;

/** What `client-apps status --format json` prints. */
export const statusSchema = z.strictObject({ format_version: z.string(), orgs: z.array(org) });
