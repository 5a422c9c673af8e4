import { z } from 'zod';

import { fieldChangeSchema } from '../plan/plan-schema';
import type { DeclaredApp, Gap, Hardening, NotDeclared } from './model';

const platform = z.enum(['external-client-app', 'connected-app']);
const kind = z.enum(['private', 'public', 'machine']);

const app = z.strictObject({
  api_name: z.string(),
  platform,
  kind,
  confidence: z.enum(['declared', 'stated', 'high', 'medium', 'low', 'none']),
  because: z.array(z.string()),
  orgs: z.array(z.string()),
  managed_by: z
    .string()
    .exactOptional()
    .meta({ description: 'The program that already declares it; absent: none, in some org' }),
}) satisfies z.ZodType<DeclaredApp>;

const hardening = z.strictObject({
  org: z.string(),
  app: z.string(),
  platform,
  option: z.string().exactOptional().meta({ description: 'Absent: the kind of client determines the field' }),
  change: fieldChangeSchema,
}) satisfies z.ZodType<Hardening>;

const gap = z.strictObject({
  app: z.string(),
  org: z.string().exactOptional().meta({ description: 'Absent: it is the same in every org' }),
  problem: z.string(),
  remedy: z.string(),
}) satisfies z.ZodType<Gap>;

const notDeclared = z.strictObject({
  org: z.string(),
  app: z.string().exactOptional().meta({ description: 'Absent: it is not known which apps these are' }),
  platform: platform.exactOptional(),
  state: z.enum(['not declared', 'not evaluated', 'kept as it is']),
  reason: z.string(),
}) satisfies z.ZodType<NotDeclared>;

/** What `client-apps import --json` prints. */
export const importSchema = z.strictObject({
  format_version: z.string(),
  orgs: z.array(z.string()),
  files: z.array(z.string()),
  apps: z.array(app),
  hardenings: z.array(hardening).meta({ description: 'What the first apply changes, as announced in the comments' }),
  gaps: z.array(gap).meta({ description: 'What a person has to do before the first apply' }),
  not_declared: z.array(notDeclared),
  unread: z
    .array(z.strictObject({ path: z.string(), reason: z.string() }))
    .meta({ description: 'Files that could not be read; the exit code is then 1' }),
});
