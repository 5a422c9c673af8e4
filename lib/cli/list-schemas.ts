import { z } from 'zod';

import { apiVersion, clientKind, fieldValue, formatVersion } from '../metadata/manifest-schema';
import type { SchemaDiff } from '../metadata/schema-diff';
import { SEVERITIES } from '../policy/severity';

const severity = z.enum(SEVERITIES);

/** Of what `explain --list --json` prints. */
export const controlListSchema = z.strictObject({
  format_version: formatVersion,
  controls: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      severity: z.union([
        z.strictObject({ from: severity, to: severity, by: z.enum(['salesforce', 'ours']) }),
        z.literal('advice'),
      ]),
      platforms: z
        .array(z.enum(['external-client-app', 'connected-app']))
        .meta({ description: 'Empty: it checks the org-wide settings' }),
      kinds: z.array(clientKind),
    }),
  ),
});

const diff = z.strictObject({
  from: apiVersion,
  to: apiVersion,
  changes: z.array(
    z.strictObject({
      change: z.enum(['enters', 'leaves']),
      kind: z.enum(['type', 'field', 'value', 'scope']),
      type: z.string(),
      name: z.string(),
      title: z.string(),
      version: apiVersion,
      default: fieldValue.exactOptional(),
      role: z.enum(['author', 'server', 'join', 'command', 'secret', 'carried']).exactOptional(),
      preview: z.boolean(),
    }),
  ),
}) satisfies z.ZodType<SchemaDiff>;

/** Of what `schema diff --json` prints. */
export const schemaDiffSchema = diff.extend({ format_version: formatVersion });
