import { z } from 'zod';

import { isOrgName } from '../../declaration/declare-org';
import { auditConfigMembers } from '../../policy/audit-config';
import { SEVERITIES } from '../../policy/severity';
import { MOST_AT_ONCE, type SettingName, WEBHOOKS } from './settings';

const path = z.string().min(1);

/** One entry for each setting. */
const settings = {
  orgs: z
    .array(z.string().refine(isOrgName, 'an org name consists of letters, digits, - and _, and starts with a letter'))
    .min(1)
    .meta({ description: 'Orgs that commands work on. Default: every org of the program' }),
  fail_on: z
    .enum(SEVERITIES)
    .meta({ description: 'Violations at or above this severity fail plan, apply and audit. Default: high' }),
  baseline: path.meta({
    description: 'Baseline of accepted violations for audit; a path relative to the folder of this file',
  }),
  receipts: path.meta({
    description: 'Folder of receipts, inside the folder of this file. Default: .client-apps/receipts of the project',
  }),
  parallel_orgs: z
    .int()
    .min(1)
    .max(MOST_AT_ONCE)
    .meta({ description: 'How many orgs drift, status and audit read at a time. Default: 4' }),
  webhook: z.enum(WEBHOOKS).meta({
    description: 'Who receives a message about drift; the address is only in CLIENT_APPS_WEBHOOK_URL',
  }),
} satisfies Readonly<Record<SettingName, z.ZodType>>;

export const settingSchemas: Readonly<Record<SettingName, z.ZodType>> = settings;

/** What client-apps.config.json must be. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  format_version: z.string().meta({ description: 'Version of this shape, major.minor' }),
  orgs: settings.orgs.exactOptional(),
  fail_on: settings.fail_on.exactOptional(),
  baseline: settings.baseline.exactOptional(),
  receipts: settings.receipts.exactOptional(),
  parallel_orgs: settings.parallel_orgs.exactOptional(),
  webhook: settings.webhook.exactOptional(),
  ...auditConfigMembers,
});

/** What a team has settled for all its runs, and what it knows of the apps of its orgs. */
export type Config = z.infer<typeof configSchema>;
